//! Findings for people, drawn by miette: each with the text it is about, and the other half of the
//! contradiction, also where that is in another file.

mod errors;
mod labels;
mod report;

pub use errors::{MAX_DRAWN, plain as plain_error, render as render_errors};

use super::fold::{Item, Told, fold};
use super::group::{groups, weight};
use super::{Shown, Style, closing, code, concise, page_of, safe, stream, waived_line, wrap};
use crate::finding::{Finding, Label, Severity};
use crate::model::counted;
use crate::rules;
use crate::source::{FileId, Sources};
use crate::triage::Declared;
use report::{LONGEST_LINE, Report, Snippet, item, show};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::OnceLock;

/// No one reads more than this at a terminal; what is beyond has a line each.
const MAX_FINDINGS: usize = 1_000;
/// More places than this say no more; JSON and SARIF have all of them.
const MAX_RELATED: usize = 5;

pub fn write(out: &mut dyn Write, shown: &Shown<'_>, style: Style) -> io::Result<()> {
    let texts = Texts::of(shown.sources);
    // A file outside belongs to others; it is shown for what it may have silenced.
    let inside = shown.listed().filter(|(finding, _)| !shown.outcome.is_outside(finding));
    let mut groups = told(shown, inside);
    let lines = beyond(&mut groups, MAX_FINDINGS);
    let drawn = groups.into_iter().flat_map(|(mut title, told)| {
        let told = told.into_iter();
        told.map(move |told| (told, title.take()))
    });
    stream::joined(out, drawn, "", |to, (told, title)| {
        let mut out = String::new();
        if let Some(title) = title {
            heading(&mut out, title, style);
        }
        for mut report in reports(told.finding, told.waiver, &texts, style) {
            show(&mut out, &mut report, style);
        }
        if let Some(rest) = told.rest(|name| safe::line(name).into_owned()) {
            item(&mut out, "", &rest, style);
        }
        footer(&mut out, told.finding, told.waiver, style);
        to.write_all(out.as_bytes())
    })?;
    in_lines(out, shown, lines, style)?;
    let outside = shown.listed().filter(|(finding, _)| shown.outcome.is_outside(finding));
    for (finding, waiver) in outside {
        concise::line(out, shown, finding, waiver)?;
    }
    if !style.quiet {
        closing(out, shown, style)?;
    }
    Ok(())
}

/// Findings of one cause together, in groups that have a title, if they are grouped.
type Groups<'r> = Vec<(Option<String>, Vec<Told<'r>>)>;

fn told<'r>(shown: &Shown<'r>, items: impl Iterator<Item = Item<'r>>) -> Groups<'r> {
    let Some(by) = shown.group_by else {
        return vec![(None, fold(&items.collect::<Vec<_>>()))];
    };
    let groups = groups(shown, by, items).into_iter();
    groups.map(|group| (Some(group.title()), fold(&group.items))).collect()
}

/// Takes out all but the `most` that weigh most. Both stay in their order and in their groups.
fn beyond<'r>(groups: &mut Groups<'r>, most: usize) -> Groups<'r> {
    let weight = |told: &Told<'_>| weight(&(told.finding, told.waiver));
    let mut weights: Vec<_> = groups.iter().flat_map(|(_, told)| told).map(weight).collect();
    weights.sort_unstable();
    let Some(first) = weights.get(most) else {
        return Vec::new();
    };
    // Of those that weigh as much as the first that has no room, so many have.
    let mut room = most - weights.partition_point(|weight| weight < first);
    let mut is_beyond = |told: &mut Told<'_>| match weight(told).cmp(first) {
        Ordering::Equal if room > 0 => {
            room -= 1;
            false
        }
        order => order.is_ge(),
    };
    let groups = groups.iter_mut();
    let beyond = groups.map(|(title, told)| (title.clone(), told.extract_if(.., &mut is_beyond).collect()));
    beyond.filter(|(_, told): &(_, Vec<_>)| !told.is_empty()).collect()
}

