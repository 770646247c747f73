//! Every format shows every finding, at its place.

use crate::tool::{self, AS_OF, project, run, soclint, stdout, write};
use serde_json::Value;
use soclint::{Choice, Format};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn estates() -> Vec<PathBuf> {
    let folder = project().join("fixtures/estates");
    let mut estates: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("estates")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    estates.retain(|path| path.is_dir());
    estates.sort();
    assert!(estates.len() >= 2);
    estates
}

fn printed(root: &Path, format: &str, width: &str) -> String {
    let output = run(soclint()
        .args(["check", "--as-of", AS_OF, "--format", format, "--root"])
        .arg(root)
        .env("COLUMNS", width));
    stdout(&output)
}

fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no text at {pointer} in {value}"))
}

fn number(value: &Value, pointer: &str) -> u64 {
    value
        .pointer(pointer)
        .and_then(Value::as_u64)
        .unwrap_or_else(|| panic!("no number at {pointer} in {value}"))
}

#[test]
fn json_has_its_documented_shape() {
    for estate in estates() {
        let document = tool::check_json(&estate, AS_OF);
        assert_eq!(document["version"], 1);
        assert_eq!(document["as-of"], AS_OF);
        let mut counts = [0, 0, 0];
        for finding in tool::findings(&document) {
            for key in ["/rule", "/subject", "/message", "/help", "/location/path"] {
                assert!(!text(finding, key).is_empty(), "{key} in {finding}");
            }
            match text(finding, "/severity") {
                "error" => counts[0] += 1,
                "warning" => counts[1] += 1,
                "note" => counts[2] += 1,
                other => panic!("severity {other}"),
            }
            let place = |pointer: &str| {
                (
                    number(finding, &format!("{pointer}/line")),
                    number(finding, &format!("{pointer}/column")),
                )
            };
            assert!(place("/location/start") >= (1, 1) && place("/location/start") <= place("/location/end"));
            for related in finding["related"].as_array().expect("a list") {
                assert!(!text(related, "/message").is_empty() && number(related, "/location/start/line") >= 1);
            }
            assert!(finding["references"].is_array());
        }
        for (at, key) in ["errors", "warnings", "notes"].iter().enumerate() {
            assert_eq!(number(&document, &format!("/summary/{key}")), counts[at]);
        }
        assert!(number(&document, "/summary/files") >= 5);
        let exit = run(soclint().args(["check", "--as-of", AS_OF, "--root"]).arg(&estate))
            .status
            .code();
        assert_eq!(document["summary"]["failed"], Value::Bool(exit == Some(1)));
    }
}

#[test]
fn concise_is_one_line_for_each_finding_at_the_place_that_json_gives() {
    for estate in estates() {
        let document = tool::check_json(&estate, AS_OF);
        let shown = printed(&estate, "concise", "80");
        let lines: Vec<&str> = shown.lines().collect();
        let summary = lines.iter().position(|line| line.contains(" entities declared)"));
        assert_eq!(
            summary,
            Some(tool::findings(&document).len()),
            "a line for each finding, and the summary"
        );
        for (line, finding) in lines.iter().zip(tool::findings(&document)) {
            let expected = format!(
                "{}:{}:{}: {}[{}] {}",
                text(finding, "/location/path"),
                number(finding, "/location/start/line"),
                number(finding, "/location/start/column"),
                text(finding, "/severity"),
                text(finding, "/rule"),
                text(finding, "/message")
            );
            assert_eq!(**line, expected);
        }
    }
}

#[test]
fn pretty_says_below_a_place_what_is_wrong_with_it() {
    let root = tempfile::tempdir().expect("a temporary folder");
    tool::write(root.path(), "blank.md", " \n");
    for (place, said) in [
        ("./missing.md", "no such file"),
        ("./blank.md", "this file is blank"),
        ("./*.pdf", "matches no file"),
    ] {
        let text = format!("owner = \"team\"\n[evidence.a]\nkind = \"test\"\nat = \"{place}\"\n");
        tool::write(root.path(), "scope.toml", text);
        let shown = printed(root.path(), "pretty", "80");
        assert!(shown.contains(&format!("╰── {said}\n")), "{shown}");
    }
}

