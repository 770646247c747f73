//! One line for each finding: `path:line:column: severity[rule] message`.

use super::group::groups;
use super::{Shown, Style, closing_lines, code, safe};
use crate::finding::Finding;
use crate::triage::Declared;
use std::fmt::Write;

pub fn render(shown: &Shown<'_>, style: Style) -> String {
    let mut out = String::new();
    let items = match shown.group_by {
        Some(by) => groups(shown, by, shown.listed())
            .into_iter()
            .flat_map(|group| group.items)
            .collect(),
        None => shown.listed().collect::<Vec<_>>(),
    };
    for (finding, waiver) in items {
        line(&mut out, shown, finding, waiver);
    }
    if !style.quiet {
        for line in closing_lines(shown) {
            let _ = writeln!(out, "{}", safe::line(&line));
        }
    }
    out
}

pub fn line(out: &mut String, shown: &Shown<'_>, finding: &Finding, waiver: Option<&Declared>) {
    let source = shown.sources.get(finding.primary.place.file);
    let at = source.position(finding.primary.place.span.start);
    let _ = writeln!(
        out,
        "{}:{}:{}: {} {}",
        safe::line(&source.path),
        at.line,
        at.column,
        code(finding, waiver),
        safe::line(&finding.message)
    );
}
