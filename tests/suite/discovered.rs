//! Discovery as a whole: a session that takes other texts, and files that are anything but what they are called.

use crate::tool::{self, AS_OF, HANGS, run, soclint, stderr, stdout, write};
use serde_json::Value;
use soclint::{Checked, Choice, FileId, Session, Source};
use std::path::Path;
use std::time::Instant;

const WORKFLOW: &str =
    "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ secrets.NPM_TOKEN }}\n";
const CONFIG: &str = "[discover]\n";
const MANIFEST: &str = "[services.a]\nexposure = \"internal\"\n";

fn check(session: &Session) -> Checked {
    session.check(AS_OF.parse().expect("a date"), &Choice::default())
}

/// What is found by a rule: its subjects.
fn subjects(checked: &Checked, rule: &str) -> Vec<String> {
    let findings = checked.outcome.findings.iter().filter(|finding| finding.rule == rule);
    findings.map(|finding| finding.subject.clone()).collect()
}

fn text(path: &str, text: &str) -> Source {
    Source::new(path.to_owned(), text.to_owned())
}

/// An estate of these texts.
fn session(manifest: &str, config: &str, files: &[(&str, &str)]) -> Session {
    let manifests = vec![text("scope.toml", manifest)];
    let mut session = Session::of_texts(manifests, vec![text("soclint.toml", config)]).expect("a config");
    let files = files.iter().map(|(path, content)| text(path, content));
    session.show(files.collect()).expect("patterns");
    session
}

#[test]
fn texts_are_looked_into_as_files_are() {
    let seen = session(
        MANIFEST,
        CONFIG,
        &[
            (".github/workflows/a.yml", WORKFLOW),
            ("tests/b.tf", "resource \"aws_iam_user\" \"x\" {}"),
        ],
    );
    assert_eq!(
        subjects(&check(&seen), "undeclared-identity"),
        ["seen(github-secret:NPM_TOKEN)"]
    );
    let off = session(MANIFEST, "", &[(".github/workflows/a.yml", WORKFLOW)]);
    assert!(
        subjects(&check(&off), "undeclared-identity").is_empty(),
        "the config does not ask for it"
    );
    let declared = "[identities.npm]\nlocators = \"github-secret:npm_token\"\n";
    let declared = session(declared, CONFIG, &[(".github/workflows/a.yml", WORKFLOW)]);
    assert!(subjects(&check(&declared), "undeclared-identity").is_empty());
}

#[test]
fn another_text_of_a_workflow_or_a_config_is_looked_into_as_if_it_had_always_been_there() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", MANIFEST);
    write(root.path(), "soclint.toml", CONFIG);
    write(root.path(), ".github/workflows/a.yml", WORKFLOW);
    let mut session = Session::of_folder(root.path()).expect("an estate");
    assert_eq!(
        subjects(&check(&session), "undeclared-identity"),
        ["seen(github-secret:NPM_TOKEN)"]
    );
    let numbers = 0..session.sources().all();
    let of_path = |session: &Session, path: &str| {
        let mut files = numbers.clone().map(FileId::at);
        files
            .find(|file| session.sources().get(*file).path == path)
            .expect("a file")
    };
    let workflow = of_path(&session, ".github/workflows/a.yml");
    let other = WORKFLOW.replace("NPM_TOKEN", "PYPI_TOKEN");
    session.replace(workflow, other.clone()).expect("a text");
    let replaced = check(&session);
    write(root.path(), ".github/workflows/a.yml", &other);
    let fresh = check(&Session::of_folder(root.path()).expect("an estate"));
    let render = |checked: &Checked| checked.render(soclint::Format::Json, &Default::default());
    assert_eq!(render(&replaced), render(&fresh));
    assert_eq!(
        subjects(&fresh, "undeclared-identity"),
        ["seen(github-secret:PYPI_TOKEN)"]
    );
    let config = of_path(&session, "soclint.toml");
    session.replace(config, "exclude = []\n".to_owned()).expect("a config");
    assert!(
        subjects(&check(&session), "undeclared-identity").is_empty(),
        "it is off now"
    );
    session.replace(config, CONFIG.to_owned()).expect("a config");
    assert_eq!(render(&check(&session)), render(&fresh));
}

/// What the program lists of a folder; it neither hangs nor crashes.
fn inventory(root: &Path) -> (Value, Option<i32>) {
    let start = Instant::now();
    let output = run(soclint()
        .args(["inventory", "--all", "--format", "json", "--as-of", AS_OF, "--root"])
        .arg(root));
    assert!(start.elapsed() < HANGS, "it hangs");
    let document = serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    (document, output.status.code())
}

