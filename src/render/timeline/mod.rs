//! A timeline: one module for each format, and what they share.

pub(super) mod axis;
mod calendar;
pub(super) mod drawn;
mod json;
mod markdown;
mod schema;

pub use calendar::ics;
pub use drawn::{Drawing, drawn};
pub use json::json;
pub use markdown::markdown;
pub use schema::schema;

use crate::model::{count, counted};
use crate::source::{Place, Sources};
use crate::views::{Entry, Timeline, What};

/// `scope.toml:12`.
fn place(sources: &Sources, place: Place) -> String {
    let source = sources.get(place.file);
    format!("{}:{}", source.path, source.position(place.span.start).line)
}

/// What it is about; of several services that stand alike, the first and how many more.
fn subject(entry: &Entry) -> String {
    let others = entry.services.len().saturating_sub(1);
    match entry.what {
        What::UserYearEnd if others > 0 => format!("{} and {others} more", entry.subject),
        _ => entry.subject.clone(),
    }
}

/// What stands below: what is outside of the axis, and what else is not on it.
fn notes(timeline: &Timeline) -> Vec<String> {
    timeline
        .outside()
        .into_iter()
        .chain(timeline.notes.iter().cloned())
        .collect()
}

fn incomplete_line(timeline: &Timeline) -> Option<String> {
    let files = timeline.incomplete.len();
    let verb = if files == 1 { "was" } else { "were" };
    (files > 0).then(|| {
        let what = if files == 1 { "it holds" } else { "they hold" };
        format!(
            "incomplete: {} {verb} not read as a whole, and what {what} is missing here",
            count(files, "file")
        )
    })
}

fn head(timeline: &Timeline) -> String {
    format!(
        "{} from {} to {}, as of {}",
        counted(timeline.entries.len(), "entry", "entries"),
        timeline.axis.from,
        timeline.axis.to,
        timeline.as_of
    )
}
