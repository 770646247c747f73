//! What miette draws: one report, with the text that it is about.

use crate::finding::Severity;
use crate::render::{Style, safe, wrap};
use crate::source::{Position, Source};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    NarratableReportHandler, SourceCode, SourceSpan, SpanContents,
};
use std::fmt::{self, Write};
use unicode_width::UnicodeWidthStr;

/// No one reads a longer line. In bytes.
pub const LONGEST_LINE: usize = 1_000;

/// Where miette begins the lines of a message and of a help, in columns.
const MESSAGE: usize = 4;
const HELP: usize = 8;

/// A report, as a terminal or a screen reader is served by it.
pub fn show(out: &mut String, report: &mut Report<'_>, style: Style) {
    if style.narrated {
        narrate(out, report)
    } else {
        draw(out, report, style)
    }
}

/// A report in words.
fn narrate(out: &mut String, report: &Report<'_>) {
    let mut text = String::new();
    let _ = NarratableReportHandler::new().render_report(&mut text, report);
    // What miette calls advice is a note everywhere else, and places in another file are no finding of their own.
    let said = match report.code {
        Some(_) => format!("    Diagnostic severity: {}\n", report.severity),
        None => String::new(),
    };
    let mut lines = text.split_inclusive('\n');
    out.extend(lines.next());
    let _ = lines.next();
    out.push_str(&said);
    out.extend(lines);
}

/// A report with its text and, between that and the help, the labels that have no room beside their places.
fn draw(out: &mut String, report: &mut Report<'_>, style: Style) {
    let handler = handler(style);
    // Miette would break lines in the midst of paths, or take long for it.
    report.message = filled(&report.message, MESSAGE, style);
    report.help = report.help.take().map(|help| filled(&help, HELP, style));
    if report.below.is_empty() {
        let _ = handler.render_report(out, report);
        return;
    }
    let help = report.help.take();
    let _ = handler.render_report(out, report);
    for (at, text) in &report.below {
        item(out, &format!("at {at}: "), text, style);
    }
    if help.is_none() {
        return;
    }
    // The help alone is drawn below the line of a message, which is empty.
    report.code = None;
    report.message.clear();
    report.snippet = None;
    report.help = help;
    let mut text = String::new();
    let _ = handler.render_report(&mut text, report);
    out.push_str(text.split_once('\n').map_or("", |(_, help)| help));
}

/// A text broken into lines for what miette leaves beside an indent.
fn filled(text: &str, indent: usize, style: Style) -> String {
    wrap(text, style.width.saturating_sub(2 + indent)).join("\n")
}

/// What stands below the text of a finding, wrapped under its own beginning.
pub fn item(out: &mut String, head: &str, text: &str, style: Style) {
    let indent = head.width();
    let room = style.width.saturating_sub(2 + indent).max(20);
    for (at, line) in wrap(text, room).iter().enumerate() {
        let _ = match at {
            0 => writeln!(out, "  {head}{line}"),
            _ => writeln!(out, "  {:indent$}{line}", ""),
        };
    }
}

fn handler(style: Style) -> GraphicalReportHandler {
    let theme = if style.color {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_urls(false)
        .with_wrap_lines(false)
        .with_context_lines(1)
}

/// A file, as miette reads it: only the lines around a place are looked at. Of those above and below it, none is shown
/// that no one reads.
pub struct Snippet<'r> {
    pub source: &'r Source,
    pub text: &'r str,
}

impl SourceCode for Snippet<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let at = |offset: usize| self.source.position(u32::try_from(offset).unwrap_or(u32::MAX));
        let Position { line, column, .. } = at(span.offset());
        // Of a file that is masked, the lines around a place say nothing.
        let is_shown = |line: &usize| !self.source.is_masked && self.source.line_range(*line).len() <= LONGEST_LINE;
        let own_last = at(span.offset() + span.len()).line;
        let above = (line.saturating_sub(lines_before).max(1)..line)
            .rev()
            .take_while(is_shown);
        let below = own_last + 1..=(own_last + lines_after).min(self.source.line_count());
        let (first, last) = (line - above.count(), own_last + below.take_while(is_shown).count());
        let (start, end) = (self.source.line_range(first).start, self.source.line_range(last).end);
        let data = self.text.get(start..end).unwrap_or_default();
        Ok(Box::new(MietteSpanContents::new_named(
            safe::line(&self.source.path).into_owned(),
            data.as_bytes(),
            SourceSpan::new(start.into(), end - start),
            first - 1,
            // Asked for a place alone, miette wants to know where in its line that is.
            if lines_before == 0 { column - 1 } else { 0 },
            last - first + 1,
        )))
    }
}

/// What miette draws.
pub struct Report<'r> {
    /// `error[stale-report]`; nothing for the places of another file.
    pub code: Option<String>,
    pub severity: Severity,
    pub message: String,
    pub help: Option<String>,
    pub snippet: Option<Snippet<'r>>,
    pub labels: Vec<LabeledSpan>,
    /// The texts of labels that have no room beside their places, each with its line and column.
    pub below: Vec<(String, String)>,
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report<'_> {}

impl Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty())
            .then(|| Box::new(self.labels.iter().cloned()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}
