//! `soclint adopt`: an entry for each identity that is seen and declared by nobody, and nothing else changes.

use crate::cases::{entries, files, name, project, shown};
use crate::tool::{self, AS_OF, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

fn adopt(root: &Path, args: &[&str]) -> Output {
    run(soclint()
        .arg("adopt")
        .args(args)
        .args(["--as-of", AS_OF])
        .current_dir(root))
}

/// Adopts without asking, and gives what is said.
fn adopted(root: &Path, args: &[&str]) -> String {
    let output = adopt(root, &[args, &["--yes"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

/// What ends a run with status 2.
fn refused(root: &Path, args: &[&str]) -> String {
    let output = adopt(root, args);
    assert_eq!(output.status.code(), Some(2), "{}{}", stdout(&output), stderr(&output));
    stderr(&output).replace('\n', " ")
}

fn text(root: &Path, path: &str) -> String {
    std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A workflow that uses secrets, in an environment or not.
fn workflow(environment: Option<&str>, secrets: &[&str]) -> String {
    let environment = environment.map_or_else(String::new, |name| format!("    environment: {name}\n"));
    let steps: String = secrets
        .iter()
        .map(|name| format!("      - run: x ${{{{ secrets.{name} }}}}\n"))
        .collect();
    format!("on: push\njobs:\n  a:\n    runs-on: x\n{environment}    steps:\n{steps}")
}

/// A repository whose one workflow uses some secrets.
fn repository(secrets: &[&str]) -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), ".git/HEAD", "ref: refs/heads/main\n");
    write(root.path(), ".github/workflows/a.yml", workflow(None, secrets));
    root
}

fn texts(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let inside = |path: &Path| shown_in(root, path);
    let all = files(root)
        .into_iter()
        .filter(|path| !inside(path).starts_with(".git/"));
    all.map(|path| (inside(&path), std::fs::read(&path).expect("a file")))
        .collect()
}

fn shown_in(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).expect("within");
    inside.to_string_lossy().replace('\\', "/")
}

fn is_reading(rule: &str) -> bool {
    static RULES: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    let rules = RULES.get_or_init(|| {
        let output = run(soclint().args(["rules", "--format", "json"]));
        let rules: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let rules = rules
            .as_array()
            .expect("a list")
            .iter()
            .filter(|rule| rule["group"] == "Reading");
        rules
            .map(|rule| rule["name"].as_str().expect("text").to_owned())
            .collect()
    });
    rules.iter().any(|reading| reading == rule)
}

/// What contradicts: the entry, or what it is seen to be.
fn contradicts(rule: &str) -> bool {
    // A password for the console is a fact about what is seen, whatever an entry says.
    rule.ends_with("-contradicted") && rule != "login-contradicted" || rule.starts_with("locator-")
}

type Findings = Vec<(String, String)>;

fn findings(root: &Path, of: impl Fn(&str) -> bool) -> Findings {
    let document = tool::check_json(root, AS_OF);
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("text").to_owned();
    let findings = tool::findings(&document).iter();
    let findings = findings.map(|finding| (text(finding, "rule"), text(finding, "subject")));
    findings.filter(|(rule, _)| of(rule)).collect()
}

/// Adopts all in an estate, twice; with `[discover]`, nothing is undeclared then and nothing else is contradicted than
/// before. Gives what is wrong.
fn all_adopted(root: &Path, case: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let config = ["soclint.toml", ".soclint.toml"].map(|name| root.join(name));
    let config = config.iter().find(|path| path.exists()).unwrap_or(&config[0]);
    let stated = std::fs::read_to_string(config).unwrap_or_default();
    if !stated.contains("[discover") {
        std::fs::write(config, format!("{stated}\n[discover]\n")).expect("a config");
    }
    let (before, old) = (
        texts(root),
        findings(root, |rule| is_reading(rule) || contradicts(rule)),
    );
    let told = findings(root, |rule| rule == "undeclared-identity");
    let output = adopt(root, &["--yes"]);
    if !matches!(output.status.code(), Some(0 | 1)) {
        return vec![format!("{case}: {}", stderr(&output))];
    }
    let after = texts(root);
    for (path, text) in &before {
        match after.get(path) {
            Some(now) if now.starts_with(text) => {}
            _ => wrong.push(format!("{case}: {path} is not as it was")),
        }
    }
    for (path, text) in &after {
        if before.get(path) != Some(text) && !path.ends_with("scope.toml") {
            wrong.push(format!("{case}: {path} changed"));
        }
    }
    if (before == after) != told.is_empty() {
        wrong.push(format!("{case}: {told:?} were told, and {}", stdout(&output)));
    }
    let of_interest = |rule: &str| is_reading(rule) || contradicts(rule) || rule == "undeclared-identity";
    for finding in findings(root, of_interest) {
        if !old.contains(&finding) {
            wrong.push(format!("{case}: {finding:?}"));
        }
    }
    let again = adopt(root, &["--yes"]);
    if !stdout(&again).starts_with("nothing to adopt") || texts(root) != after {
        wrong.push(format!("{case}: a second run says {}", stdout(&again)));
    }
    wrong
}

#[test]
fn of_every_case_and_every_estate_nothing_is_undeclared_afterwards_and_nothing_new_contradicts() {
    let mut wrong = Vec::new();
    for source in entries(&project().join("fixtures/discover")) {
        for case in entries(&source) {
            let root = tempfile::tempdir().expect("a folder");
            crate::discover::lay_out(&case, &name(&source), root.path(), str::to_owned);
            wrong.extend(all_adopted(root.path(), &shown(&case)));
        }
    }
    for estate in entries(&project().join("fixtures/estates")) {
        let (_outer, root) = tool::copied_estate(&name(&estate));
        wrong.extend(all_adopted(&root, &shown(&estate)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_entry_states_what_is_seen_and_no_more() {
    let root = repository(&["NPM_TOKEN", "OTHER"]);
    let path = root.path();
    write(
        path,
        ".github/workflows/b.yml",
        workflow(Some("eu-live"), &["BANK_KEY"]),
    );
    write(path, ".github/workflows/c.yml", workflow(Some("staging"), &["TRY_KEY"]));
    write(path, ".github/workflows/d.yml", workflow(None, &["TRY_KEY"]));
    write(path, "CODEOWNERS", "* @acme/all\n/.github/workflows/b.yml @acme/pay\n");
    write(
        path,
        "soclint.toml",
        "[discover.environments]\n\"eu-*\" = \"production\"\n",
    );
    write(
        path,
        "scope.toml",
        "owner = \"all\"\n[services.payroll]\nexposure = \"internal\"",
    );
    let said = adopted(path, &[]);
    assert!(
        said.starts_with("wrote 4 entries to scope.toml\n`soclint check` asks"),
        "{said}"
    );
    let services = "services = \"payroll\"\n";
    let secret = "kind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"github-actions\"\n";
    let expected = format!(
        "owner = \"all\"\n[services.payroll]\nexposure = \"internal\"\n\
         \n[profiles.github-actions]\n{secret}{services}\
         \n[identities.bank-key]\nprofile = \"github-actions\"\nenvironments = \"production\"\nowner = \"pay\"\nlocators = \"github-secret:BANK_KEY\"\n\
         \n[identities.npm-token]\nprofile = \"github-actions\"\nlocators = \"github-secret:NPM_TOKEN\"\n\
         \n[identities.try-key]\nprofile = \"github-actions\"\nlocators = \"github-secret:TRY_KEY\"\n\
         \n# By its name it may be no credential: if it is none, take it out here and name it in `[[discover.ignore]]` of the\n\
         # config, with the reason.\n[identities.other]\nprofile = \"github-actions\"\nlocators = \"github-secret:OTHER\"\n"
    );
    assert_eq!(text(path, "scope.toml"), expected);
    assert!(adopted(path, &[]).starts_with("nothing to adopt"));
    // The next ones take the profile that is there.
    write(path, ".github/workflows/e.yml", workflow(None, &["NEW_KEY"]));
    adopted(path, &[]);
    let more = "\n[identities.new-key]\nprofile = \"github-actions\"\nlocators = \"github-secret:NEW_KEY\"\n";
    assert_eq!(text(path, "scope.toml"), expected + more);
    let undeclared = findings(path, |rule| rule == "undeclared-identity" || is_reading(rule));
    assert_eq!(undeclared, [], "they are declared");
}

#[test]
fn an_owner_is_stated_only_if_it_is_one() {
    for (owners, stated) in [("", true), ("[owners.ci]\n", true), ("[owners.other]\n", false)] {
        let root = repository(&["A_KEY"]);
        write(root.path(), "CODEOWNERS", "*.yml @acme/ci\n");
        write(root.path(), "scope.toml", owners);
        adopted(root.path(), &[]);
        let manifest = text(root.path(), "scope.toml");
        assert_eq!(manifest.contains("\nowner = \"ci\"\n"), stated, "{manifest}");
    }
}

#[test]
fn entries_go_into_the_nearest_manifest_that_takes_them() {
    let user = |name: &str| format!("resource \"aws_iam_user\" \"{name}\" {{}}\n");
    let root = tempfile::tempdir().expect("a folder");
    let path = root.path();
    write(path, ".git/HEAD", "ref: refs/heads/main\n");
    for folder in ["", "pay", "pay/deep", "torn", "braces"] {
        let named = if folder.is_empty() {
            "root".to_owned()
        } else {
            folder.replace('/', "_")
        };
        write(
            path,
            &format!("{folder}/infra/main.tf").replace("//", "/"),
            user(&named),
        );
    }
    let _ = std::fs::remove_file(path.join("infra/main.tf"));
    write(path, "infra/main.tf", user("root"));
    write(path, "a.scope.toml", "");
    write(path, "pay/a.scope.toml", "namespace = \"pay\"\n");
    write(
        path,
        "pay/scope.toml",
        "namespace = \"pay\"\r\n[services.pay]\r\nexposure = \"internal\"",
    );
    write(path, "torn/scope.toml", "owner = \n");
    write(path, "braces/scope.toml", "identities = {}\n");
    let output = adopt(path, &["--yes"]);
    assert_eq!(output.status.code(), Some(1), "one of them cannot be read");
    assert!(
        stderr(&output).contains("torn/scope.toml could not be read"),
        "{}",
        stderr(&output)
    );
    let declared = |file: &str| text(path, file).matches("[identities.").count();
    assert_eq!((declared("a.scope.toml"), declared("pay/scope.toml")), (3, 2));
    assert_eq!(text(path, "pay/a.scope.toml"), "namespace = \"pay\"\n");
    assert_eq!(text(path, "torn/scope.toml"), "owner = \n");
    assert_eq!(text(path, "braces/scope.toml"), "identities = {}\n");
    let pay = text(path, "pay/scope.toml");
    assert_eq!(pay.matches('\n').count(), pay.matches("\r\n").count(), "{pay:?}");
    assert!(
        pay.contains("\r\n\r\n[identities.pay]\r\nkind = \"service-account\"\r\nservices = \"pay\"\r\n"),
        "{pay:?}"
    );
}

#[test]
fn ids_are_unique_in_their_namespace() {
    let root = repository(&["DEPLOY", "DEPLOY_KEY"]);
    let path = root.path();
    write(path, "a/main.tf", "resource \"aws_iam_user\" \"deploy_key\" {}\n");
    write(path, "b/main.tf", "resource \"aws_iam_user\" \"deploy_key\" {}\n");
    write(
        path,
        "scope.toml",
        "[identities.aws-iam-user-deploy-key]\nkind = \"bot\"\n",
    );
    adopted(path, &[]);
    let manifest: toml::Table = text(path, "scope.toml").parse().expect("TOML");
    let identities = manifest["identities"].as_table().expect("tables");
    let ids: Vec<(&str, &str)> = identities
        .iter()
        .filter_map(|(id, entry)| Some((id.as_str(), entry.get("locators")?.as_str()?)))
        .collect();
    let mut ids = ids;
    ids.sort_unstable();
    assert_eq!(
        ids,
        [
            ("deploy", "github-secret:DEPLOY"),
            ("deploy-key", "github-secret:DEPLOY_KEY"),
            ("terraform-deploy-key", "terraform:a/aws_iam_user.deploy_key"),
            ("terraform-deploy-key-2", "terraform:b/aws_iam_user.deploy_key"),
        ]
    );
}

#[test]
fn what_is_named_is_adopted_alone_even_where_nobody_asks_for_it() {
    let root = repository(&["NPM_TOKEN", "SONAR_HOST_URL", "E2E_KEY", "PYPI_TOKEN"]);
    let path = root.path();
    let ignored = "[[discover.ignore]]\nlocator = \"github-secret:E2E_*\"\nreason = \"Holds nothing\"\n";
    write(path, "soclint.toml", ignored);
    write(
        path,
        "scope.toml",
        "[identities.pypi]\nkind = \"bot\"\nlocators = \"github-secret:PYPI_TOKEN\"\n",
    );
    adopted(path, &["github-secret:sonar_*", "github-secret:E2E_KEY"]);
    let manifest = text(path, "scope.toml");
    assert!(manifest.contains("\"github-secret:SONAR_HOST_URL\"") && manifest.contains("\"github-secret:E2E_KEY\""));
    assert!(!manifest.contains("NPM_TOKEN"), "{manifest}");
    for (locator, why) in [
        ("github-secret:NPM_TOKNE", "did you mean \"github-secret:NPM_TOKEN\"?"),
        ("terraform:nowhere", "`soclint inventory --all` lists what is seen"),
        ("github-secret:PYPI_TOKEN", "is declared already: `identities.pypi`"),
        ("NPM_TOKEN", "is not a locator"),
    ] {
        let said = refused(path, &[locator, "--yes"]);
        assert!(said.contains(why), "{locator}: {said}");
    }
    assert_eq!(text(path, "scope.toml"), manifest);
}

#[test]
fn the_secret_of_one_environment_is_adopted_where_that_of_another_is_declared() {
    let root = tempfile::tempdir().expect("a folder");
    let path = root.path();
    for environment in ["production", "staging", "qa"] {
        let workflow = workflow(Some(environment), &["DB_PASSWORD"]);
        write(path, &format!(".github/workflows/{environment}.yml"), workflow);
    }
    write(
        path,
        "scope.toml",
        "[identities.db]\nkind = \"bot\"\nlocators = \"github-secret:production/DB_PASSWORD\"\n",
    );
    write(path, "soclint.toml", "[discover]\n");
    adopted(path, &["github-secret:qa/DB_PASSWORD"]);
    assert!(
        text(path, "scope.toml").ends_with("\nenvironments = \"test\"\nlocators = \"github-secret:qa/DB_PASSWORD\"\n")
    );
    adopted(path, &[]);
    assert!(
        text(path, "scope.toml")
            .ends_with("\nenvironments = \"staging\"\nlocators = \"github-secret:staging/DB_PASSWORD\"\n")
    );
    assert_eq!(
        findings(path, |rule| rule == "undeclared-identity" || contradicts(rule)),
        []
    );
}

#[test]
fn a_dry_run_prints_the_patch_that_a_run_writes() {
    let root = repository(&["A_KEY", "B_KEY"]);
    let path = root.path();
    write(path, "scope.toml", "\u{feff}[services.a]\r\nexposure = \"internal\"");
    write(path, "infra/x.scope.toml", "namespace = \"x\"\n");
    write(path, "infra/main.tf", "resource \"aws_iam_user\" \"u\" {}\n");
    let before = texts(path);
    let output = adopt(path, &["--dry-run"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(texts(path), before);
    let applied = tempfile::tempdir().expect("a folder");
    tool::copy_folder(path, applied.path());
    std::fs::write(applied.path().join("p.patch"), &output.stdout).expect("a file");
    let _ = std::fs::remove_dir_all(applied.path().join(".git"));
    let git = std::process::Command::new("git")
        .args(["apply", "p.patch"])
        .current_dir(applied.path())
        .output()
        .expect("git");
    assert!(git.status.success(), "{}", stderr(&git));
    adopted(path, &[]);
    for file in ["scope.toml", "infra/x.scope.toml"] {
        assert_eq!(text(path, file), text(applied.path(), file), "{file}");
    }
    // And of one that is made.
    let root = repository(&["A_KEY"]);
    let patch = stdout(&adopt(root.path(), &["--dry-run"]));
    assert!(
        patch.starts_with("--- /dev/null\n+++ b/identities.scope.toml\n@@ "),
        "{patch}"
    );
    adopted(root.path(), &[]);
    let made = text(root.path(), "identities.scope.toml");
    assert!(
        made.starts_with(&format!("#:schema {}\n", tool::schema_address("manifest"))),
        "{made}"
    );
    assert_eq!(
        patch.lines().filter(|line| line.starts_with('+')).count(),
        made.lines().count() + 1
    );
}

#[test]
fn nothing_is_written_where_nobody_can_be_asked() {
    let root = repository(&["A_KEY"]);
    let said = refused(root.path(), &[]);
    assert!(
        said.contains("1 entry is to be written") && said.contains("--yes"),
        "{said}"
    );
    assert!(!root.path().join("identities.scope.toml").exists());
    let none = tempfile::tempdir().expect("a folder");
    let output = adopt(none.path(), &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).starts_with("nothing to adopt"), "{}", stdout(&output));
}

#[test]
fn a_manifest_that_is_named_is_one_of_the_estates() {
    let root = repository(&["A_KEY"]);
    let path = root.path();
    write(path, "scope.toml", "");
    write(path, "torn.scope.toml", "a = \n");
    write(path, "braces.scope.toml", "profiles = {}\n");
    write(path, "vendor/scope.toml", "");
    write(path, "soclint.toml", "exclude = [\"vendor/**\"]\n");
    for (to, why) in [
        ("notes.toml", "would not be read as a manifest"),
        ("vendor/scope.toml", "is not read as a manifest"),
        ("vendor/x.scope.toml", "would not be read as a manifest"),
        ("missing/scope.toml", "missing/scope.toml"),
        ("../scope.toml", "not below the estate's root"),
        (".git/x.scope.toml", "`.git`"),
        ("soclint.toml", "is not read as a manifest"),
        ("infra", "would not be read as a manifest"),
    ] {
        let said = refused(path, &["--yes", "--to", to]);
        assert!(said.contains(why), "{to}: {said}");
    }
    assert!(refused(path, &["--yes", "--to", "braces.scope.toml"]).contains("[identities.ID]"));
    #[cfg(unix)]
    {
        let outside = tempfile::tempdir().expect("a folder");
        write(outside.path(), "scope.toml", "");
        std::os::unix::fs::symlink(outside.path().join("scope.toml"), path.join("out.scope.toml")).expect("a link");
        refused(path, &["--yes", "--to", "out.scope.toml"]);
        assert_eq!(text(outside.path(), "scope.toml"), "");
        std::fs::remove_file(path.join("out.scope.toml")).expect("a link");
    }
    let output = adopt(path, &["--yes", "--to", "secrets.scope.toml"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(text(path, "secrets.scope.toml").contains("github-secret:A_KEY"));
    assert_eq!(text(path, "scope.toml"), "");
}

#[test]
fn a_manifest_is_made_only_where_it_is_read() {
    let root = repository(&["A_KEY"]);
    let path = root.path();
    write(path, "soclint.toml", "include = [\"teams/**\"]\n");
    assert!(refused(path, &["--yes"]).contains("`include`"));
    write(path, "soclint.toml", "");
    write(path, ".gitignore", "identities.*\n");
    let output = adopt(path, &["--yes"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("is not read, since an ignore file"),
        "{}",
        stderr(&output)
    );
    let again = adopt(path, &["--yes"]);
    assert!(
        stderr(&again).contains("is there, and nothing can be added"),
        "{}",
        stderr(&again)
    );
}

#[test]
fn hostile_names_write_nothing_but_names() {
    let names = [
        "a\\\"]\\n[services.owned]\\nx = \\u202e",
        "'''",
        "\\u0001\\e[31m",
        "日本",
        "a b",
    ];
    let root = tempfile::tempdir().expect("a folder");
    let path = root.path();
    for (at, name) in names.iter().enumerate() {
        let workflow = workflow(Some(&format!("\"{name}\"")), &["DB_PASSWORD"]);
        write(path, &format!(".github/workflows/{at}.yml"), workflow);
    }
    write(
        path,
        ".github/workflows/p.yml",
        workflow(Some("production"), &["DB_PASSWORD"]),
    );
    write(path, "soclint.toml", "[discover]\n");
    let before = "[identities.db]\nkind = \"bot\"\nlocators = \"github-secret:production/DB_PASSWORD\"\n";
    write(path, "scope.toml", before);
    let said = adopted(path, &[]);
    let manifest = text(path, "scope.toml");
    let table: toml::Table = manifest.parse().expect("TOML");
    assert!(!table.contains_key("services"), "{manifest}");
    let is_hidden = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    assert!(
        !manifest.contains(is_hidden) && !said.contains(is_hidden),
        "{manifest:?}"
    );
    let entries = table["identities"].as_table().expect("tables").len();
    assert_eq!(entries, names.len() + 1, "{manifest}");
    assert_eq!(
        findings(path, |rule| rule == "undeclared-identity" || is_reading(rule)),
        []
    );
}

#[cfg(unix)]
mod on_a_terminal {
    use super::*;
    use crate::init_asks::{interruptible, start};

    fn answered(root: &Path, answer: &str) -> String {
        let mut command = interruptible(&soclint());
        command.arg("adopt").current_dir(root).env_remove("CI");
        let mut terminal = start(command);
        let mut said = terminal.exp_string("Write this? [y/N] ").expect("it asks");
        assert!(
            !root.join("identities.scope.toml").exists(),
            "nothing is written before"
        );
        terminal.send_line(answer).expect("it takes an answer");
        said += &terminal.exp_eof().expect("it ends");
        said
    }

    #[test]
    fn the_patch_is_shown_and_one_is_asked() {
        for (answer, written) in [("y", true), ("", false), ("no", false)] {
            let root = repository(&["A_KEY"]);
            let said = answered(root.path(), answer);
            assert!(said.contains("+[identities.a-key]"), "{said}");
            assert_eq!(root.path().join("identities.scope.toml").exists(), written, "{said}");
            assert_eq!(said.contains("nothing was written"), !written, "{said}");
        }
    }
}