#[test]
fn pretty_shows_both_halves_help_reference_and_page_at_80_columns() {
    let estate = project().join("fixtures/estates/talervik-pay");
    let document = tool::check_json(&estate, AS_OF);
    let shown = printed(&estate, "pretty", "80");
    for finding in tool::findings(&document) {
        assert!(shown.contains(&format!("{}[{}]", text(finding, "/severity"), text(finding, "/rule"))));
        let place = format!(
            "{}:{}:{}]",
            text(finding, "/location/path"),
            number(finding, "/location/start/line"),
            number(finding, "/location/start/column")
        );
        assert!(shown.contains(&place), "{place} is not shown");
    }
    // A contradiction between two files is shown from both.
    let start = shown
        .find("error[type-2-control-without-operating-evidence]")
        .expect("it is there");
    let one = &shown[start..start + shown[start..].find("\n\nerror[").expect("another follows")];
    for part in [
        "compliance/controls.scope.toml:24:11",
        "compliance/reports.scope.toml:8:8",
        "[controls.payee-dual-approval]",
        "type = 2",
        "help: ",
        "references: AT-C 205, ISAE 3402",
        "page: https://",
    ] {
        assert!(one.contains(part), "{part} is not in:\n{one}");
    }
    // Our own words fit; a line of a manifest and a link are as long as they are.
    for line in shown
        .lines()
        .filter(|line| !line.contains("page: ") && !line.contains(" │ ") && !line.contains("· "))
    {
        assert!(
            line.chars().count() <= 80 || line.contains("╰─") || line.contains("├─"),
            "{line}"
        );
    }
    assert!(!shown.contains('\u{1b}'), "no color into a pipe");
    let flowing = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flowing.contains("failed, with --fail-on error"),
        "the summary says what came of it"
    );
}

#[test]
fn words_take_the_place_of_drawings_on_request() {
    let estate = project().join("fixtures/estates/talervik-pay");
    let output = run(soclint()
        .args(["check", "--as-of", AS_OF, "--root"])
        .arg(&estate)
        .env("NO_GRAPHICS", "1"));
    let shown = stdout(&output);
    assert!(!shown.contains(['│', '╭', '╰', '×', '⚠']), "drawings are left");
    let findings = tool::check_json(&estate, AS_OF);
    for finding in tool::findings(&findings) {
        assert!(shown.contains(&format!("[{}]", text(finding, "/rule"))));
    }
}

#[test]
fn sarif_has_what_code_review_needs() {
    for estate in estates() {
        let json = tool::check_json(&estate, AS_OF);
        let shown = printed(&estate, "sarif", "80");
        let typed: serde_sarif::sarif::Sarif = serde_json::from_str(&shown).expect("it is SARIF");
        assert_eq!(typed.runs.len(), 1);
        let document: Value = serde_json::from_str(&shown).expect("JSON");
        assert_eq!(document["version"], "2.1.0");
        let run = &document["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        for rule in rules {
            for key in [
                "/id",
                "/shortDescription/text",
                "/fullDescription/text",
                "/help/text",
                "/help/markdown",
                "/helpUri",
                "/defaultConfiguration/level",
            ] {
                assert!(!text(rule, key).is_empty());
            }
            assert!(text(rule, "/fullDescription/text").len() <= 1024);
            let tags = rule["properties"]["tags"].as_array().expect("tags");
            assert!((2..=20).contains(&tags.len()));
        }
        let results = run["results"].as_array().expect("a list, also when it is empty");
        assert_eq!(results.len(), tool::findings(&json).len());
        let mut prints = BTreeSet::new();
        for (result, finding) in results.iter().zip(tool::findings(&json)) {
            assert_eq!(result["ruleId"], finding["rule"]);
            assert_eq!(result["level"], finding["severity"]);
            let index = usize::try_from(number(result, "/ruleIndex")).expect("fits");
            assert_eq!(rules[index]["id"], finding["rule"]);
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(text(place, "/artifactLocation/uriBaseId"), "%SRCROOT%");
            // The project's repository is the one that these estates lie in.
            let uri = text(place, "/artifactLocation/uri");
            assert!(
                uri.starts_with("fixtures/estates/") && uri.ends_with(text(finding, "/location/path")),
                "{uri}"
            );
            assert_eq!(
                number(place, "/region/startLine"),
                number(finding, "/location/start/line")
            );
            assert_eq!(number(place, "/region/endLine"), number(finding, "/location/end/line"));
            assert_eq!(
                place["region"]["startLine"], place["region"]["endLine"],
                "regions are kept short"
            );
            let print = text(result, "/partialFingerprints/soclint~1v1");
            assert!(
                print.len() == 32 && print.bytes().all(|b| b.is_ascii_hexdigit()),
                "{print}"
            );
            assert!(prints.insert(print.to_owned()), "{print} stands for two results");
            let message = text(result, "/message/text");
            let related = result["relatedLocations"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            assert_eq!(related.len(), finding["related"].as_array().expect("a list").len());
            for (id, location) in (1..).zip(related) {
                assert_eq!(number(location, "/id"), id);
                assert!(message.contains(&format!("]({id})")), "no link to {id} in {message}");
            }
        }
    }
}

#[test]
fn fingerprints_do_not_change_when_lines_move() {
    let prints = |text: &str| {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "scope.toml", text);
        let document: Value = serde_json::from_str(&printed(root.path(), "sarif", "80")).expect("JSON");
        document["runs"][0]["results"]
            .as_array()
            .expect("results")
            .iter()
            .map(|result| result["partialFingerprints"].clone())
            .collect::<Vec<_>>()
    };
    let manifest = "[identities.bot]\nkind = \"bot\"\n[reports.soc2]\nframework = \"SOC 2\"\n";
    let moved = format!("# moved\n\n\n{manifest}");
    assert!(prints(manifest).len() > 3);
    assert_eq!(prints(manifest), prints(&moved));
}

