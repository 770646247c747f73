//! Which report came after which.

use super::{AssuranceId, Estate, Origin, Standing};
use crate::decode::{Date, Val};
use crate::manifest::Report;
use crate::standards::Family;
use jiff::civil;

/// The last day that a report speaks about, where it is stated.
pub fn stated_end(report: &Report<'_>) -> Option<Val<Date>> {
    let period = report.period.get().and_then(|period| period.to.known());
    period.or(report.as_of.known()).copied()
}

/// When something speaks about: its end, then the day it was issued.
type Recency = (civil::Date, Option<civil::Date>);

/// The issued reports of the estate, by family and newest first.
pub struct Newest([Vec<(Recency, AssuranceId)>; 3]);

fn slot(family: Option<Family>) -> usize {
    match family {
        None => 0,
        Some(Family::Icfr) => 1,
        Some(Family::TrustServices) => 2,
    }
}

impl Newest {
    pub fn of(estate: &Estate<'_>) -> Self {
        let mut reports: [Vec<(Recency, AssuranceId)>; 3] = Default::default();
        for (id, assurance) in estate.assurances() {
            if !matches!(assurance.standing, Standing::Issued | Standing::Unknown) || !estate.is_report(id) {
                continue;
            }
            // One whose end is not known may be the newest.
            let recency = (assurance.end().unwrap_or(civil::Date::MAX), assurance.issued);
            match assurance.family {
                Ok(family) => reports[slot(family)].push((recency, id)),
                Err(()) => reports.iter_mut().for_each(|reports| reports.push((recency, id))),
            }
        }
        for reports in &mut reports {
            reports.sort_by(|one, other| other.cmp(one));
        }
        Self(reports)
    }

    /// Whether a report of the same family came later and does not speak about a service, or may be so.
    pub fn leaves_out(&self, estate: &Estate<'_>, earlier: AssuranceId, service: usize) -> bool {
        let assurance = estate.assurance(earlier);
        let Ok(family) = assurance.family else {
            return true;
        };
        let own = (assurance.end().unwrap_or(civil::Date::MIN), assurance.issued);
        // All but the last one looked at speak about the service, so the walk is short.
        let mut newer = self.0[slot(family)]
            .iter()
            .take_while(|(recency, _)| *recency > own)
            .map(|(_, id)| *id);
        newer.any(|id| {
            let answers = estate.answering(service).binary_search(&id).is_ok();
            id != earlier && !(answers && estate.speaks_about(id, service))
        })
    }
}

impl Estate<'_> {
    /// Whether it stands among the reports, and belongs there.
    pub fn is_report(&self, id: AssuranceId) -> bool {
        match self.assurance(id).origin {
            Origin::Report(index) => !self.reports.get(index).body.is_misfiled(),
            Origin::Certificate(_) => false,
        }
    }

    /// Whether what answers for a service speaks about it: it covers it, or states no coverage and is claimed by it.
    pub fn speaks_about(&self, id: AssuranceId, service: usize) -> bool {
        !self.assurance(id).states_covers || self.covers(id, service)
    }
}
