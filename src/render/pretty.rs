//! Findings for people, drawn by miette: each with the text it is about, and the other half of the
//! contradiction, also where that stands in another file.

mod labels;

use super::fold::{Item, Told, fold};
use super::group::groups;
use super::{Shown, Style, closing_lines, code, concise, safe, waived_line, wrap};
use crate::finding::{Finding, Label, Severity};
use crate::rules;
use crate::source::{FileId, Position, Source, Sources};
use crate::triage::Declared;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    NarratableReportHandler, SourceCode, SourceSpan, SpanContents,
};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use unicode_width::UnicodeWidthStr;

/// More places than this say no more; JSON and SARIF have all of them.
const MOST_RELATED: usize = 5;
/// In bytes.
const LONGEST_LINE: usize = 1_000;

pub fn render(shown: &Shown<'_>, style: Style) -> String {
    let texts = Texts::of(shown.sources);
    let mut out = String::new();
    // What is outside is somebody else's, and told for what it may have silenced.
    let inside = shown.listed().filter(|(finding, _)| !shown.outcome.is_outside(finding));
    for (told, title) in told(shown, inside) {
        if let Some(title) = title {
            heading(&mut out, &title, style);
        }
        let Told { finding, waiver, .. } = told;
        for mut report in reports(finding, waiver, &texts, style) {
            match style.narrated {
                true => narrate(&mut out, &report),
                false => draw(&mut out, &mut report, style),
            }
        }
        if let Some(rest) = told.rest(|name| safe::line(name).into_owned()) {
            item(&mut out, "", &rest, style);
        }
        footer(&mut out, finding, waiver, style);
    }
    let outside = shown.listed().filter(|(finding, _)| shown.outcome.is_outside(finding));
    for (finding, waiver) in outside {
        concise::line(&mut out, shown, finding, waiver);
    }
    if !style.quiet {
        for text in closing_lines(shown) {
            for line in wrap(&safe::line(&text), style.width) {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    out
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
    if report.below.is_empty() {
        let _ = handler.render_report(out, report);
        return;
    }
    let help = report.help.take();
    let start = out.len();
    let _ = handler.render_report(out, report);
    let without_help = out.len() - start;
    for (at, text) in &report.below {
        item(out, &format!("at {at}: "), text, style);
    }
    report.help = help;
    let mut whole = String::new();
    let _ = handler.render_report(&mut whole, report);
    out.push_str(whole.get(without_help..).unwrap_or_default());
}

/// What stands below the text of a finding, wrapped under its own beginning.
fn item(out: &mut String, head: &str, text: &str, style: Style) {
    let indent = head.width();
    let room = style.width.saturating_sub(2 + indent).max(20);
    for (at, line) in wrap(text, room).iter().enumerate() {
        let _ = match at {
            0 => writeln!(out, "  {head}{line}"),
            _ => writeln!(out, "  {:indent$}{line}", ""),
        };
    }
}

/// Findings of one cause together, and with the first of each group its title, if they are grouped.
fn told<'r>(shown: &Shown<'r>, items: impl Iterator<Item = Item<'r>>) -> Vec<(Told<'r>, Option<String>)> {
    let Some(by) = shown.group_by else {
        let items: Vec<Item<'r>> = items.collect();
        return fold(&items).into_iter().map(|told| (told, None)).collect();
    };
    let groups = groups(shown, by, items).into_iter();
    let told = groups.flat_map(|group| {
        let mut title = Some(group.title());
        fold(&group.items).into_iter().map(move |told| (told, title.take()))
    });
    told.collect()
}

/// The title of a group of findings.
fn heading(out: &mut String, title: &str, style: Style) {
    let title = safe::line(title);
    let _ = match (style.narrated, style.color) {
        (true, _) => writeln!(out, "{title}\n"),
        (false, false) => writeln!(out, "== {title} ==\n"),
        (false, true) => writeln!(out, "\u{1b}[1m== {title} ==\u{1b}[0m\n"),
    };
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
        .with_break_words(false)
        // Only between words: what is broken at a `/` or a `-` can be neither copied nor found.
        .with_word_separator(textwrap::WordSeparator::AsciiSpace)
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
        .with_context_lines(1)
}

/// What stands below a finding: whose it is, where its rule comes from, and where to read on. Links are not wrapped.
fn footer(out: &mut String, finding: &Finding, waiver: Option<&Declared>, style: Style) {
    if let Some(waiver) = waiver {
        item(out, "", &safe::line(&waived_line(waiver)), style);
    }
    if let Some(precedence) = finding.precedence() {
        item(out, "", &safe::line(&precedence), style);
    }
    if let Some(owner) = &finding.owner {
        let _ = writeln!(out, "  owner: {}", safe::line(owner));
    }
    if let Some(rule) = rules::find(finding.rule) {
        let references = rule.resting_on(finding.references);
        if !references.is_empty() {
            item(out, "references: ", &references.join(", "), style);
        }
        let _ = writeln!(out, "  page: {}", rule.url());
    }
    out.push('\n');
}

/// The files' texts, made safe when they are first shown.
struct Texts<'r> {
    sources: &'r Sources,
    safe: Vec<OnceCell<Cow<'r, str>>>,
}

impl<'r> Texts<'r> {
    fn of(sources: &'r Sources) -> Self {
        Self {
            sources,
            safe: (0..sources.all()).map(|_| OnceCell::new()).collect(),
        }
    }

    fn snippet(&self, file: FileId) -> Snippet<'_> {
        let source = self.sources.get(file);
        let text = self.safe[file.0 as usize].get_or_init(|| safe::source(&source.text));
        Snippet { source, text }
    }
}

