//! The coverage of each service, computed once for the rules that need it repeatedly.

use crate::estate::{AssuranceRef, Coverage, Estate, ServiceRef, Standing, newest_of};
use crate::model::{AssuranceId, Framework, IdVec, ReportType, ServiceId, Stated};
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
    /// The newest of type 2, and the newest that may be, known to be so or not.
    newest_type_2: Option<AssuranceId>,
    newest_over_time: Option<AssuranceId>,
    /// Whether there are days between two of type 2 that no report covers.
    has_holes: bool,
}

/// The verdicts of all services. Services with the same reports share theirs.
#[derive(Debug, Default)]
pub struct Verdicts {
    /// For each service, which are its own.
    of_service: IdVec<ServiceId, u32>,
    /// By family, each with the first service that has them.
    different: Vec<(ServiceId, [Held<Verdict>; 2])>,
}

impl Verdicts {
    pub fn of(estate: &Estate<'_>) -> Self {
        let mut known = HashMap::new();
        let mut firsts: Vec<ServiceId> = Vec::new();
        let own = estate.services().map(|service| {
            let own = known.entry((service.coverage_key(), service.may_claim_more()));
            *own.or_insert_with(|| {
                firsts.push(service.index);
                u32::try_from(firsts.len() - 1).unwrap_or(u32::MAX)
            })
        });
        let of_service = own.collect();
        let firsts = firsts.into_par_iter();
        Self {
            of_service,
            different: firsts
                .map(|first| (first, Family::ALL.map(|of| judge(estate, first, of))))
                .collect(),
        }
    }

    /// Decides those again that do not hold any more.
    pub fn renew(&mut self, estate: &Estate<'_>) {
        let different = self.different.par_iter_mut().with_min_len(AT_ONCE);
        different.for_each(|(first, verdicts)| {
            for (family, verdict) in Family::ALL.into_iter().zip(verdicts) {
                if verdict.is_over(&estate.as_of) {
                    *verdict = judge(estate, *first, family);
                }
            }
        });
    }
}

/// So many one thread looks at in one job.
const AT_ONCE: usize = 256;

fn judge(estate: &Estate<'_>, service: ServiceId, family: Family) -> Held<Verdict> {
    estate.as_of.held(|| verdict(estate.service(service), family))
}

fn verdict(service: ServiceRef<'_, '_>, family: Family) -> Verdict {
    let mut coverage = Coverage::No;
    let uncertain = service.estate.uncertain.get(&service.estate.as_of).of_family[family as usize];
    let mut unknown = uncertain || service.may_claim_more();
    let mut succession_uncertain = unknown;
    let may_be_of = |assurance: &AssuranceRef<'_, '_>| assurance.is_of(family) || assurance.family.is_unknown();
    for assurance in service.assurances().filter(may_be_of) {
        succession_uncertain |= match (assurance.family, assurance.standing()) {
            (_, Standing::Gone) => false,
            (Stated::Unknown, _) => true,
            (_, standing) => assurance.is_of(family) && (standing == Standing::Unknown || assurance.unread),
        };
        match (assurance.family, assurance.standing()) {
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
    let type_2 = issued
        .clone()
        .filter(|report| report.report_type == Some(ReportType::Two));
    let over_time = issued
        .clone()
        .filter(|report| report.report_type != Some(ReportType::One));
    let id = |report: AssuranceRef<'_, '_>| report.index;
    Verdict {
        newest_type_2: newest_of(type_2).map(id),
        newest_over_time: newest_of(over_time).map(id),
        has_holes: !succession_uncertain && service.holes_known(family).is_some_and(|holes| !holes.is_empty()),
        coverage,
        succession_uncertain,
        newest: newest_of(issued).map(id),
        newest_described: newest_of(described).filter(|_| !uncertain).map(id),
    }
}

impl<'e, 'a> ServiceRef<'e, 'a> {
    fn verdict(self, family: Family) -> Verdict {
        let verdicts = &self.estate.verdicts;
        let (_, own) = &verdicts.different[verdicts.of_service[self.index] as usize];
        *own[family as usize].get(&self.estate.as_of)
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

    /// The newest issued report of type 2 of a family for it.
    pub fn newest_type_2(self, family: Family) -> Option<AssuranceRef<'e, 'a>> {
        let newest = self.verdict(family).newest_type_2?;
        Some(self.estate.assurance(newest))
    }

    /// The newest issued report of a family for it that is not about a day alone.
    pub fn newest_over_time(self, family: Family) -> Option<AssuranceRef<'e, 'a>> {
        let newest = self.verdict(family).newest_over_time?;
        Some(self.estate.assurance(newest))
    }

    /// Whether there are days between issued reports of type 2 of a family that no report covers.
    pub fn has_holes(self, family: Family) -> bool {
        self.verdict(family).has_holes
    }

    /// The newest issued report of a family over it that comes with a description of the system, if that is known.
    /// SOC 3 is for readers who do not get one, and accompanies a report that has it.
    pub fn newest_described(self, family: Family) -> Option<AssuranceRef<'e, 'a>> {
        let newest = self.verdict(family).newest_described?;
        Some(self.estate.assurance(newest))
    }
}
