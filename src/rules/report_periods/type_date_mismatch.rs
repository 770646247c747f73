//! A report's type and dates contradict each other: type 1 is a moment, type 2 a period.

use crate::decode::Field;
use crate::estate::{Entity, Origin, Standing};
use crate::finding::{Finding, Severity};
use crate::manifest::{Framework, Report, ReportType};
use crate::model::AssuranceId;
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "type-date-mismatch",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "A report's type and dates contradict each other: type 1 is a moment, type 2 a period.",
    references: &["AT-C 320", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("type_date_mismatch.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let reports = cx.assurances().filter_map(|(id, assurance)| match assurance.origin {
        Origin::Report(index) if assurance.standing == Standing::Issued => Some((id, cx.reports.get(index))),
        _ => None,
    });
    reports.filter_map(|(id, report)| judge(cx, id, report)).collect()
}

fn judge<'a>(cx: &Context<'_, 'a>, id: AssuranceId, report: &Entity<'a, Report<'a>>) -> Option<Finding> {
    let body = &report.body;
    if body.is_misfiled()
        || body
            .framework
            .value()
            .is_none_or(|framework| framework == Framework::Soc3)
    {
        return None;
    }
    let stated = body.report_type.known()?;
    let title = cx.assurance_title(id);
    let name = cx.name(report);
    let type_place = report.at(stated.span);
    match (stated.value, &body.period) {
        (ReportType::Two, Field::Absent) => {
            let message = format!("`{name}` is declared as {title}, which covers a period, but states none");
            let finding = RULE.finding(cx.path(report), type_place, "type 2 covers a period", message);
            let finding = match body.as_of.known() {
                Some(as_of) => finding.related(report.at(as_of.span), "a single day, as type 1 has"),
                None => finding,
            };
            Some(
                finding.help(
                    "state `period = { from = .., to = .. }`, or `type = 1` if it is a report on design at a date",
                ),
            )
        }
        (ReportType::Two, Field::Known(period)) if period.value.from.is_absent() || period.value.to.is_absent() => {
            let missing = if period.value.from.is_absent() { "from" } else { "to" };
            let message = format!("`{name}` is declared as {title}, but its period has no `{missing}`");
            let finding = RULE.finding(
                cx.path(report),
                report.at(period.span),
                format!("no `{missing}`"),
                message,
            );
            Some(
                finding
                    .related(type_place, "type 2 covers a period")
                    .help(format!("state the period's `{missing}` too")),
            )
        }
        (ReportType::One, Field::Known(period)) => {
            let message = format!("`{name}` is declared as {title}, which is as of one day, but states a period");
            let finding = RULE.finding(
                cx.path(report),
                report.at(period.span),
                "a period, as type 2 has",
                message,
            );
            Some(
                finding.related(type_place, "type 1 is as of one day").help(
                    "state `as-of = <the day>` instead of the period, or `type = 2` if controls were tested over it",
                ),
            )
        }
        (ReportType::One, Field::Absent) if body.as_of.is_absent() => {
            let message = format!("`{name}` is declared as {title}, which is as of one day, but does not say which");
            let finding = RULE.finding(cx.path(report), type_place, "type 1 is as of one day", message);
            Some(finding.help("state `as-of = <the day>`"))
        }
        _ => None,
    }
}
