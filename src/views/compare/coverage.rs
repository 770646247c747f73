//! Which service is covered by which report, and which need of its readers is open, on either side.

use super::rename::Renames;
use crate::estate::{AssuranceRef, Estate, Origin, ServiceRef, Standing};
use crate::model::Purpose;
use crate::standards::Family;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A service that a report or certificate covers now and did not, or the other way round.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CoverageChange {
    pub service: String,
    pub report: String,
    pub is_covered: bool,
}

/// A need of a service's readers that is open now and was not, or the other way round.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NeedChange {
    pub service: String,
    pub purpose: &'static str,
    pub is_open: bool,
}

/// How things stand on one side.
#[derive(Default)]
pub struct Covering {
    /// The days on which it stands so: from the as-of date on, and before the first on which a report is issued or a
    /// certificate lapses. None of what is declared nowhere, which stands so on any.
    days: Option<(Date, Option<Date>)>,
    /// Service and report.
    covered: BTreeSet<(String, String)>,
    /// Service and purpose: whether it is open.
    needs: BTreeMap<(String, &'static str), bool>,
    /// What could not be told.
    unknown: BTreeSet<(String, &'static str)>,
    /// Reports of which it is not known whether they cover more, or cover at all.
    unread: BTreeSet<String>,
}

impl Covering {
    pub fn of(estate: &Estate<'_>) -> Self {
        let turns = estate.assurances().flat_map(turns);
        let next = turns.filter(|day| *day > estate.as_of).min();
        let mut covering = Self {
            days: Some((estate.as_of.date(), next)),
            ..Self::default()
        };
        for report in estate.assurances() {
            let path = report.path();
            if report.standing() == Standing::Unknown || report.covers_unknown {
                covering.unread.insert(path.clone());
            }
            if report.standing() != Standing::Issued || has_lapsed(report) {
                continue;
            }
            let covered = report.covered().filter(|service| !service.is_excluded());
            covering
                .covered
                .extend(covered.map(|service| (service.path(), path.clone())));
        }
        for service in estate.services() {
            for purpose in Purpose::ALL {
                let key = || (service.path(), purpose.as_str());
                match need(service, *purpose) {
                    Need::None => {}
                    Need::Unknown => drop(covering.unknown.insert(key())),
                    Need::Met => drop(covering.needs.insert(key(), false)),
                    Need::Open => drop(covering.needs.insert(key(), true)),
                }
            }
        }
        covering
    }

    /// Whether the same declarations stand so on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.days
            .is_none_or(|(from, next)| from <= day && next.is_none_or(|next| day < next))
    }

    /// By the paths of the other side where something was renamed.
    pub fn renamed(mut self, renames: &Renames) -> Self {
        if renames.is_empty() {
            return self;
        }
        let named = |path: String| match renames.now(&path) {
            Some(now) => now.to_owned(),
            None => path,
        };
        let pairs = self.covered.into_iter();
        self.covered = pairs.map(|(service, report)| (named(service), named(report))).collect();
        let needs = self.needs.into_iter();
        self.needs = needs
            .map(|((service, purpose), open)| ((named(service), purpose), open))
            .collect();
        let unknown = self.unknown.into_iter();
        self.unknown = unknown.map(|(service, purpose)| (named(service), purpose)).collect();
        self.unread = self.unread.into_iter().map(named).collect();
        self
    }
}

/// The days on which a report or certificate may begin, or cease, to count.
fn turns(report: AssuranceRef<'_, '_>) -> impl Iterator<Item = Date> + use<> {
    let lapses = match report.origin() {
        Origin::Report(_) => None,
        Origin::Certificate(certificate) => certificate.last_day().and_then(|last| last.tomorrow().ok()),
    };
    report.issued.into_iter().chain(lapses)
}

fn has_lapsed(report: AssuranceRef<'_, '_>) -> bool {
    match report.origin() {
        Origin::Report(_) => false,
        Origin::Certificate(certificate) => certificate.has_lapsed() == Some(true),
    }
}

enum Need {
    None,
    Unknown,
    Met,
    Open,
}

/// How a purpose of a service stands: whether something issued that is about the service, and of the right kind, is
/// cited for it.
fn need(service: ServiceRef<'_, '_>, purpose: Purpose) -> Need {
    let body = &service.entity().body;
    let claims = body.claims.iter();
    let mut named = claims.flat_map(|claim| claim.value.purpose.iter());
    let is_declared = body.assurance_for.find(&purpose).is_some() || named.any(|one| one.value == purpose);
    if !is_declared || !service.readable || !body.is_in_use() || service.is_excluded() {
        return Need::None;
    }
    let Some(cited) = service.cited_for(purpose) else {
        return Need::Unknown;
    };
    let answers = |report: AssuranceRef<'_, '_>| {
        report.standing() == Standing::Issued
            && !has_lapsed(report)
            && report.is_about(service)
            && is_fit(report, purpose)
    };
    if cited.claims.iter().any(|(_, report)| answers(*report)) {
        Need::Met
    } else {
        Need::Open
    }
}

/// Whether a report is of the kind that a purpose asks for.
fn is_fit(report: AssuranceRef<'_, '_>, purpose: Purpose) -> bool {
    match purpose {
        Purpose::FinancialStatementAudit | Purpose::StatutoryAudit => report.is_of(Family::Icfr),
        Purpose::SecurityDueDiligence | Purpose::MarketQualification => !report.is_of(Family::Icfr),
        Purpose::ItgcReliance | Purpose::InternalGovernance => true,
    }
}

/// Whether a path may be declared in what could not be read: in the base, in the head.
pub type MayBe<'f> = (&'f dyn Fn(&str) -> bool, &'f dyn Fn(&str) -> bool);

/// What is covered otherwise. `may_be` says whether something that is not known on the base's side, or on the head's, may be
/// declared there in what could not be read.
pub fn coverage(base: &Covering, head: &Covering, may_be: MayBe<'_>) -> Vec<CoverageChange> {
    let change = |(service, report): &(String, String), is_covered| CoverageChange {
        service: service.clone(),
        report: report.clone(),
        is_covered,
    };
    // Where it could not be read whether it covers, nothing is known to be newly so.
    let lost = base
        .covered
        .difference(&head.covered)
        .filter(|(service, report)| !(head.unread.contains(report) || may_be.1(report) || may_be.1(service)));
    let won = head
        .covered
        .difference(&base.covered)
        .filter(|(service, report)| !(base.unread.contains(report) || may_be.0(report) || may_be.0(service)));
    let mut changes: Vec<CoverageChange> = lost.map(|pair| change(pair, false)).collect();
    changes.extend(won.map(|pair| change(pair, true)));
    changes.sort();
    changes
}

/// Which needs are newly open, and which are no longer.
pub fn needs(base: &Covering, head: &Covering) -> Vec<NeedChange> {
    let is_open = |side: &Covering, key: &(String, &'static str)| side.needs.get(key) == Some(&true);
    let is_known = |key: &&(String, &'static str)| !base.unknown.contains(*key) && !head.unknown.contains(*key);
    let all: BTreeSet<&(String, &'static str)> = base.needs.keys().chain(head.needs.keys()).collect();
    let changed = all
        .into_iter()
        .filter(is_known)
        .filter(|key| is_open(base, key) != is_open(head, key));
    changed
        .map(|key| NeedChange {
            service: key.0.clone(),
            purpose: key.1,
            is_open: is_open(head, key),
        })
        .collect()
}
