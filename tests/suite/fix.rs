//! `check --fix` and `--diff`: what has one right answer is fixed, and nothing else is touched.

use crate::tool::{self, run, soclint, stderr, stdout, write};
use serde_json::Value;
use soclint::Choice;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

const READING: [&str; 13] = [
    "unreadable-file",
    "not-utf8",
    "invalid-toml",
    "unknown-key",
    "unknown-value",
    "wrong-type",
    "missing-key",
    "duplicate-id",
    "unknown-reference",
    "invalid-id",
    "invalid-date",
    "invalid-duration",
    "non-canonical-spelling",
];

fn check(root: &Path, args: &[&str]) -> Output {
    run(soclint()
        .args(["check", "--as-of", tool::AS_OF, "--format", "concise", "--root"])
        .arg(root)
        .args(args))
}

/// Fixes a file alone, and gives its text afterwards.
fn fixed(text: &str) -> String {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", text);
    let output = check(root.path(), &["--fix"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
    std::fs::read_to_string(root.path().join("scope.toml")).expect("it is text")
}

#[test]
fn spellings_become_canonical_and_all_else_stays() {
    let before = "\u{feff}# top\r\n[reports.a] # first\r\n  framework   = 'SOC 2'  # why\r\ntype=\"II\"\r\nopinion = \"\"\"unqualified\"\"\"\r\nalso = [ \"ISAE-3000\", ] # both\r\n\r\n[ reports . \"b\" ]\r\nframework = \"isae 3402\"\r\ntype = \"Type 1\"\r\n# end";
    let after = before
        .replace("'SOC 2'", "\"soc2\"")
        .replace("type=\"II\"", "type=2")
        .replace("\"\"\"unqualified\"\"\"", "\"unmodified\"")
        .replace("\"ISAE-3000\"", "\"isae3000\"")
        .replace("\"isae 3402\"", "\"isae3402\"")
        .replace("\"Type 1\"", "1");
    assert_eq!(fixed(before), after);
}

#[test]
fn a_certificate_moves_with_all_that_is_its_own() {
    let before = concat!(
        "# about iso\r\n[reports.iso] # a certificate\r\nframework = \"iso27001\"\r\nbody = \"Example\" \r\n\r\n",
        "[services.a]\r\nexposure = \"internal\"\r\n",
        "[[ reports . 'iso' . list ]]\r\nx = 1\r\n[reports.\"iso\".list.deep]\r\n",
        "[\"reports\".iso.sub] # kept\r\n  y = { z = 1 } # and this\r\n",
        "[\"rep\\u006Frts\" . iso . more]\r\n",
        "[reports.isolated]\r\nframework = \"soc2\"\r\n",
    );
    let after = before
        .replace("[reports.iso]", "[certificates.iso]")
        .replace("[[ reports .", "[[ certificates .")
        .replace("[reports.\"iso\"", "[certificates.\"iso\"")
        .replace("[\"reports\".iso", "[certificates.iso")
        .replace("[\"rep\\u006Frts\"", "[certificates");
    assert_eq!(fixed(before), after);
}

#[test]
fn a_report_among_the_certificates_moves_back() {
    let before =
        "[certificates.a]\nframework = \"soc2\"\ntype = 2 # kept\n\n[certificates.iso]\nframework = \"iso27001\"\n";
    assert_eq!(fixed(before), before.replace("[certificates.a]", "[reports.a]"));
}

#[test]
fn what_cannot_move_safely_stays() {
    for text in [
        // Another table would be needed, or one that cannot be added to.
        "[reports]\niso = { framework = \"iso27001\" }\n",
        "[reports]\niso.framework = \"iso27001\"\n",
        "certificates = { other = { framework = \"iso27001\" } }\n[reports.iso]\nframework = \"iso27001\"\n",
        "[reports.iso]\nframework = \"iso27001\"\n[certificates.iso]\nframework = \"iso27001\"\n",
        "reports.iso.framework = \"iso27001\"\n",
    ] {
        assert_eq!(fixed(text), text);
    }
}

#[test]
fn misspelt_keys_take_the_right_name_in_their_own_quotes() {
    let before = concat!(
        "[services.a]\nexposure = \"internal\"\nlifecylce = \"production\" # slip\n'depend-on' = [\"b\"]\n\"Third_Parties\" = []\n",
        "user-entities = { \"region\" = \"us\", sec-isuers = true }\n[services.b]\nexposrue . x = 1\nexposure = \"internal\"\n",
    );
    let after = before
        .replace("lifecylce", "lifecycle")
        .replace("'depend-on'", "'depends-on'")
        .replace("\"Third_Parties\"", "\"third-parties\"")
        .replace("\"region\"", "\"regions\"")
        .replace("sec-isuers", "sec-issuers");
    assert_eq!(
        fixed(before),
        after,
        "`exposure` is stated already, so the other is left alone"
    );
}

#[test]
fn a_misspelt_table_is_renamed_in_every_header() {
    let before: String = (0..40)
        .map(|n| format!("[servces.s{n}]\nexposure = \"internal\" # {n}\n"))
        .collect();
    assert_eq!(fixed(&before), before.replace("servces", "services"));
    let before = "[[waivrs]]\nrule = \"stale-report\"\nsubject = \"reports.x\"\n# two\n[[ 'waivrs' ]]\nrule = \"stale-report\"\nsubject = \"reports.y\"\n";
    assert_eq!(fixed(before), before.replace("waivrs", "waivers"));
}

#[test]
fn references_take_the_name_that_differs_in_case_and_hyphens_alone() {
    let root = tempfile::tempdir().expect("a folder");
    let declared = "namespace = \"payments\"\n[services.ledger]\nexposure = \"internal\"\n[services.\"Pay.roll-1\"]\nexposure = \"internal\"\n";
    write(root.path(), "a/scope.toml", declared);
    let before = concat!(
        "namespace = \"platform\"\nowner = 'team_Platform'\n[services.cluster]\nexposure = \"internal\"\n",
        "depends-on = [\"Payments/Ledger\", { service = 'Cluster', influence = \"none\" }, \"payments/pay.roll_1\", \"clustr\"]\n",
        "[owners.team-platform]\nkind = \"team\"\n[owners.teamplatform]\nkind = \"team\"\n",
    );
    write(root.path(), "b/scope.toml", before);
    check(root.path(), &["--fix"]);
    let after = before
        .replace("Payments/Ledger", "payments/ledger")
        .replace("'Cluster'", "'cluster'")
        .replace("payments/pay.roll_1", "payments/Pay.roll-1");
    let text = std::fs::read_to_string(root.path().join("b/scope.toml")).expect("text");
    assert_eq!(
        text, after,
        "with two owners of that spelling it is unknown which is meant, and another word stays"
    );
    assert_eq!(
        std::fs::read_to_string(root.path().join("a/scope.toml")).expect("text"),
        declared
    );
}

#[test]
fn a_reference_with_a_rival_in_another_namespace_is_left_alone() {
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        "a/scope.toml",
        "namespace = \"payments\"\n[services.ledger]\nexposure = \"internal\"\n",
    );
    let before =
        "[services.ledgar]\nexposure = \"internal\"\n[services.b]\nexposure = \"internal\"\ndepends-on = \"ledger\"\n";
    write(root.path(), "b/scope.toml", before);
    check(root.path(), &["--fix"]);
    assert_eq!(
        std::fs::read_to_string(root.path().join("b/scope.toml")).expect("text"),
        before
    );
}

const WAIVER: &str =
    "rule = \"stale-report\"\nsubject = \"reports.x\"\nreason = \"accepted\"\nowner = \"a\"\napproved-by = \"b\"\n";

#[test]
fn a_waiver_that_is_over_and_of_no_use_goes() {
    let before = format!(
        "\u{feff}[[waivers]] # gone\n{WAIVER}expires = 2024-01-01 # gone too\n\n# about the service\n[services.a]\nexposure = \"internal\"\n\n# still of use\n[[waivers]]\n{WAIVER}expires = 2026-12-01\n\n# why it was\n[[waivers]]\n{WAIVER}expires = 2025-01-01\n# the end\n"
    );
    let after = format!(
        "\u{feff}# about the service\n[services.a]\nexposure = \"internal\"\n\n# still of use\n[[waivers]]\n{WAIVER}expires = 2026-12-01\n\n# why it was\n# the end\n"
    );
    assert_eq!(fixed(&before), after);
}

#[test]
fn a_waiver_in_a_list_goes_with_its_comma_and_leaves_the_comments_of_others() {
    let waiver = |day: &str| {
        format!(
            "{{ rule = \"stale-report\", subject = \"reports.x\", reason = \"accepted\", owner = \"a\", approved-by = \"b\", expires = {day} }}"
        )
    };
    let (old, new) = (waiver("2024-01-01"), waiver("2026-12-01"));
    let rest = "[services.a]\nexposure = \"internal\"\n";
    for (before, after) in [
        (
            format!("waivers = [{old}, {new}] # x"),
            format!("waivers = [{new}] # x"),
        ),
        (
            format!("waivers = [{new}, {old}] # x"),
            format!("waivers = [{new}] # x"),
        ),
        (format!("waivers = [ {old} ] # x"), "waivers = [  ] # x".to_owned()),
        (
            format!("waivers = [{old},{old},{new},{old}]"),
            format!("waivers = [{new}]"),
        ),
        (
            format!(
                "waivers = [ # all\n  # first\n  {old}, # gone\n  # second\n  {new}, # kept\n  # third\n  {old}\n  # end\n]"
            ),
            format!("waivers = [ # all\n  # first\n  # second\n  {new}, # kept\n  # third\n  # end\n]"),
        ),
        (
            format!("waivers = [\n  {new} # kept, too\n  , {old}\n]"),
            format!("waivers = [\n  {new} # kept, too\n  , \n]"),
        ),
    ] {
        assert_eq!(fixed(&format!("{before}\n{rest}")), format!("{after}\n{rest}"));
    }
}

#[test]
fn a_waiver_goes_from_the_config_too_but_not_from_one_outside() {
    let root = tempfile::tempdir().expect("a folder");
    let old = format!("# why\n[[waivers]]\n{WAIVER}expires = 2024-01-01\n");
    write(root.path(), ".git/HEAD", "ref: refs/heads/main\n");
    write(root.path(), "org/shared.toml", &old);
    write(
        root.path(),
        "estate/soclint.toml",
        format!("# ours\nextends = \"../org/shared.toml\"\n\n{old}"),
    );
    write(
        root.path(),
        "estate/scope.toml",
        "[services.a]\nexposure = \"internal\"\n",
    );
    let output = check(&root.path().join("estate"), &["--fix"]);
    assert!(
        stderr(&output).contains("fixed 1 finding in 1 file"),
        "{}",
        stderr(&output)
    );
    let text = |path: &str| std::fs::read_to_string(root.path().join(path)).expect("text");
    assert_eq!(
        text("estate/soclint.toml"),
        "# ours\nextends = \"../org/shared.toml\"\n\n# why\n"
    );
    assert_eq!(text("org/shared.toml"), old, "other estates may extend it");
}

#[test]
fn what_is_waived_or_in_the_baseline_or_not_asked_for_is_not_mended() {
    let before = "[reports.iso]\nframework = \"iso27001\"\n";
    let waiver = "[[waivers]]\nrule = \"certificate-declared-as-report\"\nsubject = \"reports.iso\"\nreason = \"accepted\"\nowner = \"a\"\napproved-by = \"b\"\nexpires = 2026-12-01\n";
    let waived = format!("{before}{waiver}");
    assert_eq!(fixed(&waived), waived);

    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "a/scope.toml", before);
    let text = || std::fs::read_to_string(root.path().join("a/scope.toml")).expect("text");
    std::fs::create_dir(root.path().join("b")).expect("a folder");
    write(root.path(), "b/scope.toml", "[services.a]\nexposure = \"internal\"\n");
    let elsewhere = root.path().join("b");
    check(root.path(), &["--fix", elsewhere.to_str().expect("text")]);
    assert_eq!(text(), before, "another folder was named");
    check(root.path(), &["--fix", "--select", "stale-report"]);
    assert_eq!(text(), before, "another rule was chosen");
    let output = run(soclint()
        .args(["baseline", "write", "--as-of", tool::AS_OF, "--root"])
        .arg(root.path()));
    assert!(output.status.success(), "{}", stderr(&output));
    let baseline = root.path().join("soclint-baseline.toml");
    check(root.path(), &["--fix", "--baseline", baseline.to_str().expect("text")]);
    assert_eq!(text(), before, "the baseline holds it back");
    check(root.path(), &["--fix"]);
    assert_ne!(text(), before);
}

