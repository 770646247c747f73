//! Which report came after which.

use super::{Assurance, AssuranceId, Estate, Origin, Standing};
use crate::decode::{Date, Val};
use crate::manifest::Report;
use crate::standards::Family;
use jiff::civil;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The last day that a report speaks about, where it is stated.
pub fn stated_end(report: &Report<'_>) -> Option<Val<Date>> {
    let period = report.period.get().and_then(|period| period.to.known());
    period.or(report.as_of.known()).copied()
}

/// When something speaks about: its end, then the day it was issued.
type Recency = (civil::Date, Option<civil::Date>);

/// Which issued reports came after which: later ones that name an earlier one as their predecessor, straight or over
/// others, or cover a service that it covers.
pub struct Succession {
    /// For each report, those that name it as their predecessor.
    named_by: HashMap<AssuranceId, Vec<AssuranceId>>,
    /// By family and newest first: those that may follow any other, because something about them could not be read.
    unread: [Vec<(Recency, AssuranceId)>; 3],
    /// As far as asked for.
    followers: HashMap<AssuranceId, Vec<AssuranceId>>,
}

fn slot(family: Option<Family>) -> usize {
    match family {
        None => 0,
        Some(Family::Icfr) => 1,
        Some(Family::TrustServices) => 2,
    }
}

impl Succession {
    pub fn of(estate: &Estate<'_>) -> Self {
        let mut succession = Self {
            named_by: HashMap::new(),
            unread: Default::default(),
            followers: HashMap::new(),
        };
        for (id, report) in estate.reports.iter().enumerate() {
            let assurance = estate.assurance(id);
            let (body, standing) = (&report.body, assurance.standing);
            if body.is_misfiled() || !matches!(standing, Standing::Issued | Standing::Unknown) {
                continue;
            }
            for earlier in estate.predecessors(report) {
                succession.named_by.entry(earlier).or_default().push(id);
            }
            let unread = body.predecessor.damaged || assurance.covers_unknown || standing == Standing::Unknown;
            match assurance.family {
                Ok(family) if unread => succession.unread[slot(family)].push((recency(estate, id), id)),
                Ok(_) => {}
                Err(()) => {
                    let each = succession.unread.iter_mut();
                    each.for_each(|reports| reports.push((recency(estate, id), id)));
                }
            }
        }
        for reports in &mut succession.unread {
            reports.sort_by(|one, other| other.cmp(one));
        }
        succession
    }

    /// Whether a report that came after another does not speak about a service, or may be so.
    pub fn leaves_out(&mut self, estate: &Estate<'_>, earlier: AssuranceId, service: usize) -> bool {
        let assurance = estate.assurance(earlier);
        let Ok(family) = assurance.family else {
            return true;
        };
        let speaks =
            |id: AssuranceId| estate.answering(service).binary_search(&id).is_ok() && estate.speaks_about(id, service);
        let own = recency(estate, earlier);
        // All but the last one looked at speak about the service, so the walks are short.
        let newer = self.unread[slot(family)].iter().take_while(|(later, _)| *later > own);
        if newer.map(|(_, id)| *id).any(|id| id != earlier && !speaks(id)) {
            return true;
        }
        let named_by = &self.named_by;
        let followers = self
            .followers
            .entry(earlier)
            .or_insert_with(|| followers(estate, named_by, earlier));
        followers.iter().any(|id| !speaks(*id))
    }
}

/// One whose end is not known may be the newest.
fn recency(estate: &Estate<'_>, id: AssuranceId) -> Recency {
    let assurance = estate.assurance(id);
    (assurance.end().unwrap_or(civil::Date::MAX), assurance.issued)
}

/// The reports of the same family that follow one.
fn followers(
    estate: &Estate<'_>,
    named_by: &HashMap<AssuranceId, Vec<AssuranceId>>,
    earlier: AssuranceId,
) -> Vec<AssuranceId> {
    let family = estate.assurance(earlier).family;
    let mut found = BTreeSet::new();
    let mut next = vec![earlier];
    while let Some(id) = next.pop() {
        for later in named_by.get(&id).into_iter().flatten() {
            if *later != earlier && estate.assurance(*later).family == family && found.insert(*later) {
                next.push(*later);
            }
        }
    }
    let own = recency(estate, earlier);
    for service in estate.services_covered(earlier) {
        let also = estate.answering(*service).iter().copied();
        found.extend(also.filter(|id| {
            let issued = estate.is_report(*id) && estate.assurance(*id).standing == Standing::Issued;
            issued
                && estate.speaks_about(*id, *service)
                && estate.assurance(*id).family == family
                && recency(estate, *id) > own
        }));
    }
    found.into_iter().collect()
}

