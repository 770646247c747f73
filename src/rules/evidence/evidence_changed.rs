//! A file of evidence is not the one whose digest was declared.

use crate::decode::shortened;
use crate::finding::{Finding, Severity};
use crate::manifest::is_place;
use crate::rules::{Check, Context, Group, Rule};
use crate::workspace::{self, Digests};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;

pub static RULE: Rule = Rule {
    name: "evidence-changed",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "A file of evidence is not the one whose SHA-256 digest was declared.",
    references: &["CC4.1"],
    options: &[],
    yields_to: &[],
    page: include_str!("evidence_changed.md"),
    check: Check::Files(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    // A file that several entries name is read once.
    let mut files: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
    for (index, entry) in cx.evidence.iter().enumerate() {
        let local = entry.body.at.get().filter(|at| is_place(at) && !at.starts_with("http"));
        if let Some(at) = local
            && entry.body.sha256.get().is_some_and(|digest| digest.says_something())
            && let Some(path) = cx.repository.file(&cx.sources.get(entry.file).path, at)
        {
            files.entry(path).or_default().push(index);
        }
    }
    let files: Vec<(PathBuf, Vec<usize>)> = files.into_iter().collect();
    let found = files.into_par_iter().map(|(path, entries)| {
        // What cannot be read, `evidence-missing-file` has said.
        let Ok(digests) = workspace::digests(&path) else {
            return Vec::new();
        };
        let entries = entries.into_iter();
        entries.filter_map(|entry| judge(cx, entry, &digests)).collect()
    });
    found.flatten_iter().collect()
}

fn judge(cx: &Context<'_, '_>, index: usize, digests: &Digests) -> Option<Finding> {
    let entry = cx.evidence.get(index);
    let (at, stated) = (entry.body.at.known()?, entry.body.sha256.known()?);
    let digest = stated.value.trim().to_ascii_lowercase();
    let digest = digest.strip_prefix("sha256:").unwrap_or(&digest);
    if digest == digests.own || digests.behind_pointer.as_deref() == Some(digest) {
        return None;
    }
    // A file that Git LFS has not fetched is known by the digest that its pointer states.
    let actual = digests.behind_pointer.as_ref().unwrap_or(&digests.own);
    let (name, place) = (cx.name(entry), shortened(&at.value));
    let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let message = match is_digest {
        true => format!(
            "the file \"{place}\" of the evidence `{name}` is not the one that was declared: its SHA-256 digest differs"
        ),
        false => format!(
            "the evidence `{name}` declares a `sha256` that no file can have: a SHA-256 digest is 64 hexadecimal digits"
        ),
    };
    let label = format!("the file's is {actual}");
    let finding = RULE
        .finding(cx.path(entry), entry.at(stated.span), label, message)
        .related(entry.at(at.span), "the file as it is now");
    Some(finding.help("if the change was not meant, restore the file; if it was, look at what changed, and state the new digest and the day it was collected"))
}