/// Everything in the fixtures that is an estate by itself: a folder, or a manifest alone.
fn estates() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let fixtures = tool::project().join("fixtures");
    for (kind, depth) in [("estates", 1), ("broken", 2), ("rules", 2), ("hostile", 1)] {
        let mut paths = vec![fixtures.join(kind)];
        for _ in 0..depth {
            paths = paths
                .iter()
                .filter(|path| path.is_dir())
                .flat_map(|folder| std::fs::read_dir(folder).expect("a folder").flatten())
                .map(|entry| entry.path())
                .collect();
        }
        paths.retain(|path| path.is_dir() || path.extension().is_some_and(|extension| extension == "toml"));
        found.append(&mut paths);
    }
    found.sort();
    found
}

fn copy_estate(from: &Path, to: &Path) {
    match from.is_dir() {
        true => tool::copy_folder(from, to),
        false => drop(std::fs::copy(from, to.join("scope.toml")).expect("a copy")),
    }
}

fn texts(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => drop(found.insert(
                    path.strip_prefix(root).expect("it lies there").to_owned(),
                    std::fs::read(&path).expect("a file"),
                )),
            }
        }
    }
    found
}

/// How many findings of the reading kind there are, but for those about tables that `moved`, and the names that
/// tables have when they are moved: their keys are judged only there.
fn reading_findings(root: &Path, moved: &[String]) -> (BTreeMap<String, usize>, Vec<String>) {
    let mut counts = BTreeMap::new();
    let mut moves = Vec::new();
    for finding in tool::findings(&tool::check_json(root, tool::AS_OF)) {
        let text = |key: &str| finding[key].as_str().expect("text").to_owned();
        let (rule, subject) = (text("rule"), text("subject"));
        match rule.as_str() {
            "certificate-declared-as-report" => moves.push(subject.replace("reports.", "certificates.")),
            "report-declared-as-certificate" => moves.push(subject.replace("certificates.", "reports.")),
            rule if READING.contains(&rule) && !moved.contains(&subject) => {
                *counts.entry(rule.to_owned()).or_default() += 1;
            }
            _ => {}
        }
    }
    (counts, moves)
}

