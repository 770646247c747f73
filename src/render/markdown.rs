//! A summary in Markdown, for a job's page or a comment: how much each owner has, and the findings by rule, the most severe
//! first.
//!
//! Names come from manifests, and may hold anything. Here none of them can break a table, begin a link, mention
//! anyone or become HTML: see [`escape`].

use super::fold::{Item, Told, fold};
use super::group::{Group, GroupBy, Heading, groups, weight};
use super::links::Links;
use super::markdown_text::{code, escape, prose};
use super::{Shown, asides, counts, owners, page_of, path_from, stream, summary_line, waived, waived_line};
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::source::Sources;
use std::fmt::Write as _;
use std::io::{self, Write};

pub fn write(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    with(out, shown, |out, items| {
        let by = shown.group_by.unwrap_or(GroupBy::Rule);
        for mut group in groups(shown, by, items.iter().copied()) {
            group.items.sort_by_key(weight);
            heading(out, &group)?;
            section(out, shown, by, &group.items)?;
        }
        Ok(())
    })
}

/// The sums and the table by owner, and below them what `body` writes of what is found.
pub(super) fn with<'r>(
    out: &mut dyn Write,
    shown: &Shown<'r>,
    body: impl Fn(&mut dyn Write, &[Item<'r>]) -> io::Result<()>,
) -> io::Result<()> {
    let items: Vec<Item<'r>> = shown.listed().collect();
    let counts = counts(shown.outcome);
    let summary = summary_line(shown);
    let read = escape(summary.strip_prefix(&counts).unwrap_or(&summary).trim_start());
    if shown.outcome.findings.is_empty() {
        write!(out, "## soclint: no findings\n\nNo finding {read}.\n")?;
    } else {
        write!(out, "## soclint: {counts}\n\nFound {read}.\n")?;
    }
    for line in asides(shown) {
        writeln!(out, "\n{}.", prose(&line))?;
    }
    if !items.is_empty() {
        write!(out, "\n{}", owners::in_markdown(&items))?;
        body(out, &items)?;
    }
    Ok(())
}

fn heading(out: &mut dyn Write, group: &Group<'_>) -> io::Result<()> {
    match &group.heading {
        Heading::Rule(name) => match rules::find(name) {
            Some(rule) => writeln!(out, "\n### [{name}]({})\n\n{}\n", rule.url(), rule.summary),
            None => writeln!(out, "\n### {name}\n"),
        },
        Heading::Owner(owner) => writeln!(out, "\n### {}\n", owner.as_deref().map_or("no owner".to_owned(), code)),
        Heading::File(path) => writeln!(out, "\n### {}\n", code(path)),
    }
}

fn section(out: &mut dyn Write, shown: &Shown<'_>, by: GroupBy, items: &[Item<'_>]) -> io::Result<()> {
    // What the heading says, no column repeats.
    let is_by_rule = by == GroupBy::Rule;
    let (head, below) = if is_by_rule { ("", "") } else { (" rule |", " --- |") };
    writeln!(
        out,
        "| severity |{head} subject | owner | finding | place |\n| --- |{below} --- | --- | --- | --- |"
    )?;
    stream::joined(out, fold(items).into_iter(), "", |out, told| {
        let Told { finding, waiver, .. } = told;
        let mut text = prose(&finding.message);
        if !finding.help.is_empty() {
            let _ = write!(text, "<br>To fix it: {}", prose(&finding.help));
        }
        if let Some(precedence) = finding.precedence() {
            let _ = write!(text, "<br>{}", escape(&precedence));
        }
        let severity = match finding.severity {
            Severity::Error => "**error**",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        if let Some(waiver) = waiver {
            let _ = write!(text, "<br>{}", escape(&waived_line(waiver)));
        }
        let mut subject = code(&finding.subject);
        if let Some(rest) = told.rest(code) {
            let _ = write!(subject, "<br>{rest}");
        }
        let cell = if is_by_rule {
            String::new()
        } else {
            format!(" {} |", rule(finding))
        };
        writeln!(
            out,
            "| {}{severity} |{cell} {subject} | {} | {text} | {} |",
            waived(*waiver),
            owner(finding),
            place(shown.sources, shown.prefix, shown.links, finding)
        )
    })
}

/// A rule's name, with a link to its page.
pub(super) fn rule(finding: &Finding) -> String {
    match page_of(finding.rule) {
        Some(page) => format!("[`{}`]({page})", finding.rule),
        None => finding.rule.to_owned(),
    }
}

/// Where a finding is, counted from the repository's root, with a link if the job says where that is shown.
pub(super) fn place(sources: &Sources, prefix: &str, links: Option<&Links>, finding: &Finding) -> String {
    let place = finding.primary.place;
    let source = sources.get(place.file);
    let path = path_from(prefix, source);
    let name = code(&format!("{path}:{}", source.position(place.span.start).line));
    match links.and_then(|links| links.to(sources, prefix, place)) {
        Some(page) => format!("[{name}]({page})"),
        None => name,
    }
}

/// The owner of a finding's subject, if it has one.
pub(super) fn owner(finding: &Finding) -> String {
    finding.owner.as_deref().map_or_else(|| "-".to_owned(), code)
}
