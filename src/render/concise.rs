//! One line for each finding: `path:line:column: severity[rule] message`.

use super::{Shown, Style, asides, code, fix_line, safe, summary_line};
use std::fmt::Write;

pub fn render(shown: &Shown<'_>, style: Style) -> String {
    let mut out = String::new();
    for (finding, waiver) in shown.listed() {
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
    if !style.quiet {
        let _ = writeln!(out, "{}", summary_line(shown));
        for line in fix_line(shown).into_iter().chain(asides(shown)) {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}
