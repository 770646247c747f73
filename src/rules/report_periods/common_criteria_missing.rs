//! A trust-services report leaves out the common criteria, or the category that consists of them.

use crate::estate::ReportRef;
use crate::finding::{Finding, Severity};
use crate::model::{Category, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::{Family, Series};

pub static RULE: Rule = Rule {
    name: "common-criteria-missing",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "A trust-services report leaves out the common criteria, or the category that consists of them.",
    references: &["TSP 100"],
    options: &[],
    yields_to: &[],
    page: include_str!("common_criteria_missing.md"),
    check: Check::Report(judge),
};

fn judge(_: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    if !report.is_issued() || !report.is_of(Family::TrustServices) {
        return None;
    }
    let (criteria, categories) = (&report.body.criteria, &report.body.categories);
    let common = |id: &str| Series::of(id) == Some(Series::Common);
    let no_criteria = !criteria.items.is_empty() && !criteria.damaged && !criteria.iter().any(|id| common(&id.value));
    let no_security =
        !categories.items.is_empty() && !categories.damaged && categories.find(&Category::Security).is_none();
    // A report may be on any category; it includes the common criteria in any case.
    let may_list_common = criteria.damaged || criteria.iter().any(|id| common(&id.value));
    let stated: Vec<&str> = categories.iter().map(|c| words::category(c.value)).collect();
    let categories_place = report.at(categories.span);
    let (title, name) = (report.title(), report.name());
    if no_criteria {
        let message = format!(
            "the {title} report `{name}` lists criteria, but none of the common criteria (CC), which apply to every category"
        );
        let finding = RULE.finding(
            report.path(),
            report.at(criteria.span),
            "none of CC1 to CC9 among them",
            message,
        );
        let finding = if no_security {
            finding.related(categories_place, "nor is `security` among the categories")
        } else {
            finding
        };
        return Some(finding.help("list the common criteria that the report covers; if it covers none, it is not a report on the trust services criteria"));
    }
    if !no_security || may_list_common {
        return None;
    }
    let message = format!(
        "the {title} report `{name}` is declared to cover {}, but not security",
        list_words(&stated, "and")
    );
    let finding = RULE
        .finding(report.path(), categories_place, "`security` is not among them", message)
        .severity(Severity::Note)
        .citing(&[]);
    Some(finding.help("readers expect security among the categories: add `security` if the report covers it; if it does not, list the common criteria (CC) that it covers, which apply to every category"))
}
