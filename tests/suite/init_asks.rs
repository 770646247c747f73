//! The questions of `soclint init`, on a pseudo-terminal.

use crate::tool::{soclint, stdout};
use rexpect::process::{Signal, WaitStatus};
use rexpect::session::{PtySession, spawn_command};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A machine that is busy takes its time.
const PATIENCE: Option<u64> = Some(60_000);

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("billing").tempdir().expect("a folder")
}

fn init(root: &Path, args: &[&str]) -> Command {
    let mut command = interruptible(&soclint());
    command.arg("init").args(args).current_dir(root).env_remove("CI");
    command
}

/// The same program, which Ctrl-C ends: who runs the tests in the background, as scripts do, has them ignore it, and what
/// they start inherits that.
pub fn interruptible(program: &Command) -> Command {
    let mut command = match cfg!(target_os = "linux") {
        true => {
            let mut command = Command::new("env");
            command.arg("--default-signal=INT").arg(program.get_program());
            command
        }
        false => Command::new(program.get_program()),
    };
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

pub fn start(command: Command) -> PtySession {
    spawn_command(command, PATIENCE).expect("it starts on a terminal")
}

fn names(root: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(root).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn manifest(root: &Path) -> String {
    std::fs::read_to_string(root.join("scope.toml")).expect("a manifest")
}

/// Answers each question that is asked, and waits for the end.
fn answered(root: &Path, answers: &[&str]) -> String {
    let mut terminal = start(init(root, &[]));
    let mut said = String::new();
    for (at, answer) in answers.iter().enumerate() {
        said += &terminal.exp_string(&format!("{}. Wh", at + 1)).expect("it asks");
        said += &terminal.exp_string("] ").expect("it names the default");
        assert!(names(root).is_empty(), "nothing is written before the last answer");
        terminal.send_line(answer).expect("it takes an answer");
    }
    said += &terminal.exp_eof().expect("it ends");
    assert!(
        matches!(terminal.process().wait(), Ok(WaitStatus::Exited(_, 0))),
        "{said}"
    );
    said
}

/// What a run without a terminal writes.
fn by_default(root: &Path) -> String {
    let output = init(root, &["--dry-run"]).output().expect("it starts");
    stdout(&output)
}

#[test]
fn enter_takes_the_default_of_each() {
    let root = folder();
    let said = answered(root.path(), &["", ""]);
    assert!(said.contains("3. What is promised"), "{said}");
    assert_eq!(names(root.path()), ["scope.toml", "soclint.toml"]);
    assert!(by_default(root.path()).contains(&manifest(root.path())));
}

#[test]
fn what_is_answered_is_written() {
    let root = folder();
    answered(root.path(), &["external", "2", "security, 5"]);
    for line in [
        "lifecycle = \"production\"",
        "exposure = \"external\"",
        "financial-impact = \"direct\"",
        "commitments = [\"security\", \"privacy\"]",
    ] {
        assert!(
            manifest(root.path()).lines().any(|own| own == line),
            "{line}: {}",
            manifest(root.path())
        );
    }
    let root = folder();
    let said = answered(root.path(), &["3", "own-books"]);
    assert!(
        said.contains("Nothing, as long as it is not offered to others"),
        "{said}"
    );
    for line in ["exposure = \"internal\"", "financial-impact = \"own-books\""] {
        assert!(
            manifest(root.path()).lines().any(|own| own == line),
            "{line}: {}",
            manifest(root.path())
        );
    }
    assert!(
        !manifest(root.path()).contains("\ncommitments"),
        "{}",
        manifest(root.path())
    );
}

#[test]
fn an_answer_that_is_none_is_asked_for_again() {
    let root = folder();
    let mut terminal = start(init(root.path(), &[]));
    terminal.exp_string("] ").expect("it asks");
    terminal.send_line("\u{1b}]0;x").expect("it takes an answer");
    terminal.exp_string("is not in the list").expect("it says so");
    terminal.exp_string("] ").expect("it asks again");
    terminal.send_line("1, 2").expect("it takes an answer");
    terminal.exp_string("Choose one of them").expect("it says so");
    terminal.send_control('c').expect("it takes a key");
    let _ = terminal.exp_eof();
    assert!(names(root.path()).is_empty());
}

#[test]
fn ctrl_c_and_an_end_of_input_write_nothing() {
    for (key, before) in [('c', 0), ('c', 1), ('c', 2), ('d', 0), ('d', 2)] {
        let root = folder();
        let mut terminal = start(init(root.path(), &[]));
        for _ in 0..before {
            terminal.exp_string("] ").expect("it asks");
            terminal.send_line("2").expect("it takes an answer");
        }
        terminal.exp_string("] ").expect("it asks");
        terminal.send_control(key).expect("it takes a key");
        let said = terminal.exp_eof().expect("it ends");
        let status = terminal.process().wait().expect("it has ended");
        match key {
            'c' => assert!(
                matches!(status, WaitStatus::Signaled(_, Signal::SIGINT, _)),
                "{status:?}"
            ),
            _ => {
                assert!(matches!(status, WaitStatus::Exited(_, 2)), "{status:?}");
                assert!(said.contains("nothing was written"), "{said}");
            }
        }
        assert_eq!(names(root.path()), Vec::<String>::new(), "after {before} answers");
    }
}

#[test]
fn nobody_is_asked_where_nobody_can_answer() {
    let binary = env!("CARGO_BIN_EXE_soclint");
    let shell = |script: &str| {
        let mut command = Command::new("sh");
        command
            .args(["-c", &script.replace("init", &format!("'{binary}' init"))])
            .env_remove("CI");
        command
    };
    let ci = |value: &str| {
        let mut command = init(Path::new("."), &[]);
        command.env("CI", value);
        command
    };
    for (what, mut command) in [
        ("only input is a terminal", shell("init >said.txt")),
        ("only output is a terminal", shell("init </dev/null")),
        ("--yes", init(Path::new("."), &["--yes"])),
        ("--dry-run", init(Path::new("."), &["--dry-run"])),
        ("CI", ci("true")),
        ("CI=1", ci("1")),
    ] {
        let root = folder();
        command.current_dir(root.path());
        let mut terminal = start(command);
        let said = terminal.exp_eof().expect("it ends");
        assert!(
            matches!(terminal.process().wait(), Ok(WaitStatus::Exited(_, 0))),
            "{what}: {said}"
        );
        assert!(!said.contains("Three questions"), "{what}: {said}");
        let is_written = names(root.path()).contains(&"scope.toml".to_owned());
        assert_eq!(is_written, what != "--dry-run", "{what}");
        if is_written {
            assert!(by_default(root.path()).contains(&manifest(root.path())), "{what}");
        }
    }
    // An empty CI is none.
    let root = folder();
    let mut command = ci("");
    command.current_dir(root.path());
    let mut terminal = start(command);
    terminal.exp_string("Three questions").expect("it asks");
    terminal.send_control('c').expect("it takes a key");
    let _ = terminal.exp_eof();
}
