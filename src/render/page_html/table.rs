//! Tables, rows and cells.

use super::anchors::Anchors;
use super::axis::{bar, years};
use super::text::{css, path, prose, text};
use crate::finding::Severity;
use crate::render::links::Links;
use crate::rules;
use crate::source::{Place, Sources};
use crate::views::{Cell, Col, Row, Says, Table};
use jiff::civil::Date;
use maud::{Markup, Render, html};

/// So many items of a list are shown.
const MAX_ITEMS: usize = 60;

/// What cells are written with.
pub struct Setting<'s> {
    pub sources: &'s Sources,
    pub prefix: &'s str,
    pub links: Option<&'s Links>,
    /// What the organization is called, if that is declared.
    pub organization: Option<&'s str>,
    pub anchors: Anchors,
    pub as_of: Date,
}

/// How wide the columns of a table are, and the labels of its cells for where it has no head: on a phone.
pub fn columns(table: &Table) -> String {
    let all: u32 = table.columns.iter().map(|column| u32::from(column.width)).sum();
    let mut out = String::new();
    for (at, column) in (1..).zip(table.columns) {
        // In tenths of a percent, so that they are the same on every machine.
        let width = u32::from(column.width) * 1_000 / all.max(1);
        let (kind, head) = (table.kind, css(column.head));
        out.push_str(&format!(
            ".{kind} th:nth-child({at}){{width:{}.{}%}}.{kind} td:nth-child({at}){{--head:{head}}}\n",
            width / 10,
            width % 10
        ));
    }
    out
}

impl Setting<'_> {
    pub fn table(&self, table: &Table, label: &str) -> Markup {
        html! {
            @if table.rows.is_empty() {
                @if table.left_out.is_none() { p { (table.none) } }
            } @else {
                table class=(table.kind) aria-labelledby=(label) {
                    thead { tr { @for column in table.columns { (self.head(table, column)) } } }
                    tbody { @for row in &table.rows { (self.row(table, row)) } }
                }
            }
            @if let Some(left_out) = &table.left_out { p { (prose(left_out)) } }
            @for note in &table.notes { p.soft { (prose(note)) } }
        }
    }

    fn head(&self, table: &Table, column: &Col) -> Markup {
        html! {
            @match (column.says, table.axis) {
                (Says::Axis, Some(axis)) => {
                    th.axis scope="col" { (column.head) (years(axis)) }
                }
                _ => { th scope="col" { (column.head) } }
            }
        }
    }

    fn row(&self, table: &Table, row: &Row) -> Markup {
        let id = row
            .subject
            .as_deref()
            .and_then(|subject| self.anchors.of_subject(subject));
        let cells = table.columns.iter().zip(&row.cells);
        html! {
            tr id=[id] {
                @for (column, cell) in cells {
                    @match (column.says, row.span, table.axis) {
                        (Says::Axis, Some(span), Some(axis)) => { td { (bar(span, axis, self.as_of)) } }
                        (says, ..) => { (self.cell(says, cell, row)) }
                    }
                }
            }
        }
    }

    fn cell(&self, says: Says, cell: &Cell, row: &Row) -> Markup {
        let listed = |items: &[String]| -> Vec<Markup> {
            let shown = items.iter().take(MAX_ITEMS).map(|item| self.item(says, item, row));
            let more = items.len().saturating_sub(MAX_ITEMS);
            let more = (more > 0).then(|| html! { "and " (more) " more" });
            shown.chain(more).collect()
        };
        let items: Vec<Markup> = match cell {
            Cell::Nothing => Vec::new(),
            Cell::Text(said) => vec![self.item(says, said, row)],
            Cell::List(items) => listed(items),
            Cell::Day(day) => vec![text(&day.to_string())],
            Cell::Count(count) => vec![count.to_string().render()],
            Cell::Standing(word) => vec![word.as_str().render()],
            Cell::Places(places) => places.iter().map(|seen| self.place(seen.place)).collect(),
            Cell::Parts(parts) => parts.iter().map(|part| text(&part.said)).collect(),
        };
        let key = match (says, cell) {
            (Says::Severity, Cell::Text(severity)) => weight(severity),
            _ => None,
        };
        html! {
            td data-k=[key] {
                @if let [only] = items.as_slice() { (only) } @else if matches!(says, Says::Names(_)) {
                    @for (at, item) in items.iter().enumerate() { @if at > 0 { ", " } (item) }
                } @else {
                    @for item in items { div { (item) } }
                }
            }
        }
    }

    fn item(&self, says: Says, said: &str, row: &Row) -> Markup {
        let own = row.subject.as_deref() == Some(said);
        let anchor = self
            .anchors
            .of_item(said, says, row.subject.as_deref())
            .filter(|_| !own);
        let shown = match says {
            Says::Path | Says::Names(_) | Says::References(_) => path(said),
            Says::Prose => prose(said),
            Says::Severity => html! { span class=(said) { (said) } },
            Says::Rule => match rules::find(said) {
                Some(rule) => html! { a href=(rule.url()) { (path(said)) } },
                None => path(said),
            },
            Says::Rules => path(said),
            Says::Text | Says::Owner | Says::Place | Says::Axis => text(said),
        };
        match anchor {
            Some(anchor) => html! { a href={ "#" (anchor) } { (shown) } },
            None => shown,
        }
    }

    fn place(&self, place: Place) -> Markup {
        let source = self.sources.get(place.file);
        let line = source.position(place.span.start).line;
        let shown = path(&format!("{}:{line}", source.path));
        let link = self.links.and_then(|links| links.to(self.sources, self.prefix, place));
        match link {
            Some(link) => html! { a href=(link) { (shown) } },
            None => shown,
        }
    }
}

/// The most severe first.
fn weight(severity: &str) -> Option<&'static str> {
    let all = [(Severity::Error, "1"), (Severity::Warning, "2"), (Severity::Note, "3")];
    let found = all.into_iter().find(|(known, _)| known.as_str() == severity);
    found.map(|(_, weight)| weight)
}
