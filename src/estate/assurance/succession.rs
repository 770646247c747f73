//! The succession of reports.

use crate::decode::Val;
use crate::estate::{Assurance, AssuranceRef, Estate, ServiceRef, Standing};
use crate::manifest::Report;
use crate::model::{Date, Stated};
use crate::standards::Family;
use jiff::civil;
use std::collections::{BTreeSet, HashMap};

/// The last day that a report covers, where it is stated.
pub fn stated_end(report: &Report<'_>) -> Option<Val<Date>> {
    let period = report.period.get().and_then(|period| period.to.known());
    period.or(report.as_of.known()).copied()
}

/// The order of reports: by end, then by issue date.
type Recency = (civil::Date, Option<civil::Date>);

/// Reports, each with the related ones.
type ByReport<'e, 'a> = HashMap<AssuranceRef<'e, 'a>, Vec<AssuranceRef<'e, 'a>>>;

/// The succession of issued reports: later ones that name an earlier one as their predecessor, directly or through
/// others, or cover a service that it covers.
pub struct Succession<'e, 'a> {
    /// For each report, those that name it as their predecessor.
    named_by: ByReport<'e, 'a>,
    /// By family and newest first: those that may follow any other, because something about them could not be read.
    unread: [Vec<(Recency, AssuranceRef<'e, 'a>)>; 3],
    /// Computed on demand.
    followers: ByReport<'e, 'a>,
}

/// The index of a family; `None` when it is not known.
fn slot(family: Stated<Family>) -> Option<usize> {
    match family {
        Stated::Unknown => None,
        Stated::Absent => Some(0),
        Stated::Known(Family::Icfr) => Some(1),
        Stated::Known(Family::TrustServices) => Some(2),
    }
}

impl<'e, 'a> Succession<'e, 'a> {
    pub fn of(estate: &'e Estate<'a>) -> Self {
        let mut succession = Self {
            named_by: HashMap::new(),
            unread: Default::default(),
            followers: HashMap::new(),
        };
        for report in estate.reports() {
            let assurance = report.assurance();
            let (body, standing) = (&report.body, assurance.standing());
            if body.is_misfiled() || !matches!(standing, Standing::Issued | Standing::Unknown) {
                continue;
            }
            for earlier in report.predecessors() {
                succession.named_by.entry(earlier).or_default().push(assurance);
            }
            let unread = body.predecessor.damaged || assurance.covers_unknown || standing == Standing::Unknown;
            let recent = (recency(assurance), assurance);
            match slot(assurance.family) {
                Some(slot) if unread => succession.unread[slot].push(recent),
                Some(_) => {}
                None => succession.unread.iter_mut().for_each(|reports| reports.push(recent)),
            }
        }
        for reports in &mut succession.unread {
            reports.sort_by(|one, other| other.cmp(one));
        }
        succession
    }

    /// Whether a report that came after another does not, or may not, cover a service.
    pub fn leaves_out(&mut self, earlier: AssuranceRef<'e, 'a>, service: ServiceRef<'e, 'a>) -> bool {
        let Some(slot) = slot(earlier.family) else {
            return true;
        };
        let covers = |report: AssuranceRef<'_, '_>| report.is_linked_to(service) && report.is_about(service);
        let own = recency(earlier);
        // All but the last one visited cover the service, so the walks are short.
        let newer = self.unread[slot].iter().take_while(|(later, _)| *later > own);
        if newer
            .map(|(_, report)| *report)
            .any(|report| report != earlier && !covers(report))
        {
            return true;
        }
        let named_by = &self.named_by;
        let followers = self
            .followers
            .entry(earlier)
            .or_insert_with(|| followers(named_by, earlier));
        followers.iter().any(|report| !covers(*report))
    }
}

/// A report whose end is not known may be the newest.
fn recency(assurance: AssuranceRef<'_, '_>) -> Recency {
    (assurance.end().unwrap_or(civil::Date::MAX), assurance.issued)
}

