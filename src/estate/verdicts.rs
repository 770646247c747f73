//! What answers for each service, worked out once for the rules that ask again and again.

use super::{Answer, Estate, Standing};
use crate::model::{IdVec, ServiceId};
use crate::standards::Family;
use rayon::prelude::*;

/// How it stands with one family of reports for one service.
#[derive(Debug, Clone, Copy)]
pub struct Verdict {
    answer: Answer,
    /// Whether what follows what cannot be told.
    succession_uncertain: bool,
}

/// For each service, its verdicts by family.
pub fn judge(estate: &Estate<'_>) -> IdVec<ServiceId, [Verdict; 2]> {
    let services = estate.services.par_ids();
    let verdicts: Vec<_> = services
        .map(|service| {
            let claims_uncertain = estate.claims_uncertain(service);
            Family::ALL.map(|family| verdict(estate, service, family, claims_uncertain))
        })
        .collect();
    verdicts.into()
}

fn verdict(estate: &Estate<'_>, service: ServiceId, family: Family, claims_uncertain: bool) -> Verdict {
    let mut answer = Answer::No;
    let mut unknown = estate.uncertain[family as usize] || claims_uncertain;
    let mut succession_uncertain = unknown;
    for id in estate.answering(service) {
        let assurance = estate.assurance(*id);
        succession_uncertain |= match (assurance.family, assurance.standing) {
            (_, Standing::Gone) => false,
            (Err(()), _) => true,
            (Ok(of), standing) => of == Some(family) && (standing == Standing::Unknown || assurance.unread),
        };
        match (assurance.family, assurance.standing) {
            (Ok(Some(of)), Standing::Issued) if of == family => answer = Answer::Issued,
            (Ok(Some(of)), Standing::Coming) if of == family => answer = answer.max(Answer::Coming),
            (Ok(Some(of)), Standing::Unknown) if of == family => unknown = true,
            (Err(()), standing) => unknown |= standing != Standing::Gone,
            _ => {}
        }
    }
    if unknown && answer != Answer::Issued {
        answer = Answer::Unknown;
    }
    Verdict {
        answer,
        succession_uncertain,
    }
}

impl Estate<'_> {
    /// Whether a family is answered for a service.
    pub fn answer(&self, service: ServiceId, family: Family) -> Answer {
        self.verdicts[service][family as usize].answer
    }

    /// Whether something that could not be read may come into the order of a service's reports.
    pub fn is_succession_uncertain(&self, service: ServiceId, family: Family) -> bool {
        self.verdicts[service][family as usize].succession_uncertain
    }
}