#[test]
fn paths_and_columns_are_written_as_each_format_counts_them() {
    let root = tempfile::tempdir().expect("a folder");
    let name = "a b%20é/x#y.scope.toml";
    write(
        root.path(),
        name,
        "\u{feff}[services.a]\r\ntitle = \"x\" # é😀\r\nuser-entities = { regions = [\"de\"], note = \"😀\", sec-issuers = \"x\" }\r\n",
    );
    let document = tool::check_json(root.path(), AS_OF);
    let finding = tool::findings(&document)
        .iter()
        .find(|finding| finding["rule"] == "wrong-type")
        .expect("the boolean");
    assert_eq!(text(finding, "/location/path"), name);
    assert_eq!(tool::text_at(root.path(), &finding["location"]), "\"x\"");
    let sarif: Value = serde_json::from_str(&printed(root.path(), "sarif", "80")).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let result = results
        .iter()
        .find(|result| result["ruleId"] == "wrong-type")
        .expect("the boolean");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        text(place, "/artifactLocation/uri"),
        "a%20b%2520%C3%A9/x%23y.scope.toml"
    );
    let (column, column_utf16) = (
        number(finding, "/location/start/column"),
        number(place, "/region/startColumn"),
    );
    assert_eq!(column_utf16, column + 1, "one letter before it takes two UTF-16 units");
}

#[test]
fn brackets_in_names_do_not_become_links() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", "[services.a]\nkind = \"x](1)[y\"\n");
    let sarif: Value = serde_json::from_str(&printed(root.path(), "sarif", "80")).expect("JSON");
    let message = text(&sarif["runs"][0]["results"][0], "/message/text");
    assert!(message.contains("x\\](1)\\[y"), "{message}");
}

#[test]
fn sarif_keeps_to_what_code_scanning_takes_and_says_what_it_leaves_out() {
    let root = tempfile::tempdir().expect("a folder");
    // The lesser ones come first.
    let mut manifest: String = (0..20)
        .map(|n| format!("[reports.r{n}]\nframework = \"SOC 2\"\nstatus = \"planned\"\n"))
        .collect();
    manifest.push_str("[services.a]\n");
    manifest.extend((0..24_990).map(|n| format!("odd{n} = 1\n")));
    write(root.path(), "scope.toml", &manifest);
    let counted = |document: &Value, level: &str| {
        let results = document["runs"][0]["results"].as_array().expect("results");
        results.iter().filter(|result| result["level"] == level).count()
    };
    let checked = tool::checked(root.path(), AS_OF, &Choice::default());
    let (errors, all) = (checked.outcome.summary.errors, checked.outcome.findings.len());
    assert!(errors < 25_000 && all > 25_000, "{errors} of {all}");
    let document = tool::document(Format::Sarif, &checked);
    assert_eq!(counted(&document, "error"), errors, "no error is left out");
    let shown: usize = ["error", "warning", "note"]
        .map(|level| counted(&document, level))
        .iter()
        .sum();
    assert_eq!(shown, 25_000);
    assert_eq!(document["runs"][0]["results"][0]["level"], "error");
    let notification = &document["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(notification["level"], "warning");
    let told = text(notification, "/message/text");
    assert!(
        told.starts_with(&format!("{} results are left out", all - 25_000)),
        "{told}"
    );
}

#[test]
fn sarif_links_as_many_places_of_a_finding_as_code_scanning_shows() {
    let root = tempfile::tempdir().expect("a folder");
    let names: Vec<String> = (0..120).map(|n| format!("\"s{n}\"")).collect();
    let mut manifest = format!(
        "[reports.old]\nframework = \"soc2\"\ntype = 2\nperiod = {{ from = 2020-01-01, to = 2020-12-31 }}\ncovers = [{}]\n",
        names.join(", ")
    );
    manifest.extend((0..120).map(|n| format!("[services.s{n}]\nclaims = \"old\"\n")));
    write(root.path(), "scope.toml", &manifest);
    let found = tool::check_json(root.path(), AS_OF);
    let places = |finding: &Value| finding["related"].as_array().expect("a list").len();
    let most = tool::findings(&found).iter().map(places).max().expect("findings");
    assert!(most >= 100, "{most} places");
    let document: Value = serde_json::from_str(&printed(root.path(), "sarif", "80")).expect("JSON");
    for result in document["runs"][0]["results"].as_array().expect("results") {
        let related = result["relatedLocations"].as_array().map_or(0, Vec::len);
        let message = text(result, "/message/text");
        assert!(related <= 99);
        assert_eq!(message.matches("](").count(), related, "{message}");
        assert_eq!(message.contains("; and "), related == 99, "{message}");
    }
}