/// What is on its way to follow reports: planned or in progress, and live.
pub struct Successors {
    /// For each report, the first that names it as its predecessor.
    announced: BTreeMap<AssuranceId, AssuranceId>,
}

impl Successors {
    pub fn of(estate: &Estate<'_>) -> Self {
        let mut announced = BTreeMap::new();
        for (id, assurance) in estate.assurances() {
            let Origin::Report(index) = assurance.origin else {
                continue;
            };
            if assurance.standing != Standing::Coming {
                continue;
            }
            for earlier in estate.predecessors(estate.reports.get(index)) {
                if estate.assurance(earlier).family == assurance.family {
                    announced.entry(earlier).or_insert(id);
                }
            }
        }
        Self { announced }
    }

    /// What follows the newest issued report of a family for a service: a live report of that family that is not
    /// issued, and speaks about the service or names the newest as its predecessor.
    pub fn to(
        &self,
        estate: &Estate<'_>,
        newest: AssuranceId,
        (service, family): (usize, Family),
    ) -> Option<AssuranceId> {
        let coming = estate.speaking_for(service, family, Standing::Coming).next();
        coming.or_else(|| self.announced.get(&newest).copied())
    }
}

/// Whether two are of one family; of none, whether they are of one framework.
fn is_alike(one: &Assurance, other: &Assurance) -> bool {
    one.family == other.family && (one.family != Ok(None) || one.framework == other.framework)
}

impl Estate<'_> {
    /// Whether one of two reports comes after the other: they speak about a service both, or one names the other as its
    /// predecessor, straight or over others.
    pub fn are_of_one_succession(&self, one: AssuranceId, other: AssuranceId) -> bool {
        let share = |service: &usize| self.covers(other, *service);
        self.services_covered(one).iter().any(share) || self.follows(one, other) || self.follows(other, one)
    }

    fn follows(&self, later: AssuranceId, earlier: AssuranceId) -> bool {
        let mut seen = BTreeSet::from([later]);
        let mut next = vec![later];
        while let Some(id) = next.pop() {
            let Some(report) = self.reports.as_slice().get(id) else {
                continue;
            };
            next.extend(self.predecessors(report).filter(|before| seen.insert(*before)));
        }
        seen.contains(&earlier)
    }

    /// The services that a report or certificate speaks about: those that it covers, or, if it states no coverage, those
    /// that claim it.
    pub fn services_spoken_of(&self, id: AssuranceId) -> Vec<usize> {
        let mut services = match self.assurance(id).states_covers {
            true => self.services_covered(id).to_vec(),
            false => self.claimed_by(id).iter().map(|(service, _)| *service).collect(),
        };
        services.dedup();
        services
    }

    /// Whether later issued reports of its family speak about all that a report speaks about, or may do so. Of no
    /// family, those of its framework count.
    pub fn may_be_superseded(&self, id: AssuranceId) -> bool {
        let services = self.services_spoken_of(id);
        match services.is_empty() {
            true => self.assurance(id).covers_unknown || self.is_named_as_predecessor(id),
            false => services.iter().all(|service| self.may_have_later(id, *service)),
        }
    }

    fn may_have_later(&self, id: AssuranceId, service: usize) -> bool {
        let own = self.assurance(id);
        let Ok(family) = own.family else {
            return true;
        };
        if family.is_some_and(|family| self.is_succession_uncertain(service, family)) {
            return true;
        }
        let mut others = self.answering(service).iter().filter(|other| **other != id);
        others.any(|other| {
            let later = self.assurance(*other);
            let speaks = self.speaks_about(*other, service);
            match later.standing {
                Standing::Unknown => speaks,
                Standing::Issued if later.family.is_err() => speaks,
                Standing::Issued => {
                    speaks && is_alike(own, later) && (later.end().is_none() || later.end() > own.end())
                }
                Standing::Coming | Standing::Gone => false,
            }
        })
    }

    fn is_named_as_predecessor(&self, id: AssuranceId) -> bool {
        let own = self.assurance(id);
        let mut later = self.issued_reports();
        later.any(|(other, report)| {
            is_alike(own, self.assurance(other)) && self.predecessors(report).any(|named| named == id)
        })
    }

    /// Whether what answers for a service speaks about it: it covers it, or states no coverage and is claimed by it.
    pub fn speaks_about(&self, id: AssuranceId, service: usize) -> bool {
        !self.assurance(id).states_covers || self.covers(id, service)
    }
}