/// What SARIF's fixes make of the files.
fn by_sarif(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let output = run(soclint()
        .args(["check", "--as-of", tool::AS_OF, "--format", "sarif", "--root"])
        .arg(root));
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut files = texts(root);
    let mut edits: BTreeMap<PathBuf, BTreeMap<(usize, usize), String>> = BTreeMap::new();
    for result in document["runs"][0]["results"].as_array().expect("results") {
        for change in result["fixes"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|fix| fix["artifactChanges"].as_array().expect("changes"))
        {
            let uri = change["artifactLocation"]["uri"].as_str().expect("a path");
            let path = PathBuf::from(
                percent_encoding::percent_decode_str(uri)
                    .decode_utf8()
                    .expect("text")
                    .into_owned(),
            );
            let text = String::from_utf8(files[&path].clone()).expect("only text is fixed");
            for replacement in change["replacements"].as_array().expect("replacements") {
                let region = &replacement["deletedRegion"];
                let offset = |line: &str, column: &str| {
                    let number =
                        |key: &str| usize::try_from(region[key].as_u64().expect("a number")).expect("fits") - 1;
                    let start: usize = text.split_inclusive('\n').take(number(line)).map(str::len).sum();
                    let mut units = number(column);
                    let rest = text[start..]
                        .char_indices()
                        .filter(|(at, c)| start + at > 0 || *c != '\u{feff}');
                    let mut end = text.len();
                    for (at, c) in rest {
                        if units == 0 {
                            end = start + at;
                            break;
                        }
                        units -= c.len_utf16();
                    }
                    end
                };
                let inserted = replacement["insertedContent"]["text"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned();
                let range = (offset("startLine", "startColumn"), offset("endLine", "endColumn"));
                edits.entry(path.clone()).or_default().insert(range, inserted);
            }
        }
    }
    for (path, edits) in edits {
        let mut text = String::from_utf8(files[&path].clone()).expect("text");
        for ((start, end), inserted) in edits.into_iter().rev() {
            text.replace_range(start..end, &inserted);
        }
        files.insert(path, text.into_bytes());
    }
    files
}

/// Whether two texts share all lines but those that were changed, in their order.
fn unchanged_lines(before: &[u8], after: &[u8]) -> usize {
    let after: Vec<&[u8]> = after.split(|b| *b == b'\n').collect();
    let mut at = 0;
    let mut same = 0;
    for line in before.split(|b| *b == b'\n') {
        if let Some(found) = after[at..].iter().take(8).position(|other| *other == line) {
            at += found + 1;
            same += 1;
        }
    }
    same
}

#[test]
fn over_all_fixtures_a_fix_is_whole_repeatable_and_the_same_in_each_form() {
    let (mut fixed, mut fixable, mut silent) = (0, 0, Vec::new());
    for estate in estates() {
        let name = estate.display();
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        copy_estate(&estate, root);
        let checked = tool::checked(root, tool::AS_OF, &Choice::default());
        if checked.fixed().is_empty() {
            silent.push(estate);
            continue;
        }
        // `fix_keeps_meaning` looks at each of them in process; here, some are fixed as users do it.
        fixable += 1;
        if fixable % 10 != 1 {
            continue;
        }
        let before = texts(root);
        let patch = check(root, &["--diff"]);
        assert_eq!(texts(root), before, "{name}: --diff changes nothing");
        assert!(!patch.stdout.is_empty(), "{name}: --diff shows what can be fixed");
        fixed += 1;
        let (was, moved) = reading_findings(root, &[]);
        let sarif = by_sarif(root);
        let once = check(root, &["--fix"]);
        assert!(matches!(once.status.code(), Some(0 | 1)), "{name}: {}", stderr(&once));
        let after = texts(root);
        assert_eq!(
            before.keys().collect::<Vec<_>>(),
            after.keys().collect::<Vec<_>>(),
            "{name}"
        );
        assert_eq!(
            patch.status.code(),
            Some(i32::from(before != after)),
            "{name}: the status of --diff"
        );
        assert_eq!(patch.stdout.is_empty(), before == after, "{name}");

        let twice = check(root, &["--fix"]);
        assert_eq!(texts(root), after, "{name}: fixing twice is fixing once");
        assert!(stderr(&twice).contains("nothing to fix"), "{name}: {}", stderr(&twice));
        assert!(
            !stdout(&twice).contains("can be fixed"),
            "{name}: nothing is promised that is not kept"
        );

        // Each finding that goes may show one that stood behind it; none comes from nowhere.
        let (is, _) = reading_findings(root, &moved);
        assert!(
            is.values().sum::<usize>() <= was.values().sum(),
            "{name}: {was:?} became {is:?}"
        );
        assert!(is.get("invalid-toml") <= was.get("invalid-toml"), "{name}");

        for (path, text) in &after {
            let lines = |text: &[u8]| text.split(|b| *b == b'\n').count();
            let said = stdout(&patch)
                .lines()
                .filter(|line| line.starts_with('-') && !line.starts_with("---"))
                .count();
            let same = unchanged_lines(&before[path], text);
            assert!(
                same + said >= lines(&before[path]),
                "{name}: {}: lines changed without a word",
                path.display()
            );
        }
        // One round is what SARIF has; the next may find what stood behind it.
        let left = tempfile::tempdir().expect("a folder");
        for (path, text) in &sarif {
            write(left.path(), path.to_str().expect("text"), text);
        }
        check(left.path(), &["--fix"]);
        assert_eq!(texts(left.path()), after, "{name}: SARIF's fixes are those of --fix");
        assert_ne!(sarif, before, "{name}");
    }
    assert!(fixed > 0, "no fixture has anything to fix");
    // The binary agrees where there is nothing; one in forty tells.
    assert!(!silent.is_empty());
    for estate in silent.iter().step_by(40) {
        let root = tempfile::tempdir().expect("a folder");
        copy_estate(estate, root.path());
        let before = texts(root.path());
        let patch = check(root.path(), &["--diff"]);
        assert!(
            patch.stdout.is_empty() && patch.status.code() == Some(0),
            "{}",
            estate.display()
        );
        assert_eq!(texts(root.path()), before, "{}", estate.display());
    }
}

fn applies(tool: &str, args: &[&str], patch: &str, root: &Path) -> bool {
    use std::io::Write;
    let child = std::process::Command::new(tool)
        .args(args)
        .current_dir(root)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{tool} is needed to test its input: {error}"));
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(patch.as_bytes())
        .expect("it reads");
    child.wait().expect("it ends").success()
}

#[test]
fn a_patch_applies_with_git() {
    let odd = "odd \"näme\" [x]/a b.scope.toml";
    let lines: String = (0..30).map(|n| format!("# {n}\n")).collect();
    let files = [
        (
            "plain/scope.toml",
            format!("[reports.a]\r\nframework = \"SOC 2\"\r\n{lines}type = \"II\""),
        ),
        (
            odd,
            format!("[reports.b]\nframework = \"SOC 2\"\n{lines}[reports.iso]\nframework = \"iso27001\"\n"),
        ),
        (
            "with space/scope.toml",
            "[reports.c]\ntype = \"II\"\nframework = \"soc2\"\n".to_owned(),
        ),
    ];
    let root = tempfile::tempdir().expect("a folder");
    for (path, text) in &files {
        write(root.path(), path, text);
    }
    let output = check(root.path(), &["--diff"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let copy = tempfile::tempdir().expect("a folder");
    tool::copy_folder(root.path(), copy.path());
    assert!(
        applies("git", &["apply", "-"], &stdout(&output), copy.path()),
        "{}",
        stdout(&output)
    );
    check(root.path(), &["--fix"]);
    assert_eq!(texts(copy.path()), texts(root.path()));
    let output = check(root.path(), &["--diff"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
}

#[test]
fn many_fixes_in_one_file_are_made_at_once() {
    let before: String = (0..4_000)
        .map(|n| format!("[reports.r{n}]\nframework = \"SOC 2\"\ntype = \"II\"\n"))
        .collect();
    let started = std::time::Instant::now();
    let after = fixed(&before);
    assert_eq!(after, before.replace("SOC 2", "soc2").replace("\"II\"", "2"));
    assert!(started.elapsed() < tool::HANGS, "{:?}", started.elapsed());
}

#[test]
fn one_fix_that_would_break_a_file_does_not_keep_the_others_back() {
    let mut before: String = (0..300)
        .map(|n| format!("[services.s{n}]\nexposure = \"internal\"\nlifecylce = \"production\"\n"))
        .collect();
    before.push_str("[services.twice]\nexposure = \"internal\"\nlifecycle = \"production\"\nlifecylce = \"retired\"\n");
    let (kept, broken) = before.split_at(before.find("[services.twice]").expect("it is there"));
    assert_eq!(fixed(&before), kept.replace("lifecylce", "lifecycle") + broken);
}

#[test]
fn a_torn_file_is_mended_where_it_is_sound() {
    let before = format!(
        "[reports.a]\nframework = \"SOC 2\"\nx = [\n[reports.iso]\nframework = \"iso27001\"\n[services.a]\nx{} = 1\nexposure = \"internal\"\n",
        ".a".repeat(50_000)
    );
    let after = fixed(&before);
    assert_eq!(after, before.replace("SOC 2", "soc2"));
    let bytes = b"[reports.a]\nframework = \"SOC 2\"\ntitle = \"\xff\"\n";
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", bytes);
    check(root.path(), &["--fix"]);
    assert_eq!(
        std::fs::read(root.path().join("scope.toml")).expect("a file"),
        bytes,
        "bytes are not lost"
    );
}

/// A duplicate hides what is wrong with the second.
#[test]
fn no_fix_of_a_name_makes_a_table_stand_twice() {
    let broken = "covers = \"ledger\"\nstatus = planned\ncovers = \"ledger\"\n";
    for (known, misspelt) in [
        ("[reports.soc2]", "[repports.soc2]"),
        ("[services.a]", "[servces.a]"),
        ("[third-parties.a]", "[third-partis.a]"),
        ("[reports.soc2]\nframework = \"soc2\"", "[report.soc2]"),
        ("[controls.c]", "[contols.c]"),
        ("[services.\"a\"]", "[servics.a]"),
    ] {
        for rest in [broken, "", "x = [\n"] {
            let text = format!("{known}\n\n{misspelt}\n{rest}");
            assert_eq!(fixed(&text), text);
        }
        let alone = format!("{misspelt}\ntitle = \"A\"\n");
        assert_ne!(fixed(&alone), alone, "where it stands alone, it is fixed");
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    const BEFORE: &str = "[reports.a]\nframework = \"SOC 2\"\n";
    const AFTER: &str = "[reports.a]\nframework = \"soc2\"\n";

    #[test]
    fn a_link_stays_a_link_and_permissions_stay_as_they_are() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "real/text.txt", BEFORE);
        let real = root.path().join("real/text.txt");
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).expect("ours");
        symlink("real/text.txt", root.path().join("scope.toml")).expect("a link");
        let owner = real.metadata().expect("there").uid();
        check(root.path(), &["--fix"]);
        let link = root.path().join("scope.toml").symlink_metadata().expect("there");
        assert!(link.file_type().is_symlink());
        assert_eq!(std::fs::read_to_string(&real).expect("text"), AFTER);
        let metadata = real.metadata().expect("there");
        assert_eq!((metadata.permissions().mode() & 0o777, metadata.uid()), (0o640, owner));
    }

    #[test]
    fn a_read_only_file_is_left_alone_and_the_run_says_so() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "scope.toml", BEFORE);
        let path = root.path().join("scope.toml");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).expect("ours");
        let output = check(root.path(), &["--fix"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).contains("scope.toml: it is read-only"),
            "{}",
            stderr(&output)
        );
        assert_eq!(std::fs::read_to_string(&path).expect("text"), BEFORE);
    }
}
