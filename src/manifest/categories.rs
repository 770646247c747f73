//! Categories of the trust services where criteria belong: `criteria = ["security"]`.

use super::problems::in_entity;
use super::{Manifest, Report};
use crate::decode::{Fault, Items, Problem, Repair};
use crate::model::{Category, canonical};
use crate::source::{Source, Span};

/// Says where categories are written. Which criteria such a report is about is unknown, and so are its categories.
pub fn check(source: &Source, manifest: &mut Manifest<'_>, problems: &mut Vec<Problem>) {
    for report in manifest.reports.iter_mut() {
        if !holds_categories(&report.body) {
            continue;
        }
        let problem = problem(source, &report.body);
        problems.push(in_entity(problem, "reports", &report.id));
        report.body.criteria.damaged = true;
        report.body.criteria.items = Items::default();
        report.body.categories.damaged = true;
    }
}

fn holds_categories(report: &Report<'_>) -> bool {
    let is_category = |text: &str| canonical(Category::NAME, text, Category::WORDS).is_some();
    let criteria = &report.criteria;
    !criteria.items.is_empty() && criteria.iter().all(|criterion| is_category(criterion.value.as_str()))
}

fn problem(source: &Source, report: &Report<'_>) -> Problem {
    let at = report.criteria.span;
    let is_list = source.slice(at) == "criteria";
    let span = if is_list {
        at
    } else {
        report.criteria.items.first().map_or(at, |first| first.span)
    };
    let message = "`criteria` has trust services categories instead of criteria".to_owned();
    let mut problem = Problem::new(Fault::UnknownValue, span, message, "categories, not criteria");
    problem.keys = Some("criteria".to_owned());
    if report.categories.stated {
        return problem.with_help("name the criteria by their ids, such as \"CC6.1\"; `categories` is stated already");
    }
    problem.suggestion = key_before(&source.text, span).map(|key| Repair::Edits(vec![(key, "categories".to_owned())]));
    problem.with_help("write `categories` for `criteria`; criteria are ids such as \"CC6.1\"")
}

/// The key that a value belongs to, or the key itself.
fn key_before(text: &str, span: Span) -> Option<Span> {
    let start = span.range().start;
    if text[span.range()] == *"criteria" {
        return Some(span);
    }
    let before = text[..start].trim_end().strip_suffix('=')?.trim_end();
    let from = before.strip_suffix("criteria")?.len();
    Some(Span::new(from..from + "criteria".len()))
}
