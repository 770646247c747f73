//! All that `soclint init` writes and suggests can be taken: it reads without a fault, contradicts nothing, and what is left
//! asks for what no file shows, once for each.

use crate::model::{Category, FinancialImpact};
use crate::rules::{self, Group};
use crate::session::Session;
use crate::starter::{self, Answers, Declared, Offering, Place};
use crate::triage::Choice;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::path::Path;

/// Every suggestion taken as it is.
pub fn taken(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with([' ', ':']) => format!("{rest}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// What no file shows: how an identity is looked after, and what would do instead of its secret.
fn asks_for_a_fact(rule: &str) -> bool {
    let group = rules::find(rule).map(|rule| rule.group);
    group == Some(Group::Nhi) || matches!(rule, "federation-not-used")
}

/// Of what people rely on: the reports and the readers that only people know.
const ASKS_FOR_A_REPORT: [&str; 4] = [
    "financial-impact-without-icfr-report",
    "commitment-without-category",
    "unclaimed-service",
    "user-entities-unstated",
];

/// Writes what `init` would, with all of its suggestions taken, and gives the findings.
fn all_taken(root: &Path, answers: &Answers) -> Vec<(String, String, String)> {
    let place = Place {
        repository: root,
        folder: "",
        dir: root,
        is_root: true,
    };
    let day = jiff::civil::date(2026, 10, 1);
    for name in ["scope.toml", "soclint.toml"] {
        let _ = std::fs::remove_file(root.join(name));
    }
    let root_of = crate::workspace::find_root(root, Some(root), None, &[]).expect("a folder");
    let mut session = Session::open(root_of).expect("no config");
    session.always_discover();
    session.read(|_| ()).expect("an estate");
    let facts = session.link(day).first_facts(&place, &Declared::default());
    let (manifest, config) = (starter::manifest(&facts, answers), starter::config(&facts));
    for (name, schema, text) in [
        ("scope.toml", "manifest", &manifest),
        ("soclint.toml", "config", &config),
    ] {
        let is_hidden = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{200b}'..='\u{202e}');
        assert!(!text.contains(is_hidden), "{text:?}");
        let taken = taken(text);
        fits_schema(&taken, schema);
        write(root, name, taken);
    }
    let session = Session::of_folder(root).expect("an estate");
    let checked = session.check(day, &Choice::default());
    let findings = checked.outcome.findings.into_iter();
    findings
        .map(|finding| {
            (
                finding.rule.to_owned(),
                finding.subject.clone(),
                finding.message.to_string(),
            )
        })
        .collect()
}

fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
    std::fs::write(path, text).expect("a file can be written");
}

/// Dates as text, as an editor hands them to a schema's validator.
fn json_of(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(value) => value.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(elements) => elements.into_iter().map(json_of).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json_of(value))).collect(),
    }
}

/// What the schema of the released files says of a text.
fn fits_schema(text: &str, name: &str) {
    let schema = match name {
        "manifest" => include_str!("../../schemas/manifest.schema.json"),
        _ => include_str!("../../schemas/config.schema.json"),
    };
    let validator = jsonschema::validator_for(&serde_json::from_str(schema).expect("JSON")).expect("a schema");
    let value: toml::Value = toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let errors: Vec<String> = validator
        .iter_errors(&json_of(value))
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}\n{text}");
}

fn assert_asks(findings: &[(String, String, String)], allowed: &[&str]) {
    let mut asked = BTreeSet::new();
    for finding in findings {
        let (rule, subject, message) = finding;
        assert!(
            asks_for_a_fact(rule) || allowed.contains(&rule.as_str()),
            "{rule} {subject}: {message}"
        );
        assert!(asked.insert((rule, subject)), "asked for twice: {findings:#?}");
    }
}

/// Names as they are, and such that want to write more than a name.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z][a-z0-9-]{0,8}",
        1 => Just("web".to_owned()),
        1 => "[A-Za-z0-9 ._#'\"\\[\\]=\u{202e}\u{e9}-]{1,12}".prop_filter("a file's name", |name| name != "." && name != ".."),
    ]
}

fn secret() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "[A-Z][A-Z0-9_]{0,12}",
        2 => prop::sample::select(vec![
            "STRIPE_SECRET_KEY", "KUBECONFIG", "SSH_PRIVATE_KEY", "DB_PASSWORD", "TLS_CERT", "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY", "AZURE_CLIENT_SECRET", "AZURE_CLIENT_ID", "SONAR_HOST_URL", "RELEASE_BOT_TOKEN",
            "GITHUB_TOKEN", "GITHUB_ACTIONS_ROLE", "deploy", "_", "__KEY",
        ]).prop_map(str::to_owned),
    ]
}

fn workflow() -> impl Strategy<Value = String> {
    let role = |role: String| {
        let role = role.replace('\'', "''");
        format!(
            "      - uses: aws-actions/configure-aws-credentials@v4\n        with: {{ role-to-assume: '{role}' }}\n"
        )
    };
    let line = prop_oneof![
        4 => secret().prop_map(|name| format!("      - run: x ${{{{ secrets.{name} }}}}\n")),
        1 => secret().prop_map(move |name| role(format!("arn:aws:iam::1:role/{name}"))),
        1 => secret().prop_map(move |name| role(format!("${{{{ vars.{name} }}}}"))),
        1 => name().prop_map(move |name| role(format!("arn:{name}"))),
    ];
    let environment = prop::sample::select(vec!["", "    environment: staging\n", "    environment: eu-live\n"]);
    (environment, prop::collection::vec(line, 1..8)).prop_map(|(environment, lines)| {
        format!(
            "on: push\njobs:\n  a:\n    runs-on: x\n{environment}    steps:\n{}",
            lines.concat()
        )
    })
}

