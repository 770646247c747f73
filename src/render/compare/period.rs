//! The declared changes of a period, each with the commits that made it.

use super::json::{self, Shapes, list, object, schema_text, text};
use super::words;
use crate::model::{count, counted};
use crate::render::columns::columns;
use crate::render::markdown_text::{code, escape, prose};
use crate::render::safe;
use crate::views::{Committed, EntityChange, Period};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use std::fmt::Write;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The revision whose history it is.
    pub head: String,
    pub from: Date,
    pub to: Date,
}

#[derive(Serialize)]
struct Document<'p> {
    version: u32,
    head: &'p str,
    from: String,
    to: String,
    /// Those that changed what is declared.
    commits: Vec<Commit<'p>>,
    config: Vec<Told<'p, json::Config<'p>>>,
    scope: Vec<Told<'p, json::Entity<'p>>>,
    coverage: Vec<Told<'p, json::Coverage<'p>>>,
    needs: Vec<Told<'p, json::Need<'p>>>,
    notes: &'p [String],
}

#[derive(Serialize)]
struct Commit<'p> {
    id: &'p str,
    day: String,
}

#[derive(Serialize)]
struct Told<'p, T> {
    #[serde(flatten)]
    change: T,
    commits: Vec<&'p str>,
}

pub fn json(period: &Period, asked: &Asked) -> String {
    fn told<'p, T, U>(period: &'p Period, changes: &'p [Committed<T>], of: impl Fn(&'p T) -> U) -> Vec<Told<'p, U>> {
        let each = changes.iter().map(|made| Told {
            change: of(&made.change),
            commits: commits(period, made).map(|commit| commit.id.as_str()).collect(),
        });
        each.collect()
    }
    let each = period.commits.iter().map(|commit| Commit {
        id: &commit.id,
        day: commit.day.to_string(),
    });
    crate::render::json_text(&Document {
        version: 1,
        head: &asked.head,
        from: asked.from.to_string(),
        to: asked.to.to_string(),
        commits: each.collect(),
        config: told(period, &period.config, json::config),
        scope: told(period, &period.scope, json::entity),
        coverage: told(period, &period.coverage, json::coverage),
        needs: told(period, &period.needs, json::need),
        notes: &period.notes,
    })
}

fn commits<'p, T>(period: &'p Period, made: &'p Committed<T>) -> impl Iterator<Item = &'p crate::views::Commit> {
    made.commits.iter().filter_map(|at| period.commits.get(*at))
}

/// "2026-02-03 1a2b3c4d".
fn when<T>(period: &Period, made: &Committed<T>) -> Vec<String> {
    let each = commits(period, made);
    each.map(|commit| format!("{} {}", commit.day, short(&commit.id)))
        .collect()
}

fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

/// "3 commits changed what is declared: 1 service changed".
fn summary(period: &Period) -> String {
    let changes: Vec<EntityChange> = period.scope.iter().map(|made| made.change.clone()).collect();
    let commits = counted(
        period.commits.len(),
        "commit changed what is declared",
        "commits changed what is declared",
    );
    let mut said = vec![words::scope_line(&changes)];
    if !period.coverage.is_empty() {
        said.push(format!("{} of coverage", count(period.coverage.len(), "change")));
    }
    if !period.config.is_empty() {
        said.push(format!("{} of the config", count(period.config.len(), "change")));
    }
    format!("{commits}: {}", said.join(", "))
}

/// The first first.
fn in_time<T>(made: &[Committed<T>]) -> Vec<&Committed<T>> {
    let mut all: Vec<&Committed<T>> = made.iter().collect();
    all.sort_by(|one, other| one.commits.cmp(&other.commits));
    all
}

pub fn table(period: &Period, asked: &Asked) -> String {
    let mut out = format!(
        "Declared changes from {} to {}, along the first parents of {}\n\n{}\n",
        asked.from,
        asked.to,
        safe::line(&asked.head),
        summary(period)
    );
    for note in &period.notes {
        let _ = writeln!(out, "\nNote: {}", safe::line(note));
    }
    if !period.scope.is_empty() {
        out.push_str("\nScope\n\n");
    }
    for made in in_time(&period.scope) {
        let change = &made.change;
        let said = format!(
            "{}  {}  {}",
            when(period, made).join(", "),
            change.subject,
            words::change_said(change)
        );
        let _ = writeln!(out, "{}", safe::line(&said));
        for row in words::rows_of(change) {
            let _ = writeln!(out, "    {}", safe::line(&row.said(change.change)));
        }
    }
    for (title, head, rows) in tables(period) {
        if !rows.is_empty() {
            let _ = write!(out, "\n{title}\n\n{}", columns(head, &rows));
        }
    }
    out
}

