//! The one place that decides which findings count, and how much: severities, waivers, the baseline, and what was
//! asked for, and what yields to what. Rules and formats know nothing of it.
//!
//! No finding is lost on the way: each that is not turned off is shown, waived, in the baseline, or yielded to one
//! that is shown.

mod baseline;
mod clusters;
mod holding;
mod horizon;
mod identity;
mod outcome;
mod owners;
mod person;
mod precedence;
mod severity;
mod validity;
mod view;
mod waivers;

pub use baseline::{Baseline, BaselineError, BaselineFault, BaselineFaultKind};
pub use identity::{Identities, Identity, Key, fact};
pub use outcome::{BaselineState, Discovery, Outcome, Reading, State, Summary, Waived, Waiver};
pub use owners::{of_waiver as owner_of_waiver, owners};
pub use severity::Severities;
pub use view::View;
pub use waivers::{Declared, Word};

use crate::config::{FailOn, Settings};
use crate::estate::Estate;
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::source::{FileId, Sources};
use holding::Judged;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a run was asked to report.
#[derive(Debug, Default)]
pub struct Choice {
    /// When not empty, only these rules, and what could not be read.
    pub select: Vec<String>,
    /// Not these rules.
    pub ignore: Vec<String>,
    /// When something was named, only findings of that, and what could not be read anywhere.
    pub named: Option<Named>,
    /// Whether waivers hold nothing back.
    pub no_waivers: bool,
    /// The config's, if not given.
    pub fail_on: Option<FailOn>,
}

/// What was named on the command line, of which alone is reported.
#[derive(Debug, Clone, Default)]
pub struct Named {
    /// The manifests that are meant, if paths were named.
    pub files: Option<BTreeSet<FileId>>,
    /// Any, if none was named.
    pub owners: BTreeSet<String>,
}

impl Named {
    /// Whether a finding has a place in one of the manifests, and one of the owners.
    pub fn have(&self, finding: &Finding) -> bool {
        let lies_in = |files: &BTreeSet<FileId>| {
            let mut places = std::iter::once(&finding.primary).chain(&finding.related);
            let beyond = finding.beyond.iter().flat_map(|beyond| beyond.files());
            places.any(|label| files.contains(&label.place.file))
                || beyond.cloned().any(|run| files.range(run).next().is_some())
        };
        self.have_owner(finding.owner.as_deref()) && self.files.as_ref().is_none_or(lies_in)
    }

    /// Whether an owner is among those that are meant.
    pub fn have_owner(&self, owner: Option<&str>) -> bool {
        self.owners.is_empty() || owner.is_some_and(|owner| self.owners.contains(owner))
    }

    /// Whether what is at the place of a finding may be changed for it.
    pub(crate) fn may_change(&self, finding: &Finding) -> bool {
        let file = finding.primary.place.file;
        self.have(finding) && self.files.as_ref().is_none_or(|files| files.contains(&file))
    }
}

/// Everything that was read, as seen on one day.
#[derive(Clone, Copy)]
struct Seen<'r, 'a> {
    sources: &'r Sources,
    estate: &'r Estate<'a>,
    settings: &'r Settings<'r>,
}

/// Which of all findings are sorted out.
enum Extent {
    All,
    /// Some, with all to which they may yield or which may yield to them, and the waivers that may be of any of them.
    Part {
        waivers: Vec<Declared>,
        /// Whether everything could be read.
        all_read: bool,
    },
}

/// Findings, sorted out.
struct Sorted {
    shown: Vec<Finding>,
    waived: Vec<Waived>,
    baselined: Vec<Finding>,
    yielded: Vec<Finding>,
    /// What the config turns off.
    off: Vec<Finding>,
    /// How many are less severe than their rules have it.
    lowered: usize,
    waivers: Vec<Waiver>,
    /// For each waiver, until when it stands as it does, if what it names stays the same.
    waivers_until: Vec<Date>,
    baseline: Option<BaselineState>,
    all_read: bool,
}

/// Sorts findings, gives them the severity that holds here, and sets aside what is waived, in the baseline, or not
/// asked for.
fn triage(findings: Vec<Finding>, seen: Seen<'_, '_>, choice: &Choice, baseline: Option<&Baseline>) -> Outcome {
    sort_out(findings, Extent::All, seen, choice, baseline).outcome(seen, choice)
}

