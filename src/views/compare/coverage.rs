//! Which service is covered by which report, and which need of its readers is open, on either side.

use super::record::File;
use super::rename::Renames;
use crate::estate::{AssuranceRef, Estate, Origin, ServiceRef, Standing};
use crate::manifest::as_read::AsRead;
use crate::model::{Id, Purpose};
use crate::standards::Family;
use jiff::civil::Date;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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
    /// By their paths, the services that something covers, or whose readers need something.
    services: BTreeMap<String, Stands>,
    /// Reports of which it is not known whether they cover more, or cover at all.
    unread: BTreeSet<String>,
}

/// How a service stands.
#[derive(Default)]
struct Stands {
    /// What covers it, by paths, in their order.
    covered_by: Vec<Arc<str>>,
    /// In the order of all purposes.
    needs: [Need; Purpose::ALL.len()],
}

/// How a purpose of a service stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Need {
    #[default]
    None,
    Unknown,
    Met,
    Open,
}

impl Covering {
    /// That of a whole estate, or of one that is linked for its coverage alone.
    pub fn of(estate: &Estate<'_>) -> Self {
        let turns = estate.assurances().flat_map(turns);
        let next = turns.filter(|day| *day > estate.as_of).min();
        let is_unread = |report: &AssuranceRef<'_, '_>| report.standing == Standing::Unknown || report.covers_unknown;
        let paths: Vec<Arc<str>> = estate.assurances().map(|report| report.path().into()).collect();
        let covers: Vec<bool> = estate.assurances().map(is_issued).collect();
        let services = estate.services().filter_map(|service| {
            if service.is_excluded() {
                return None;
            }
            let reports = service.covered_by().filter(|report| covers[report.index.index()]);
            let mut covered_by: Vec<Arc<str>> =
                reports.map(|report| Arc::clone(&paths[report.index.index()])).collect();
            covered_by.sort_unstable();
            let needs = needs_of(service);
            let is_of_interest = !covered_by.is_empty() || needs.iter().any(|need| *need != Need::None);
            is_of_interest.then(|| (service.path(), Stands { covered_by, needs }))
        });
        Self {
            days: Some((estate.as_of.date(), next)),
            services: services.collect(),
            unread: estate.assurances().filter(is_unread).map(AssuranceRef::path).collect(),
        }
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
        let services = self.services.into_iter().map(|(path, mut stands)| {
            for report in &mut stands.covered_by {
                if let Some(now) = renames.now(report) {
                    *report = now.into();
                }
            }
            stands.covered_by.sort_unstable();
            (renames.now(&path).map(str::to_owned).unwrap_or(path), stands)
        });
        self.services = services.collect();
        let unread = self.unread.into_iter();
        let named = |path: String| renames.now(&path).map(str::to_owned).unwrap_or(path);
        self.unread = unread.map(named).collect();
        self
    }
}

/// What of a service decides how it stands, beside the reports and certificates; `*` where none of it could be read.
const OF_SERVICES: [&str; 5] = ["*", "assurance-for", "claims", "lifecycle", "scope"];

/// What is said of a service, a report or a certificate: by its namespace, table and id, the keys that decide.
type Said<'f> = (&'f str, &'f str, &'f str, Vec<(&'f str, &'f AsRead)>);

/// What of a file decides how services stand: as long as it is the same in every file, all stand as they did on any day.
pub fn deciding(file: Option<&Arc<File>>) -> Vec<Said<'_>> {
    let records = file
        .into_iter()
        .flat_map(|file| file.records.iter().map(move |record| (file, record)));
    let deciding = records.filter(|(_, record)| ["services", "reports", "certificates"].contains(&record.table));
    let said = deciding.map(|(file, record)| {
        let decides = |key: &str| record.table != "services" || OF_SERVICES.contains(&key);
        let keys = record.keys.iter().map(|(key, value)| (&**key, value));
        let keys = keys.filter(|(key, _)| decides(key)).collect();
        (&*file.namespace, record.table, &*record.id, keys)
    });
    said.collect()
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

