//! What ends a run, as it is said on standard error: drawn as findings are, in lines, or as JSON.

use super::pretty::{MAX_DRAWN, plain_error, render_errors};
use super::{Format, Style, github, json_text, safe};
use crate::error::{Detail, Kind, Spot};
use crate::model::count;
use crate::source::Source;
use serde::Serialize;
use std::fmt::Write;

/// How errors are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorFormat {
    /// For people, each with its line.
    Drawn,
    /// A line for each.
    Lines,
    /// One document; its shape is documented in `docs/output.md`.
    Json,
}

impl From<Format> for ErrorFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Pretty => Self::Drawn,
            Format::Json => Self::Json,
            // What is uploaded says nothing of a run that there was not; people read it in a log.
            Format::Concise | Format::Sarif | Format::Github | Format::Gitlab | Format::Junit | Format::Markdown => {
                Self::Lines
            }
        }
    }
}

/// Renders everything that is wrong, for standard error.
pub fn render(format: ErrorFormat, details: &[Detail<'_>], style: Style) -> String {
    match format {
        ErrorFormat::Json => json(details),
        ErrorFormat::Lines => {
            let mut out = String::new();
            for detail in details {
                line(&mut out, detail);
            }
            closing(&mut out, details, details.len());
            out
        }
        ErrorFormat::Drawn => {
            let mut out = render_errors(details, style);
            closing(&mut out, details, MAX_DRAWN);
            out
        }
    }
}

/// Annotations of everything that is wrong, for standard output. `prefix` leads from the repository's root to the estate's.
pub fn annotations(details: &[Detail<'_>], prefix: &str) -> String {
    super::log::annotations(&github::errors(details, prefix))
}

/// `path:line:column: message`.
fn line(out: &mut String, detail: &Detail<'_>) {
    match &detail.spot {
        Some(spot) => {
            let _ = writeln!(
                out,
                "{}: {}",
                safe::line(&spot.source.place(spot.span)),
                safe::line(&detail.in_words())
            );
        }
        None => plain_error(out, detail),
    }
}

/// What the faults of a file come to, where there are any.
fn closing(out: &mut String, details: &[Detail<'_>], most: usize) {
    let spots: Vec<&Spot<'_>> = details.iter().filter_map(|detail| detail.spot.as_ref()).collect();
    let Some(first) = details.iter().find(|detail| detail.spot.is_some()) else {
        return;
    };
    let what = match first.kind {
        Kind::Baseline => "the baseline",
        _ => "the config",
    };
    let mut files: Vec<*const Source> = spots.iter().map(|spot| std::ptr::from_ref(spot.source)).collect();
    files.dedup();
    let _ = write!(out, "soclint: {what} cannot be used: {}", count(spots.len(), "problem"));
    if files.len() > 1 {
        let _ = write!(out, " in {}", count(files.len(), "file"));
    }
    if spots.len() > most {
        let _ = write!(
            out,
            ", of which the first {most} are shown; --format json has all of them"
        );
    }
    out.push('\n');
}

#[derive(Serialize)]
struct Document<'e> {
    version: u32,
    errors: Vec<Item<'e>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'e> {
    kind: &'static str,
    message: &'e str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'e str>,
    #[serde(flatten)]
    at: Option<At>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'e str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'e>>,
}

#[derive(Serialize)]
struct Related<'e> {
    message: &'e str,
    path: &'e str,
    #[serde(flatten)]
    at: At,
}

/// All from 1; columns in Unicode code points.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct At {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

fn json(details: &[Detail<'_>]) -> String {
    json_text(&Document {
        version: 1,
        errors: details.iter().map(item).collect(),
    })
}

fn item<'e>(detail: &'e Detail<'_>) -> Item<'e> {
    let spot = detail.spot.as_ref();
    Item {
        kind: detail.kind.as_str(),
        message: &detail.message,
        notes: detail.notes.iter().map(String::as_str).collect(),
        path: spot.map(|spot| spot.source.path.as_str()).or(detail.path.as_deref()),
        at: spot.map(at),
        label: spot.map(|spot| spot.label.as_str()).filter(|label| !label.is_empty()),
        help: detail.help.as_deref(),
        related: detail.related.iter().map(related).collect(),
    }
}

fn related<'e>(spot: &'e Spot<'_>) -> Related<'e> {
    Related {
        message: &spot.label,
        path: &spot.source.path,
        at: at(spot),
    }
}

fn at(spot: &Spot<'_>) -> At {
    let (start, end) = (
        spot.source.position(spot.span.start),
        spot.source.position(spot.span.end),
    );
    At {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}