fn terraform() -> impl Strategy<Value = String> {
    let resource = (
        prop::sample::select(vec!["aws_iam_user", "aws_iam_access_key", "google_service_account"]),
        "[a-z_]{1,6}",
    )
        .prop_map(|(kind, name)| format!("resource \"{kind}\" \"{name}\" {{\n  user = aws_iam_user.a.name\n}}\n"));
    prop::collection::vec(resource, 0..3).prop_map(|resources| resources.concat())
}

fn codeowners() -> impl Strategy<Value = String> {
    let pattern = prop_oneof![
        Just("*".to_owned()),
        Just("/services/".to_owned()),
        Just("[Section]".to_owned()),
        name(),
    ];
    let owner = prop_oneof![
        3 => name().prop_map(|name| format!("@acme/{name}")),
        1 => Just("jo@example.com".to_owned()),
        1 => name(),
    ];
    let line = (pattern, prop::collection::vec(owner, 0..3))
        .prop_map(|(pattern, owners)| format!("{pattern} {}\n", owners.join(" ")));
    prop::collection::vec(line, 0..5).prop_map(|lines| lines.concat())
}

/// A file of a repository.
fn file() -> impl Strategy<Value = (String, String)> {
    let folder = prop::sample::select(vec!["", "services/", "apps/", "packages/"]);
    let package = prop_oneof![
        name().prop_map(|name| (
            "package.json",
            serde_json::json!({"name": name, "scripts": {"start": "x"}}).to_string()
        )),
        name().prop_map(|name| ("go.mod", format!("module example.com/{name}/v2\n"))),
        name().prop_map(|name| (
            "Cargo.toml",
            format!("[package]\nname = {}\n", toml::Value::String(name))
        )),
        name().prop_map(|name| (
            "pyproject.toml",
            format!("[project]\nname = {}\n", toml::Value::String(name))
        )),
        name().prop_map(|name| ("pom.xml", format!("<project><artifactId>{name}</artifactId></project>"))),
        Just(("Dockerfile", "\u{0}\u{1b}[31m".to_owned())),
    ];
    prop_oneof![
        4 => (folder, name(), package).prop_map(|(folder, name, (file, text))| match folder {
            "" => (file.to_owned(), text),
            _ => (format!("{folder}{name}/{file}"), text),
        }),
        3 => (name(), workflow()).prop_map(|(name, text)| (format!(".github/workflows/{name}.yml"), text)),
        1 => (name(), terraform()).prop_map(|(name, text)| (format!("infra/{name}/main.tf"), text)),
        2 => codeowners().prop_map(|text| ("CODEOWNERS".to_owned(), text)),
        1 => Just(("vendor/x/README".to_owned(), String::new())),
    ]
}

#[test]
fn all_suggestions_taken_leave_only_what_no_file_shows() {
    let mut runner = TestRunner::new(Config {
        cases: 150,
        failure_persistence: None,
        ..Config::default()
    });
    let repository = (name(), prop::collection::vec(file(), 0..10));
    let (mut services, mut findings) = (0, 0);
    let counted = std::cell::RefCell::new((&mut services, &mut findings));
    runner
        .run(&repository, |(name, files)| {
            let outer = tempfile::tempdir().expect("a folder");
            let root = outer.path().join(name);
            std::fs::create_dir(&root).expect("a folder");
            for (path, text) in files {
                write(&root, &path, text);
            }
            let found = all_taken(&root, &Answers::default());
            assert_asks(&found, &[]);
            let mut counted = counted.borrow_mut();
            *counted.0 += usize::from(root.join("services").exists());
            *counted.1 += found.len();
            Ok(())
        })
        .expect("it holds of every repository");
    assert!(
        services > 20 && findings > 200,
        "they are not made up well: {services}, {findings}"
    );
}

#[test]
fn no_answer_contradicts_another() {
    let outer = tempfile::tempdir().expect("a folder");
    let root = outer.path();
    write(
        root,
        ".github/workflows/a.yml",
        "on: push\njobs: { a: { steps: [{ run: 'x ${{ secrets.A_KEY }}' }] } }\n",
    );
    let books = FinancialImpact::ALL.iter().copied().map(Some).chain([None]);
    for books in books {
        for offering in Offering::ALL {
            for promises in [vec![], vec![Category::Security], Category::ALL.to_vec()] {
                let answers = Answers {
                    offering,
                    books,
                    promises,
                };
                let findings = all_taken(root, &answers);
                assert_asks(&findings, &ASKS_FOR_A_REPORT);
                let manifest = std::fs::read_to_string(root.join("scope.toml")).expect("a manifest");
                let promised = manifest.contains("\ncommitments = ");
                assert_eq!(
                    promised,
                    offering.is_offered() && !answers.promises.is_empty(),
                    "{answers:?}"
                );
                if let Some(books) = books {
                    assert!(
                        manifest.contains(&format!("\nfinancial-impact = \"{books}\"\n")),
                        "{manifest}"
                    );
                }
            }
        }
    }
}
