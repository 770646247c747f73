//! `soclint matrix`: the tables of the program itself.

use crate::cases::project;
use crate::tool::{AS_OF, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Output;

fn estate(name: &str) -> PathBuf {
    project().join("fixtures/estates").join(name)
}

fn matrix(root: &Path, args: &[&str]) -> Output {
    let mut command = soclint();
    command
        .arg("matrix")
        .args(args)
        .args(["--as-of", AS_OF, "--root"])
        .arg(root);
    run(&mut command)
}

fn json(root: &Path, args: &[&str]) -> (Value, Option<i32>) {
    let output = matrix(root, &[args, &["--format", "json"]].concat());
    let document = serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    (document, output.status.code())
}

fn rows<'d>(document: &'d Value, table: &str) -> &'d [Value] {
    document[table].as_array().expect("rows")
}

/// An estate with each state.
const MANIFEST: &str = "\
owner = \"ada\"

[organization]
fiscal-year-end = \"12-31\"

[owners.ada]
kind = \"person\"

[services.pay]
exposure = \"external\"
financial-impact = \"direct\"
claims = [\"soc1\", \"soc2\"]

[services.pay.user-entities]
fiscal-year-ends = [\"06-30\"]

[services.old]
scope = \"out\"

[services.card]
claims = \"soc1\"

[reports.soc1]
framework = \"soc1\"
type = 2
period = { from = 2025-10-01, to = 2026-09-30 }
issued = 2026-10-01
opinion = \"qualified\"
affected = \"CO2\"
covers = \"pay\"

[[reports.soc1.exceptions]]
about = \"review\"
text = \"Two of 25 were late\"
response = \"A reminder is sent\"

[reports.soc1.objectives.CO1]
text = \"Access is limited\"
controls = \"review\"

[reports.soc1.objectives.CO2]
text = \"Changes are approved\"

[reports.soc2]
framework = \"soc2\"
type = 2
status = \"planned\"
period = { from = 2026-10-01, to = 2027-09-30 }
covers = \"pay\"
criteria = [\"CC6.1\", \"CC6.2\", \"CC6.4\", \"P6.4\"]

[[reports.soc2.not-relevant]]
id = \"P6.4\"
reason = \"Nothing personal is disclosed to third parties\"

[controls.review]
title = \"Review of access\"
every = \"6mo\"
criteria = \"CC6.1\"
reports = [\"soc1\", \"soc2\"]
design = \"https://wiki.example.com/access\"
operating = \"reviews\"

[controls.lonely]
reports = \"soc1\"

[evidence.reviews]
kind = \"review\"
at = \"https://wiki.example.com/reviews\"
period = { from = 2025-10-01, to = 2026-09-30 }

[third-parties.host]
role = \"subservice-organization\"
method = \"carve-out\"
supports = \"pay\"
review = { last = 2026-06-01, every = \"1y\" }

[[third-parties.host.reports]]
framework = \"soc1\"
type = 2
period = { from = 2026-01-01, to = 2026-06-30 }
opinion = \"unmodified\"

[[third-parties.host.csocs]]
id = \"H1\"
text = \"Doors are locked\"
criteria = \"CC6.4\"

[[third-parties.host.cuecs]]
id = \"U1\"
control = \"review\"

[[third-parties.host.cuecs]]
id = \"U2\"
text = \"Keys are changed\"
";

fn small() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    // No owner of its own for what nobody performs.
    write(root.path(), "scope.toml", MANIFEST);
    root
}

#[test]
fn each_pair_of_service_and_report_has_its_state() {
    let root = small();
    let (document, status) = json(root.path(), &[]);
    assert_eq!(status, Some(0));
    let states: Vec<(String, String, String)> = rows(&document, "coverage")
        .iter()
        .flat_map(|row| {
            let subject = row["subject"].as_str().expect("text").to_owned();
            let reports = row["reports"].as_array().expect("a list").iter();
            reports.map(move |report| {
                let text = |key: &str| report[key].as_str().expect("text").to_owned();
                (subject.clone(), text("report"), text("state"))
            })
        })
        .collect();
    let state = |service: &str, report: &str| {
        let mut found = states
            .iter()
            .filter(|(subject, of, _)| subject.ends_with(service) && of.ends_with(report));
        found.next().map(|(_, _, state)| state.as_str())
    };
    assert_eq!(state(".pay", ".soc1"), Some("covered"));
    assert_eq!(state(".pay", ".soc2"), Some("planned"));
    assert_eq!(state(".card", ".soc1"), Some("claimed only"));
    assert_eq!(state(".card", ".soc2"), Some("not covered"));
    assert_eq!(state(".old", ".soc1"), Some("out of scope"));
    let csv = stdout(&matrix(root.path(), &["--format", "csv"]));
    assert_eq!(csv.lines().count(), 1 + states.len(), "a row for each pair");
    let markdown = stdout(&matrix(root.path(), &["--format", "markdown"]));
    for part in [
        "covered by a declared report",
        "opinion: qualified",
        "planned or in progress",
        "claimed only",
    ] {
        assert!(markdown.contains(part), "{part} in {markdown}");
    }
}

#[test]
fn a_control_matrix_has_what_serves_each_objective_and_what_none_does() {
    let root = small();
    let (document, _) = json(root.path(), &["controls", "--report", "soc1"]);
    let all = rows(&document, "controls");
    let brief: Vec<[&str; 3]> = all
        .iter()
        .map(|row| ["criterion", "state", "control"].map(|key| row[key].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(
        brief,
        [
            ["CO1", "served", "review"],
            ["CO2", "none declared", "-"],
            ["-", "serves none", "lonely"],
        ]
    );
    assert_eq!(all[0]["operating"][0]["kind"], "review");
    assert_eq!(all[0]["operating"][0]["to"], "2026-09-30");
    assert_eq!(all[0]["design"][0]["at"], "https://wiki.example.com/access");
    assert_eq!(
        all[0]["exceptions"][0],
        "Two of 25 were late (response: A reminder is sent)"
    );
    assert_eq!(all[1]["exceptions"][0], "affected by the qualified opinion");
    assert_eq!(all[1]["open"][0], "objective-without-control");
    let (document, _) = json(root.path(), &["controls", "--report", "soc2"]);
    let states: Vec<[&str; 2]> = rows(&document, "controls")
        .iter()
        .map(|row| ["criterion", "state"].map(|key| row[key].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(
        states,
        [
            ["CC6.1", "served"],
            ["CC6.2", "none declared"],
            ["CC6.4", "by others"],
            ["P6.4", "not relevant"],
        ]
    );
}

#[test]
fn the_days_of_a_vendor_are_counted_for_each_reader() {
    let root = small();
    let (document, _) = json(root.path(), &["vendors"]);
    let all = rows(&document, "vendors");
    let brief: Vec<(&str, &str, u64, &Value)> = all
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().expect("text");
            let covered = row["covered-days"].as_u64().expect("days");
            (text("whose"), text("state"), covered, &row["not-covered"])
        })
        .collect();
    let whole: Vec<(&str, &str, u64)> = brief.iter().map(|row| (row.0, row.1, row.2)).collect();
    assert_eq!(
        whole,
        [
            ("our year", "in part", 181),
            ("year of user entities", "in part", 181),
            ("our report soc1", "in part", 181),
        ]
    );
    assert_eq!(brief[0].3, &serde_json::json!(["2026-07-01 to 2026-12-31"]));
    assert_eq!(brief[1].3, &serde_json::json!(["2025-07-01 to 2025-12-31"]));
    assert_eq!(all[0]["next-review"], "2027-06-01");
    assert_eq!(all[0]["cuecs"][0]["owner"], "ada");
    let wide = stdout(&matrix(root.path(), &["vendors"]));
    assert!(wide.contains("U1: ada by controls.review, U2: nobody"), "{wide}");
}

#[test]
fn which_report_is_meant_has_to_be_clear() {
    let root = small();
    let says = |args: &[&str]| {
        let output = matrix(root.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        stderr(&output)
    };
    let several = says(&["controls"]);
    assert!(several.contains("`soc2` and `soc1`"), "{several}");
    assert!(says(&["controls", "--report", "soc"]).contains("did you mean"));
    assert!(says(&["vendors", "--report", "soc1"]).contains("matrix controls"));
    assert!(says(&["--service", "pai"]).contains("did you mean"));
    let of_card = matrix(root.path(), &["controls", "--service", "card"]);
    assert_eq!(of_card.status.code(), Some(2), "no report is about it");
}

#[test]
fn json_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(&stdout(&run(soclint().args(["schema", "matrix"])))).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema that holds");
    let estates = crate::cases::entries(&project().join("fixtures/estates"));
    for root in estates {
        let (reports, _) = {
            let output = run(soclint()
                .args(["inventory", "reports", "--format", "json", "--as-of", AS_OF, "--root"])
                .arg(&root));
            let document: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
            (document, output.status.code())
        };
        let names = rows(&reports, "reports").iter().filter_map(|row| {
            let subject = row["subject"].as_str()?;
            subject.contains("reports.").then(|| subject.replace("reports.", ""))
        });
        let mut forms: Vec<Vec<String>> = vec![vec!["coverage".to_owned()], vec!["vendors".to_owned()]];
        forms.extend(
            names
                .take(6)
                .map(|name| vec!["controls".to_owned(), "--report".to_owned(), name]),
        );
        for form in forms {
            let args: Vec<&str> = form.iter().map(String::as_str).collect();
            let (document, _) = json(&root, &args);
            let wrong: Vec<String> = validator
                .iter_errors(&document)
                .map(|error| error.to_string())
                .collect();
            assert!(wrong.is_empty(), "{} {form:?}: {}", root.display(), wrong.join("\n"));
        }
    }
    let (mut document, _) = json(&estate("brackwater-custody"), &[]);
    document["coverage"][0]["reports"][0]["state"] = "compliant".into();
    assert!(!validator.is_valid(&document), "it takes any word");
}

#[test]
fn a_matrix_that_lacks_something_says_so_and_a_workbook_is_the_same_each_time() {
    let root = small();
    write(root.path(), "more/scope.toml", "[services.x]\nowner = \n");
    for format in ["table", "markdown", "csv", "json"] {
        for which in ["coverage", "controls", "vendors"] {
            let report: &[&str] = if which == "controls" {
                &["--report", "soc1"]
            } else {
                &[]
            };
            let output = matrix(root.path(), &[&[which, "--format", format], report].concat());
            assert_eq!(output.status.code(), Some(1), "{which} {format}");
            let text = stdout(&output);
            assert!(
                text.contains("incomplete") && text.contains("more/scope.toml"),
                "{text}"
            );
        }
    }
    let file = root.path().join("out.xlsx");
    let made = || {
        let name = file.to_string_lossy().into_owned();
        matrix(root.path(), &["controls", "--report", "soc1", "--output", &name]);
        std::fs::read(&file).expect("it is written")
    };
    let first = made();
    assert!(first.starts_with(b"PK"));
    assert_eq!(first, made(), "the same bytes");
}