/// What is too much to be drawn: every finding, each in a line.
fn in_lines(out: &mut dyn Write, shown: &Shown<'_>, groups: Groups<'_>, style: Style) -> io::Result<()> {
    if groups.is_empty() {
        return Ok(());
    }
    let findings = |told: &Told<'_>| 1 + told.others.len();
    let all: usize = groups.iter().flat_map(|(_, told)| told).map(findings).sum();
    let said = format!(
        "The most severe are shown above. {}, a line each: `soclint explain RULE` says what a rule is about, and \
         --format json has all of each.",
        counted(all, "more finding follows", "more findings follow")
    );
    for line in wrap(&said, style.width) {
        writeln!(out, "{line}")?;
    }
    out.write_all(b"\n")?;
    for (title, told) in groups {
        if let Some(title) = title {
            let mut text = String::new();
            heading(&mut text, &title, style);
            out.write_all(text.as_bytes())?;
        }
        stream::joined(out, told.into_iter(), "", |out, told| {
            let mut findings = std::iter::once(told.finding).chain(told.others.iter().copied());
            findings.try_for_each(|finding| concise::line(out, shown, finding, told.waiver))
        })?;
        out.write_all(b"\n")?;
    }
    Ok(())
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
    }
    if let Some(page) = page_of(finding.rule) {
        let _ = writeln!(out, "  page: {page}");
    }
    out.push('\n');
}

/// The files' texts, made safe when they are first shown.
struct Texts<'r> {
    sources: &'r Sources,
    safe: Vec<OnceLock<Cow<'r, str>>>,
}

impl<'r> Texts<'r> {
    fn of(sources: &'r Sources) -> Self {
        Self {
            sources,
            safe: (0..sources.all()).map(|_| OnceLock::new()).collect(),
        }
    }

    fn snippet(&self, file: FileId) -> Snippet<'_> {
        let source = self.sources.get(file);
        let text = self.safe[file.0 as usize].get_or_init(|| safe::source(&source.text));
        Snippet { source, text }
    }
}

/// The finding in its own file, and then its places in others: miette's labels cannot span files, and what it
/// nests it breaks at the width, source lines and all.
fn reports<'r>(finding: &Finding, waiver: Option<&Declared>, texts: &'r Texts<'_>, style: Style) -> Vec<Report<'r>> {
    let file = finding.primary.place.file;
    let mut by_file: BTreeMap<FileId, Vec<&Label>> = BTreeMap::new();
    for label in finding.related.iter().take(MAX_RELATED) {
        by_file.entry(label.place.file).or_default().push(label);
    }
    let own = by_file.remove(&file).unwrap_or_default();
    let all: Vec<&Label> = std::iter::once(&finding.primary).chain(own).collect();
    let mut help = safe::line(&finding.help).into_owned();
    if finding.others() > MAX_RELATED {
        let more = finding.others() - MAX_RELATED;
        let _ = match finding.count_beyond() {
            0 => write!(help, " ({more} more places are in --format json)"),
            _ => write!(help, " (and {more} more places)"),
        };
    }
    let title = Title {
        code: code(finding, waiver),
        severity: finding.severity,
        message: &finding.message,
        help,
    };
    let own = report(title, texts.snippet(file), &all, style);
    let related = by_file.into_iter();
    let related = related.map(|(file, labels)| see_also(texts.snippet(file), &labels, style));
    std::iter::once(own).chain(related).collect()
}

/// What stands above and below the text of a report.
struct Title<'t> {
    code: String,
    severity: Severity,
    message: &'t str,
    /// Safe already; nothing, if it is empty.
    help: String,
}

/// A report of labels in one file, the first of which is the primary one.
fn report<'r>(title: Title<'_>, snippet: Snippet<'r>, all: &[&Label], style: Style) -> Report<'r> {
    // A file that could not be read has no text to show, and no one reads a line as long as a book.
    let at = all.first().map_or(0, |label| label.place.span.start);
    let at = snippet.source.position(at);
    let has_text = !snippet.text.is_empty() && snippet.source.line_range(at.line).len() <= LONGEST_LINE;
    let message = safe::line(title.message).into_owned();
    let message = if has_text {
        message
    } else {
        format!(
            "{}:{}:{}: {message}",
            safe::line(&snippet.source.path),
            at.line,
            at.column
        )
    };
    let (labels, below) = if has_text {
        labels::set(&snippet, all, true, style)
    } else {
        (Vec::new(), Vec::new())
    };
    Report {
        code: Some(title.code),
        severity: title.severity,
        message,
        help: (!title.help.is_empty()).then_some(title.help),
        snippet: has_text.then_some(snippet),
        labels,
        below,
    }
}

/// What there is to see in another file.
fn see_also<'r>(snippet: Snippet<'r>, all: &[&Label], style: Style) -> Report<'r> {
    let (labels, below) = labels::set(&snippet, all, false, style);
    Report {
        code: None,
        severity: Severity::Note,
        message: format!("see also {}", safe::line(&snippet.source.path)),
        help: None,
        snippet: (!labels.is_empty()).then_some(snippet),
        labels,
        below,
    }
}
