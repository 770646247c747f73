//! A rule's page, for a terminal.

use super::wrap;
use crate::rules::Rule;
use crate::standards::reference;
use std::fmt::Write;

/// Longer lines of prose are hard to follow, however wide the terminal is.
const LONGEST_LINE: usize = 100;

/// The whole page as Markdown: what stands in the rule's file, and what its metadata adds.
pub fn text(rule: &Rule) -> String {
    let mut out = rule.page.trim_end().to_owned();
    out.push('\n');
    if !rule.options.is_empty() {
        out.push_str("\n## Options\n\n");
        for option in rule.options {
            let _ = writeln!(out, "- `{}`: {}", option.name, option.help);
        }
    }
    if !rule.references.is_empty() {
        out.push_str("\n## References\n\n");
        for id in rule.references {
            let title = reference::find(id).map(|reference| reference.title).unwrap_or_default();
            let _ = writeln!(out, "- {id}: {title}");
        }
    }
    out
}

/// The page with headings set off, and its severity and group under the name.
pub fn terminal(rule: &Rule, color: bool, width: usize) -> String {
    let (bold, dim, end) = if color {
        ("\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m")
    } else {
        ("", "", "")
    };
    let mut out = String::new();
    let mut in_code = false;
    for line in text(rule).lines() {
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
            let _ = writeln!(out, "{dim}{} by default, {}{end}", rule.severity, rule.group.title());
        } else if let Some(title) = line.strip_prefix("## ") {
            let _ = writeln!(out, "{bold}{}{end}", title.to_uppercase());
        } else {
            // What belongs to a list item stands under its text.
            let indent = if line.starts_with("- ") { "  " } else { "" };
            let room = width.min(LONGEST_LINE).saturating_sub(indent.len());
            let wrapped = wrap(line, room).join(&format!("\n{indent}"));
            let _ = writeln!(out, "{wrapped}");
        }
    }
    let _ = writeln!(out, "\n{dim}{}{end}", rule.url());
    out
}
