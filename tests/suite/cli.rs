//! What the command line promises: exit status, what is read, what is reported.

use crate::tool::{self, run, soclint, stderr, stdout, write};
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

/// One error: the bot has no owner.
const ERROR: &str = r#"
[identities.bot]
kind = "bot"
credential = "federated"
environments = "test"
offboarding = { trigger = "retired", evidence = "https://wiki.example.com/offboarding" }
review = { every = "12mo", last = 2026-07-01, evidence = "https://ci.example.com/review" }
"#;
/// One warning: nothing ends the bot.
const WARNING: &str = r#"
owner = "team-build"
[identities.bot]
kind = "bot"
credential = "federated"
environments = "test"
review = { every = "12mo", last = 2026-07-01, evidence = "https://ci.example.com/review" }
"#;
/// One note: the framework is spelt in another way.
const NOTE: &str = "[reports.soc2]\nframework = \"SOC 2\"\nstatus = \"planned\"\n";
const CLEAN: &str = "[services.wiki]\ntitle = \"Wiki\"\nexposure = \"internal\"\n";

fn estate(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        write(root.path(), path, text);
    }
    root
}

fn check(root: &Path, args: &[&str]) -> std::process::Output {
    run(soclint()
        .args(["check", "--as-of", tool::AS_OF, "--format", "concise"])
        .args(args)
        .current_dir(root))
}

fn status(root: &TempDir, args: &[&str]) -> i32 {
    check(root.path(), args).status.code().expect("an exit status")
}

#[test]
fn the_exit_status_follows_fail_on() {
    for (text, counts) in [
        (ERROR, [1, 1, 1, 0]),
        (WARNING, [0, 1, 1, 0]),
        (NOTE, [0, 0, 1, 0]),
        (CLEAN, [0, 0, 0, 0]),
    ] {
        let root = estate(&[("scope.toml", text)]);
        let levels = ["error", "warning", "note", "never"];
        let found: Vec<i32> = levels
            .iter()
            .map(|level| status(&root, &["--fail-on", level]))
            .collect();
        assert_eq!(found, counts, "{text}");
        assert_eq!(status(&root, &[]), counts[0], "error is the default");
    }
}

#[test]
fn a_run_that_cannot_be_trusted_ends_with_2_and_says_why() {
    let root = estate(&[("scope.toml", CLEAN)]);
    let cases: &[(&[&str], &str)] = &[
        (&["--select", "stale-reprot"], "did you mean `stale-report`?"),
        (&["--ignore", "no-such-rule-at-all"], "soclint rules"),
        (&["--ignore", "unknown-key"], "cannot be ignored"),
        (&["--config", "missing.toml"], "missing.toml"),
        (&["--root", "missing"], "missing"),
        (&["--output", "sarif=no/such/folder/x.sarif"], "x.sarif"),
        (&["missing-folder"], "missing-folder"),
        (&["--format", "yaml"], "yaml"),
        (&["--output", "yaml=x"], "yaml"),
        (&["--no-such-option"], "--no-such-option"),
    ];
    for (args, said) in cases {
        let output = check(root.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(said), "{args:?}: {}", stderr(&output));
        assert!(stdout(&output).is_empty(), "{args:?} printed findings");
    }
    for date in ["2026-02-30", "tomorrow", "2026-1-1", "2026-01-01T10:00"] {
        let output = run(soclint().args(["check", "--as-of", date]).current_dir(root.path()));
        assert_eq!(output.status.code(), Some(2), "{date}");
    }
}

