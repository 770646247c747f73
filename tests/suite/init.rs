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
        let address =
            format!("#:schema https://raw.githubusercontent.com/soclint/soclint/main/schemas/{schema}.schema.json\n");
        assert!(text.starts_with(&address), "{text}");
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
        "permissions:\n  id-token: write\nenv:\n  # ${{ secrets.OLD }}\n  A: ${{ secrets.NPM_TOKEN }}\n  B: ${{ secrets.GITHUB_TOKEN }}\n",
    );
    write(&root, ".github/workflows/notes.txt", "${{ secrets.NO_WORKFLOW }}");
    write(
        &root,
        ".gitlab-ci.yml",
        "deploy:\n  script: curl -H \"$DEPLOY_KEY\" -H \"$CI_JOB_TOKEN\" -H \"$NPM_TOKEN\"\n",
    );
    write(&root, "vendor/other/scope.toml", "[services.other]\n");
    write(&root, "src/deep/x", "");
    let output = init(&root.join("src/deep"), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let manifest = text(&root, "scope.toml");
    for part in [
        "taken from .github/CODEOWNERS.\nowner = \"team-ledger\"\n",
        "\n[services.\"My-Ledger.v2\"]\ntitle = \"My Ledger.v2\"\n",
        "\n#[identities.github-actions-role]\n",
        "\n#locators = \"github-secret:NPM_TOKEN\"\n",
        "\n#[identities.deploy-key]\n",
        "\n#[identities.gitlab-ci-npm-token]\n",
        "\".github/workflows/release.yml\"",
    ] {
        assert!(manifest.contains(part), "no {part} in:\n{manifest}");
    }
    for part in ["GITHUB_TOKEN", "OLD", "NO_WORKFLOW", "CI_JOB_TOKEN"] {
        assert!(!manifest.contains(part), "{part} in:\n{manifest}");
    }
    let config = text(&root, "soclint.toml");
    assert!(config.contains("\nexclude = [\"vendor/**\"]\n"), "{config}");
    assert_clean(&root);
}

#[test]
fn every_suggestion_can_be_taken_as_it_is() {
    let (_outer, root) = folder("ledger");
    let secrets: String = (0..20).map(|n| format!("- ${{{{ secrets.KEY_{n} }}}}\n")).collect();
    write(&root, ".github/workflows/a.yml", format!("id-token: write\n{secrets}"));
    write(&root, ".gitlab-ci.yml", "id_tokens:\n  - $KEY_1 $SIGN_KEY\n");
    init(&root, &[]);
    for (file, schema) in [("scope.toml", "manifest"), ("soclint.toml", "config")] {
        let taken = taken(&text(&root, file));
        fits_schema(&taken, schema);
        write(&root, file, taken);
    }
    assert!(
        text(&root, "scope.toml").contains("And in the same way: KEY_"),
        "the list has an end"
    );
    let catalogue: Value =
        serde_json::from_str(&stdout(&run(soclint().args(["rules", "--format", "json"])))).expect("JSON");
    let document = tool::check_json(&root, tool::AS_OF);
    assert!(
        document["summary"]["entities"]
            .as_u64()
            .is_some_and(|entities| entities > 15)
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
    assert_eq!(
        init(&root, &["--dry-run"]).status.code(),
        Some(2),
        "there would be nothing to write"
    );
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
            "${{ secrets.A_KEY }}",
        );
        let output = init(&root, &[]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
        let raw = |text: &str| text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}');
        assert!(!raw(&stdout(&output)) && !raw(&text(&root, "scope.toml")), "{name}");
        assert_clean(&root);
        fits_schema(&taken(&text(&root, "scope.toml")), "manifest");
    }
}
