//! Safe fixes, in the text as it is: comments and formatting stay.

mod diff;
mod edit;
mod structure;

pub use diff::{diff, patch};
pub use edit::Edit;

use crate::decode::Fault;
use crate::finding::{Finding, Fix};
use crate::manifest;
use crate::source::{FileId, Source, Sources};
use edit::{apply, quoted_alike};
use rayon::prelude::*;
use std::collections::BTreeMap;
use structure::Headers;

/// A fixed file.
#[derive(Debug)]
pub struct FixedFile {
    /// Which file.
    pub file: FileId,
    /// Its text afterwards.
    pub text: String,
    /// How many findings are fixed in it.
    pub findings: usize,
}

/// The edits that fix some findings.
#[derive(Debug, Default)]
pub struct Plan {
    /// By the finding's place in the list.
    edits: BTreeMap<usize, Vec<Edit>>,
}

impl Plan {
    /// Plans the fixes of all findings that can be fixed together.
    pub fn of(findings: &[Finding], sources: &Sources) -> Self {
        let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
        // An upcoming finding is not fixed yet.
        let fixable = |finding: &Finding| finding.fix.is_some() && finding.from.is_none();
        for (at, finding) in findings.iter().enumerate().filter(|(_, finding)| fixable(finding)) {
            by_file.entry(finding.primary.place.file).or_default().push(at);
        }
        // Each file is read several times, and no file depends on another.
        let files = by_file
            .into_par_iter()
            .map(|(file, wanted)| (sources.get(file), wanted));
        let whole = files.filter(|(source, _)| is_whole(source));
        let planned = whole.flat_map_iter(|(source, wanted)| accepted(findings, &wanted, source));
        let planned = planned.map(|one| (one.finding, one.edits));
        Self {
            edits: planned.collect(),
        }
    }

    /// The edits that fix the finding at this place of the list, in order.
    pub fn edits(&self, finding: usize) -> Option<&[Edit]> {
        self.edits.get(&finding).map(Vec::as_slice)
    }

    /// How many findings it fixes.
    pub fn len(&self) -> usize {
        self.edits.len()
    }

    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }
}

/// What a finding's suggestion changes in its file: it is shown, and never applied by `--fix`.
pub fn suggested(finding: &Finding, sources: &Sources) -> Option<Vec<Edit>> {
    let suggestion = finding.suggestion.as_deref()?;
    let source = sources.get(finding.primary.place.file);
    if !is_whole(source) {
        return None;
    }
    // Only a name in a header may be in others too.
    let line = source.position(finding.primary.place.span.start).line;
    let line = source.text.get(source.line_range(line)).unwrap_or_default();
    let is_header = line.trim_start_matches('\u{feff}').trim_start().starts_with('[');
    let headers = (is_header && matches!(suggestion, Fix::Rename(_)))
        .then(|| Headers::of(&source.text))
        .flatten();
    let mut edits = edits_of(&source.text, finding, suggestion, headers.as_ref())?;
    edits.sort_by_key(|edit| edit.span);
    Some(edits)
}

/// Fixes all that can be fixed of these findings, file by file.
pub fn fix_all(findings: &[Finding], sources: &Sources) -> Vec<FixedFile> {
    let plan = Plan::of(findings, sources);
    let mut by_file: BTreeMap<FileId, Vec<&[Edit]>> = BTreeMap::new();
    for (at, edits) in &plan.edits {
        by_file.entry(findings[*at].primary.place.file).or_default().push(edits);
    }
    let fixed = by_file.into_iter().map(|(file, edits)| FixedFile {
        file,
        text: apply(&sources.get(file).text, edits.iter().copied().flatten()),
        findings: edits.len(),
    });
    fixed.collect()
}

/// Invalid UTF-8 has an unknown meaning, and must not be written over. What a config
/// extends may serve other estates too.
fn is_whole(source: &Source) -> bool {
    let outside = source.path.starts_with("../") || source.path.starts_with('/');
    source.unreadable.is_none() && source.bad_bytes.is_empty() && !outside
}

/// A finding, and the edits that would fix it.
struct Candidate {
    finding: usize,
    edits: Vec<Edit>,
    /// The problem of the file's text that is gone afterwards.
    solves: Option<Fault>,
    /// Whether the keys of a table are judged only afterwards.
    reveals: bool,
}

/// The fixes of a file that can be made together, and make it no worse.
fn accepted(findings: &[Finding], wanted: &[usize], source: &Source) -> Vec<Candidate> {
    let faults = Faults::of(&source.text);
    let candidates = candidates(findings, wanted, source, faults.syntax + faults.twice == 0);
    let mut trial = Trial {
        text: &source.text,
        faults,
        accepted: Vec::new(),
        left: MAX_TRIALS,
    };
    let (moves, others) = candidates.into_iter().partition(|one| one.reveals);
    trial.accept(others);
    trial.accept(moves);
    trial.accepted
}

