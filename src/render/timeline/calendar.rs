//! A timeline as a calendar to import.

use super::{place, subject};
use crate::render::ics::{Calendar, Event};
use crate::source::Sources;
use crate::views::{Stage, Timeline};

/// An event for each entry. What has no first or no last day is an event of the day that it has.
pub fn ics(timeline: &Timeline, sources: &Sources) -> String {
    let mut calendar = Calendar::new(timeline.as_of);
    for entry in &timeline.entries {
        let Some(from) = entry.when.from().or(entry.when.to()) else {
            continue;
        };
        let name = entry.lasting();
        let name: Vec<&str> = name.iter().map(String::as_str).collect();
        let mut description = vec![format!("{}.", entry.said()), format!("{}.", entry.when.in_words())];
        description.extend(entry.owner.as_ref().map(|owner| format!("Owner: {owner}")));
        description.push(place(sources, entry.place));
        calendar.add(&Event {
            name: &name,
            from,
            to: entry.when.to().unwrap_or(from),
            summary: &format!("{}: {} ({})", subject(entry), entry.what.as_str(), entry.title),
            description: &description,
            category: entry.stage.as_str(),
            priority: match entry.stage {
                Stage::Missing => 1,
                Stage::Ahead => 5,
                Stage::Settled => 9,
            },
        });
    }
    calendar.finish()
}
