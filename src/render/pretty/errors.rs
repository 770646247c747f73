//! What ends a run, drawn as findings are: each fault with the line that it is in.

use super::report::{Snippet, show};
use super::{Title, report, see_also};
use crate::error::{Detail, Spot};
use crate::finding::{Label, Severity};
use crate::render::{Style, safe};
use crate::source::{FileId, Place, Source};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt::Write;

/// No one reads more of them at a terminal.
pub const MAX_DRAWN: usize = 50;

pub fn render(details: &[Detail<'_>], style: Style) -> String {
    let shown = &details[..details.len().min(MAX_DRAWN)];
    let texts = Texts::of(shown);
    let mut out = String::new();
    for detail in shown {
        match &detail.spot {
            Some(spot) => draw(&mut out, detail, spot, &texts, style),
            None => plain(&mut out, detail),
        }
    }
    out
}

/// What is in no line of a file.
pub fn plain(out: &mut String, detail: &Detail<'_>) {
    let _ = write!(out, "soclint: {}", safe::line(&detail.message));
    if let Some(help) = &detail.help {
        let _ = write!(out, "; {}", safe::line(help));
    }
    out.push('\n');
    for note in &detail.notes {
        let _ = writeln!(out, "{}", safe::line(note));
    }
}

fn draw(out: &mut String, detail: &Detail<'_>, spot: &Spot<'_>, texts: &Texts<'_>, style: Style) {
    let (own, related) = (label(spot), detail.related.as_ref());
    let (beside, elsewhere): (Option<&Spot<'_>>, Option<&Spot<'_>>) = match related {
        Some(related) if std::ptr::eq(related.source, spot.source) => (Some(related), None),
        related => (None, related),
    };
    let beside = beside.map(label);
    let all: Vec<&Label> = std::iter::once(&own).chain(&beside).collect();
    let title = Title {
        code: format!("error[{}]", detail.kind.as_str()),
        severity: Severity::Error,
        message: &detail.message,
        help: safe::line(detail.help.as_deref().unwrap_or_default()).into_owned(),
    };
    if let Some(snippet) = texts.snippet(spot.source) {
        show(out, &mut report(title, snippet, &all, style), style);
    }
    if let Some(elsewhere) = elsewhere
        && let Some(snippet) = texts.snippet(elsewhere.source)
    {
        show(out, &mut see_also(snippet, &[&label(elsewhere)], style), style);
    }
    out.push('\n');
}

fn label(spot: &Spot<'_>) -> Label {
    Label {
        // Which file it is, the spot itself says.
        place: Place {
            file: FileId::at(0),
            span: spot.span,
        },
        text: spot.label.clone().into(),
    }
}

/// The texts of the files that are shown, each made safe once.
struct Texts<'e>(Vec<(&'e Source, OnceCell<Cow<'e, str>>)>);

impl<'e> Texts<'e> {
    fn of(details: &[Detail<'e>]) -> Self {
        let mut texts: Vec<(&'e Source, OnceCell<Cow<'e, str>>)> = Vec::new();
        for spot in details
            .iter()
            .flat_map(|detail| detail.spot.iter().chain(&detail.related))
        {
            if !texts.iter().any(|(known, _)| std::ptr::eq(*known, spot.source)) {
                texts.push((spot.source, OnceCell::new()));
            }
        }
        Self(texts)
    }

    fn snippet(&self, source: &Source) -> Option<Snippet<'_>> {
        let (source, text) = self.0.iter().find(|(known, _)| std::ptr::eq(*known, source))?;
        let text = text.get_or_init(|| safe::source(&source.text));
        Some(Snippet { source, text })
    }
}