fn listed(document: &Value) -> Vec<String> {
    let identities = document["identities"].as_array().expect("a list").iter();
    identities
        .map(|one| one["subject"].as_str().expect("text").to_owned())
        .collect()
}

#[test]
fn a_hostile_file_hides_nothing_of_what_others_show() {
    let nested = |open: &str, close: &str, times: usize| format!("{}x{}", open.repeat(times), close.repeat(times));
    let laughs: String = (1..40)
        .map(|at| format!("a{at}: &a{at} [*a{before}, *a{before}, *a{before}]\n", before = at - 1))
        .collect();
    let hcl = "resource \"aws_iam_user\" \"deep\" {\n  x = ";
    let hostile: Vec<(&str, String)> = vec![
        (
            ".github/workflows/deep-flow.yml",
            format!("secrets: {}", nested("[", "]", 50_000)),
        ),
        (
            ".github/workflows/deep-block.yml",
            format!("secrets: 1\na:\n{}x\n", "- ".repeat(20_000)),
        ),
        (
            ".github/workflows/laughs.yml",
            format!("secrets: 1\na0: &a0 [x]\n{laughs}"),
        ),
        (
            ".github/workflows/cycle.yml",
            "secrets: &a\n  jobs: *a\njobs: *a\n".to_owned(),
        ),
        (
            ".github/workflows/list.yml",
            "- secrets\n- ${{ secrets.A }}\n".to_owned(),
        ),
        (
            ".github/workflows/expression.yml",
            format!(
                "on: push\njobs:\n  a:\n    steps:\n      - run: \"${{{{ {} secrets.DEEP_TOKEN }}}}\"\n",
                "(".repeat(30_000)
            ),
        ),
        (
            ".github/workflows/line.yml",
            format!(
                "on: push\njobs: {{ a: {{ steps: [{{ run: \"{}${{{{ secrets.LONG_TOKEN }}}}\" }}] }} }}\n",
                "x".repeat(500_000)
            ),
        ),
        (
            ".github/workflows/torn.yml",
            "on: push\njobs: { a: [ # secrets\n".to_owned(),
        ),
        (
            ".github/workflows/large.yml",
            format!("on: push # secrets\n{}", "# x\n".repeat(300_000)),
        ),
        ("infra/deep.tf", format!("{hcl}{}\n}}\n", nested("[", "]", 20_000))),
        ("infra/holes.tf", format!("{hcl}\"{}\"\n}}\n", nested("${", "}", 5_000))),
        ("infra/torn.tf", format!("{hcl}<<EOT\nnever ends")),
        (
            "infra/deep.tf.json",
            format!("{{\"resource\": {{\"aws_iam_user\": {}}}}}", nested("[", "]", 20_000)),
        ),
        (
            "k8s/many.yaml",
            format!("apiVersion: v1\nkind: ServiceAccount\na: [{}]\n", "1,".repeat(260_000)),
        ),
        (
            "k8s/template.yaml",
            "apiVersion: v1\nkind: ServiceAccount\n{{- if .Values.x }}\n".to_owned(),
        ),
        (
            "stack.json",
            format!(
                "{{\"Resources\": {{\"A\": {{\"Type\": \"AWS::IAM::User\", \"x\": {}}}}}}}",
                nested("[", "]", 9_000)
            ),
        ),
    ];
    let root = tempfile::tempdir().expect("a folder");
    for (path, content) in &hostile {
        write(root.path(), path, content);
    }
    write(root.path(), ".github/workflows/good.yml", WORKFLOW);
    write(root.path(), "infra/good.tf", "resource \"aws_iam_user\" \"good\" {}\n");
    write(
        root.path(),
        "k8s/good.yaml",
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: good, namespace: n }\n",
    );
    std::fs::write(root.path().join(".github/workflows/binary.yml"), b"secrets\0\xff\xfe").expect("a file");
    #[cfg(unix)]
    {
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, root.path().join(name)).expect("a link");
        link("/dev/zero", ".github/workflows/endless.yml");
        link("good.yml", ".github/workflows/again.yml");
        link(".", "infra/loop");
        let pipe = std::process::Command::new("mkfifo")
            .arg(root.path().join(".github/workflows/pipe.yml"))
            .status();
        assert!(pipe.is_ok_and(|status| status.success()), "a pipe");
    }
    let (document, status) = inventory(root.path());
    let listed = listed(&document);
    for seen in [
        "github-secret:NPM_TOKEN",
        "github-secret:LONG_TOKEN",
        "terraform:infra/aws_iam_user.good",
        "k8s:n/good",
    ] {
        assert!(
            listed.contains(&format!("seen({seen})")),
            "{seen} is missing: {listed:?}"
        );
    }
    assert_eq!(status, Some(1), "what could not be read is told");
    let incomplete = document["incomplete"].to_string();
    for path in [
        "deep-flow.yml",
        "deep-block.yml",
        "torn.yml",
        "large.yml",
        "infra/deep.tf",
        "infra/torn.tf",
        "infra/deep.tf.json",
        "k8s/many.yaml",
    ] {
        assert!(incomplete.contains(path), "{path}: {incomplete}");
    }
    for path in [
        "template.yaml",
        "binary.yml",
        "again.yml",
        "pipe.yml",
        "endless.yml",
        "good",
    ] {
        assert!(!incomplete.contains(path), "{path}: {incomplete}");
    }
    let places = document["identities"].to_string();
    assert!(!places.contains("again.yml"), "links are not followed");
    // And every format of the check.
    write(root.path(), "soclint.toml", CONFIG);
    write(root.path(), "scope.toml", MANIFEST);
    for format in ["pretty", "json", "sarif", "github", "markdown"] {
        let output = run(soclint()
            .args(["check", "--as-of", AS_OF, "--format", format, "--root"])
            .arg(root.path()));
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{format}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn a_narrow_include_narrows_manifests_only_and_excludes_hold_for_both() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "teams/scope.toml", MANIFEST);
    write(root.path(), ".github/workflows/a.yml", WORKFLOW);
    write(root.path(), "infra/a.tf", "resource \"aws_iam_user\" \"x\" {}\n");
    write(root.path(), "sandbox/a.tf", "resource \"aws_iam_user\" \"y\" {}\n");
    write(root.path(), "left-out/a.tf", "resource \"aws_iam_user\" \"z\" {}\n");
    write(
        root.path(),
        "soclint.toml",
        "include = [\"teams/**\"]\nexclude = [\"left-out\"]\n[discover]\nexclude = [\"sandbox/**\"]\n",
    );
    let checked = tool::checked(root.path(), AS_OF, &Choice::default());
    let subjects = subjects(&checked, "undeclared-identity");
    assert_eq!(
        subjects,
        ["seen(github-secret:NPM_TOKEN)", "seen(terraform:infra/aws_iam_user.x)"]
    );
    let pretty = checked.render(soclint::Format::Pretty, &Default::default());
    assert!(pretty.contains("not looked into"), "{pretty}");
}