/// The findings of a file with their edits, no two of which change the same text in different ways.
fn candidates(findings: &[Finding], wanted: &[usize], source: &Source, sound: bool) -> Vec<Candidate> {
    let text = source.text.as_str();
    // A text that does not parse as a whole has places of values, but no reliable structure.
    let headers = if sound { Headers::of(text) } else { None };
    let mut taken: BTreeMap<u32, Edit> = BTreeMap::new();
    let mut candidates = Vec::new();
    for at in wanted {
        let finding = &findings[*at];
        let Some(mut edits) = edits(text, finding, headers.as_ref()) else {
            continue;
        };
        edits.sort_by_key(|edit| edit.span);
        let free = |edit: &Edit| {
            let before = taken.range(..=edit.span.end).next_back();
            before.is_none_or(|(_, other)| other == edit || !other.touches(edit))
        };
        if edits.is_empty() || !edits.iter().all(free) {
            continue;
        }
        taken.extend(edits.iter().map(|edit| (edit.span.start, edit.clone())));
        let fault = Fault::ALL.into_iter().find(|fault| fault.name() == finding.rule);
        let of_text = |fault: &Fault| {
            matches!(
                fault,
                Fault::UnknownKey | Fault::NonCanonicalSpelling | Fault::InvalidId
            )
        };
        candidates.push(Candidate {
            finding: *at,
            edits,
            solves: fault.filter(of_text),
            reveals: matches!(finding.fix.as_deref(), Some(Fix::MoveTable { .. })),
        });
    }
    candidates
}

/// The edits that fix one finding in a text.
fn edits(text: &str, finding: &Finding, headers: Option<&Headers>) -> Option<Vec<Edit>> {
    edits_of(text, finding, finding.fix.as_deref()?, headers)
}

fn edits_of(text: &str, finding: &Finding, fix: &Fix, headers: Option<&Headers>) -> Option<Vec<Edit>> {
    let span = finding.primary.place.span;
    match fix {
        Fix::Replace(with) => Some(vec![Edit::new(span, with)]),
        Fix::Edits(edits) => Some(edits.iter().map(|(span, with)| Edit::new(*span, with)).collect()),
        Fix::Rename(with) => {
            let everywhere = headers.and_then(|headers| headers.of_same_table(text, span));
            let places = everywhere.unwrap_or_else(|| vec![span]);
            let rename = |span| Some(Edit::new(span, quoted_alike(text, span, with)?));
            places.into_iter().map(rename).collect()
        }
        Fix::MoveTable { id, from, to } => structure::move_table(text, headers?, id, from, to),
        Fix::RemoveWaiver { index } => Some(vec![structure::remove_waiver(text, headers?, *index)?]),
    }
}

/// How much of a manifest cannot be read.
#[derive(Debug, Clone, Copy)]
struct Faults {
    /// What is not TOML.
    syntax: usize,
    /// Duplicates.
    twice: usize,
    other: usize,
    /// Spellings that are read all the same.
    spellings: usize,
}

impl Faults {
    fn of(text: &str) -> Self {
        let source = Source::new(String::new(), text.to_owned());
        let problems = manifest::read(&source).problems;
        let count = |fault| problems.iter().filter(|problem| problem.fault == fault).count();
        let syntax = count(Fault::InvalidToml);
        let twice = count(Fault::DuplicateId);
        let spellings = count(Fault::NonCanonicalSpelling);
        Self {
            syntax,
            twice,
            other: problems.len() - syntax - twice - spellings,
            spellings,
        }
    }
}

/// How often a file is read to see whether it is any better: with one edit in thousands that makes it worse, that
/// one is found.
const MAX_TRIALS: usize = 48;

/// Tries edits together, and in ever smaller groups where a group makes the file worse.
struct Trial<'t> {
    text: &'t str,
    /// With what is accepted so far.
    faults: Faults,
    accepted: Vec<Candidate>,
    left: usize,
}

impl Trial<'_> {
    fn accept(&mut self, mut candidates: Vec<Candidate>) {
        if candidates.is_empty() || self.left == 0 {
            return;
        }
        self.left -= 1;
        let edits = self.accepted.iter().chain(&candidates).flat_map(|one| &one.edits);
        let after = Faults::of(&apply(self.text, edits));
        let alone = candidates.len() == 1;
        let solved = |is: fn(Fault) -> bool| candidates.iter().filter(|one| one.solves.is_some_and(is)).count();
        let spellings = solved(|fault| fault == Fault::NonCanonicalSpelling);
        let solved = solved(|fault| fault != Fault::NonCanonicalSpelling);
        // A right key may have a value in another spelling.
        let spelt = after.spellings + spellings <= self.faults.spellings + solved;
        let reveals = candidates.iter().any(|one| one.reveals);
        let fits = reveals || after.other + solved <= self.faults.other && spelt;
        // A duplicate hides what is wrong with the second: that would be no fix.
        let is_sound = after.syntax <= self.faults.syntax && after.twice <= self.faults.twice;
        if is_sound && fits {
            self.faults = after;
            self.accepted.append(&mut candidates);
        } else if !alone {
            let second = candidates.split_off(candidates.len() / 2);
            self.accept(candidates);
            self.accept(second);
        }
    }
}
