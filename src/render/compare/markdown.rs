//! A comparison as a reviewer reads it first: three lines, and what they count folded away below.

use super::{in_order, place, words};
use crate::finding::{Finding, Severity};
use crate::model::count;
use crate::render::markdown::rule;
use crate::render::markdown_text::{code, escape, prose};
use crate::source::Sources;
use crate::views::{Comparison, WORKING_TREE};
use std::fmt::Write;

pub fn markdown(comparison: &Comparison<'_>) -> String {
    let mut out = format!(
        "## What {} changes\n\nDeclared changes since {}, as of {}.\n\n",
        match comparison.head.as_str() {
            WORKING_TREE => WORKING_TREE.to_owned(),
            name => code(name),
        },
        code(&comparison.base),
        comparison.as_of
    );
    // What a change of the config hides is said before what it leaves.
    if !comparison.config.is_empty() {
        let _ = writeln!(out, "- **Config:** {}", escape(&words::config_line(comparison)));
    }
    let line = |counts: String, highlights: Vec<String>| {
        let highlights = highlights.iter().map(|said| format!("; {}", prose(said)));
        format!("{}{}", escape(&counts), highlights.collect::<String>())
    };
    let scope_line = line(
        words::scope_line(&comparison.scope),
        words::scope_highlights(&comparison.scope),
    );
    let coverage_line = line(words::coverage_line(comparison), words::coverage_highlights(comparison));
    let _ = writeln!(out, "- **Scope:** {scope_line}");
    let _ = writeln!(out, "- **Coverage:** {coverage_line}");
    let _ = writeln!(out, "- **Findings:** {}", escape(&words::findings_line(comparison)));
    for line in words::unread_lines(comparison) {
        let _ = writeln!(out, "\n> {}", prose(&line));
    }
    config(&mut out, comparison);
    scope(&mut out, comparison);
    coverage(&mut out, comparison);
    findings(&mut out, comparison);
    out
}

fn side(text: &str) -> String {
    if text == "-" { "-".to_owned() } else { code(text) }
}

fn config(out: &mut String, comparison: &Comparison<'_>) {
    let rows = comparison.config.iter().map(|change| {
        let side = |value: &Option<_>| {
            value
                .as_ref()
                .map_or_else(|| "-".to_owned(), |value| code(&words::shown(value)))
        };
        vec![
            change.effect.as_str().to_owned(),
            code(&change.key),
            side(&change.before),
            side(&change.after),
        ]
    });
    folded(
        out,
        &format!("Config: {}", count(comparison.config.len(), "key")),
        &["effect", "key", "before", "after"],
        rows.collect(),
    );
}

fn scope(out: &mut String, comparison: &Comparison<'_>) {
    let mut rows = Vec::new();
    for change in in_order(comparison) {
        let mut head = [code(&change.subject), escape(&words::change_said(change))];
        if let Some(several) = change.reaches.as_ref().filter(|reached| reached.len() > 1) {
            const MOST: usize = 20;
            let named: Vec<String> = several.iter().take(MOST).map(|path| code(path)).collect();
            let more = several.len().saturating_sub(MOST);
            let _ = write!(head[1], "<br>{}", named.join("<br>"));
            if more > 0 {
                let _ = write!(head[1], "<br>and {more} more");
            }
        }
        let keys = words::rows_of(change);
        if keys.is_empty() {
            let [subject, said] = head;
            rows.push(vec![subject, said, String::new(), String::new(), String::new()]);
            continue;
        }
        for row in keys {
            let [subject, said] = std::mem::take(&mut head);
            let key = match row.stay {
                0 => code(&row.key),
                stay => format!("{} (beside {stay} that stay)", code(&row.key)),
            };
            rows.push(vec![subject, said, key, side(&row.before), side(&row.after)]);
        }
    }
    folded(
        out,
        &format!("Scope: {}", words::scope_line(&comparison.scope)),
        &["entity", "change", "key", "before", "after"],
        rows,
    );
}

fn coverage(out: &mut String, comparison: &Comparison<'_>) {
    let covered = comparison.coverage.iter().map(|change| {
        let said = if change.is_covered {
            "covered"
        } else {
            "**not covered**"
        };
        vec![code(&change.service), said.to_owned(), code(&change.report)]
    });
    let title = format!("Coverage: {}", words::coverage_line(comparison));
    folded(out, &title, &["service", "is now", "by"], covered.collect());
    let needs = comparison.needs.iter().map(|change| {
        let said = if change.is_open { "**open**" } else { "no longer open" };
        vec![code(&change.service), code(change.purpose), said.to_owned()]
    });
    folded(
        out,
        &format!("Needs of readers: {}", comparison.needs.len()),
        &["service", "purpose", "is now"],
        needs.collect(),
    );
}

fn findings(out: &mut String, comparison: &Comparison<'_>) {
    let found = &comparison.findings;
    let [base, head, under_base] = comparison.sources;
    let row = |finding: &Finding, sources: &Sources| {
        let severity = match finding.severity {
            Severity::Error => "**error**",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        vec![
            severity.to_owned(),
            rule(finding),
            code(&finding.subject),
            prose(&finding.message),
            code(&place(finding, sources)),
        ]
    };
    let rows = |findings: &[&Finding], sources| findings.iter().map(|finding| row(finding, sources)).collect();
    let changed = found.changed.iter().map(|(before, now)| {
        let mut cells = row(now, head);
        if before.severity != now.severity {
            cells[0] = format!("{} → {}", before.severity, cells[0]);
        }
        let _ = write!(cells[3], "<br>It was: {}", prose(&before.message));
        cells
    });
    let waived = found.waived.iter().map(|waived| row(&waived.finding, head)).collect();
    let sections: [(&str, Vec<Vec<String>>); 6] = [
        ("New findings", rows(&found.new, head)),
        (
            "No longer reported because of the config",
            rows(&found.hidden, under_base),
        ),
        ("Changed findings", changed.collect()),
        ("Newly waived", waived),
        ("Newly adopted", rows(&found.adopted, head)),
        ("Resolved", rows(&found.resolved, base)),
    ];
    for (title, rows) in sections {
        let title = format!("{title}: {}", rows.len());
        folded(out, &title, &["severity", "rule", "subject", "finding", "place"], rows);
    }
}

/// So much is shown of one table: a page of all of them is shown by GitHub if it has less than 1 MiB.
const MOST: usize = 80_000;

/// A table that opens when its title is chosen.
fn folded(out: &mut String, title: &str, head: &[&str], rows: Vec<Vec<String>>) {
    if rows.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "\n<details><summary>{}</summary>\n\n| {} |\n|{}\n",
        escape(title),
        head.join(" | "),
        " --- |".repeat(head.len())
    );
    let start = out.len();
    for (at, row) in rows.iter().enumerate() {
        let line = format!("| {} |\n", row.join(" | "));
        if out.len() - start + line.len() > MOST {
            let _ = writeln!(
                out,
                "\nNot shown here: {}. `soclint compare` with `--format json` has all.",
                count(rows.len() - at, "more row")
            );
            break;
        }
        out.push_str(&line);
    }
    out.push_str("\n</details>\n");
}
