//! `soclint advise`: the program itself.

use crate::cases::project;
use crate::tool::{AS_OF, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::io::Write as _;
use std::process::{Output, Stdio};

const MANIFEST: &str = "\
owner = \"ada\"

[owners.ada]
kind = \"person\"

[services.pay]
title = \"Pay \\u001b[31mruns\"
financial-impact = \"direct\"
user-entities = { regions = \"us\", fiscal-year-ends = \"12-31\" }

[services.site]
owner = \"ada\"
financial-impact = \"none\"
";

fn advise(manifest: &str, args: &[&str]) -> Output {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", manifest);
    let mut command = soclint();
    command
        .arg("advise")
        .args(args)
        .args(["--as-of", AS_OF, "--root"])
        .arg(root.path());
    run(&mut command)
}

fn piped(text: &[u8], args: &[&str]) -> Output {
    let mut command = soclint();
    command.arg("advise").args(args).args(["--as-of", AS_OF]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    child.stdin.take().expect("a pipe").write_all(text).expect("it is read");
    child.wait_with_output().expect("it ends")
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&stdout(output)).unwrap_or_else(|_| panic!("{}", stderr(output)))
}

/// Wherever its lines are broken.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[test]
fn a_service_is_advised_with_the_lines_that_lead_to_it() {
    let output = advise(MANIFEST, &["pay"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = squeezed(&stdout(&output));
    for part in [
        "services.pay: Pay \\u{1b}[31mruns (scope.toml:6)",
        "Missing: a declared report on controls relevant to user entities' financial reporting.",
        "Does it affect user entities' financial reporting?",
        "transactions [scope.toml:8; AT-C 320]",
        "Recommended: SOC 1 type 1",
        "[reports.soc1-2027]",
        "no legal or audit",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("services.site ("), "{text}");
    assert!(
        text.contains("1 of 2 services; the others were not asked for"),
        "{text}"
    );
}

#[test]
fn json_has_what_the_contract_lists_and_fits_the_schema() {
    let output = advise(MANIFEST, &["--format", "json"]);
    let document = json(&output);
    assert_eq!(
        (&document["version"], &document["as-of"]),
        (&Value::from(1), &Value::from(AS_OF))
    );
    let services = document["services"].as_array().expect("services");
    assert_eq!(services.len(), 2);
    let pay = &services[0];
    assert_eq!(pay["service"], "services.pay");
    assert_eq!(pay["nothing-missing"], false);
    let families: Vec<(&str, &str)> = pay["families"]
        .as_array()
        .expect("families")
        .iter()
        .map(|family| {
            (
                family["family"].as_str().expect("text"),
                family["state"].as_str().expect("text"),
            )
        })
        .collect();
    assert_eq!(families, [("icfr", "missing"), ("trust-services", "not-needed")]);
    let recommended = &pay["recommendations"][0];
    let keys = [
        "framework",
        "also",
        "subject-matter",
        "categories",
        "type",
        "then",
        "period",
        "carve-out",
        "needed",
        "exists",
        "because",
        "would-change",
    ];
    let object = recommended.as_object().expect("an object");
    assert!(keys.iter().all(|key| object.contains_key(*key)), "{recommended}");
    let because = &recommended["because"][0];
    assert_eq!(because["location"]["line"], 8);
    assert_eq!(because["reference"], "AT-C 320");
    assert_eq!(services[1]["nothing-missing"], true);
    let schema = run(soclint().args(["schema", "advice"]));
    let schema: Value = serde_json::from_str(&stdout(&schema)).expect("a schema");
    let committed = std::fs::read_to_string(project().join("schemas/advice.schema.json")).expect("a file");
    assert_eq!(schema, serde_json::from_str::<Value>(&committed).expect("a schema"));
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn a_fragment_on_standard_input_is_an_estate_of_its_own() {
    let output = piped(
        b"[services.ledger]\nfinancial-impact = \"indirect\"\n",
        &["-", "--format", "json"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let document = json(&output);
    assert_eq!(document["services"][0]["service"], "services.ledger");
    assert_eq!(
        document["services"][0]["families"][0]["because"][0]["location"]["file"],
        "stdin"
    );
}

#[test]
fn what_is_wrong_with_a_fragment_is_said_with_its_lines() {
    let output = piped(b"[services.ledger]\nfinancial-impact = \"huge\"\n", &["-"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("stdin:2: "), "{}", stdout(&output));
    let output = piped(b"\xff\xfe", &["-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no UTF-8 text"), "{}", stderr(&output));
    let output = piped(b"", &["-"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stdout(&output).contains("No service is declared"),
        "{}",
        stdout(&output)
    );
    let output = piped(b"", &["pay", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("argument 2 is `-`"), "{}", stderr(&output));
}

#[test]
fn questions_lead_to_the_same_advice_as_the_manifest_that_they_make() {
    let answers = b"payroll\npayroll-hr\ndirect\nfinancial-statement-audit\n\nus de\nyes\n12-31\n";
    let output = piped(answers, &["--ask"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let (_, after) = text.split_once("As a manifest declares it:\n\n").expect("the manifest");
    let (manifest, advice) = after.split_once("\n\n").expect("the advice");
    let again = stdout(&piped(manifest.as_bytes(), &["-"]));
    assert_eq!(squeezed(&advice.replace("answers:", "stdin:")), squeezed(&again));
    assert!(
        again.contains("Recommended: SOC 1 type 2, combined with ISAE 3402"),
        "{again}"
    );
    let ended = piped(b"payroll\n", &["--ask"]);
    assert_eq!(ended.status.code(), Some(2));
    assert!(
        stderr(&ended).contains("the input ended before the last question"),
        "{}",
        stderr(&ended)
    );
}

#[test]
fn markdown_holds_no_markup_of_names() {
    let manifest = MANIFEST.replace("Pay \\u001b[31mruns", "<b>Pay</b> [x](https://e.example) @ada");
    let text = stdout(&advise(&manifest, &["--format", "markdown"]));
    assert!(text.contains("### `services.pay`"), "{text}");
    assert!(
        !text.contains("<b>") && !text.contains("](https") && !text.contains(" @ada"),
        "{text}"
    );
    assert!(text.contains("```toml\n[reports.soc1-2027]\n"), "{text}");
}

#[test]
fn a_service_that_is_not_there_is_told_with_one_that_is_near() {
    let output = advise(MANIFEST, &["pya"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `pay`?"), "{}", stderr(&output));
}
