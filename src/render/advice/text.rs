//! What is advised, for a terminal.

use super::outline::{Item, Part, parts, shown};
use super::{CAVEAT, is_empty};
use crate::model::{count, counted};
use crate::render::columns::columns;
use crate::render::{safe, wrap};
use crate::source::Sources;
use crate::views::Advice;
use std::fmt::Write;

/// Longer lines of prose are hard to follow, however wide the terminal is.
const LONGEST_LINE: usize = 100;
/// So many syntax errors and the like are named.
const MAX_UNREAD: usize = 10;
/// The widest lead, and two blanks.
const LEAD: usize = 17;

pub fn text(advice: &Advice, sources: &Sources, width: usize, color: bool) -> String {
    let width = width.min(LONGEST_LINE);
    let mut out = String::new();
    if !advice.incomplete.is_empty() {
        let files = counted(advice.incomplete.len(), "file", "files");
        let line = format!("{files} could not be read, or not as a whole; what they hold is missing here:");
        prose(&mut out, &line, 0, width);
        for because in advice.unread.iter().take(MAX_UNREAD) {
            let place = because.place.map(|place| shown(place, sources)).unwrap_or_default();
            prose(&mut out, &format!("{place}: {}", because.text), 2, width);
        }
        if let Some(more) = advice.unread.len().checked_sub(MAX_UNREAD).filter(|more| *more > 0) {
            prose(
                &mut out,
                &format!("and {more} more; `soclint check` lists all"),
                2,
                width,
            );
        }
        out.push('\n');
    }
    if is_empty(advice) {
        prose(
            &mut out,
            "No service is declared. `soclint advise --ask` asks three questions instead.",
            0,
            width,
        );
    }
    if advice.services.len() > 1 {
        prose_table(&mut out, advice);
    }
    let (bold, end) = if color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    for service in &advice.services {
        let title = service
            .title
            .as_deref()
            .map_or_else(String::new, |title| format!(": {title}"));
        let place = shown(service.place, sources);
        let head = format!("{}{title} ({place})", service.subject);
        let _ = writeln!(out, "{bold}{}{end}", safe::line(&head));
        for part in parts(service, sources) {
            match part {
                Part::Heading(text) => {
                    out.push('\n');
                    for line in wrap(&safe::line(&text), width.saturating_sub(2)) {
                        let _ = writeln!(out, "  {bold}{line}{end}");
                    }
                }
                Part::Subheading(text) => prose(&mut out, &text, 4, width),
                Part::Item(item) => set(&mut out, &item, width),
                Part::Code(text) => {
                    for line in text.lines() {
                        match line {
                            "" => out.push('\n'),
                            line => {
                                let _ = writeln!(out, "    {}", safe::line(line));
                            }
                        }
                    }
                }
            }
        }
        out.push('\n');
    }
    for note in &advice.notes {
        prose(&mut out, note, 0, width);
    }
    prose(&mut out, CAVEAT, 0, width);
    out
}

/// How the families stand to each service.
fn prose_table(out: &mut String, advice: &Advice) {
    let rows: Vec<Vec<String>> = advice
        .services
        .iter()
        .map(|service| {
            let states = service.families.iter().map(|family| match &family.held {
                Some(held) => format!("{} ({held})", family.state.as_str()),
                None => family.state.as_str().to_owned(),
            });
            let open = match (service.nothing_missing, service.corrections.len()) {
                (true, _) => "nothing missing".to_owned(),
                (false, 0) => "missing".to_owned(),
                (false, corrections) => format!("{} to correct", count(corrections, "declaration")),
            };
            std::iter::once(service.subject.clone())
                .chain(states)
                .chain([open])
                .collect()
        })
        .collect();
    out.push_str(&columns(
        &["service", "financial reporting", "trust services", ""],
        &rows,
    ));
    out.push('\n');
}

fn set(out: &mut String, item: &Item, width: usize) {
    let source = item
        .source
        .as_deref()
        .map_or_else(String::new, |source| format!(" [{source}]"));
    let text = format!("{}{source}", item.text);
    let indent = 6;
    let Some(lead) = item.lead else {
        return prose(out, &text, indent, width);
    };
    let text = safe::line(&text);
    let lines = wrap(&text, width.saturating_sub(indent + LEAD).max(20));
    for (at, line) in lines.iter().enumerate() {
        let lead = if at == 0 { lead } else { "" };
        let _ = writeln!(out, "{:indent$}{lead:LEAD$}{line}", "");
    }
}

fn prose(out: &mut String, text: &str, indent: usize, width: usize) {
    for line in wrap(&safe::line(text), width.saturating_sub(indent).max(20)) {
        let _ = writeln!(out, "{:indent$}{line}", "");
    }
}
