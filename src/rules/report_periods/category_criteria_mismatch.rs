//! A report's categories and criteria contradict each other, or its framework has no categories.

use crate::decode::Val;
use crate::estate::{ReportRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{Category, Text};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::{Family, Series};

pub static RULE: Rule = Rule {
    name: "category-criteria-mismatch",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "A report's categories and criteria contradict each other, or its framework has no categories.",
    references: &["TSP 100", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("category_criteria_mismatch.md"),
    check: Check::Report(judge),
};

fn judge(_: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let assurance = report.assurance();
    if !report.is_filed() || !assurance.is_live() {
        return None;
    }
    let finding = match assurance.family.known()? {
        Family::Icfr => with_categories(report),
        Family::TrustServices => mismatched(report),
    }?;
    Some(match assurance.standing() {
        Standing::Upcoming => finding.severity(Severity::Note),
        _ => finding,
    })
}

fn with_categories(report: ReportRef<'_, '_>) -> Option<Finding> {
    let categories = &report.body.categories;
    categories.items.first()?;
    let framework = report.body.framework.known()?;
    let message = format!(
        "the {} report `{}` states trust services categories, but reports on {}",
        report.title(),
        report.name(),
        Family::Icfr.subject_matter()
    );
    let finding = RULE
        .finding(
            report.path(),
            report.at(categories.span),
            format!("a {} report has objectives, not categories", framework.value.title()),
            message,
        )
        .related(report.at(framework.span), "of this framework");
    Some(finding.help("remove `categories`; what such a report covers is stated in `objectives`"))
}

/// The first category without its series, or series without its category; the others are related.
fn mismatched(report: ReportRef<'_, '_>) -> Option<Finding> {
    let (criteria, categories) = (&report.body.criteria, &report.body.categories);
    if criteria.items.is_empty() || categories.items.is_empty() {
        return None;
    }
    let of = |id: &Val<Text<'_>>| match Series::of(&id.value) {
        Some(Series::Of(category)) => Some(category),
        _ => None,
    };
    let listed = |category: Category| criteria.iter().any(|id| of(id) == Some(category));
    let bare = categories.iter().filter(|category| {
        // Security has the common criteria, which `common-criteria-missing` checks.
        category.value != Category::Security && !criteria.damaged && !listed(category.value)
    });
    let bare = bare.map(|category| {
        let series = Series::name(category.value);
        (
            category.span,
            format!("no criterion of {series} is listed"),
            format!(
                "is declared to cover {}, but lists no criterion of {series}",
                words::category(category.value)
            ),
            report.at(criteria.span),
        )
    });
    let mut seen = Vec::new();
    let strays = criteria.iter().filter_map(|id| {
        let category = of(id)?;
        let name = words::category(category);
        let new = !seen.contains(&category) && !categories.damaged && categories.find(&category).is_none();
        seen.push(category);
        new.then(|| {
            (
                id.span,
                format!("belongs to {name}, which is not among the categories"),
                format!("lists {}, but is not declared to cover {name}", id.value),
                report.at(categories.span),
            )
        })
    });
    let mut found = bare.chain(strays);
    let (span, label, what, other) = found.next()?;
    let message = format!("the {} report `{}` {what}", report.title(), report.name());
    let finding = RULE
        .finding(report.path(), report.at(span), label, message)
        .related(other, "the two must agree");
    let finding = found.fold(finding, |finding, (span, label, ..)| {
        finding.related(report.at(span), label)
    });
    Some(finding.help(
        "state the categories and criteria as in the report: each category with criteria of its series, and no series without its category",
    ))
}
