//! Third parties: their own reports, which of our days those leave uncovered, and when their review is due.

use super::reports::{days, issued_by};
use super::{Entry, Stage, What, When, due};
use crate::decode::Field;
use crate::estate::ThirdPartyRef;
use crate::model::{ReportType, count};
use crate::rules::third_parties::{carve_out_unmonitored, processor_unreviewed};
use crate::rules::third_party_review;
use crate::views::inventory::{Judged, paths, provider_what};
use crate::views::matrix::days_of_ours;

pub fn add(judged: &Judged<'_, '_>, all: &mut Vec<Entry>) {
    for third_party in judged.estate.third_parties() {
        let subject = third_party.path();
        let body = &third_party.entity().body;
        let entry = Entry {
            what: What::ProviderReport,
            owner: judged.owner(&subject),
            subject,
            title: String::new(),
            when: When::Days(None, None),
            stage: Stage::Settled,
            state: String::new(),
            services: paths(third_party.services()),
            place: third_party.place(),
        };
        for report in body.reports.iter() {
            let (place, report) = (third_party.at(report.span), &report.value);
            let of_day = report.as_of.value().map(|day| When::Day(day.0));
            let when = match report.report_type.value() {
                Some(ReportType::One) => of_day.or_else(|| days(&report.period)),
                _ => days(&report.period).or(of_day),
            };
            let title = provider_what(report);
            if let Some(when) = when {
                all.push(Entry {
                    title: title.clone(),
                    when,
                    state: match report.opinion.value() {
                        Some(opinion) => format!("declared, opinion: {opinion}"),
                        None => "declared".to_owned(),
                    },
                    place,
                    ..entry.clone()
                });
            }
            for letter in report.bridge_letter.iter() {
                if let Some(when) = days(&letter.value.period) {
                    all.push(Entry {
                        what: What::ProviderLetter,
                        title: title.clone(),
                        when,
                        state: issued_by(&letter.value),
                        place: third_party.at(letter.span),
                        ..entry.clone()
                    });
                }
            }
        }
        of_ours(judged, third_party, &entry, all);
        review(judged, third_party, &entry, all);
    }
}

/// As the matrix of vendors has them. Of one that states no report, it is known without an axis.
fn of_ours(judged: &Judged<'_, '_>, third_party: ThirdPartyRef<'_, '_>, entry: &Entry, all: &mut Vec<Entry>) {
    if third_party.entity().body.reports.items.is_empty() {
        return;
    }
    for days in days_of_ours(judged, third_party) {
        // Of a year that is not over, reports are still to come.
        let (stage, yet) = match days.of.to > judged.estate.as_of.date() {
            true => (Stage::Ahead, " yet"),
            false => (Stage::Missing, ""),
        };
        for left in days.left.unwrap_or_default() {
            all.push(Entry {
                what: What::ProviderDays,
                title: format!("{} to {}", days.whose, days.of.to),
                when: When::period(left),
                stage,
                state: format!("no declared report of it covers {}{yet}", count(left.days(), "day")),
                ..entry.clone()
            });
        }
    }
}

fn review(judged: &Judged<'_, '_>, third_party: ThirdPartyRef<'_, '_>, entry: &Entry, all: &mut Vec<Entry>) {
    let estate = judged.estate;
    let states_own = |review: &crate::manifest::Review<'_>| review.every.known().is_some();
    let review = third_party.entity().body.review.known();
    let rule = if third_party.carve_out().is_some() {
        &carve_out_unmonitored::RULE
    } else if processor_unreviewed::asks_for(estate, third_party)
        || review.is_some_and(|review| states_own(&review.value))
    {
        &processor_unreviewed::RULE
    } else {
        return;
    };
    let Some((limit, _)) = third_party_review::cycle(&estate.as_of, judged.settings, rule, third_party) else {
        return;
    };
    let last = match review.map(|review| estate.happened(&review.value.last)) {
        Some(Field::Unknown(_)) => return,
        Some(Field::Known(last)) => Some(last),
        Some(Field::Absent) | None => None,
    };
    let since = third_party.entity().body.since.known();
    let (from, word) = match (&last, since) {
        (Some(last), _) => (*last, "the last one"),
        // What a review is not asked for yet, it is asked for a cycle later.
        (None, Some(since)) => (*since, "the relationship began"),
        (None, None) => return,
    };
    let day = limit.due(from.value.0);
    let (stage, state) = due(day, estate.as_of.date());
    let after = match last {
        Some(last) => format!("{} after {word} on {}", limit.value, last.value),
        None => format!("the first, {} after {word}", limit.value),
    };
    all.push(Entry {
        what: What::ProviderReview,
        title: "review".to_owned(),
        when: When::Day(day),
        stage,
        state: format!("{state}, {after}"),
        place: third_party.at(from.span),
        ..entry.clone()
    });
}