type Table = (&'static str, &'static [&'static str], Vec<Vec<String>>);

/// What else changed, row by row; the commits come first.
fn tables(period: &Period) -> [Table; 3] {
    let coverage = in_time(&period.coverage).into_iter().map(|made| {
        let said = if made.change.is_covered {
            "covered"
        } else {
            "not covered"
        };
        vec![
            when(period, made).join(", "),
            made.change.service.clone(),
            said.to_owned(),
            made.change.report.clone(),
        ]
    });
    let needs = in_time(&period.needs).into_iter().map(|made| {
        let said = if made.change.is_open { "open" } else { "no longer open" };
        vec![
            when(period, made).join(", "),
            made.change.service.clone(),
            made.change.purpose.to_owned(),
            said.to_owned(),
        ]
    });
    let config = in_time(&period.config).into_iter().map(|made| {
        let side = |value: &Option<_>| value.as_ref().map_or_else(|| "-".to_owned(), words::shown);
        vec![
            when(period, made).join(", "),
            made.change.effect.as_str().to_owned(),
            made.change.key.clone(),
            side(&made.change.before),
            side(&made.change.after),
        ]
    });
    [
        ("Coverage", &["commit", "service", "was then", "by"], coverage.collect()),
        (
            "Needs of readers",
            &["commit", "service", "purpose", "was then"],
            needs.collect(),
        ),
        (
            "Config",
            &["commit", "effect", "key", "before", "after"],
            config.collect(),
        ),
    ]
}

pub fn markdown(period: &Period, asked: &Asked) -> String {
    let mut out = format!(
        "## Declared changes from {} to {}\n\nAlong the first parents of {}. {}.\n",
        asked.from,
        asked.to,
        code(&asked.head),
        escape(&summary(period))
    );
    for note in &period.notes {
        let _ = writeln!(out, "\n> {}", prose(note));
    }
    let mut rows = Vec::new();
    for made in in_time(&period.scope) {
        let change = &made.change;
        let commits: Vec<String> = when(period, made).iter().map(|when| escape(when)).collect();
        let mut head = [
            commits.join("<br>"),
            code(&change.subject),
            escape(&words::change_said(change)),
        ];
        let keys = words::rows_of(change);
        if keys.is_empty() {
            let [when, subject, said] = std::mem::take(&mut head);
            rows.push(vec![when, subject, said, String::new(), String::new(), String::new()]);
        }
        for row in keys {
            let [when, subject, said] = std::mem::take(&mut head);
            rows.push(vec![
                when,
                subject,
                said,
                code(&row.key),
                code(&row.before),
                code(&row.after),
            ]);
        }
    }
    let head = ["commit", "entity", "change", "key", "before", "after"];
    section(&mut out, "Scope", &head, &rows);
    for (title, head, rows) in tables(period) {
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| escape(cell)).collect())
            .collect();
        section(&mut out, title, head, &rows);
    }
    out
}

fn section(out: &mut String, title: &str, head: &[&str], rows: &[Vec<String>]) {
    if rows.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "\n### {title}\n\n| {} |\n|{}\n",
        head.join(" | "),
        " --- |".repeat(head.len())
    );
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
}

/// The schema of the JSON of a period.
pub fn schema() -> String {
    let Shapes {
        config,
        entity,
        coverage,
        need,
    } = Shapes::new(true);
    let day = || json!({ "type": "string", "format": "date" });
    let commit = object(json!({ "id": text(), "day": day() }), &["id", "day"]);
    let document = object(
        json!({
            "version": { "const": 1 },
            "head": { "type": "string", "description": "The revision whose first parents were followed." },
            "from": day(),
            "to": day(),
            "commits": list(commit, "The commits that changed what is declared, the oldest first, each with its committer's day in UTC."),
            "config": list(config, "Keys of the config that changed."),
            "scope": list(entity, "What was declared otherwise, also what was taken back."),
            "coverage": list(coverage, "What was covered otherwise, as of the commit's day."),
            "needs": list(need, "Needs of readers that were newly open, and those that were no longer."),
            "notes": list(text(), "What could not be told, in sentences."),
        }),
        &[
            "version", "head", "from", "to", "commits", "config", "scope", "coverage", "needs", "notes",
        ],
    );
    schema_text(document, "compare-period", "soclint compare --from")
}
