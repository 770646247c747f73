//! `soclint init`: a first manifest and a first config that hold, and nothing that was there is touched.

use crate::tool::{self, project, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// A folder in a folder of its own, since its name matters.
fn folder(name: &str) -> (TempDir, std::path::PathBuf) {
    let outer = tempfile::tempdir().expect("a folder");
    let root = outer.path().join(name);
    std::fs::create_dir(&root).expect("a folder");
    (outer, root)
}

fn init(folder: &Path, args: &[&str]) -> Output {
    run(soclint().arg("init").args(args).current_dir(folder))
}

fn text(root: &Path, name: &str) -> String {
    std::fs::read_to_string(root.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn names(root: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(root).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Nothing is found, and the one service is declared.
fn assert_clean(root: &Path) {
    let output = run(soclint()
        .args(["check", "--fail-on", "note", "--format", "json"])
        .current_dir(root));
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        (&document["findings"], &document["summary"]["entities"]),
        (&Value::Array(vec![]), &Value::from(1))
    );
}

/// Every suggestion taken as it is.
fn taken(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with([' ', ':']) => format!("{rest}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn fits_schema(text: &str, name: &str) {
    let schema: Value = serde_json::from_str(&text_of_schema(name)).expect("JSON");
    let value: toml::Value = toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let value = crate::schema::to_json(value);
    let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}\n{text}");
}

fn text_of_schema(name: &str) -> String {
    text(&project(), &format!("schemas/{name}.schema.json"))
}

#[test]
fn an_empty_folder_gets_both_files_and_check_has_nothing_to_say() {
    let (_outer, root) = folder("payroll-engine");
    let output = init(&root, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("run `soclint check`"), "{}", stdout(&output));
    assert_eq!(
        names(&root),
        ["scope.toml", "soclint.toml"],
        "nothing else is left behind"
    );
    let manifest = text(&root, "scope.toml");
    assert!(
        manifest.contains("\n[services.payroll-engine]\ntitle = \"payroll-engine\"\n"),
        "{manifest}"
    );
    assert!(manifest.contains("\n#owner = "), "{manifest}");
    assert_clean(&root);
}

#[test]
fn the_files_begin_with_the_schemas_address_and_fit_it() {
    let (_outer, root) = folder("a");
    init(&root, &[]);
    for (file, schema) in [("scope.toml", "manifest"), ("soclint.toml", "config")] {
        let text = text(&root, file);
        let address = tool::schema_address(schema);
        assert!(text.starts_with(&format!("#:schema {address}\n")), "{text}");
        let itself: Value = serde_json::from_str(&text_of_schema(schema)).expect("JSON");
        assert_eq!(itself["$id"], address);
        fits_schema(&text, schema);
    }
}

#[test]
fn what_the_repository_shows_is_derived() {
    let (_outer, root) = folder("My Ledger.v2");
    std::fs::create_dir(root.join(".git")).expect("a folder");
    write(
        &root,
        ".github/CODEOWNERS",
        "# everyone\n*.md @docs\n* @acme/team-ledger # us\n",
    );
    write(
        &root,
        ".github/workflows/release.yml",
        workflow(["NPM_TOKEN", "GITHUB_TOKEN"]) + "      # ${{ secrets.OLD_TOKEN }}\n",
    );
    write(&root, ".github/workflows/notes.txt", "${{ secrets.NO_WORKFLOW }}");
    write(
        &root,
        "third_party/x/main.tf",
        "resource \"aws_iam_user\" \"vendored\" {}\n",
    );
    write(&root, "vendor/other/scope.toml", "[services.other]\n");
    write(&root, "src/deep/x", "");
    let output = init(&root.join("src/deep"), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let manifest = text(&root, "scope.toml");
    for part in [
        "taken from .github/CODEOWNERS.\nowner = \"team-ledger\"\n",
        "\n[services.\"My-Ledger.v2\"]\ntitle = \"My Ledger.v2\"\n",
        "\n[identities.npm-token]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"github-actions\"\n\
         services = \"My-Ledger.v2\"\nlocators = \"github-secret:NPM_TOKEN\"\n",
    ] {
        assert!(manifest.contains(part), "no {part} in:\n{manifest}");
    }
    for part in ["GITHUB_TOKEN", "OLD", "NO_WORKFLOW", "vendored"] {
        assert!(!manifest.contains(part), "{part} in:\n{manifest}");
    }
    let config = text(&root, "soclint.toml");
    assert!(
        config.contains("\nexclude = [\"vendor/**\", \"third_party/**\"]\n"),
        "{config}"
    );
    assert!(config.contains("\n[discover]\n"), "{config}");
    assert!(
        config.contains("\n#secret-stores = [\"github-actions\", \"vault\"]\n"),
        "{config}"
    );
    let document = tool::check_json(&root, tool::AS_OF);
    let rules: Vec<&str> = tool::findings(&document)
        .iter()
        .filter_map(|finding| finding["rule"].as_str())
        .collect();
    assert!(rules.contains(&"nhi-without-rotation-evidence"), "{rules:?}");
    assert!(!rules.contains(&"undeclared-identity"), "{rules:?}");
}

#[test]
fn every_suggestion_can_be_taken_as_it_is() {
    let (_outer, root) = folder("ledger");
    let secrets = (0..120).map(|n| format!("A{n}_KEY"));
    write(&root, ".github/workflows/a.yml", workflow(secrets));
    init(&root, &[]);
    for (file, schema) in [("scope.toml", "manifest"), ("soclint.toml", "config")] {
        let taken = taken(&text(&root, file));
        fits_schema(&taken, schema);
        write(&root, file, taken);
    }
    assert_eq!(
        text(&root, "scope.toml")
            .matches("\nprofile = \"github-actions\"\nlocators = ")
            .count(),
        120,
        "what they have in common is said once"
    );
    let catalogue: Value =
        serde_json::from_str(&stdout(&run(soclint().args(["rules", "--format", "json"])))).expect("JSON");
    let document = tool::check_json(&root, tool::AS_OF);
    assert!(
        document["summary"]["entities"]
            .as_u64()
            .is_some_and(|entities| entities > 100)
    );
    for finding in tool::findings(&document) {
        let mut rules = catalogue.as_array().expect("a list").iter();
        let rule = rules.find(|rule| rule["name"] == finding["rule"]).expect("a rule");
        assert_ne!(rule["group"], "Reading", "{finding}");
        assert!(!finding["help"].as_str().expect("text").is_empty());
    }
}

#[test]
fn what_is_there_stays_as_it_is() {
    let (_outer, root) = folder("a");
    write(&root, "scope.toml", "# mine\n[services.a]\nexposure = \"internal\"\n");
    let output = init(&root, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stdout(&output).contains("scope.toml is there already"),
        "{}",
        stdout(&output)
    );
    assert!(text(&root, "scope.toml").starts_with("# mine\n"));
    assert_clean(&root);
    let config = text(&root, "soclint.toml");
    let output = init(&root, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nothing was written"), "{}", stderr(&output));
    assert!(stdout(&output).is_empty());
    assert_eq!(text(&root, "soclint.toml"), config);

    let (_outer, root) = folder("b");
    write(&root, ".soclint.toml", "# mine\n");
    assert_eq!(init(&root, &[]).status.code(), Some(0));
    assert_eq!(
        names(&root),
        [".soclint.toml", "scope.toml"],
        "two configs would be one too many"
    );
    assert_clean(&root);

    let (_outer, root) = folder("c");
    write(&root, "teams/x.scope.toml", "[services.c]\nexposure = \"internal\"\n");
    let output = init(&root, &[]);
    assert!(
        stdout(&output).contains("is a manifest of this estate already"),
        "{}",
        stdout(&output)
    );
    assert_eq!(names(&root), ["soclint.toml", "teams"]);
    assert_clean(&root);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_there_too() {
    let (_outer, root) = folder("a");
    std::os::unix::fs::symlink("gone.toml", root.join("scope.toml")).expect("a link");
    let output = init(&root, &[]);
    assert!(
        stdout(&output).contains("scope.toml is there already"),
        "{}",
        stdout(&output)
    );
    assert_eq!(names(&root), ["scope.toml", "soclint.toml"]);
}

#[test]
fn a_dry_run_prints_and_writes_nothing() {
    let (_outer, root) = folder("a");
    let output = init(&root, &["--dry-run"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(names(&root).is_empty());
    let printed = stdout(&output);
    init(&root, &[]);
    for name in ["scope.toml", "soclint.toml"] {
        assert!(printed.contains(&text(&root, name)), "{printed}");
    }
    let again = init(&root, &["--dry-run"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    for name in ["scope.toml", "soclint.toml"] {
        assert!(
            stdout(&again).contains(&format!("{name} is there already")),
            "{}",
            stdout(&again)
        );
        assert!(stdout(&again).contains(&text(&root, name)), "{}", stdout(&again));
    }
    // What was added since is shown, too.
    write(&root, ".github/workflows/a.yml", workflow(["NEW_ADMIN_KEY"]));
    assert!(stdout(&init(&root, &["--dry-run"])).contains("github-secret:NEW_ADMIN_KEY"));
    assert!(!text(&root, "scope.toml").contains("NEW_ADMIN_KEY"));
}

/// An estate with a config and a manifest at its root.
fn estate() -> (TempDir, std::path::PathBuf) {
    let (outer, root) = folder("estate");
    std::fs::create_dir(root.join(".git")).expect("a folder");
    write(&root, "soclint.toml", "");
    write(&root, "scope.toml", "[services.ledger]\nexposure = \"internal\"\n");
    (outer, root)
}

#[test]
fn a_folder_of_an_estate_gets_a_manifest_and_no_config() {
    for (args, at) in [
        (vec!["services/billing"], ""),
        (vec!["."], "services/billing"),
        (vec!["--root", "."], "services/billing"),
        (vec!["--root", "services/billing"], ""),
        (vec!["--root", ".", "services/billing"], ""),
    ] {
        let (_outer, root) = estate();
        write(&root, "services/billing/go.mod", "module example.com/invoicing\n");
        write(&root, "CODEOWNERS", "* @a/platform\n/services/ @a/money\n");
        let output = init(&root.join(at), &args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        assert_eq!(
            names(&root.join("services/billing")),
            ["go.mod", "scope.toml"],
            "{args:?}"
        );
        let manifest = text(&root, "services/billing/scope.toml");
        assert!(manifest.contains("\nowner = \"money\"\n"), "{manifest}");
        assert!(manifest.contains("\n[services.invoicing]\n"), "{manifest}");
        let document = tool::check_json(&root, tool::AS_OF);
        assert_eq!(document["summary"]["entities"], 2, "both are read: {document}");
        assert_eq!(tool::findings(&document), &[] as &[Value], "{args:?}");
        let again = init(&root.join(at), &args);
        assert_eq!(again.status.code(), Some(2), "{args:?}: it is there now");
    }
}

#[test]
fn a_folder_of_a_repository_without_a_config_gets_one_at_the_root() {
    let (_outer, root) = folder("a");
    std::fs::create_dir_all(root.join(".git")).expect("a folder");
    std::fs::create_dir_all(root.join("services/billing")).expect("a folder");
    assert_eq!(init(&root, &["services/billing"]).status.code(), Some(0));
    assert_eq!(names(&root.join("services/billing")), ["scope.toml"]);
    assert_eq!(names(&root), [".git", "services", "soclint.toml"]);
    assert_clean(&root);
}

#[test]
fn what_the_estate_declares_is_not_declared_again() {
    let (_outer, root) = estate();
    write(&root, "teams/ledger/main.go", "package main\n");
    write(&root, "owners.scope.toml", "[owners.platform]\n");
    write(&root, "CODEOWNERS", "* @a/nobody\n/teams/ @a/platform\n");
    assert_eq!(init(&root, &["teams/ledger"]).status.code(), Some(0));
    let manifest = text(&root, "teams/ledger/scope.toml");
    assert!(
        manifest.contains("\"ledger\" is declared in \"scope.toml\" already"),
        "{manifest}"
    );
    assert!(manifest.contains("\nowner = \"platform\"\n"), "{manifest}");
    // Who is no declared owner cannot be named, and is no suggestion either.
    write(&root, "other/main.go", "package main\n");
    assert_eq!(init(&root, &["other"]).status.code(), Some(0));
    let manifest = text(&root, "other/scope.toml");
    assert!(!taken(&manifest).contains("\nowner = "), "{manifest}");
    assert!(manifest.contains("CODEOWNERS names \"@a/nobody\""), "{manifest}");
    let document = tool::check_json(&root, tool::AS_OF);
    assert_eq!(tool::findings(&document), &[] as &[Value]);
}

#[test]
fn an_estate_that_is_begun_says_how_to_add_a_folder() {
    let (_outer, root) = estate();
    write(&root, "services/billing/go.mod", "module billing\n");
    let output = init(&root.join("services/billing"), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`soclint init .`"), "{}", stderr(&output));
    let output = init(&root, &[]);
    assert!(!stderr(&output).contains("`soclint init .`"), "{}", stderr(&output));
    assert_eq!(names(&root.join("services/billing")), ["go.mod"]);
}

#[test]
fn a_folder_that_is_none_or_lies_elsewhere_is_refused() {
    let (_outer, root) = estate();
    let (_elsewhere, other) = folder("other");
    for args in [
        vec!["missing"],
        vec!["scope.toml"],
        vec!["--root", ".", other.to_str().expect("text")],
    ] {
        let output = init(&root, &args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stdout(&output).is_empty(), "{args:?}");
    }
    assert_eq!(names(&root), [".git", "scope.toml", "soclint.toml"]);
    assert!(names(&other).is_empty());
}

#[test]
fn folders_that_hold_code_are_services_and_have_their_owners() {
    let (_outer, root) = folder("mono");
    for (path, text) in [
        ("services/ledger/go.mod", "module example.com/x/ledger/v2\n"),
        ("services/docs/README.md", "no code\n"),
        ("services/notes.py", ""),
        ("apps/web/package.json", "{\"name\": \"@acme/console\"}"),
        ("apps/api/src/main.rs", "fn main() {}\n"),
        ("packages/money/package.json", "{\"name\": \"@acme/money\"}"),
        (
            "packages/gateway/package.json",
            "{\"name\": \"gateway\", \"scripts\": {\"start\": \"node .\"}}",
        ),
        (
            "CODEOWNERS",
            "* @acme/platform\n/services/ @acme/money\n/apps/web @acme/web @jo\n/services/*/db/ @acme/dba\n",
        ),
    ] {
        write(&root, path, text);
    }
    init(&root, &[]);
    let manifest = text(&root, "scope.toml");
    let value: toml::Table = toml::from_str(&manifest).expect("TOML");
    let services = value["services"].as_table().expect("tables");
    let owners: Vec<(&str, Option<&str>)> = services
        .iter()
        .map(|(id, service)| (id.as_str(), service.get("owner").and_then(toml::Value::as_str)))
        .collect();
    assert_eq!(
        owners,
        [
            ("api", None),
            ("console", None),
            ("gateway", None),
            ("ledger", Some("money"))
        ],
        "{manifest}"
    );
    assert!(
        manifest.contains("# CODEOWNERS names \"@acme/web\" and \"@jo\" as its owners."),
        "{manifest}"
    );
    assert_eq!(value["owner"].as_str(), Some("platform"));
}

/// A workflow that uses some secrets.
fn workflow(secrets: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    let steps = secrets
        .into_iter()
        .map(|name| format!("      - run: x ${{{{ secrets.{name} }}}}\n"));
    format!("on: push\njobs:\n  a:\n    steps:\n{}", steps.collect::<String>())
}

#[test]
fn a_folder_of_an_estate_declares_what_is_seen_in_it() {
    let (_outer, root) = estate();
    write(
        &root,
        "services/billing/main.tf",
        "resource \"aws_iam_user\" \"billing\" {}\n",
    );
    write(&root, "infra/main.tf", "resource \"aws_iam_user\" \"other\" {}\n");
    write(&root, "k.scope.toml", "[identities.billing]\nkind = \"bot\"\n");
    let output = init(&root, &["services/billing"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("not set: `[discover]`"), "{}", stdout(&output));
    let manifest = text(&root, "services/billing/scope.toml");
    let expected = "\n[identities.aws-iam-user-billing]\nkind = \"service-account\"\nservices = \"billing\"\n\
                    locators = \"terraform:services/billing/aws_iam_user.billing\"\n";
    assert!(manifest.ends_with(expected), "{manifest}");
    assert!(!manifest.contains("aws_iam_user.other"), "{manifest}");
}

#[test]
fn a_file_that_is_named_almost_as_a_manifest_is_told() {
    let (_outer, root) = folder("a");
    write(&root, "scope.yaml", "services:\n");
    let output = init(&root, &[]);
    assert!(
        stdout(&output).contains("not read: scope.yaml; "),
        "{}",
        stdout(&output)
    );
    assert!(names(&root).contains(&"scope.toml".to_owned()));
    let (_outer, root) = folder("b");
    assert!(!stdout(&init(&root, &[])).contains("not read"));
    let (_outer, root) = folder("c");
    write(
        &root,
        ".github/workflows/torn.yml",
        "on: push\njobs: { a: [ # secrets\n",
    );
    let said = stdout(&init(&root, &[]));
    assert!(
        said.contains("not read as a whole: .github/workflows/torn.yml; "),
        "{said}"
    );
}

#[test]
fn a_check_that_finds_no_manifest_names_init() {
    let (_outer, root) = folder("a");
    let output = run(soclint().arg("check").current_dir(&root));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`soclint init`"), "{}", stderr(&output));
}

#[test]
fn another_folder_can_be_named_and_a_config_above_is_found() {
    let (_outer, root) = folder("a");
    std::fs::create_dir_all(root.join("inner/deep")).expect("a folder");
    assert_eq!(init(&root, &["--root", "inner"]).status.code(), Some(0));
    assert_eq!(names(&root.join("inner")), ["deep", "scope.toml", "soclint.toml"]);
    assert_clean(&root.join("inner"));
    // What check would read decides, and not where one stands.
    assert_eq!(init(&root.join("inner/deep"), &[]).status.code(), Some(2));
    assert_eq!(init(&root, &["--root", "missing"]).status.code(), Some(2));
}

#[test]
fn a_manifest_that_would_not_be_read_is_told() {
    let (_outer, root) = folder("a");
    write(&root, ".ignore", "*.toml\n");
    let output = init(&root, &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stdout(&output).contains("scope.toml is not read"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn owners_are_taken_only_from_a_plain_file() {
    for (codeowners, owner) in [
        ("* @jane\n", Some("jane")),
        ("* @a/b\n* @a/c\n", Some("c")),
        ("* @group/sub/team\n", Some("team")),
        ("* @a @b\n", None),
        ("* jane@example.com\n", None),
        ("* @a\n[Section]\n* @b\n", None),
        ("/src/ @a\n", None),
        ("* @a/\"x\n", None),
        ("* @a\n*\n", None),
    ] {
        let (_outer, root) = folder("a");
        write(&root, "CODEOWNERS", codeowners);
        init(&root, &[]);
        let manifest = text(&root, "scope.toml");
        let found = manifest
            .lines()
            .find_map(|line| line.strip_prefix("owner = \""))
            .map(|rest| rest.trim_end_matches('"'));
        assert_eq!(found, owner, "{codeowners}");
        assert_clean(&root);
    }
}

#[cfg(unix)]
#[test]
fn names_of_folders_and_files_cannot_write_toml() {
    for name in [
        "x\"]\n[services.owned",
        "a\\",
        "\u{202e}txet",
        "日本",
        "--",
        "a\u{1b}[31m",
        "#'''",
    ] {
        let (_outer, root) = folder(name);
        write(
            &root,
            ".github/workflows/x\n[services.owned]\n.yml",
            workflow(["A_KEY"]),
        );
        let output = init(&root, &[]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
        let raw = |text: &str| text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}');
        assert!(!raw(&stdout(&output)) && !raw(&text(&root, "scope.toml")), "{name}");
        let document = tool::check_json(&root, tool::AS_OF);
        let is_reading = |finding: &Value| {
            finding["rule"]
                .as_str()
                .is_some_and(|rule| rule.starts_with("in") || rule.starts_with("un"))
        };
        assert_eq!(document["summary"]["entities"].as_u64(), Some(2), "{name}: {document}");
        assert!(!tool::findings(&document).iter().any(is_reading), "{name}: {document}");
        fits_schema(&taken(&text(&root, "scope.toml")), "manifest");
    }
}
