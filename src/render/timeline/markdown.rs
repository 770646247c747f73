//! A timeline in Markdown: a table for each heading.

use super::{head, incomplete_line, notes, place, subject};
use crate::render::Links;
use crate::render::markdown_text::{code, escape, prose};
use crate::source::{Place, Sources};
use crate::views::Timeline;
use std::fmt::Write;

/// So many files are named of those that were not read.
const MAX_NAMED: usize = 20;

/// `prefix` is the estate's root from the repository's; `links` are where the job shows its files.
pub fn markdown(timeline: &Timeline, sources: &Sources, prefix: &str, links: Option<&Links>) -> String {
    let mut out = format!("### Timeline as of {}\n\n", timeline.as_of);
    if let Some(line) = incomplete_line(timeline) {
        let _ = writeln!(out, "**{}:**\n", escape(&line));
        for file in timeline.incomplete.iter().take(MAX_NAMED) {
            let _ = writeln!(out, "- {}", escape(file));
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}.", escape(&head(timeline)));
    let groups = timeline
        .entries
        .chunk_by(|one, other| one.what.group() == other.what.group());
    for entries in groups {
        let Some(first) = entries.first() else {
            continue;
        };
        let _ = write!(
            out,
            "\n#### {}\n\n| Subject | When | What | Stage | Owner | Declared at |\n| --- | --- | --- | --- | --- | --- |\n",
            first.what.group().title()
        );
        for entry in entries {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} |",
                code(&subject(entry)),
                entry.when.in_words(),
                escape(&entry.said()),
                entry.stage.as_str(),
                entry.owner.as_deref().map_or_else(|| "-".to_owned(), code),
                linked(sources, prefix, links, entry.place)
            );
        }
    }
    for note in notes(timeline) {
        let _ = write!(out, "\n{}\n", prose(&note));
    }
    out
}

fn linked(sources: &Sources, prefix: &str, links: Option<&Links>, at: Place) -> String {
    let name = code(&place(sources, at));
    match links.and_then(|links| links.to(sources, prefix, at)) {
        Some(page) => format!("[{name}]({page})"),
        None => name,
    }
}
