//! What is found about the reports of each service.

use super::Both;
use crate::estate::{ControlRef, Estate, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::model::ServiceId;
use crate::rules::{self, Group};
use crate::source::Place;
use crate::triage::Outcome;
use std::collections::{BTreeSet, HashMap};

const PROMISED: &str = "commitment-without-category";

/// Whether a rule is about which reports a service has.
pub fn is_about_reports(rule: &str) -> bool {
    let is_of_fit = || rules::find(rule).is_some_and(|rule| rule.group == Group::ReportFit);
    matches!(rule, "strongest-dependency-ignored" | PROMISED) || is_of_fit()
}

/// A finding, and what a waiver or the baseline makes of it.
#[derive(Clone)]
pub struct Named<'o> {
    pub finding: &'o Finding,
    /// The service that it is about, if it is about one.
    pub subject: Option<ServiceId>,
    pub held: Option<String>,
}

impl Named<'_> {
    /// Whether something is missing by it; a note is something to consider.
    pub fn is_lack(&self) -> bool {
        self.finding.severity > Severity::Note
    }
}

/// The findings that name each service, as their subject or in a label.
pub struct NamedIn<'o> {
    by_service: HashMap<ServiceId, Vec<Named<'o>>>,
    /// How many controls the estate declares, and how many of them with evidence of operation.
    pub controls: usize,
    pub operating: usize,
}

impl<'o> NamedIn<'o> {
    pub fn of(estate: &Estate<'_>, both: &Both<'o>) -> Self {
        let held = held(both.reported);
        // That nothing at all is claimed is said first; what is promised is to be considered even so.
        let promised = both.bare.yielded.iter();
        let promised = promised.filter(|finding| finding.rule == PROMISED && finding.severity == Severity::Note);
        let findings = both
            .bare
            .findings
            .iter()
            .filter(|finding| is_about_reports(finding.rule));
        let findings: Vec<&Finding> = findings.chain(promised).collect();
        let mut by_service: HashMap<ServiceId, Vec<Named<'o>>> = HashMap::new();
        let mut by_place: HashMap<Place, ServiceId> = HashMap::new();
        let mut by_path: HashMap<String, ServiceId> = HashMap::new();
        let services = estate.services().filter(|_| !findings.is_empty());
        for service in services {
            by_path.insert(service.path(), service.index);
            by_place.extend(service.places().into_iter().map(|place| (place, service.index)));
        }
        for finding in findings {
            let labels = std::iter::once(&finding.primary).chain(&finding.related);
            let mut named: BTreeSet<ServiceId> =
                labels.filter_map(|label| by_place.get(&label.place)).copied().collect();
            named.extend(by_path.get(&finding.subject));
            let held = held.get(&(finding.rule, finding.subject.as_str()));
            for service in named {
                by_service.entry(service).or_default().push(Named {
                    finding,
                    subject: by_path.get(&finding.subject).copied(),
                    held: held.cloned(),
                });
            }
        }
        let operates = |control: &ControlRef<'_, '_>| !control.body.operating.is_surely_empty();
        Self {
            by_service,
            controls: estate.controls().count(),
            operating: estate.controls().filter(operates).count(),
        }
    }

    pub fn about(&self, service: ServiceRef<'_, '_>) -> &[Named<'o>] {
        self.by_service.get(&service.index).map_or(&[], Vec::as_slice)
    }
}

/// What waivers and the baseline suppress, and until when.
fn held(outcome: &Outcome) -> HashMap<(&'static str, &str), String> {
    let mut held = HashMap::new();
    for finding in &outcome.baselined {
        let until = outcome.baseline.as_ref().and_then(|baseline| baseline.until);
        let said = until.map_or_else(
            || "in the baseline".to_owned(),
            |until| format!("in the baseline until {until}"),
        );
        held.insert((finding.rule, finding.subject.as_str()), said);
    }
    for waived in &outcome.waived {
        let waiver = outcome.waivers.get(waived.waiver);
        let until = waiver.and_then(|waiver| waiver.declared.expires);
        let said = until.map_or_else(|| "waived".to_owned(), |(until, _)| format!("waived until {until}"));
        held.insert((waived.finding.rule, waived.finding.subject.as_str()), said);
    }
    held
}
