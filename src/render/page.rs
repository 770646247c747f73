//! A rule's page, for a terminal.

use super::wrap;
use crate::rules::Rule;
use crate::standards::reference;
use std::fmt::Write;

/// Longer lines of prose are hard to follow, however wide the terminal is.
const LONGEST_LINE: usize = 100;

/// The whole page as Markdown: what is in the rule's file, and what its metadata adds.
pub fn text(rule: &Rule) -> String {
    let mut out = rule.page.trim_end().to_owned();
    out.push('\n');
    if !rule.options.is_empty() {
        out.push_str("\n## Options\n\n");
        for option in rule.options {
            let _ = writeln!(out, "- `{}`: {}", option.name(), option.help());
        }
    }
    let references = rule.resting_on(rule.references);
    if !references.is_empty() {
        out.push_str("\n## References\n\n");
        for id in references {
            let title = reference::find(id).map_or(reference::PRACTICE_TITLE, |reference| reference.title);
            let _ = writeln!(out, "- {id}: {title}");
        }
    }
    out
}

/// The page with headings set off; under the name its severity and group, and since when it stands.
pub fn terminal(rule: &Rule, color: bool, width: usize) -> String {
    let under = format!(
        "{} by default, {}, since {}",
        rule.severity,
        rule.group.title(),
        rule.since
    );
    let mut out = set(&text(rule), &under, color, width);
    let (_, dim, end) = styles(color);
    let _ = writeln!(out, "\n{dim}{}{end}", rule.url());
    out
}

/// Bold, dim, and the end of both.
fn styles(color: bool) -> (&'static str, &'static str, &'static str) {
    if color {
        ("\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m")
    } else {
        ("", "", "")
    }
}

/// Markdown, of the little kind that pages use, with one line under its title.
pub fn set(markdown: &str, under_title: &str, color: bool, width: usize) -> String {
    let (bold, dim, end) = styles(color);
    let mut out = String::new();
    let mut in_code = false;
    for line in paragraphs(markdown) {
        let line = line.as_str();
        if line.starts_with("```") {
            in_code = !in_code;
            let file = line.split_once("file=").map(|(_, file)| file);
            if let Some(file) = file.filter(|_| in_code) {
                let _ = writeln!(out, "    {dim}# {file}{end}");
            }
        } else if in_code {
            let _ = writeln!(out, "{}", format!("    {line}").trim_end());
        } else if let Some(title) = line.strip_prefix("# ") {
            let _ = writeln!(out, "{bold}{title}{end}");
            let _ = writeln!(out, "{dim}{under_title}{end}");
        } else if let Some(title) = line.strip_prefix("## ") {
            let _ = writeln!(out, "{bold}{}{end}", title.to_uppercase());
        } else {
            // What belongs to a list item is under its text.
            let indent = if line.starts_with("- ") { "  " } else { "" };
            let room = width.min(LONGEST_LINE).saturating_sub(indent.len());
            let wrapped = wrap(line, room).join(&format!("\n{indent}"));
            let _ = writeln!(out, "{wrapped}");
        }
    }
    out
}

/// The lines of a page, with those of one paragraph or list item made one: a terminal wraps them again.
fn paragraphs(markdown: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut in_code, mut goes_on) = (false, false);
    for line in markdown.lines() {
        let fence = line.starts_with("```");
        let prose = !in_code && !fence && !line.is_empty() && !line.starts_with('#');
        match lines.last_mut().filter(|_| prose && goes_on && !line.starts_with("- ")) {
            Some(last) => {
                last.push(' ');
                last.push_str(line.trim_start());
            }
            None => lines.push(line.to_owned()),
        }
        in_code ^= fence;
        goes_on = prose;
    }
    lines
}
