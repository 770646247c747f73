//! The commands of the README and of each chapter work by copy and paste: in a fresh clone, and of each document in one shell,
//! in the order in which they are given.
#![cfg(unix)]

use crate::documents::{self, Document};
use crate::tool::{self, AS_OF, project};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// What builds is not built once more; what `cargo run` runs is run.
const BUILDS: [&str; 2] = ["cargo test", "cargo install --locked --path ."];

/// The title of blocks whose commands are for the reader's own repository.
const YOURS: &str = "In your repository";

/// In place of cargo: runs what `cargo run` would, and knows what builds.
const CARGO: &str = r#"#!/bin/sh
if [ "$1 $2" = "run --" ]; then
    shift 2
    exec soclint "$@"
fi
grep -Fqx "cargo $*" "$BUILDS" || { echo "neither run nor known to build: cargo $*" >&2; exit 101; }
"#;

/// A command, and what the text says comes of it.
#[derive(Debug)]
struct Example {
    command: String,
    /// In the reader's own repository, not in the clone.
    is_yours: bool,
    status: i32,
    /// What it prints: all of it, or parts.
    prints: Option<(Whole, String)>,
}

#[derive(Debug, PartialEq, Eq)]
enum Whole {
    All,
    Among,
}

fn examples(document: &Document) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for block in document.blocks("sh") {
        assert!(
            block.title.as_deref().is_none_or(|title| title == YOURS),
            "{}: {:?}",
            document.path,
            block.title
        );
        let commands = block.text.lines().map(|line| Example {
            command: line.to_owned(),
            is_yours: block.title.is_some(),
            status: 0,
            prints: None,
        });
        examples.extend(commands);
        let last = examples.last_mut().expect("a command");
        // What is said of the last command is right below.
        if let Some(status) = block.said.strip_prefix("exits with status ") {
            let digits: String = status.chars().take_while(char::is_ascii_digit).collect();
            last.status = digits.parse().expect("a status");
        }
        let whole = match block.said.as_str() {
            "prints" => Some(Whole::All),
            said if said.ends_with("prints, among other findings:") => Some(Whole::Among),
            _ => None,
        };
        if let Some(whole) = whole {
            let (_, shown) = block.rest.split_once("```text\n").expect("what it prints");
            last.prints = Some((whole, shown.split("```").next().unwrap_or_default().to_owned()));
        }
    }
    examples
}

/// The repository as it is cloned: what is tracked, and nothing that a build or a run left; or a part of it.
fn clone_into(folder: &Path, part: &str) {
    let listed = git(&project(), &["ls-files", "-z"]);
    assert!(listed.contains("README.md"), "the tests run in a clone");
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        let Some(inner) = path.strip_prefix(part) else { continue };
        let (from, to) = (project().join(path), folder.join(inner));
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
    let clone = tempfile::tempdir().expect("a folder");
    clone_into(clone.path(), "");
    let documents = documents::by_hand();
    let ran: Vec<Ran> = documents
        .iter()
        .filter_map(|document| Ran::new(document, clone.path()))
        .collect();
    let commands = |command: &str| ran.iter().any(|ran| ran.has(command));
    for build in BUILDS {
        assert!(commands(build), "{build} is in no document");
    }
    let shown = ran.iter().flat_map(|ran| &ran.examples);
    let shown = shown.filter(|example| example.prints.is_some()).count();
    assert!(shown >= 4, "what commands print is compared: {shown}");
    assert!(
        ran.iter()
            .any(|ran| ran.examples.iter().any(|example| example.is_yours))
    );
    for path in ["home/.local/share/man/man1/soclint-check.1", "yours/scope.toml"] {
        assert!(ran.iter().any(|ran| ran.root.path().join(path).exists()), "{path}");
    }
    for path in [".soclint/config.schema.json", "soclint.sarif"] {
        assert!(clone.path().join(path).exists(), "{path}");
    }
}

/// A document whose commands were run.
struct Ran {
    examples: Vec<Example>,
    root: tempfile::TempDir,
}

impl Ran {
    /// `None` for a document without commands.
    fn new(document: &Document, clone: &Path) -> Option<Self> {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let examples = examples(document);
        if examples.is_empty() {
            return None;
        }
        let root = tempfile::tempdir().expect("a folder");
        let folder = |name: &str| {
            let folder = root.path().join(name);
            std::fs::create_dir(&folder).expect("a folder can be made");
            folder
        };
        let (yours, home, bin, printed) = (folder("yours"), folder("home"), folder("bin"), folder("printed"));
        clone_into(&yours, "fixtures/first-hour/small-saas/repository/");
        symlink(env!("CARGO_BIN_EXE_soclint"), bin.join("soclint")).expect("a link");
        std::fs::write(bin.join("cargo"), CARGO).expect("a script");
        std::fs::set_permissions(bin.join("cargo"), std::fs::Permissions::from_mode(0o755)).expect("it can be run");
        std::fs::write(root.path().join("builds"), BUILDS.join("\n")).expect("a list");

        let mut script = String::new();
        for (at, Example { command, is_yours, .. }) in examples.iter().enumerate() {
            let printed = printed.join(at.to_string());
            let (printed, yours) = (printed.display(), yours.display());
            let (enter, leave) = if *is_yours {
                (format!("pushd '{yours}' > /dev/null\n"), "popd > /dev/null\n")
            } else {
                (String::new(), "")
            };
            let _ = write!(
                script,
                "{enter}{{\n{command}\n}} > '{printed}' 2> '{printed}.errors'\necho $? > '{printed}.status'\n{leave}"
            );
        }
        let path = std::env::var("PATH").unwrap_or_default();
        let mut shell = Command::new("bash");
        let shell = shell
            .args(["--noprofile", "--norc", "-c", &script])
            .current_dir(clone)
            .env("PATH", format!("{}:{path}", bin.display()))
            .env("BUILDS", root.path().join("builds"))
            .env("HOME", &home)
            .env("COLUMNS", "80")
            // What the text does not say is not left to the day of the test.
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
        let ran = Self { examples, root };
        for (at, example) in ran.examples.iter().enumerate() {
            ran.prove(&document.path, at, example);
        }
        Some(ran)
    }

    fn has(&self, command: &str) -> bool {
        self.examples.iter().any(|example| example.command == command)
    }

    fn prove(&self, document: &str, at: usize, example: &Example) {
        let Example {
            command,
            status,
            prints,
            ..
        } = example;
        let read = |end: &str| {
            let file = self.root.path().join(format!("printed/{at}{end}"));
            std::fs::read_to_string(file).unwrap_or_default()
        };
        let ended = read(".status");
        assert_eq!(
            ended.trim(),
            status.to_string(),
            "{document}: {command}: {}",
            read(".errors")
        );
        match prints {
            None => {}
            Some((Whole::All, shown)) => assert_eq!(*shown, read(""), "{document}: {command}"),
            Some((Whole::Among, shown)) => {
                for finding in shown.split("\n\nerror[") {
                    assert!(
                        read("").contains(finding.trim_end()),
                        "{document}: {command} does not print:\n{finding}"
                    );
                }
            }
        }
    }
}
