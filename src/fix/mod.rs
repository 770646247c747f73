//! Mending what has one right answer, in the text as it stands: comments and formatting stay.

mod structure;

use crate::decode::Problem;
use crate::finding::{Finding, Fix};
use crate::manifest;
use crate::source::{FileId, Source, Sources, Span};
use similar::TextDiff;
use std::collections::BTreeMap;

/// A file before and after.
#[derive(Debug)]
pub struct Mended {
    pub file: FileId,
    pub text: String,
    /// How many findings are mended in it.
    pub findings: usize,
}

/// Mends all that can be mended of these findings, file by file.
pub fn mend(findings: &[Finding], sources: &Sources) -> Vec<Mended> {
    let mut by_file: BTreeMap<FileId, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.fix.is_some()) {
        by_file.entry(finding.primary.place.file).or_default().push(finding);
    }
    let mended = by_file.into_iter().filter_map(|(file, mut findings)| {
        let source = sources.get(file);
        if !is_whole(source) {
            return None;
        }
        findings.sort_by_key(|finding| order(finding));
        let mut text = source.text.clone();
        let mut count = 0;
        for finding in findings {
            if let Some(better) = applied(&text, finding) {
                text = better;
                count += 1;
            }
        }
        (text != source.text).then_some(Mended {
            file,
            text,
            findings: count,
        })
    });
    mended.collect()
}

/// From the end of the file to its start, so that places before stay where they are; then what moves text about.
fn order(finding: &Finding) -> (bool, std::cmp::Reverse<(u32, usize)>) {
    let start = finding.primary.place.span.start;
    match finding.fix {
        Some(Fix::RemoveWaiver { index }) => (true, std::cmp::Reverse((u32::MAX, index))),
        Some(Fix::MoveTable { .. }) => (true, std::cmp::Reverse((start, 0))),
        _ => (false, std::cmp::Reverse((start, 0))),
    }
}

/// Bytes that are no text stand for something that nobody knows, and must not be written over.
fn is_whole(source: &Source) -> bool {
    source.unreadable.is_none() && source.bad_bytes.is_empty()
}

/// The text with one finding mended; `None` when that would make it no better.
fn applied(text: &str, finding: &Finding) -> Option<String> {
    let span = finding.primary.place.span;
    let better = match finding.fix.as_ref()? {
        Fix::Replace(with) => replaced(text, span, with)?,
        Fix::Rename(with) => replaced(text, span, &quoted_alike(text.get(span.range())?, with)?)?,
        Fix::MoveTable { id, from, to } => structure::move_table(text, id, from, to)?,
        Fix::RemoveWaiver { index } => structure::remove_waiver(text, *index)?,
    };
    let moved = matches!(finding.fix, Some(Fix::MoveTable { .. }));
    (moved || problems(&better) <= problems(text)).then_some(better)
}

/// How much of a manifest cannot be read.
fn problems(text: &str) -> usize {
    let source = Source::new(String::new(), text.to_owned());
    let problems: Vec<Problem> = manifest::read(&source).problems;
    problems.len()
}

fn replaced(text: &str, span: Span, with: &str) -> Option<String> {
    Some([text.get(..span.start as usize)?, with, text.get(span.end as usize..)?].concat())
}

/// A name in the quotes of another; none of its letters needs to be escaped.
fn quoted_alike(old: &str, name: &str) -> Option<String> {
    Some(match old.as_bytes().first()? {
        b'"' => format!("\"{name}\""),
        b'\'' => format!("'{name}'"),
        _ => name.to_owned(),
    })
}

/// The one piece of a file that mending a finding changes: which bytes, and what stands there then.
pub fn change(finding: &Finding, sources: &Sources) -> Option<(Span, String)> {
    finding.fix.as_ref()?;
    let source = sources.get(finding.primary.place.file);
    let (old, new) = (
        &source.text,
        applied(&source.text, finding).filter(|_| is_whole(source))?,
    );
    let span = finding.primary.place.span;
    match finding.fix.as_ref()? {
        Fix::Replace(with) => return Some((span, with.clone())),
        Fix::Rename(with) => return Some((span, quoted_alike(source.slice(span), with)?)),
        Fix::MoveTable { .. } | Fix::RemoveWaiver { .. } => {}
    }
    let both = || old.char_indices().zip(new.chars());
    let start = both()
        .find(|((_, a), b)| a != b)
        .map_or(old.len().min(new.len()), |((at, _), _)| at);
    let tail = old[start..].chars().rev().zip(new[start..].chars().rev());
    let same: usize = tail.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let span = Span::new(start..old.len() - same);
    Some((span, new[start..new.len() - same].to_owned()))
}

/// What mending would change, as a unified diff.
pub fn diff(mended: &[Mended], sources: &Sources) -> String {
    let mut out = String::new();
    for one in mended {
        let source = sources.get(one.file);
        let diff = TextDiff::from_lines(source.text.as_str(), one.text.as_str());
        let (from, to) = (format!("a/{}", source.path), format!("b/{}", source.path));
        out += &diff.unified_diff().header(&from, &to).to_string();
    }
    out
}
