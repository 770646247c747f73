//! What was looked for beside the manifests, for the summary.

use super::safe;
use crate::model::{counted, list_words};
use crate::triage::Discovery;
use serde::Serialize;

/// So many files are named.
const MAX_NAMED: usize = 3;

/// How much is seen, and what cannot be told of it.
pub fn line(discovery: &Discovery) -> String {
    let seen = counted(discovery.seen, "identity", "identities");
    let files = counted(discovery.files, "file", "files");
    let has = if discovery.demanded == 1 { "has" } else { "have" };
    let mut text = format!(
        "discovery: {seen} seen in {files}, {} of which {has} to be declared",
        discovery.demanded
    );
    if !discovery.untold.is_empty() {
        let mut named: Vec<String> = discovery
            .untold
            .iter()
            .take(MAX_NAMED)
            .map(|path| safe::line(path).into_owned())
            .collect();
        if discovery.untold.len() > MAX_NAMED {
            named.push(format!("{} more", discovery.untold.len() - MAX_NAMED));
        }
        let uses = counted(discovery.untold.len(), "file uses", "files use");
        text.push_str(&format!(
            "; {uses} secrets whose names cannot be told ({})",
            list_words(&named, "and")
        ));
    }
    text
}

/// As JSON has it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sums<'r> {
    /// Identities that are seen.
    seen: usize,
    /// Those of them that have to be declared.
    demanded: usize,
    /// Files that show any.
    files: usize,
    /// Files with uses of secrets whose names cannot be told.
    untold: &'r [String],
    ignored: usize,
    elsewhere: usize,
    /// Sources that the config leaves out.
    sources_off: &'r [&'static str],
    not_looked_into: usize,
}

impl<'r> Sums<'r> {
    pub fn of(discovery: &'r Discovery, not_looked_into: usize) -> Self {
        Self {
            seen: discovery.seen,
            demanded: discovery.demanded,
            files: discovery.files,
            untold: &discovery.untold,
            ignored: discovery.ignored,
            elsewhere: discovery.elsewhere,
            sources_off: &discovery.sources_off,
            not_looked_into,
        }
    }
}
