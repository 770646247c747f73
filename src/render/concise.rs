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
    stream::joined(out, items.into_iter(), "", |out, (finding, waiver)| {
        line(out, shown, finding, *waiver)
    })?;
    if !style.quiet {
        for line in closing_lines(shown) {
            writeln!(out, "{}", safe::line(&line))?;
        }
    }
    Ok(())
}

pub fn line(
    out: &mut (impl Write + ?Sized),
    shown: &Shown<'_>,
    finding: &Finding,
    waiver: Option<&Declared>,
) -> io::Result<()> {
    let source = shown.sources.get(finding.primary.place.file);
    let at = source.position(finding.primary.place.span.start);
    writeln!(
        out,
        "{}:{}:{}: {}{}[{}] {}",
        safe::line(&source.path),
        at.line,
        at.column,
        waived(waiver),
        finding.severity,
        finding.rule,
        safe::line(&finding.message)
    )
}
