//! One line for each finding: `path:line:column: severity[rule] message`.

use super::group::groups;
use super::{Shown, Style, closing_lines, safe, stream, waived};
use crate::finding::Finding;
use crate::triage::Declared;
use std::io::{self, Write};

pub fn write(out: &mut dyn Write, shown: &Shown<'_>, style: Style) -> io::Result<()> {
    let items = match shown.group_by {
        Some(by) => groups(shown, by, shown.listed())
            .into_iter()
            .flat_map(|group| group.items)
            .collect(),
        None => shown.listed().collect::<Vec<_>>(),
    };
    stream::joined(out, &items, "", |(finding, waiver)| line(shown, finding, *waiver))?;
    if !style.quiet {
        for line in closing_lines(shown) {
            writeln!(out, "{}", safe::line(&line))?;
        }
    }
    Ok(())
}

pub fn line(shown: &Shown<'_>, finding: &Finding, waiver: Option<&Declared>) -> String {
    let source = shown.sources.get(finding.primary.place.file);
    let at = source.position(finding.primary.place.span.start);
    format!(
        "{}:{}:{}: {}{}[{}] {}\n",
        safe::line(&source.path),
        at.line,
        at.column,
        waived(waiver),
        finding.severity,
        finding.rule,
        safe::line(&finding.message)
    )
}