fn is_issued(report: AssuranceRef<'_, '_>) -> bool {
    report.standing == Standing::Issued && !has_lapsed(report)
}

fn needs_of(service: ServiceRef<'_, '_>) -> [Need; Purpose::ALL.len()] {
    let body = &service.entity().body;
    if !service.readable || !body.is_in_use() || service.is_excluded() {
        return Default::default();
    }
    std::array::from_fn(|at| need(service, Purpose::ALL[at]))
}

/// How a purpose of a service stands: whether something issued that is about the service, and of the right kind, is
/// cited for it.
fn need(service: ServiceRef<'_, '_>, purpose: Purpose) -> Need {
    let body = &service.entity().body;
    let claims = body.claims.iter();
    let mut named = claims.flat_map(|claim| claim.value.purpose.iter());
    let is_declared = body.assurance_for.find(&purpose).is_some() || named.any(|one| one.value == purpose);
    if !is_declared {
        return Need::None;
    }
    let Some(cited) = service.cited_for(purpose) else {
        return Need::Unknown;
    };
    let answers =
        |report: AssuranceRef<'_, '_>| is_issued(report) && report.is_about(service) && is_fit(report, purpose);
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

/// Every service of either side, and how it stands on both.
fn joined<'c>(base: &'c Covering, head: &'c Covering) -> impl Iterator<Item = (&'c str, &'c Stands, &'c Stands)> {
    static NOTHING: Stands = Stands {
        covered_by: Vec::new(),
        needs: [Need::None; Purpose::ALL.len()],
    };
    let (mut old, mut new) = (base.services.iter().peekable(), head.services.iter().peekable());
    std::iter::from_fn(move || {
        let order = match (old.peek(), new.peek()) {
            (Some((before, _)), Some((now, _))) => before.cmp(now),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        let before = if order.is_le() { old.next() } else { None };
        let now = if order.is_ge() { new.next() } else { None };
        let (path, _) = before.or(now)?;
        let stands = |side: Option<(_, &'c Stands)>| side.map_or(&NOTHING, |(_, stands)| stands);
        Some((path.as_str(), stands(before), stands(now)))
    })
}

/// What is covered otherwise. `may_be` says whether something that is not known on the base's side, or on the head's, may be
/// declared there in what could not be read.
pub fn coverage(base: &Covering, head: &Covering, may_be: MayBe<'_>) -> Vec<CoverageChange> {
    // Where it could not be read whether it covers, nothing is known to be newly so.
    let is_known = |side: &Covering, may_be: &dyn Fn(&str) -> bool, service: &str, report: &str| {
        !(side.unread.contains(report) || may_be(report) || may_be(service))
    };
    let mut changes = Vec::new();
    for (service, before, now) in joined(base, head) {
        let (before, now) = (&before.covered_by, &now.covered_by);
        if before == now {
            continue;
        }
        let lost = before.iter().filter(|report| now.binary_search(report).is_err());
        let lost = lost.filter(|report| is_known(head, may_be.1, service, report));
        let won = now.iter().filter(|report| before.binary_search(report).is_err());
        let won = won.filter(|report| is_known(base, may_be.0, service, report));
        let told = lost
            .map(|report| (report, false))
            .chain(won.map(|report| (report, true)));
        changes.extend(told.map(|(report, is_covered)| CoverageChange {
            service: service.to_owned(),
            report: report.to_string(),
            is_covered,
        }));
    }
    changes.sort();
    changes
}

/// Which needs are newly open, and which are no longer.
pub fn needs(base: &Covering, head: &Covering) -> Vec<NeedChange> {
    let mut changes = Vec::new();
    for (service, before, now) in joined(base, head) {
        for (purpose, (before, now)) in Purpose::ALL.iter().zip(before.needs.iter().zip(&now.needs)) {
            let is_known = *before != Need::Unknown && *now != Need::Unknown;
            if is_known && (*before == Need::Open) != (*now == Need::Open) {
                changes.push(NeedChange {
                    service: service.to_owned(),
                    purpose: purpose.as_str(),
                    is_open: *now == Need::Open,
                });
            }
        }
    }
    changes.sort();
    changes
}
