//! A type 2 report covers an unusually long period.

use crate::estate::ReportRef;
use crate::finding::{Finding, Severity};
use crate::model::{Duration, ReportType};
use crate::rules::{Check, Context, Group, Rule, RuleOption};

pub static RULE: Rule = Rule {
    name: "type-2-period-unusually-long",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Note,
    summary: "A type 2 report covers an unusually long period.",
    references: &[],
    options: &[RuleOption::longest("Maximum length of a period", Duration::months(15))],
    yields_to: &[],
    page: include_str!("type_2_period_unusually_long.md"),
    check: Check::Report(judge),
};

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let (assurance, limit) = (report.assurance(), cx.longest(&RULE));
    if !report.is_issued() {
        return None;
    }
    let period = assurance
        .period
        .filter(|_| assurance.report_type == Some(ReportType::Two))?;
    if !period.exceeds(limit.value) {
        return None;
    }
    let stated = report.body.period.get()?;
    let (from, to) = (stated.from.known()?, stated.to.known()?);
    let message = format!(
        "the {} report `{}` covers {} days, more than {}",
        report.title(),
        report.name(),
        period.days(),
        limit.value
    );
    let finding = RULE
        .finding(report.path(), report.at(to.span), "the period ends here", message)
        .related(
            report.at(from.span),
            format!("and begins here, {} days earlier", period.days() - 1),
        );
    let finding = match limit.option {
        Some(option) => finding.related(option, "limit set in the config"),
        None => finding,
    };
    Some(finding.help(
        "consecutive periods of twelve months are usual, so that each fits a reader's year: check both dates, and plan the next period to be shorter",
    ))
}
