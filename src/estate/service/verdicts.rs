//! The coverage of each service, computed once for the rules that need it repeatedly.

use crate::estate::{AssuranceRef, Coverage, Estate, ServiceRef, Standing, newest_of};
use crate::model::{AssuranceId, Framework, IdVec, ServiceId, Stated};
use crate::standards::Family;
use crate::today::Held;
use rayon::prelude::*;
use std::collections::HashMap;

/// The coverage of one service by one family of reports.
#[derive(Debug, Clone, Copy)]
pub struct Verdict {
    coverage: Coverage,
    /// Whether the succession is not known.
    succession_uncertain: bool,
    newest: Option<AssuranceId>,
    newest_described: Option<AssuranceId>,
}

/// For each service, its verdicts by family: of all, or of those whose verdicts do not hold any more.
pub fn judge(
    estate: &Estate<'_>,
    mut verdicts: IdVec<ServiceId, Held<[Verdict; 2]>>,
    all: bool,
) -> IdVec<ServiceId, Held<[Verdict; 2]>> {
    if all {
        return judged(estate, estate.services()).collect();
    }
    let over = verdicts
        .enumerate()
        .filter(|(_, verdict)| verdict.is_over(&estate.as_of));
    let over: Vec<ServiceId> = over.map(|(service, _)| service).collect();
    let renewed: Vec<_> = judged(estate, over.iter().map(|service| estate.service(*service))).collect();
    for (service, verdict) in over.into_iter().zip(renewed) {
        verdicts[service] = verdict;
    }
    verdicts
}

fn judged<'e, 'a: 'e>(
    estate: &'e Estate<'a>,
    services: impl Iterator<Item = ServiceRef<'e, 'a>>,
) -> impl Iterator<Item = Held<[Verdict; 2]>> {
    // Services with the same reports share one verdict.
    let mut known = HashMap::new();
    let mut firsts = Vec::new();
    let alike: Vec<usize> = services
        .map(|service| {
            let may_claim_more = service.may_claim_more();
            let own = known.entry((service.coverage_key(), may_claim_more));
            *own.or_insert_with(|| {
                firsts.push((service, may_claim_more));
                firsts.len() - 1
            })
        })
        .collect();
    let verdicts: Vec<Held<[Verdict; 2]>> = firsts
        .into_par_iter()
        .map(|(service, may_claim_more)| {
            let verdict = |family| verdict(service, family, may_claim_more);
            estate.as_of.held(|| Family::ALL.map(verdict))
        })
        .collect();
    alike.into_iter().map(move |first| verdicts[first])
}

fn verdict(service: ServiceRef<'_, '_>, family: Family, may_claim_more: bool) -> Verdict {
    let mut coverage = Coverage::No;
    let mut unknown = service.estate.uncertain.get(&service.estate.as_of)[family as usize] || may_claim_more;
    let mut succession_uncertain = unknown;
    for assurance in service.assurances() {
        succession_uncertain |= match (assurance.family, assurance.standing) {
            (_, Standing::Gone) => false,
            (Stated::Unknown, _) => true,
            (_, standing) => assurance.is_of(family) && (standing == Standing::Unknown || assurance.unread),
        };
        match (assurance.family, assurance.standing) {
            (Stated::Known(of), Standing::Issued) if of == family => coverage = Coverage::Issued,
            (Stated::Known(of), Standing::Upcoming) if of == family => coverage = coverage.max(Coverage::Upcoming),
            (Stated::Known(of), Standing::Unknown) if of == family => unknown = true,
            (Stated::Unknown, standing) => unknown |= standing != Standing::Gone,
            _ => {}
        }
    }
    if unknown && coverage != Coverage::Issued {
        coverage = Coverage::Unknown;
    }
    let issued = service.issued_reports(family);
    let described = issued
        .clone()
        .filter(|report| report.framework != Some(Framework::Soc3));
    // A report that states no end, or one that could not be read, might be the newest.
    let undated = described.clone().any(|report| report.end().is_none());
    let uncertain = succession_uncertain || undated && described.clone().nth(1).is_some();
    Verdict {
        coverage,
        succession_uncertain,
        newest: newest_of(issued).map(|report| report.index),
        newest_described: newest_of(described).filter(|_| !uncertain).map(|report| report.index),
    }
}

impl<'e, 'a> ServiceRef<'e, 'a> {
    fn verdict(self, family: Family) -> Verdict {
        self.estate.verdicts[self.index].get(&self.estate.as_of)[family as usize]
    }

    /// Whether a family covers it.
    pub fn coverage(self, family: Family) -> Coverage {
        self.verdict(family).coverage
    }

    /// Whether something that could not be read may be among its reports.
    pub fn is_succession_uncertain(self, family: Family) -> bool {
        self.verdict(family).succession_uncertain
    }

    /// The newest issued report of a family for it: latest end, then latest issue date, then first path.
    pub fn newest(self, family: Family) -> Option<AssuranceRef<'e, 'a>> {
        let newest = self.verdict(family).newest?;
        Some(self.estate.assurance(newest))
    }

    /// The newest issued report of a family over it that comes with a description of the system, if that is known.
    /// SOC 3 is for readers who do not get one, and accompanies a report that has it.
    pub fn newest_described(self, family: Family) -> Option<AssuranceRef<'e, 'a>> {
        let newest = self.verdict(family).newest_described?;
        Some(self.estate.assurance(newest))
    }
}
