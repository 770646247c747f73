//! A file of evidence does not match its declared digest.

use crate::estate::EvidenceEntryRef;
use crate::finding::{Finding, Severity};
use crate::manifest::local;
use crate::model::shortened;
use crate::rules::{Check, Context, Group, Rule};
use crate::workspace::{Digests, EvidenceFile, Repository};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

pub static RULE: Rule = Rule {
    name: "evidence-changed",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "A file of evidence does not match its declared SHA-256 digest.",
    references: &["CC2.1"],
    options: &[],
    yields_to: &[],
    page: include_str!("evidence_changed.md"),
    check: Check::Files(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    // A file that several entries reference is read once.
    let mut files: BTreeMap<Arc<EvidenceFile>, Vec<EvidenceEntryRef<'_, '_>>> = BTreeMap::new();
    for entry in cx.evidence() {
        if let Some(at) = entry.body.at.get().and_then(|at| local(at))
            && entry.body.sha256.get().is_some_and(|digest| digest.says_something())
            && let Some(file) = cx.repository.file(&cx.sources.get(entry.file).path, at)
        {
            files.entry(file).or_default().push(entry);
        }
    }
    let files: Vec<(Arc<EvidenceFile>, Vec<EvidenceEntryRef<'_, '_>>)> = files.into_iter().collect();
    let found = files.into_par_iter().map(|(file, entries)| {
        // A file that cannot be read is reported by `evidence-missing-file`.
        let Some(content) = Content::of(cx.repository, &file) else {
            return Vec::new();
        };
        let entries = entries.into_iter();
        entries.filter_map(|entry| judge(entry, &content)).collect()
    });
    found.flatten_iter().collect()
}

/// What is known of a file's content.
struct Content<'f> {
    repository: &'f Repository,
    file: &'f EvidenceFile,
    /// For a file that Git LFS has not fetched, the digest in its pointer.
    digests: Digests,
}

impl<'f> Content<'f> {
    fn of(repository: &'f Repository, file: &'f EvidenceFile) -> Option<Self> {
        let digests = match &file.behind_pointer {
            Some(digest) => Digests {
                own: digest.clone(),
                with_lf: None,
            },
            None => repository.digests(file)?,
        };
        Some(Self {
            repository,
            file,
            digests,
        })
    }

    /// Whether a digest is that of the text with CRLF line endings, as checked out on some systems.
    fn has_with_crlf(&self, digest: &str) -> bool {
        self.file.behind_pointer.is_none() && self.repository.is_digest_with_crlf(self.file, digest)
    }
}

fn judge(entry: EvidenceEntryRef<'_, '_>, content: &Content<'_>) -> Option<Finding> {
    let (at, stated) = (entry.body.at.known()?, entry.body.sha256.known()?);
    let digest = stated.value.trim().to_ascii_lowercase();
    let digest = digest.strip_prefix("sha256:").unwrap_or(&digest);
    if content.digests.is_any(digest) {
        return None;
    }
    let actual = content.digests.with_lf.as_ref().unwrap_or(&content.digests.own);
    let (name, place) = (entry.name(), shortened(&at.value));
    let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let message = if is_digest {
        format!(
            "the file \"{place}\" of the evidence `{name}` has changed: its SHA-256 digest differs from the declared one"
        )
    } else {
        format!("the evidence `{name}` declares an invalid `sha256`: a SHA-256 digest is 64 hexadecimal digits")
    };
    let help = if is_digest && content.has_with_crlf(digest) {
        format!(
            "the stated digest is that of the text with CRLF line endings, which git changes between systems: state {actual}, the digest with LF"
        )
    } else {
        HELP.to_owned()
    };
    let label = format!("the file's digest is {actual}");
    let finding = RULE
        .finding(entry.path(), entry.at(stated.span), label, message)
        .related(entry.at(at.span), "the file as it is now");
    Some(finding.help(help))
}

const HELP: &str = "if the change was unintended, restore the file; otherwise review what changed, and state the new digest and the date of collection";
