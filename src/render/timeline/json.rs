//! A timeline as JSON.

use crate::render::json_text;
use crate::source::Sources;
use crate::views::{Entry, Outside, Timeline, When};
use serde::Serialize;

/// The document's version: it changes when something is taken away or means something else.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document<'t> {
    version: u32,
    as_of: String,
    from: String,
    to: String,
    incomplete: &'t [String],
    notes: &'t [String],
    earlier: Side,
    later: Side,
    timeline: Vec<Row<'t>>,
}

#[derive(Serialize)]
struct Side {
    entries: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    farthest: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Row<'t> {
    what: &'static str,
    subject: &'t str,
    title: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    stage: &'static str,
    state: &'t str,
    services: Vec<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'t str>,
    declared_at: At<'t>,
}

/// Lines and columns count from 1; columns in Unicode code points.
#[derive(Serialize)]
struct At<'t> {
    file: &'t str,
    line: usize,
    column: usize,
}

pub fn json(timeline: &Timeline, sources: &Sources) -> String {
    json_text(&Document {
        version: VERSION,
        as_of: timeline.as_of.to_string(),
        from: timeline.axis.from.to_string(),
        to: timeline.axis.to.to_string(),
        incomplete: &timeline.incomplete,
        notes: &timeline.notes,
        earlier: side(timeline.earlier),
        later: side(timeline.later),
        timeline: timeline.entries.iter().map(|entry| row(entry, sources)).collect(),
    })
}

fn side(outside: Outside) -> Side {
    Side {
        entries: outside.entries,
        farthest: outside.farthest.map(|day| day.to_string()),
    }
}

fn row<'t>(entry: &'t Entry, sources: &'t Sources) -> Row<'t> {
    let source = sources.get(entry.place.file);
    let at = source.position(entry.place.span.start);
    let text = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let (day, from, to) = match entry.when {
        When::Day(day) => (Some(day), None, None),
        When::Days(from, to) => (None, from, to),
    };
    Row {
        what: entry.what.as_str(),
        subject: &entry.subject,
        title: &entry.title,
        day: text(day),
        from: text(from),
        to: text(to),
        stage: entry.stage.as_str(),
        state: &entry.state,
        services: entry.services.iter().map(String::as_str).collect(),
        owner: entry.owner.as_deref(),
        declared_at: At {
            file: &source.path,
            line: at.line,
            column: at.column,
        },
    }
}