/// A file, as miette reads it: only the lines around a place are looked at.
struct Snippet<'r> {
    source: &'r Source,
    text: &'r str,
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
        let first = line.saturating_sub(lines_before).max(1);
        let last = (at(span.offset() + span.len()).line + lines_after).min(self.source.line_count());
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
struct Report<'r> {
    /// `error[stale-report]`; nothing for the places of another file.
    code: Option<String>,
    severity: Severity,
    message: String,
    help: Option<String>,
    snippet: Option<Snippet<'r>>,
    labels: Vec<LabeledSpan>,
    /// The texts of labels that have no room beside their places, each with its line and column.
    below: Vec<(String, String)>,
}

/// The finding in its own file, and then its places in others: miette's labels cannot span files, and what it
/// nests it breaks at the width, source lines and all.
fn reports<'r>(finding: &Finding, waiver: Option<&Declared>, texts: &'r Texts<'_>, style: Style) -> Vec<Report<'r>> {
    let file = finding.primary.place.file;
    let mut by_file: BTreeMap<FileId, Vec<&Label>> = BTreeMap::new();
    for label in finding.related.iter().take(MOST_RELATED) {
        by_file.entry(label.place.file).or_default().push(label);
    }
    let own = by_file.remove(&file).unwrap_or_default();
    let snippet = texts.snippet(file);
    let all: Vec<&Label> = std::iter::once(&finding.primary).chain(own).collect();
    let (labels, below) = labels::set(&snippet, &all, true, style);
    let related = by_file.into_iter().map(|(file, labels)| {
        let snippet = texts.snippet(file);
        let (labels, below) = labels::set(&snippet, &labels, false, style);
        Report {
            code: None,
            severity: Severity::Note,
            message: format!("see also {}", safe::line(&snippet.source.path)),
            help: None,
            labels,
            below,
            snippet: Some(snippet),
        }
    });
    let mut help = safe::line(&finding.help).into_owned();
    if finding.others() > MOST_RELATED {
        let more = finding.others() - MOST_RELATED;
        let _ = match finding.beyond.count {
            0 => write!(help, " ({more} more places are in --format json)"),
            _ => write!(help, " (and {more} more places)"),
        };
    }
    // A file that could not be read has no text to show, and nobody reads a line as long as a book.
    let at = snippet.source.position(finding.primary.place.span.start);
    let has_text = !snippet.text.is_empty() && snippet.source.line_range(at.line).len() <= LONGEST_LINE;
    let message = safe::line(&finding.message).into_owned();
    let own = Report {
        code: Some(code(finding, waiver)),
        severity: finding.severity,
        message: if has_text {
            message
        } else {
            format!(
                "{}:{}:{}: {message}",
                safe::line(&snippet.source.path),
                at.line,
                at.column
            )
        },
        help: (!help.is_empty()).then_some(help),
        snippet: has_text.then_some(snippet),
        labels: if has_text { labels } else { Vec::new() },
        below: if has_text { below } else { Vec::new() },
    };
    std::iter::once(own).chain(related).collect()
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
