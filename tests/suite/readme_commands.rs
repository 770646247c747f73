//! The README's commands work by copy and paste: from a fresh clone, in one shell, in the order in which they stand.
#![cfg(unix)]

use crate::tool::{self, AS_OF, project};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// What builds is not built once more. Each of them stands in the README; what `cargo run` runs is run.
const BUILDS: [&str; 2] = ["cargo test", "cargo install --path ."];

/// In place of cargo: runs what `cargo run` would, and knows what builds.
const CARGO: &str = r#"#!/bin/sh
if [ "$1 $2" = "run --" ]; then
    shift 2
    exec soclint "$@"
fi
grep -Fqx "cargo $*" "$BUILDS" || { echo "neither run nor known to build: cargo $*" >&2; exit 101; }
"#;

/// A command of the README, and what that says comes of it.
#[derive(Debug)]
struct Example {
    command: String,
    status: i32,
    /// What it prints: all of it, or parts.
    prints: Option<(Whole, String)>,
}

#[derive(Debug, PartialEq, Eq)]
enum Whole {
    All,
    Among,
}

fn examples() -> Vec<Example> {
    let readme = std::fs::read_to_string(project().join("README.md")).expect("README.md");
    let mut examples: Vec<Example> = Vec::new();
    let mut rest = readme.as_str();
    while let Some((_, after)) = rest.split_once("```sh\n") {
        let (block, after) = after.split_once("```\n").expect("an end");
        rest = after;
        let commands = block.lines().map(|line| Example {
            command: line.to_owned(),
            status: 0,
            prints: None,
        });
        examples.extend(commands);
        let last = examples.last_mut().expect("a command");
        // What is said of the last command stands right below.
        let said = after.trim_start().split("\n\n").next().unwrap_or_default();
        if let Some(status) = said.strip_prefix("ends with status ") {
            let digits: String = status.chars().take_while(char::is_ascii_digit).collect();
            last.status = digits.parse().expect("a status");
        }
        let whole = match said {
            "prints" => Some(Whole::All),
            said if said.ends_with("prints, among others:") => Some(Whole::Among),
            _ => None,
        };
        if let Some(whole) = whole {
            let (_, shown) = after.split_once("```text\n").expect("what it prints");
            last.prints = Some((whole, shown.split("```").next().unwrap_or_default().to_owned()));
        }
    }
    examples
}

/// The repository as somebody gets it: what is tracked, and nothing that a build or a run left.
fn clone_into(folder: &Path) {
    let listed = git(&project(), &["ls-files", "-z"]);
    assert!(listed.contains("README.md"), "the tests run in a clone");
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        let (from, to) = (project().join(path), folder.join(path));
        if from.is_file() {
            std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder can be made");
            std::fs::copy(from, to).expect("a file can be copied");
        }
    }
    git(folder, &["init", "-q"]);
    git(folder, &["add", "--force", "."]);
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = tool::run(
        Command::new("git")
            .args(["-c", "core.autocrlf=false"])
            .args(arguments)
            .current_dir(folder)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null"),
    );
    assert!(output.status.success(), "git {arguments:?}: {}", tool::stderr(&output));
    tool::stdout(&output)
}

#[test]
fn every_command_works_in_a_fresh_clone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let examples = examples();
    assert!(examples.len() > 10, "{examples:?}");
    for build in BUILDS {
        assert!(
            examples.iter().any(|example| example.command == build),
            "{build} is not in the README"
        );
    }

    let root = tempfile::tempdir().expect("a folder");
    let folder = |name: &str| {
        let folder = root.path().join(name);
        std::fs::create_dir(&folder).expect("a folder can be made");
        folder
    };
    let (clone, home, bin, printed) = (folder("clone"), folder("home"), folder("bin"), folder("printed"));
    clone_into(&clone);
    symlink(env!("CARGO_BIN_EXE_soclint"), bin.join("soclint")).expect("a link");
    std::fs::write(bin.join("cargo"), CARGO).expect("a script");
    std::fs::set_permissions(bin.join("cargo"), std::fs::Permissions::from_mode(0o755)).expect("it can be run");
    std::fs::write(root.path().join("builds"), BUILDS.join("\n")).expect("a list");

    let mut script = String::new();
    for (at, Example { command, .. }) in examples.iter().enumerate() {
        let printed = printed.join(at.to_string());
        let printed = printed.display();
        let _ = write!(
            script,
            "{{\n{command}\n}} > '{printed}' 2> '{printed}.errors'\necho $? > '{printed}.status'\n"
        );
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("bash");
    let shell = shell
        .args(["--noprofile", "--norc", "-c", &script])
        .current_dir(&clone)
        .env("PATH", format!("{}:{path}", bin.display()))
        .env("BUILDS", root.path().join("builds"))
        .env("HOME", &home)
        .env("COLUMNS", "80")
        // What the README does not say is not left to the day of the test.
        .env("SOCLINT_AS_OF", AS_OF);
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "NO_GRAPHICS",
        "CDPATH",
        "GIT_DIR",
        "GIT_INDEX_FILE",
    ] {
        shell.env_remove(name);
    }
    let output = tool::run(shell);
    assert!(output.stderr.is_empty(), "{}", tool::stderr(&output));

    for (
        at,
        Example {
            command,
            status,
            prints,
        },
    ) in examples.iter().enumerate()
    {
        let read = |end: &str| std::fs::read_to_string(printed.join(format!("{at}{end}"))).unwrap_or_default();
        let ended = read(".status");
        assert_eq!(ended.trim(), status.to_string(), "{command}: {}", read(".errors"));
        match prints {
            None => {}
            Some((Whole::All, shown)) => assert_eq!(*shown, read(""), "{command}"),
            Some((Whole::Among, shown)) => {
                for finding in shown.split("\n\nerror[") {
                    assert!(
                        read("").contains(finding.trim_end()),
                        "{command} does not print:\n{finding}"
                    );
                }
            }
        }
    }
    let shown = examples.iter().filter(|example| example.prints.is_some()).count();
    assert!(shown >= 3, "what commands print is compared: {shown}");
    assert!(home.join(".local/share/man/man1/soclint-check.1").exists());
    assert!(clone.join(".soclint/config.schema.json").exists() && clone.join("soclint.sarif").exists());
}
