//! Workflow commands: lines of a log that GitHub Actions turns into annotations.
//!
//! GitHub shows ten annotations of each kind that a step writes, and drops the others without a word. So the most
//! severe come first, no more are written than are shown, and one line says how many are not among them.

use super::{Shown, Style, asides, log, page_of, path_from, path_in_repository, safe, summary_line, waived_line};
use crate::error::Detail;
use crate::finding::{Finding, Severity};
use crate::model::{count, list_words};
use crate::source::{Place, Source, Span};
use crate::triage::Declared;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Of each kind, in a step.
const MAX_SHOWN: usize = 10;

pub fn write(out: &mut dyn Write, shown: &Shown<'_>, style: Style) -> io::Result<()> {
    let of = |wanted: Kind| shown.listed().filter(move |item| Kind::of(item) == wanted);
    // What is waived has what room is left of the notices.
    let counts = Kind::ALL.map(|kind| of(kind).count());
    let [errors, warnings, notes, waived] = counts;
    let too_many = errors.max(warnings).max(notes + waived) > MAX_SHOWN;
    // The line about the others is a notice too.
    let notices = MAX_SHOWN - usize::from(too_many);
    let room = [MAX_SHOWN, MAX_SHOWN, notices, notices - notes.min(notices)];
    for (kind, room) in Kind::ALL.into_iter().zip(room) {
        for (finding, waiver) in of(kind).take(room) {
            put(out, &annotation(shown, finding, waiver))?;
        }
    }
    let left_out: Vec<(usize, &str)> = counts
        .iter()
        .zip(room)
        .map(|(count, room)| count.saturating_sub(room))
        .zip(["error", "warning", "note", "waived finding"])
        .filter(|(count, _)| *count > 0)
        .collect();
    if !left_out.is_empty() {
        put(out, &overflow(&left_out))?;
    }
    if !style.quiet {
        for line in std::iter::once(summary_line(shown)).chain(asides(shown)) {
            put(out, &line)?;
        }
    }
    Ok(())
}

/// Writes a line, which is one command as a whole or holds none.
fn put(out: &mut dyn Write, line: &str) -> io::Result<()> {
    writeln!(out, "{}", log::annotations(line))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Error,
    Warning,
    Note,
    Waived,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Note, Self::Waived];

    fn of((finding, waiver): &(&Finding, Option<&Declared>)) -> Self {
        match (waiver, finding.severity) {
            (Some(_), _) => Self::Waived,
            (None, Severity::Error) => Self::Error,
            (None, Severity::Warning) => Self::Warning,
            (None, Severity::Note) => Self::Note,
        }
    }
}

fn annotation(shown: &Shown<'_>, finding: &Finding, waiver: Option<&Declared>) -> String {
    let command = match Kind::of(&(finding, waiver)) {
        Kind::Error => "error",
        Kind::Warning => "warning",
        Kind::Note | Kind::Waived => "notice",
    };
    let Place { file, span } = finding.primary.place;
    let source = shown.sources.get(file);
    let mut out = format!("::{command} ");
    place(&mut out, &path_in_repository(shown, source), source, span);
    let mut message = safe::line(&finding.message).into_owned();
    if !finding.help.is_empty() {
        let _ = write!(message, "\nTo fix it: {}", safe::line(&finding.help));
    }
    if let Some(owner) = &finding.owner {
        let _ = write!(message, "\nOwner: {}", safe::line(owner));
    }
    if let Some(waiver) = waiver {
        let _ = write!(message, "\n{}", safe::line(&waived_line(waiver)));
    }
    if let Some(page) = page_of(finding.rule) {
        let _ = write!(message, "\n{page}");
    }
    let waived = if waiver.is_some() { " (waived)" } else { "" };
    let _ = write!(out, ",title={}{waived}::{}", property(finding.rule), data(&message));
    out
}

/// `file=..,line=..`.
fn place(out: &mut String, path: &str, source: &Source, span: Span) {
    let (start, end) = (source.position(span.start), source.position(span.end));
    let _ = write!(out, "file={},line={},endLine={}", property(path), start.line, end.line);
    // GitHub takes columns only within one line.
    if start.line == end.line {
        let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
    }
}

/// Annotations of what ends a run: as many as are shown, and how many are not among them.
pub fn errors(details: &[Detail<'_>], prefix: &str) -> String {
    let mut out = String::new();
    for detail in details.iter().take(MAX_SHOWN) {
        out.push_str("::error ");
        if let Some(spot) = &detail.spot {
            place(&mut out, &path_from(prefix, spot.source), spot.source, spot.span);
            out.push(',');
        }
        let mut message = safe::line(&detail.in_words()).into_owned();
        if let Some(help) = &detail.help {
            let _ = write!(message, "\nTo fix it: {}", safe::line(help));
        }
        for note in &detail.notes {
            let _ = write!(message, "\n{}", safe::line(note));
        }
        let _ = writeln!(out, "title=soclint::{}", data(&message));
    }
    let more = details.len().saturating_sub(MAX_SHOWN);
    if more > 0 {
        let message =
            format!("{more} more problems have no annotation: GitHub shows {MAX_SHOWN}; the log has all of them");
        let _ = writeln!(out, "::notice title=soclint::{}", data(&message));
    }
    out
}

fn overflow(left_out: &[(usize, &str)]) -> String {
    let total: usize = left_out.iter().map(|(count, _)| count).sum();
    let kinds: Vec<String> = left_out.iter().map(|(number, kind)| count(*number, kind)).collect();
    let findings = if total == 1 { "finding has" } else { "findings have" };
    let message = format!(
        "{total} more {findings} no annotation ({}): GitHub shows {MAX_SHOWN} of each kind. `soclint check` prints the whole list, and `--output markdown=FILE` writes it for the job's summary",
        list_words(&kinds, "and")
    );
    format!("::notice title=soclint::{}", data(&message))
}

/// What stands after the command: all of it that could end the line, or the percent sign that escapes.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What is in the command: also what separates one property from the next, and the last from the message.
fn property(text: &str) -> String {
    data(&safe::line(text)).replace(':', "%3A").replace(',', "%2C")
}
