//! What is advised, in Markdown.

use super::outline::{Part, parts, shown};
use super::{CAVEAT, is_empty};
use crate::render::markdown_text::{code, escape, prose};
use crate::source::Sources;
use crate::views::Advice;
use jiff::civil::Date;
use std::fmt::Write;

pub fn markdown(advice: &Advice, sources: &Sources, as_of: Date) -> String {
    let mut out = format!("## Which reports, as of {as_of}\n\n");
    if !advice.incomplete.is_empty() {
        out.push_str("**Could not be read, or not as a whole; what these hold is missing here:**\n\n");
        for file in &advice.incomplete {
            let _ = writeln!(out, "- {}", escape(file));
        }
        out.push('\n');
    }
    if is_empty(advice) {
        out.push_str("No service is declared.\n\n");
    }
    for service in &advice.services {
        let title = service
            .title
            .as_deref()
            .map_or_else(String::new, |title| format!(": {}", escape(title)));
        let _ = writeln!(
            out,
            "### {}{title}\n\n{}\n",
            code(&service.subject),
            escape(&shown(service.place, sources))
        );
        for part in parts(service, sources) {
            match part {
                Part::Heading(text) => {
                    let _ = writeln!(out, "\n#### {}\n", prose(&text));
                }
                Part::Subheading(text) => {
                    let _ = writeln!(out, "\n**{}**\n", prose(&text));
                }
                Part::Item(item) => {
                    let lead = item
                        .lead
                        .filter(|lead| !lead.is_empty())
                        .map_or_else(String::new, |lead| format!("*{lead}*: "));
                    let source = item
                        .source
                        .map_or_else(String::new, |source| format!(" ({})", escape(&source)));
                    let _ = writeln!(out, "- {lead}{}{source}", prose(&item.text));
                }
                Part::Code(text) => {
                    let _ = writeln!(out, "\n```toml\n{}\n```\n", text.trim_end());
                }
            }
        }
        out.push('\n');
    }
    for note in &advice.notes {
        let _ = writeln!(out, "{}\n", prose(note));
    }
    let _ = writeln!(out, "{CAVEAT}");
    out
}
