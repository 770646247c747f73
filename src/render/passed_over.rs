//! What looks as if it were read, and is not, in one line.

use super::safe;
use crate::model::{counted, list_words};
use crate::workspace::PassedOver;

/// So many of each kind are named; all of them are in `soclint config --files`.
const MAX_NAMED: usize = 3;

/// The line, if there is anything to say.
pub fn line(passed_over: &PassedOver) -> Option<String> {
    let PassedOver {
        look_alikes,
        configs,
        repositories,
        links,
        ignore_files,
        ignored,
        patterns,
        index,
        // The config says so, and on purpose.
        excluded: _,
        not_looked_into: _,
    } = passed_over;
    let ignore_files: Vec<String> = ignore_files
        .iter()
        .map(|(path, why)| format!("{path}: {why}"))
        .collect();
    let patterns: Vec<String> = patterns
        .iter()
        .map(|(from, text)| format!("\"{text}\" in {from}"))
        .collect();
    let kinds = [
        (
            look_alikes,
            "file that looks like a manifest or a config",
            "files that look like manifests or configs",
        ),
        (configs, "config not in use", "configs not in use"),
        (repositories, "other repository", "other repositories"),
        (
            links,
            "linked folder outside the estate",
            "linked folders outside the estate",
        ),
        (&ignore_files, "ignore file not read", "ignore files not read"),
        (
            ignored,
            "ignored path unknown to git's index",
            "ignored paths unknown to git's index",
        ),
        (&patterns, "pattern without effect", "patterns without effect"),
    ];
    let mut said: Vec<String> = kinds
        .into_iter()
        .filter(|(names, ..)| !names.is_empty())
        .map(|(names, one, many)| format!("{} ({})", counted(names.len(), one, many), listed(names)))
        .collect();
    said.extend(
        index
            .as_ref()
            .map(|why| format!("git's index, which cannot be read ({why})")),
    );
    let said = list_words(&said, "and");
    let said = safe::line(&said);
    (!said.is_empty()).then(|| format!("passed over: {said}; `soclint config --files` lists all"))
}

fn listed(names: &[String]) -> String {
    let mut shown: Vec<&str> = names.iter().take(MAX_NAMED).map(String::as_str).collect();
    let more = format!("{} more", names.len().saturating_sub(MAX_NAMED));
    if names.len() > MAX_NAMED {
        shown.push(&more);
    }
    shown.join(", ")
}