impl Sorted {
    /// With the sums, where all findings were sorted out.
    fn outcome(self, seen: Seen<'_, '_>, choice: &Choice) -> Outcome {
        let sorted = self;
        let is_asked_for = |finding: &Finding| is_selected(finding, choice) && is_named(finding, choice);
        let count = |severity| {
            let shown = sorted.shown.iter();
            shown.filter(|finding| finding.severity == severity).count()
        };
        let summary = Summary {
            files: seen.sources.present(),
            entities: seen.estate.entities(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            waived: sorted.waived.len(),
            baselined: sorted.baselined.len(),
            upcoming: 0,
            exemptions: seen.estate.count_exemptions(),
            turned_off: sorted.off.iter().filter(|finding| is_asked_for(finding)).count(),
            lowered: sorted.lowered,
            stretched: severity::stretched(seen.settings),
            lfs_pointers: 0,
        };
        Outcome {
            findings: sorted.shown,
            waived: sorted.waived,
            baselined: sorted.baselined,
            yielded: sorted.yielded,
            turned_off: sorted.off,
            not_checked_out: Vec::new(),
            waivers: sorted.waivers,
            baseline: sorted.baseline,
            summary,
            fail_on: choice.fail_on.unwrap_or(seen.settings.fail_on().value),
            named: choice.named.clone(),
            reading: Reading::default(),
        }
    }
}

/// So many findings at least are given their owners by one thread.
const OF_A_THREAD: usize = 256;

fn sort_out(
    mut findings: Vec<Finding>,
    extent: Extent,
    seen: Seen<'_, '_>,
    choice: &Choice,
    baseline: Option<&Baseline>,
) -> Sorted {
    let severities = Severities::of(seen.settings);
    let is_asked_for = |finding: &Finding| is_selected(finding, choice) && is_named(finding, choice);
    let mut lowered = 0;
    // Findings are sorted out where they are: a second list of them would be as large as the first.
    let is_off = |finding: &mut Finding| {
        let severity = severities.of_finding(finding, seen.sources);
        if let Some(severity) = severity {
            lowered += usize::from(severity < finding.severity && is_asked_for(finding));
            finding.severity = severity;
        }
        severity.is_none()
    };
    let owned = findings.par_iter_mut().with_min_len(OF_A_THREAD);
    owned.for_each(|finding| finding.owner = owners::of_finding(finding, seen).map(String::into_boxed_str));
    let off: Vec<Finding> = findings.extract_if(.., is_off).collect();
    sort(&mut findings);
    let is_whole = matches!(extent, Extent::All);
    let (declared, all_read) = match extent {
        Extent::Part { waivers, all_read } => (waivers, all_read),
        // What could not be read may hold whatever seems to be gone.
        Extent::All => (
            waivers::declared(seen.estate, seen.settings),
            !findings.iter().any(is_reading_error),
        ),
    };

    let Judged {
        waivers,
        held_by,
        about,
        until,
    } = holding::judge(&findings, declared, seen, choice, all_read);
    let mut held_by = held_by.into_iter().map(|waiver| waiver.filter(|_| !choice.no_waivers));
    let mut by = Vec::new();
    let held = findings.extract_if(.., |_| {
        let waiver = held_by.next().flatten();
        by.extend(waiver);
        waiver.is_some()
    });
    let held: Vec<Finding> = held.collect();
    let waived = held.into_iter().zip(by);
    let mut waived: Vec<Waived> = waived.map(|(finding, waiver)| Waived { finding, waiver }).collect();
    let mut shown = findings;
    for mut finding in about {
        if let Some(severity) = severities.of_finding(&finding, seen.sources) {
            finding.severity = severity;
            shown.push(finding);
        }
    }
    sort(&mut shown);

    let over = baseline
        .and_then(|baseline| baseline.until)
        .is_some_and(|until| until < seen.estate.as_of);
    let (mut baselined, state) = match baseline {
        None => (Vec::new(), None),
        Some(baseline) => {
            let (held, new, used) = suppress(shown, baseline, over, seen);
            shown = new;
            // What is waived or turned off is not resolved.
            let not_shown = waived.iter().map(|waived| &waived.finding).chain(&off);
            let resolved = || {
                let mut resolved = baseline.entries.clone();
                let not_shown = not_shown.map(|finding| (Key::of(finding, seen.sources), 1));
                for (key, used) in used.into_iter().chain(not_shown) {
                    if let Some(count) = resolved.get_mut(&key) {
                        *count = count.saturating_sub(used);
                    }
                }
                resolved.retain(|_, count| *count > 0);
                resolved
            };
            let state = BaselineState {
                until: baseline.until,
                over,
                resolved: (is_whole && all_read && !over).then(resolved),
            };
            (held, Some(state))
        }
    };

    for findings in [&mut shown, &mut baselined] {
        findings.retain(|finding| is_selected(finding, choice));
    }
    waived.retain(|waived| is_selected(&waived.finding, choice));
    let (mut shown, mut yielded) = precedence::resolve(shown);
    let waivers = holding::brought_back(waivers, &waived, &shown);
    // Paths and owners narrow what is reported, and nothing else.
    for findings in [&mut shown, &mut baselined, &mut yielded] {
        findings.retain(|finding| is_named(finding, choice));
    }
    waived.retain(|waived| is_named(&waived.finding, choice));
    Sorted {
        shown,
        waived,
        baselined,
        yielded,
        off,
        lowered,
        waivers,
        waivers_until: until,
        baseline: state,
        all_read,
    }
}

fn is_reading_error(finding: &Finding) -> bool {
    rules::find(finding.rule).is_some_and(rules::Rule::is_reading_error)
}

/// Whether a finding can be suppressed at all: parse errors, and findings about waivers, cannot.
fn can_be_suppressed(rule: &str) -> bool {
    rules::find(rule).is_some_and(rules::Rule::can_be_suppressed)
}

/// Whether a baseline may hold a finding back: what may not be waived may not be adopted either.
pub fn can_be_adopted(rule: &str, settings: &Settings<'_>) -> bool {
    let is_listed = || {
        let listed = settings.not_waivable();
        listed.is_some_and(|names| names.find(rule).is_some())
    };
    can_be_suppressed(rule) && !is_listed()
}

/// What the baseline suppresses, what is new, and how many of each of its entries are used.
fn suppress(
    findings: Vec<Finding>,
    baseline: &Baseline,
    over: bool,
    seen: Seen<'_, '_>,
) -> (Vec<Finding>, Vec<Finding>, BTreeMap<Key, usize>) {
    let mut used: BTreeMap<Key, usize> = BTreeMap::new();
    let (mut held, mut new) = (Vec::new(), Vec::new());
    for finding in findings {
        if over || !can_be_adopted(finding.rule, seen.settings) {
            new.push(finding);
            continue;
        }
        let key = Key::of(&finding, seen.sources);
        let count = baseline.entries.get(&key).copied().unwrap_or_default();
        let used = used.entry(key).or_default();
        if *used < count {
            *used += 1;
            held.push(finding);
        } else {
            new.push(finding);
        }
    }
    (held, new, used)
}

/// What a baseline can adopt: what is shown, and what yields to it, which would be new once that is adopted.
pub fn adoptable(outcome: &Outcome, settings: &Settings<'_>) -> Vec<Finding> {
    let found = outcome.findings.iter().chain(&outcome.baselined);
    found
        .chain(&outcome.yielded)
        .filter(|finding| can_be_adopted(finding.rule, settings))
        .cloned()
        .collect()
}

/// Whether a finding's rule was asked for. What could not be read always is.
fn is_selected(finding: &Finding, choice: &Choice) -> bool {
    let selected =
        choice.select.is_empty() || is_reading_error(finding) || choice.select.iter().any(|rule| rule == finding.rule);
    selected && !choice.ignore.iter().any(|rule| rule == finding.rule)
}

/// Whether a finding is reported for what was named. What could not be read anywhere may have silenced something there.
fn is_named(finding: &Finding, choice: &Choice) -> bool {
    choice.named.as_ref().is_none_or(|named| named.have(finding)) || is_reading_error(finding)
}

/// Whether `path` is `folder`, or is in it; both count from the root, whose own path is empty.
pub fn lies_in(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// By place, and then by all that can tell two findings apart, so that nothing depends on which came first.
fn sort(findings: &mut [Finding]) {
    findings.sort_unstable_by(|a, b| {
        let key = |finding: &Finding| (finding.primary.place, finding.rule);
        key(a)
            .cmp(&key(b))
            .then_with(|| a.subject.cmp(&b.subject))
            .then_with(|| a.message.cmp(&b.message))
    });
}