/// The reports of the same family that follow one.
fn followers<'e, 'a>(named_by: &ByReport<'e, 'a>, earlier: AssuranceRef<'e, 'a>) -> Vec<AssuranceRef<'e, 'a>> {
    let family = earlier.family;
    let mut found = BTreeSet::new();
    let mut next = vec![earlier];
    while let Some(report) = next.pop() {
        for later in named_by.get(&report).into_iter().flatten() {
            if *later != earlier && later.family == family && found.insert(*later) {
                next.push(*later);
            }
        }
    }
    let own = recency(earlier);
    for service in earlier.covered() {
        found.extend(service.assurances().filter(|report| {
            let issued = report.is_report() && report.standing() == Standing::Issued;
            issued && report.is_about(service) && report.family == family && recency(*report) > own
        }));
    }
    found.into_iter().collect()
}

impl<'e, 'a> AssuranceRef<'e, 'a> {
    /// The reports that name it as their predecessor.
    fn followed_by(self) -> impl Iterator<Item = AssuranceRef<'e, 'a>> {
        let followed_by = self.estate.naming.followed_by[self.index].iter();
        followed_by.map(move |index| self.estate.report(*index).assurance())
    }

    /// The first upcoming report of its family that names it as its predecessor: planned or in progress, and live.
    pub fn announced(self) -> Option<Self> {
        let mut followed_by = self.followed_by().filter(|report| report.family == self.family);
        followed_by.find(|report| report.standing() == Standing::Upcoming)
    }
}

impl<'e, 'a> ServiceRef<'e, 'a> {
    /// The successor of the newest issued report of a family for it: a live report of that family that is not issued, and
    /// covers it, or else the one that names the newest as its predecessor.
    pub fn successor(self, family: Family, announced: Option<AssuranceRef<'e, 'a>>) -> Option<AssuranceRef<'e, 'a>> {
        self.reports(family, Standing::Upcoming).next().or(announced)
    }
}

/// Whether two are of the same family or, if of none, of the same framework.
fn is_alike(one: &Assurance, other: &Assurance) -> bool {
    one.family == other.family && (!one.family.is_absent() || one.framework == other.framework)
}

impl AssuranceRef<'_, '_> {
    /// Whether a service claims it, or it covers the service.
    fn is_linked_to(self, service: ServiceRef<'_, '_>) -> bool {
        let assurances = &self.estate.links.assurances[service.index];
        assurances.binary_search(&self.index).is_ok()
    }

    /// Whether one of two reports comes after the other: both cover a service, or one names the other as its
    /// predecessor, directly or through others.
    pub fn is_of_one_succession_with(self, other: Self) -> bool {
        let mut own = self.covered();
        own.any(|service| other.covers(service)) || self.follows(other) || other.follows(self)
    }

    fn follows(self, earlier: Self) -> bool {
        let mut seen = BTreeSet::from([self]);
        let mut next = vec![self];
        while let Some(report) = next.pop().map(Self::as_report) {
            let before = report.into_iter().flat_map(|report| report.predecessors());
            next.extend(before.filter(|before| seen.insert(*before)));
        }
        seen.contains(&earlier)
    }

    /// Whether later issued reports of its family cover, or may cover, all that it covers. If it is of no family,
    /// those of its framework count.
    pub fn may_be_superseded(self) -> bool {
        let services = self.services();
        if services.is_empty() {
            self.covers_unknown || self.is_named_as_predecessor()
        } else {
            services.iter().all(|service| self.may_have_later(*service))
        }
    }

    fn may_have_later(self, service: ServiceRef<'_, '_>) -> bool {
        let uncertain = match self.family {
            Stated::Unknown => true,
            Stated::Absent => false,
            Stated::Known(family) => service.is_succession_uncertain(family),
        };
        let mut others = service.assurances().filter(|other| other.index != self.index);
        uncertain
            || others.any(|later| {
                let covers = later.is_about(service);
                match later.standing() {
                    Standing::Unknown => covers,
                    Standing::Issued if later.family.is_unknown() => covers,
                    Standing::Issued => {
                        covers && is_alike(&self, &later) && (later.end().is_none() || later.end() > self.end())
                    }
                    Standing::Upcoming | Standing::Gone => false,
                }
            })
    }

    fn is_named_as_predecessor(self) -> bool {
        let mut later = self.estate.issued_reports();
        later.any(|report| is_alike(&self, &report.assurance()) && report.predecessors().any(|named| named == self))
    }
}
