//! A timeline for terminals: an axis of characters, and words beside it; or words alone.

use super::axis::{ASCII, Axis, UNICODE};
use super::{head, incomplete_line, notes, place, subject};
use crate::render::{Style, safe, wrap};
use crate::source::Sources;
use crate::views::{Entry, Group, Stage, Timeline};
use std::fmt::Write;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Between two columns.
const GAP: usize = 2;
/// So many files are named of those that were not read.
const MAX_NAMED: usize = 3;

/// How a timeline is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Drawing {
    pub style: Style,
    /// Whether the terminal shows more than ASCII.
    pub unicode: bool,
}

/// How wide each part is.
struct Widths {
    subject: usize,
    axis: usize,
    text: usize,
}

pub fn drawn(timeline: &Timeline, sources: &Sources, drawing: Drawing) -> String {
    let width = drawing.style.width;
    let mut out = String::new();
    let prose = |out: &mut String, text: &str| {
        for line in folded(text, width) {
            let _ = writeln!(out, "{line}");
        }
    };
    if let Some(line) = incomplete_line(timeline) {
        prose(&mut out, &line);
        for file in timeline.incomplete.iter().take(MAX_NAMED) {
            prose(&mut out, &format!("- {file}"));
        }
        out.push('\n');
    }
    prose(&mut out, &head(timeline));
    if timeline.entries.is_empty() {
        prose(&mut out, "no entry to show");
    } else if drawing.style.narrated {
        narrate(&mut out, timeline, sources, width);
    } else {
        draw(&mut out, timeline, sources, drawing);
    }
    let notes = notes(timeline);
    if !notes.is_empty() {
        out.push('\n');
    }
    for note in notes {
        prose(&mut out, &note);
    }
    out
}

/// The entries of each heading that has some.
fn groups(timeline: &Timeline) -> impl Iterator<Item = (&'static str, &[Entry])> {
    let groups = timeline
        .entries
        .chunk_by(|one, other| one.what.group() == other.what.group());
    groups.filter_map(|entries| {
        let group: Group = entries.first()?.what.group();
        Some((group.title(), entries))
    })
}

fn narrate(out: &mut String, timeline: &Timeline, sources: &Sources, width: usize) {
    for (title, entries) in groups(timeline) {
        let _ = writeln!(out, "\n{title}\n");
        for entry in entries {
            let said = format!(
                "{}: {}; {}. {}",
                subject(entry),
                entry.said(),
                entry.when.in_words(),
                place(sources, entry.place)
            );
            for (at, line) in folded(&said, width.saturating_sub(2)).iter().enumerate() {
                let _ = writeln!(out, "{}{line}", if at == 0 { "" } else { "  " });
            }
        }
    }
}

fn draw(out: &mut String, timeline: &Timeline, sources: &Sources, drawing: Drawing) {
    let widths = Widths::of(timeline, drawing.style.width);
    let axis = Axis {
        period: timeline.axis,
        columns: widths.axis,
        marks: if drawing.unicode { &UNICODE } else { &ASCII },
    };
    for line in folded(&axis.marks.legend(), drawing.style.width) {
        let _ = writeln!(out, "{line}");
    }
    let indent = widths.subject + GAP;
    let _ = writeln!(out, "\n{:indent$}{}", "", axis.years());
    for (title, entries) in groups(timeline) {
        let _ = writeln!(out, "{}", strong(title, drawing.style.color));
        let mut before = None;
        for entry in entries {
            let named = subject(entry);
            // What is about the same stands together, and is named once.
            let label = if before.as_ref() == Some(&named) {
                Vec::new()
            } else {
                folded(&named, widths.subject)
            };
            let text = format!(
                "{}; {}  {}",
                entry.said(),
                entry.when.in_words(),
                place(sources, entry.place)
            );
            let line = axis.line(entry.when, entry.stage, timeline.as_of);
            let parts = [
                label,
                vec![colored(&line, entry.stage, axis.marks.today, drawing.style.color)],
                folded(&text, widths.text),
            ];
            set(out, &parts, &widths);
            before = Some(named);
        }
    }
}

/// Sets the lines of three parts beside each other.
fn set(out: &mut String, parts: &[Vec<String>; 3], widths: &Widths) {
    let [label, axis, text] = parts;
    let lines = label.len().max(axis.len()).max(text.len());
    for at in 0..lines {
        let label = label.get(at).map_or("", String::as_str);
        let after_label = (widths.subject + GAP).saturating_sub(label.width());
        let text = text.get(at).map_or("", String::as_str);
        let line = match axis.get(at) {
            Some(axis) => format!("{label}{:after_label$}{axis}{:GAP$}{text}", "", ""),
            None => {
                let blank = after_label + widths.axis + GAP;
                format!("{label}{:blank$}{text}", "")
            }
        };
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

impl Widths {
    /// The subjects have no more than they need, the axis a third; the words have the rest.
    fn of(timeline: &Timeline, width: usize) -> Self {
        let subjects = timeline.entries.iter();
        let longest = subjects
            .map(|entry| safe::line(&subject(entry)).width())
            .max()
            .unwrap_or(0);
        let subject = longest.clamp(8, (width / 4).max(8));
        let axis = (width * 3 / 10).clamp(10, 60);
        let text = width.saturating_sub(subject + axis + 2 * GAP).max(8);
        Self { subject, axis, text }
    }
}

fn strong(text: &str, color: bool) -> String {
    if color {
        format!("\u{1b}[1m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// Colors what is drawn of an entry; what is settled has none.
fn colored(line: &str, stage: Stage, today: char, color: bool) -> String {
    let code = match stage {
        Stage::Ahead if color => "36",
        Stage::Missing if color => "31",
        _ => return line.to_owned(),
    };
    let is_mark = |c: char| c != ' ' && c != today;
    let (Some(from), Some(to)) = (line.find(is_mark), line.rfind(is_mark)) else {
        return line.to_owned();
    };
    let to = to + line[to..].chars().next().map_or(0, char::len_utf8);
    format!(
        "{}\u{1b}[{code}m{}\u{1b}[0m{}",
        &line[..from],
        &line[from..to],
        &line[to..]
    )
}

/// Text in lines of at most so many columns: broken between words and, where a word is longer, in it.
pub fn folded(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in wrap(&safe::line(text), room) {
        let mut rest = String::new();
        for c in line.chars() {
            if rest.width() + c.width().unwrap_or(0) > room.max(2) {
                lines.push(std::mem::take(&mut rest));
            }
            rest.push(c);
        }
        if !rest.is_empty() {
            lines.push(rest);
        }
    }
    lines
}
