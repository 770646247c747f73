//! To what a run is narrowed, for the summary.

use super::{Shown, safe};
use crate::model::list_words;
use crate::source::FileId;
use std::collections::BTreeSet;

/// So many owners are named in the summary.
const MAX_OWNERS: usize = 3;

/// How many manifests there are, and to what of them the findings are narrowed.
pub fn looked_at(shown: &Shown<'_>) -> String {
    let all = match shown.outcome.summary.files {
        1 => "1 manifest".to_owned(),
        n => format!("{n} manifests"),
    };
    let Some(named) = &shown.outcome.named else {
        return all;
    };
    let manifests = |files: &BTreeSet<FileId>| {
        let manifests = files.iter().filter(|file| (file.0 as usize) < shown.sources.len());
        manifests.count()
    };
    let mut owners: Vec<String> = named
        .owners
        .iter()
        .take(MAX_OWNERS)
        .map(|name| format!("`{}`", safe::line(name)))
        .collect();
    if named.owners.len() > MAX_OWNERS {
        owners.push(format!("{} more", named.owners.len() - MAX_OWNERS));
    }
    let owners = match owners.as_slice() {
        [] => None,
        [one] => Some(format!("the owner {one}")),
        several => Some(format!("the owners {}", list_words(several, "and"))),
    };
    match (&named.files, owners) {
        (Some(files), None) => format!("{} of {all}, narrowed to the given paths", manifests(files)),
        (Some(files), Some(owners)) => {
            format!(
                "{} of {all}, narrowed to the given paths and to {owners}",
                manifests(files)
            )
        }
        (None, Some(owners)) => format!("{all}, narrowed to {owners}"),
        (None, None) => all,
    }
}
