//! What answers for each service, worked out once for the rules that ask again and again.

use crate::estate::{Answer, Estate, ServiceRef, Standing};
use crate::model::{IdVec, ServiceId, Stated};
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
    let services = estate.services.par_ids().map(|index| estate.service(index));
    let verdicts: Vec<_> = services
        .map(|service| {
            let may_claim_more = service.may_claim_more();
            Family::ALL.map(|family| verdict(service, family, may_claim_more))
        })
        .collect();
    verdicts.into()
}

fn verdict(service: ServiceRef<'_, '_>, family: Family, may_claim_more: bool) -> Verdict {
    let mut answer = Answer::No;
    let mut unknown = service.estate.uncertain[family as usize] || may_claim_more;
    let mut succession_uncertain = unknown;
    for assurance in service.answering() {
        succession_uncertain |= match (assurance.family, assurance.standing) {
            (_, Standing::Gone) => false,
            (Stated::Unknown, _) => true,
            (_, standing) => assurance.is_of(family) && (standing == Standing::Unknown || assurance.unread),
        };
        match (assurance.family, assurance.standing) {
            (Stated::Known(of), Standing::Issued) if of == family => answer = Answer::Issued,
            (Stated::Known(of), Standing::Coming) if of == family => answer = answer.max(Answer::Coming),
            (Stated::Known(of), Standing::Unknown) if of == family => unknown = true,
            (Stated::Unknown, standing) => unknown |= standing != Standing::Gone,
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

impl ServiceRef<'_, '_> {
    /// Whether a family is answered for it.
    pub fn answer(self, family: Family) -> Answer {
        self.estate.verdicts[self.index][family as usize].answer
    }

    /// Whether something that could not be read may come into the order of its reports.
    pub fn is_succession_uncertain(self, family: Family) -> bool {
        self.estate.verdicts[self.index][family as usize].succession_uncertain
    }
}
