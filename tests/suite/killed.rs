//! A run that is killed while it writes leaves each file as it was, or as it is to be.

use crate::tool::{self, soclint, write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn start(command: &mut Command, root: &Path) -> Child {
    command.args(["--as-of", tool::AS_OF, "--root"]).arg(root);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("it starts")
}

/// Kills it after `wait`. Whether it was killed before it had ended.
fn kill(mut child: Child, wait: Duration) -> bool {
    let started = Instant::now();
    let running = loop {
        let ended = child.try_wait().expect("it can be asked").is_some();
        if ended || started.elapsed() >= wait {
            break !ended;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let _ = child.kill();
    child.wait().expect("it ends");
    running
}

/// While it reads, while it writes, and between.
fn moments() -> impl Iterator<Item = Duration> {
    (0..8)
        .map(|n| Duration::from_millis(15 * n))
        .chain([150, 200, 250, 300].map(Duration::from_millis))
}

#[test]
fn a_fix_that_is_killed_leaves_the_old_file_or_the_new_one() {
    let more = "# a line that is kept\n".repeat(20_000);
    let mut killed = 0;
    for moment in moments() {
        let root = tempfile::tempdir().expect("a folder");
        let old = |n: usize| format!("[reports.a{n}]\nframework = \"SOC 2\"\n{more}");
        let files: Vec<(PathBuf, String)> = (0..5)
            .map(|n| (root.path().join(format!("{n}.scope.toml")), old(n)))
            .collect();
        files
            .iter()
            .for_each(|(path, text)| std::fs::write(path, text).expect("written"));
        let child = start(soclint().args(["check", "--quiet", "--fix"]), root.path());
        killed += usize::from(kill(child, moment));
        for (path, old) in &files {
            let now = std::fs::read_to_string(path).expect("text");
            let new = old.replace("SOC 2", "soc2");
            assert!(now == *old || now == new, "{} after {moment:?}", path.display());
        }
    }
    assert!(killed > 0, "every run had ended before it was killed");
}

#[test]
fn an_output_that_is_killed_leaves_the_old_file_or_the_new_one() {
    const OLD: &str = "the report of the day before";
    let root = tempfile::tempdir().expect("a folder");
    let services: String = (0..1_500)
        .map(|n| format!("[services.s{n}]\nfinancial-impact = \"direct\"\nuser-entities = {{ regions = \"us\" }}\n"))
        .collect();
    write(root.path(), "scope.toml", services);
    let out = tempfile::tempdir().expect("a folder");
    let formats = ["json", "sarif", "junit", "markdown"];
    let path = |format: &str| out.path().join(format);
    let run = || {
        let mut command = soclint();
        command.args(["check", "--quiet", "--fail-on", "never"]);
        for format in formats {
            command
                .arg("--output")
                .arg(format!("{format}={}", path(format).display()));
        }
        start(&mut command, root.path())
    };
    assert!(run().wait().expect("it ends").success());
    let whole = formats.map(|format| std::fs::read_to_string(path(format)).expect("text"));
    assert!(whole.iter().all(|text| text.matches("s1499").count() > 0));

    let mut killed = 0;
    for moment in moments() {
        formats
            .iter()
            .for_each(|format| std::fs::write(path(format), OLD).expect("written"));
        killed += usize::from(kill(run(), moment));
        for (format, whole) in formats.iter().zip(&whole) {
            let now = std::fs::read_to_string(path(format)).expect("text");
            assert!(
                now == OLD || now == *whole,
                "{format} after {moment:?}: {} bytes",
                now.len()
            );
        }
        for entry in std::fs::read_dir(out.path()).expect("a folder") {
            let left = entry.expect("an entry").path();
            if left.extension().is_some_and(|is| is == "tmp") {
                std::fs::remove_file(left).expect("taken away");
            }
        }
    }
    assert!(killed > 0, "every run had ended before it was killed");
}