#[test]
fn the_list_of_files_has_those_that_are_looked_into_and_no_other() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", MANIFEST);
    write(root.path(), ".github/workflows/a.yml", WORKFLOW);
    write(root.path(), "infra/a.tf", "");
    write(root.path(), "tests/a.tf", "");
    let rows = || -> Vec<(String, bool)> {
        let output = run(soclint()
            .args(["config", "--files", "--format", "json", "--root"])
            .arg(root.path()));
        let document: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        let rows = document["files"].as_array().expect("a list").iter();
        let rows = rows.filter(|row| row["state"] == "source");
        rows.map(|row| (row["path"].as_str().expect("text").to_owned(), row["read"] == true))
            .collect()
    };
    assert_eq!(rows(), [], "it is off");
    write(root.path(), "soclint.toml", "[discover]\nsources = \"terraform\"\n");
    assert_eq!(rows(), [("infra/a.tf".to_owned(), true)]);
    write(root.path(), "soclint.toml", CONFIG);
    let both = [
        (".github/workflows/a.yml".to_owned(), true),
        ("infra/a.tf".to_owned(), true),
    ];
    assert_eq!(rows(), both);
}

#[test]
fn what_is_not_read_of_a_workflow_is_told() {
    let root = tempfile::tempdir().expect("a folder");
    let steps = "    - run: echo a line of some length in a step\n".repeat(170);
    let jobs: String = (0..700)
        .map(|at| format!("  j{at}: {{ runs-on: x, steps: *s }}\n"))
        .collect();
    let aliases = format!("on: push # secrets\nx-steps:\n  steps: &s\n{steps}jobs:\n{jobs}");
    write(root.path(), ".github/workflows/aliases.yml", &aliases);
    write(root.path(), ".github/workflows/good.yml", WORKFLOW);
    let utf16: Vec<u8> = WORKFLOW.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(
        root.path().join(".github/workflows/wide.yml"),
        [&[0xff, 0xfe][..], &utf16].concat(),
    )
    .expect("a file");
    let (document, status) = inventory(root.path());
    assert_eq!(listed(&document), ["seen(github-secret:NPM_TOKEN)"]);
    let expected = serde_json::json!([".github/workflows/aliases.yml", ".github/workflows/wide.yml"]);
    assert_eq!((&document["incomplete"], status), (&expected, Some(1)));
}