#[test]
fn nothing_to_read_is_said_and_can_be_allowed() {
    let root = estate(&[("README.md", "no manifest here")]);
    let output = check(root.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no manifest ("), "{}", stderr(&output));
    assert_eq!(status(&root, &["--allow-empty"]), 0);
}

#[test]
fn a_broken_manifest_is_a_finding_and_not_a_crash() {
    let root = estate(&[("scope.toml", "[services.a\ntitle = \"x\"\n")]);
    let output = check(root.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("error[invalid-toml]"), "{}", stdout(&output));
}

#[test]
fn the_root_is_the_folder_of_the_config_above() {
    let root = estate(&[
        (".soclint.toml", ""),
        ("a/deep/scope.toml", ERROR),
        ("b/scope.toml", WARNING),
    ]);
    let output = check(&root.path().join("a/deep"), &[]);
    let text = stdout(&output);
    assert!(
        text.contains("a/deep/scope.toml:2:13: error[nhi-without-human-owner]"),
        "{text}"
    );
    // Both bots have one name: the whole estate was read.
    assert!(text.contains("b/scope.toml:3:13: error[duplicate-id]"), "{text}");
}

#[test]
fn the_root_is_the_git_repository_without_a_config_whether_git_is_a_folder_or_a_file() {
    for file in [false, true] {
        let root = estate(&[("inner/a/scope.toml", ERROR), ("outside.scope.toml", ERROR)]);
        let git = root.path().join("inner/.git");
        if file {
            std::fs::write(&git, "gitdir: ../elsewhere\n").expect("a file");
        } else {
            std::fs::create_dir(&git).expect("a folder");
        }
        let text = stdout(&check(&root.path().join("inner/a"), &[]));
        assert!(
            text.starts_with("a/scope.toml:2:13: error[nhi-without-human-owner]"),
            "{text}"
        );
        assert!(text.contains("1 error, 0 warnings and 0 notes in 1 manifest"), "{text}");
    }
}

#[test]
fn the_root_is_the_path_given_when_there_is_neither() {
    let root = estate(&[("x/scope.toml", ERROR), ("y/scope.toml", ERROR)]);
    let text = stdout(&check(root.path(), &["x"]));
    assert!(text.starts_with("scope.toml:2:13: error"), "{text}");
}

#[test]
fn naming_paths_narrows_what_is_reported_and_not_what_is_read() {
    let provider = "namespace = \"b\"\n[services.ledger]\ntitle = \"Ledger\"\nlifecycle = \"retired\"\n[services.x]\nkind = \"nonsense\"\n";
    let user = "[services.shop]\nexposure = \"internal\"\ndepends-on = \"b/ledger\"\nkind = \"nonsense\"\n";
    let root = estate(&[("soclint.toml", ""), ("a/scope.toml", user), ("b/scope.toml", provider)]);
    let all = stdout(&check(root.path(), &["--quiet"]));
    assert_eq!(all.lines().count(), 2, "{all}");
    let only_a = stdout(&check(root.path(), &["--quiet", "a"]));
    assert_eq!(
        only_a, all,
        "the reference into b resolves, and what cannot be read there matters here"
    );
    let root = estate(&[
        ("soclint.toml", ""),
        ("a/scope.toml", ERROR),
        ("b/scope.toml", &ERROR.replace("bot]", "other]")),
    ]);
    let of = |path: &str| stdout(&check(root.path(), &["--quiet", path]));
    assert!(of("a").starts_with("a/scope.toml:"), "{}", of("a"));
    assert!(of("b/scope.toml").starts_with("b/scope.toml:"), "{}", of("b"));
    assert_eq!(of("a") + &of("b"), of("."));
    let outside = tempfile::tempdir().expect("a folder");
    let output = check(root.path(), &[outside.path().to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("outside the estate's root"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn ignored_files_are_not_read_and_hidden_folders_are() {
    let root = estate(&[
        (".gitignore", "generated/\n"),
        (".ignore", "scratch.scope.toml\n"),
        ("generated/scope.toml", ERROR),
        ("scratch.scope.toml", ERROR),
        (".github/scope.toml", ERROR),
        (".git/scope.toml", ERROR),
        ("notes.toml", ERROR),
    ]);
    let text = stdout(&check(root.path(), &[]));
    assert!(text.starts_with(".github/scope.toml:2:13: error"), "{text}");
    assert!(text.contains("in 1 manifest"), "{text}");
}

#[test]
fn the_config_says_what_to_read_when_to_fail_and_how_severe_a_rule_is() {
    let root = estate(&[
        (
            "soclint.toml",
            "include = \"**/*.compliance.toml\"\nexclude = [\"vendor/**\", \"old.*\"]\n",
        ),
        ("team/x.compliance.toml", ERROR),
        ("vendor/y.compliance.toml", ERROR),
        ("old.compliance.toml", ERROR),
        ("scope.toml", ERROR),
    ]);
    let text = stdout(&check(root.path(), &[]));
    assert!(
        text.starts_with("team/x.compliance.toml:2:13") && text.contains("in 1 manifest"),
        "{text}"
    );

    let root = estate(&[("soclint.toml", "fail-on = \"warning\"\n"), ("scope.toml", WARNING)]);
    assert_eq!(status(&root, &[]), 1);
    assert_eq!(
        status(&root, &["--fail-on", "error"]),
        0,
        "the command line goes before the config"
    );

    for (setting, shown) in [
        ("nhi-without-offboarding = \"error\"", "error[nhi-without-offboarding]"),
        ("nhi-without-offboarding = \"note\"", "note[nhi-without-offboarding]"),
        (
            "nhi-without-offboarding.severity = \"error\"",
            "error[nhi-without-offboarding]",
        ),
        ("nhi-without-offboarding = \"off\"", "0 errors, 0 warnings and 0 notes"),
    ] {
        let root = estate(&[
            ("soclint.toml", &format!("[rules]\n{setting}\n")),
            ("scope.toml", WARNING),
        ]);
        let text = stdout(&check(root.path(), &[]));
        assert!(text.contains(shown), "{setting}: {text}");
    }
}

#[test]
fn a_config_that_says_what_it_cannot_say_ends_the_run_at_its_place() {
    let cases = [
        (
            "includ = \"x\"\n",
            "soclint.toml:1:1: unknown key `includ` (did you mean `include`?)",
        ),
        (
            "\n[rules]\nstale-reprot = \"off\"\n",
            "soclint.toml:3:1: there is no rule `stale-reprot` (did you mean `stale-report`?)",
        ),
        (
            "[rules]\nstale-report = \"of\"\n",
            "soclint.toml:2:16: `stale-report` has no value \"of\" (did you mean \"off\"?)",
        ),
        ("[rules]\nunknown-key = \"off\"\n", "cannot be turned off"),
        ("[rules.stale-report]\ntolerate = \"3d\"\n", "has no option `tolerate`"),
        ("[rules.stale-report]\nlongest = { bot = \"3d\" }\n", "is one duration"),
        ("fail-on = \"erorr\"\n", "did you mean \"error\"?"),
        ("include = \"[\"\n", "is not a glob"),
        ("[rules\n", "this is not TOML"),
    ];
    for (config, said) in cases {
        let root = estate(&[("soclint.toml", config), ("scope.toml", CLEAN)]);
        let output = check(root.path(), &[]);
        assert_eq!(output.status.code(), Some(2), "{config}");
        assert!(stderr(&output).contains(said), "{config}: {}", stderr(&output));
    }
    let root = estate(&[("soclint.toml", ""), (".soclint.toml", ""), ("scope.toml", CLEAN)]);
    assert!(stderr(&check(root.path(), &[])).contains("keep one of them"));
}

#[test]
fn an_option_that_decided_a_finding_is_labelled_too() {
    let manifest = "owner = \"team\"\n[identities.key]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"vault\"\nenvironments = \"test\"\nrotation = { last = 2026-08-01, evidence = \"https://x.example.com\" }\nreview = { last = 2026-08-01, evidence = \"https://x.example.com\" }\noffboarding = { trigger = \"retired\", evidence = \"https://x.example.com\" }\n";
    let root = estate(&[
        (
            "soclint.toml",
            "[rules.nhi-rotation-overdue]\nlongest = { api-key = \"30d\", default = \"90d\" }\n",
        ),
        ("scope.toml", manifest),
    ]);
    let document = tool::check_json(root.path(), tool::AS_OF);
    let finding = &tool::findings(&document)[0];
    assert_eq!(finding["rule"], "nhi-rotation-overdue");
    let option = finding["related"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|label| label["location"]["path"] == "soclint.toml");
    assert_eq!(
        tool::text_at(root.path(), &option.expect("a label in the config")["location"]),
        "\"30d\""
    );
}

#[test]
fn select_and_ignore_choose_rules() {
    let text = format!("{ERROR}{NOTE}");
    let root = estate(&[("scope.toml", &text)]);
    let rules = |args: &[&str]| -> Vec<String> {
        let text = stdout(&check(root.path(), &[args, &["--quiet"]].concat()));
        text.lines()
            .map(|line| line.split(['[', ']']).nth(1).expect("a rule").to_owned())
            .collect()
    };
    assert_eq!(rules(&[]), ["nhi-without-human-owner", "non-canonical-spelling"]);
    assert_eq!(
        rules(&["--ignore", "nhi-without-human-owner"]),
        ["non-canonical-spelling"]
    );
    assert_eq!(
        rules(&["--select", "nhi-without-human-owner"]),
        ["nhi-without-human-owner"]
    );
    assert_eq!(
        rules(&["--select", "stale-report,non-canonical-spelling"]),
        ["non-canonical-spelling"]
    );
    let torn = estate(&[("scope.toml", "[services.a\n")]);
    let text = stdout(&check(torn.path(), &["--select", "stale-report"]));
    assert!(
        text.contains("invalid-toml"),
        "what could not be read is never left out: {text}"
    );
}

#[test]
fn the_as_of_date_comes_from_the_option_else_the_environment_else_today() {
    let manifest = "owner = \"team\"\n[identities.key]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"vault\"\nenvironments = \"test\"\nrotation = { every = \"90d\", last = 2020-01-01, evidence = \"https://x.example.com\" }\nreview = { every = \"99y\", last = 2020-01-01, evidence = \"https://x.example.com\" }\noffboarding = { trigger = \"retired\", evidence = \"https://x.example.com\" }\n";
    let root = estate(&[("scope.toml", manifest)]);
    let found = |command: &mut std::process::Command| {
        let output = run(command.args(["check", "--format", "json"]).current_dir(root.path()));
        let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (
            document["as-of"].as_str().expect("a date").to_owned(),
            tool::findings(&document).len(),
        )
    };
    assert_eq!(
        found(soclint().env("SOCLINT_AS_OF", "2020-03-31")),
        ("2020-03-31".to_owned(), 0),
        "the last day"
    );
    assert_eq!(
        found(soclint().env("SOCLINT_AS_OF", "2020-04-01")),
        ("2020-04-01".to_owned(), 1)
    );
    let (today, findings) = found(&mut soclint());
    assert!(today.as_str() > "2026" && findings == 1, "{today}");
    let output = run(soclint()
        .env("SOCLINT_AS_OF", "2020-04-01")
        .args(["check", "--as-of", "2020-03-31"])
        .current_dir(root.path()));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn output_writes_files_beside_what_is_printed() {
    let root = estate(&[("scope.toml", ERROR)]);
    let output = check(
        root.path(),
        &["--output", "sarif=out.sarif", "--output", "json=out.json"],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("error[nhi-without-human-owner]"));
    for file in ["out.sarif", "out.json"] {
        let text = std::fs::read_to_string(root.path().join(file)).expect("the file is written");
        let document: Value = serde_json::from_str(&text).expect("it is JSON");
        assert!(document.to_string().contains("nhi-without-human-owner"));
    }
    let left: Vec<_> = std::fs::read_dir(root.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(left.len(), 3, "nothing else is left behind: {left:?}");
}

#[test]
fn quiet_leaves_out_the_summary_only() {
    let root = estate(&[("scope.toml", ERROR)]);
    let quiet = stdout(&check(root.path(), &["--quiet"]));
    let loud = stdout(&check(root.path(), &[]));
    assert_eq!(quiet.lines().count() + 1, loud.lines().count());
    assert!(loud.starts_with(&quiet));
}

#[test]
fn color_is_used_when_it_is_wanted() {
    let root = estate(&[("scope.toml", ERROR)]);
    let colored = |set: &[(&str, &str)], args: &[&str]| {
        let mut command = soclint();
        command
            .args(["check", "--as-of", tool::AS_OF])
            .args(args)
            .current_dir(root.path());
        stdout(&run(command.envs(set.iter().copied()))).contains('\u{1b}')
    };
    assert!(!colored(&[], &[]), "not into a pipe");
    assert!(colored(&[], &["--color", "always"]));
    assert!(
        colored(&[("NO_COLOR", "1")], &["--color", "always"]),
        "an option goes before the environment"
    );
    assert!(colored(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!colored(&[("CLICOLOR_FORCE", "0")], &[]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::Stdio;
    let root = estate(&[("scope.toml", ERROR)]);
    let mut child = soclint()
        .args(["check", "--as-of", tool::AS_OF])
        .current_dir(root.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).is_empty(), "{}", stderr(&output));
}

#[test]
fn what_is_generated_is_what_the_program_prints() {
    for (file, args) in [
        ("schemas/manifest.schema.json", ["schema", "manifest"].as_slice()),
        ("schemas/config.schema.json", &["schema", "config"]),
        ("docs/rules.md", &["rules", "--format", "markdown"]),
    ] {
        let generated = std::fs::read_to_string(tool::project().join(file)).expect("it is generated");
        let printed = stdout(&run(soclint().args(args)));
        assert!(generated == printed, "{args:?}");
    }
}

/// Most tests do not start the binary: what it prints is what they see.
#[test]
fn what_is_checked_in_process_is_what_the_binary_prints() {
    for estate in [
        "estates/talervik-pay",
        "estates/brackwater-custody",
        "broken/several/whole-estate",
    ] {
        let root = tool::project().join("fixtures").join(estate);
        assert_eq!(
            tool::check_json(&root, tool::AS_OF),
            tool::printed_json(&root, tool::AS_OF),
            "{estate}"
        );
    }
}

#[test]
fn rules_prints_the_catalogue_in_each_format() {
    let count = |format: &str| stdout(&run(soclint().args(["rules", "--format", format])));
    let json: Value = serde_json::from_str(&count("json")).expect("JSON");
    let names: Vec<&str> = json
        .as_array()
        .expect("a list")
        .iter()
        .map(|rule| rule["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(names, soclint::rules().map(|rule| rule.name).collect::<Vec<_>>());
    for format in ["table", "markdown"] {
        let text = count(format);
        for name in &names {
            assert!(text.contains(name), "{format} leaves out {name}");
        }
    }
    // In a pipe, whatever the terminal is, `grep` finds a rule's name, severity and summary on one line.
    let piped = stdout(&run(soclint().args(["rules"]).env("COLUMNS", "80")));
    for rule in soclint::rules() {
        let line = |line: &&str| line.split_whitespace().next() == Some(rule.name);
        let line = piped
            .lines()
            .find(line)
            .unwrap_or_else(|| panic!("{} has no line", rule.name));
        assert!(
            line.contains(rule.severity.as_str()) && line.ends_with(rule.summary),
            "{line}"
        );
    }
}

#[test]
fn a_path_that_holds_no_manifest_is_not_passed_in_silence() {
    let root = estate(&[
        ("soclint.toml", "exclude = \"hidden/\"\n"),
        ("a/scope.toml", CLEAN),
        ("hidden/scope.toml", ERROR),
        ("notes.txt", "nothing"),
    ]);
    for (path, why) in [
        ("hidden", "hidden holds no manifest"),
        ("notes.txt", "notes.txt holds no manifest"),
        ("soclint.toml", "soclint.toml is the config, not a manifest"),
    ] {
        let output = check(root.path(), &[path]);
        assert_eq!(output.status.code(), Some(2), "{path}");
        assert!(stderr(&output).contains(why), "{}", stderr(&output));
        assert_eq!(status(&root, &[path, "--allow-empty"]), 0);
    }
    assert_eq!(status(&root, &["a"]), 0);
}

#[test]
fn the_config_is_never_taken_for_a_manifest() {
    let root = estate(&[("soclint.toml", "include = \"**/*.toml\"\n"), ("a.toml", CLEAN)]);
    let text = stdout(&check(root.path(), &[]));
    assert!(text.starts_with("0 errors") && text.contains("in 1 manifest"), "{text}");
}
