//! What answers for each service, worked out once for the rules that ask again and again.

use super::{Answer, AssuranceId, Estate, Standing};
use crate::manifest::Framework;
use crate::standards::Family;
use rayon::prelude::*;
use std::collections::HashMap;

/// How it stands with one family of reports for one service.
#[derive(Debug, Clone, Copy)]
pub struct Verdict {
    answer: Answer,
    /// Whether what follows what cannot be told.
    succession_uncertain: bool,
    newest: Option<AssuranceId>,
    newest_described: Option<AssuranceId>,
}

/// For each service, its verdicts by family.
pub fn judge(estate: &Estate<'_>) -> Vec<[Verdict; 2]> {
    // Those of services for which the same answers are the same.
    let mut known = HashMap::new();
    let mut firsts = Vec::new();
    let services = 0..estate.services.len();
    let alike: Vec<usize> = services
        .map(|service| {
            let claims_uncertain = estate.claims_uncertain(service);
            let own = known.entry((estate.answered_alike(service), claims_uncertain));
            *own.or_insert_with(|| {
                firsts.push((service, claims_uncertain));
                firsts.len() - 1
            })
        })
        .collect();
    let firsts = firsts.into_par_iter();
    let verdicts: Vec<[Verdict; 2]> = firsts
        .map(|(service, claims_uncertain)| Family::ALL.map(|family| verdict(estate, service, family, claims_uncertain)))
        .collect();
    alike.into_iter().map(|first| verdicts[first]).collect()
}

fn verdict(estate: &Estate<'_>, service: usize, family: Family, claims_uncertain: bool) -> Verdict {
    let mut answer = Answer::No;
    let mut unknown = estate.uncertain[family as usize] || claims_uncertain;
    let mut succession_uncertain = unknown;
    for id in estate.answering(service) {
        let assurance = &estate.assurances[*id];
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
    let issued = estate.issued_for(service, family);
    let described = issued
        .clone()
        .filter(|id| estate.assurance(*id).framework != Some(Framework::Soc3));
    // One that states no end, or one that could not be read, might be the newest.
    let mut undated = described.clone().filter(|id| estate.assurance(*id).end().is_none());
    let uncertain = succession_uncertain || undated.next().is_some() && described.clone().nth(1).is_some();
    Verdict {
        answer,
        succession_uncertain,
        newest: estate.newest_of(issued),
        newest_described: estate.newest_of(described).filter(|_| !uncertain),
    }
}

impl Estate<'_> {
    /// Whether a family is answered for a service.
    pub fn answer(&self, service: usize, family: Family) -> Answer {
        self.verdicts[service][family as usize].answer
    }

    /// Whether something that could not be read may come into the order of a service's reports.
    pub fn is_succession_uncertain(&self, service: usize, family: Family) -> bool {
        self.verdicts[service][family as usize].succession_uncertain
    }

    /// The newest issued report of a family for a service: latest end, then latest issue date, then first path.
    pub fn newest(&self, service: usize, family: Family) -> Option<AssuranceId> {
        self.verdicts[service][family as usize].newest
    }

    /// The newest issued report of a family over a service that comes with a description of the system, if that can be
    /// known. SOC 3 is for readers who do not get one, and stands beside a report that has it.
    pub fn newest_described(&self, service: usize, family: Family) -> Option<AssuranceId> {
        self.verdicts[service][family as usize].newest_described
    }
}
