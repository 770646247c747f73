//! A plan in Markdown.

use super::{EXAMPLES, days, line, title};
use crate::render::markdown_text::escape;
use crate::render::safe;
use crate::views::Plan;
use std::fmt::Write;

pub fn markdown(plan: &Plan) -> String {
    let mut out = format!("### {}\n\n", escape(&title(plan)));
    for about in &plan.about {
        let _ = writeln!(out, "{}.\n", escape(about));
    }
    out.push_str("| Step | When | Length | Who takes part |\n| --- | --- | --- | --- |\n");
    for step in &plan.steps {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} |",
            escape(step.name),
            days(step),
            escape(&step.length),
            escape(&step.involved.join(", "))
        );
    }
    for (at, step) in plan.steps.iter().enumerate() {
        let _ = write!(
            out,
            "\n#### {}. {}\n\n{}. {}.\n",
            at + 1,
            escape(step.name),
            days(step),
            escape(&step.about)
        );
        if !step.rests_on.is_empty() {
            let _ = write!(out, "\nReferences: {}.\n", escape(&step.rests_on.join(", ")));
        }
        if !step.declare.is_empty() {
            let _ = write!(out, "\nDeclare by {}:\n\n```toml\n", step.declare_by);
            for declared in &step.declare {
                // Nothing but TOML is in it, and a fence cannot stand within one line of that.
                let _ = writeln!(out, "{}", safe::line(&line(declared)));
            }
            out.push_str("```\n");
        }
    }
    let _ = write!(out, "\n{}\n", escape(EXAMPLES));
    for note in &plan.notes {
        let _ = write!(out, "\n{}\n", crate::render::markdown_text::prose(note));
    }
    out
}
