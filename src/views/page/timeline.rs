//! What is declared with a day, on one axis.

use super::table::sentence;
use super::{Chapter, Col, Row, Says, Span, Table, Title};
use crate::model::counted;
use crate::triage::Outcome;
use crate::views::inventory::Judged;
use crate::views::timeline::{Asked, Entry, Group, Outside, Stage, Timeline};
use crate::views::{Cell, cells};
use jiff::civil::Date;

const COLUMNS: &[Col] = &[
    Col::new("Subject", Says::Path, 17),
    Col::new("What, and how it stands", Says::Text, 25),
    Col::new("Days", Says::Text, 11),
    Col::new("On the axis", Says::Axis, 30),
    Col::new("Stage", Says::Text, 7),
    Col::new("Declared at", Says::Place, 14),
];

pub fn chapter(judged: &Judged<'_, '_>, outcome: &Outcome) -> Chapter {
    let timeline = judged.timeline(outcome, &Asked::default());
    let axis = timeline.axis;
    let mut chapter = Chapter::new("timeline", "Timeline").saying(format!(
        "What is declared with a day, from {} to {}. The line across the axis is the as-of date, {}; marks below the bars are first \
         days of January and July. “Missing” is what is overdue, over or not covered; “ahead”, what is due or under way; \
         “settled”, what is declared as it is.",
        axis.from, axis.to, timeline.as_of
    ));
    for group in Group::ALL {
        let entries = timeline.entries.iter().filter(|entry| entry.what.group() == group);
        let mut table = Table::new("timeline", COLUMNS, "Nothing is declared with a day.");
        table.rows = entries.map(row).collect();
        if table.rows.is_empty() {
            continue;
        }
        table.title = Some(Title::Words(group.title()));
        table.axis = Some(axis);
        table.all = "`soclint timeline`".to_owned();
        chapter.tables.push(table);
    }
    if chapter.tables.is_empty() {
        chapter
            .tables
            .push(Table::new("timeline", COLUMNS, "Nothing is declared with a day."));
    }
    let notes = timeline.notes.iter().map(|note| sentence(note));
    chapter.about.extend(notes.chain(outside(&timeline)));
    chapter
}

fn row(entry: &Entry) -> Row {
    Row {
        subject: None,
        span: Some(Span {
            when: entry.when,
            stage: entry.stage,
        }),
        is_open: entry.stage == Stage::Missing,
        cells: vec![
            cells::text(&entry.subject),
            cells::text(entry.said()),
            cells::text(entry.when.in_words()),
            Cell::Nothing,
            cells::text(entry.stage.as_str()),
            cells::place(entry.place),
        ],
    }
}

/// What lies outside of the axis.
fn outside(timeline: &Timeline) -> impl Iterator<Item = String> {
    let said = |outside: Outside, word: &str, option: &str, edge: Date| {
        let farthest = outside.farthest?;
        let entries = counted(outside.entries, "entry lies", "entries lie");
        Some(format!(
            "{entries} {word} {edge}: `soclint timeline {option} {farthest}` shows them."
        ))
    };
    let earlier = said(timeline.earlier, "before", "--from", timeline.axis.from);
    let later = said(timeline.later, "after", "--to", timeline.axis.to);
    earlier.into_iter().chain(later)
}
