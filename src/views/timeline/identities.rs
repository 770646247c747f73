//! Identities: when their rotation and the review of their access are due, and when they cease to work.

use super::{Entry, Stage, What, When, distance, due};
use crate::estate::{IdentityRef, StatedAt};
use crate::rules::nhi::{rotation_overdue, without_access_review};
use crate::views::inventory::{Judged, paths};

pub fn add(judged: &Judged<'_, '_>, all: &mut Vec<Entry>) {
    for identity in judged.estate.identities().filter(IdentityRef::is_active) {
        let before = all.len();
        rotation(judged, identity, all);
        review(judged, identity, all);
        expiry(judged, identity, all);
        if all.len() == before {
            continue;
        }
        let subject = identity.path();
        let owner = judged.owner(&subject);
        let services = paths(identity.homes().services.into_iter().map(|(service, _)| service));
        for entry in all.iter_mut().skip(before) {
            entry.subject.clone_from(&subject);
            entry.owner.clone_from(&owner);
            entry.services.clone_from(&services);
        }
    }
}

fn rotation(judged: &Judged<'_, '_>, identity: IdentityRef<'_, '_>, all: &mut Vec<Entry>) {
    let estate = judged.estate;
    if !identity.is_non_human() {
        return;
    }
    let Some(cycle) = rotation_overdue::cycle(estate, judged.settings, identity) else {
        return;
    };
    let day = cycle.limit.due(cycle.last.value.0);
    let (stage, state) = due(day, estate.as_of.date());
    let by = match identity.part(|i| &i.rotation).is_automatic() {
        true => ", rotated by a system",
        false => "",
    };
    let state = format!(
        "{state}, {} after the last one on {}{by}",
        cycle.limit.value, cycle.last.value
    );
    all.push(entry(What::Rotation, day, stage, state, cycle.last.place()));
}

fn review(judged: &Judged<'_, '_>, identity: IdentityRef<'_, '_>, all: &mut Vec<Entry>) {
    let estate = judged.estate;
    let Some((limit, own)) = without_access_review::cycle(estate, judged.settings, identity) else {
        return;
    };
    // Of others it is asked only as far as they ask it of themselves.
    let is_asked = identity.is_non_human() && !identity.may_need_no_watch();
    if !is_asked && own.is_none() {
        return;
    }
    let review = identity.part(|i| &i.review);
    match estate.happened_by_now(review.stated(|r| &r.last)) {
        StatedAt::Unknown => {}
        StatedAt::Known(last) => {
            let day = limit.due(last.value.0);
            let (stage, state) = due(day, estate.as_of.date());
            let state = format!("{state}, {} after the last one on {}", limit.value, last.value);
            all.push(entry(What::AccessReview, day, stage, state, last.place()));
        }
        StatedAt::Absent => {
            let created = identity.stated(|i| &i.created);
            if let StatedAt::Known(created) = created
                && !review.is_unknown()
            {
                let day = limit.due(created.value.0);
                let (stage, state) = due(day, estate.as_of.date());
                let state = format!("{state}, the first, {} after it was created", limit.value);
                all.push(entry(What::AccessReview, day, stage, state, created.place()));
            }
        }
    }
}

fn expiry(judged: &Judged<'_, '_>, identity: IdentityRef<'_, '_>, all: &mut Vec<Entry>) {
    if let StatedAt::Known(expires) = identity.stated(|i| &i.expires) {
        let day = expires.value.0;
        let distance = distance(day, judged.estate.as_of.date());
        let (stage, state) = match day < judged.estate.as_of.date() {
            true => (
                Stage::Missing,
                format!("expired {distance}, and not declared as retired"),
            ),
            false => (Stage::Ahead, format!("works until then, {distance}")),
        };
        all.push(entry(What::Expiry, day, stage, state, expires.place()));
    }
}

fn entry(what: What, day: jiff::civil::Date, stage: Stage, state: String, place: crate::source::Place) -> Entry {
    Entry {
        what,
        subject: String::new(),
        title: what.as_str().to_owned(),
        when: When::Day(day),
        stage,
        state,
        services: Default::default(),
        owner: None,
        place,
    }
}
