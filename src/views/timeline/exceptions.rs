//! Waivers and exemptions that end.

use super::{Entry, Stage, What, When, distance};
use crate::triage::{self, Outcome, State};
use crate::views::inventory::{Judged, paths};
use std::collections::{BTreeSet, HashMap};

/// The login takes its end from the privilege, which is on the axis itself.
const BY_PRIVILEGE: &str = "interactive-login";

pub fn add(judged: &Judged<'_, '_>, outcome: &Outcome, all: &mut Vec<Entry>) {
    let as_of = judged.estate.as_of.date();
    let exemptions = judged.estate.exemptions();
    if outcome.waivers.is_empty() && exemptions.is_empty() {
        return;
    }
    let concerned = concerned(judged);
    let services_of = |subject: &str| concerned.get(subject).cloned().unwrap_or_default();
    let mut suppressed: HashMap<usize, Vec<&str>> = HashMap::new();
    for waived in &outcome.waived {
        suppressed
            .entry(waived.waiver)
            .or_default()
            .push(&waived.finding.subject);
    }
    for (index, waiver) in outcome.waivers.iter().enumerate() {
        let declared = &waiver.declared;
        let Some((day, place)) = declared.expires else {
            continue;
        };
        let mut services = services_of(&declared.resolved);
        // Of a pattern, what it suppresses says what it is about.
        for subject in suppressed.get(&index).into_iter().flatten() {
            services.extend(services_of(subject));
        }
        let (stage, end) = match day < as_of {
            true => (Stage::Missing, format!("ended {}", distance(day, as_of))),
            false => (Stage::Ahead, format!("its last day is {}", distance(day, as_of))),
        };
        let state = match waiver.state {
            State::Expired => end,
            state => format!("{}, {end}", state.as_str()),
        };
        all.push(Entry {
            what: What::Waiver,
            subject: declared.resolved.clone(),
            title: declared.rule.text.clone(),
            when: When::Day(day),
            stage,
            state,
            services,
            owner: triage::owner_of_waiver(declared, judged.estate),
            place,
        });
    }
    for exemption in exemptions {
        let (Some(day), Some(subject)) = (exemption.expires, exemption.subject) else {
            continue;
        };
        if exemption.key == BY_PRIVILEGE {
            continue;
        }
        let (stage, state) = match day < as_of {
            true => (Stage::Missing, format!("ended {}", distance(day, as_of))),
            false => (Stage::Ahead, format!("its last day is {}", distance(day, as_of))),
        };
        all.push(Entry {
            what: What::Exemption,
            title: exemption.key.to_owned(),
            when: When::Day(day),
            stage,
            state,
            services: services_of(&subject),
            owner: exemption.owner,
            place: exemption.place,
            subject,
        });
    }
}

/// Which services the things concern that waivers and exemptions are about, by their paths.
fn concerned(judged: &Judged<'_, '_>) -> HashMap<String, BTreeSet<String>> {
    let estate = judged.estate;
    let services = estate.services().map(|one| (one.path(), paths([one])));
    let assurances = estate.assurances().map(|one| (one.path(), paths(one.services())));
    let third_parties = estate.third_parties().map(|one| (one.path(), paths(one.services())));
    let identities = estate.identities().map(|one| {
        let homes = one.homes().services.into_iter().map(|(service, _)| service);
        (one.path(), paths(homes))
    });
    let controls = estate.controls().map(|one| {
        let reports = one.reports().map(|report| report.assurance().services());
        (one.path(), paths(reports.flatten()))
    });
    services
        .chain(assurances)
        .chain(third_parties)
        .chain(identities)
        .chain(controls)
        .collect()
}
