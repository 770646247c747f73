//! A repository with a past: all manifests in its first commit, and one of them changed by each further one.

use super::estate::{self, Graph, Made};
use super::floor;
use super::measure::Result;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// The first day of the period; the commit before it has everything.
pub const FROM: Date = date(2026, 1, 1);
/// The last day.
pub const TO: Date = date(2026, 6, 30);
const MINUTES_OF_PERIOD: usize = 181 * 24 * 60;

/// Writes an estate into the empty folder `root`, and so many commits.
pub fn make(root: &Path, manifests: usize, commits: usize) -> Result<Made> {
    let made = estate::make(root, manifests, 0, Graph::Woven)?;
    fs::remove_dir(root.join(".git"))?;
    git(root, &["init", "--quiet", "--initial-branch", "main"])?;
    let mut paths = floor::walk(root);
    paths.sort();
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(root)
        .stdin(Stdio::piped())
        .spawn()?;
    let mut stream = BufWriter::new(import.stdin.take().ok_or("git takes no input")?);
    commit(&mut stream, 0)?;
    let mut texts = Vec::new();
    for path in &paths {
        let text = fs::read_to_string(path)?;
        file(&mut stream, root, path, &text)?;
        texts.push(text);
    }
    for at in 1..=commits {
        commit(&mut stream, at * MINUTES_OF_PERIOD / (commits + 1))?;
        // A prime, so that changes are all over.
        let which = at * 7_919 % paths.len();
        texts[which] = match at % 2 {
            0 => texts[which].replace("\"direct\"", "\"indirect\""),
            _ => texts[which].replace("actions = \"deploy\"", "actions = [\"deploy\", \"admin\"]"),
        };
        file(&mut stream, root, &paths[which], &texts[which])?;
    }
    drop(stream);
    if !import.wait()?.success() {
        return Err("git did not take the commits".into());
    }
    git(root, &["reset", "--quiet", "--hard", "main"])?;
    Ok(made)
}

/// A commit so many minutes after the period began; the one at its very beginning counts as before it.
fn commit(stream: &mut impl Write, minutes: usize) -> Result<()> {
    let day_before = FROM.saturating_sub(1.day());
    let began = day_before.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp().as_second();
    let day = if minutes == 0 { 0 } else { 24 * 60 };
    let seconds = began + i64::try_from((minutes + day) * 60)?;
    let message = "Change a manifest\n";
    writeln!(
        stream,
        "commit refs/heads/main\ncommitter Team <team@example.com> {seconds} +0000\ndata {}\n{message}",
        message.len()
    )?;
    Ok(())
}

fn file(stream: &mut impl Write, root: &Path, path: &Path, text: &str) -> Result<()> {
    let path = path.strip_prefix(root)?.display();
    writeln!(stream, "M 100644 inline {path}\ndata {}\n{text}", text.len())?;
    Ok(())
}

fn git(root: &Path, arguments: &[&str]) -> Result<()> {
    let status = Command::new("git").args(arguments).current_dir(root).status()?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("git {arguments:?} ended with {status}").into()),
    }
}
