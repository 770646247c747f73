//! A report's type and dates contradict each other: type 1 is as of a date, type 2 covers a period.

use crate::decode::Field;
use crate::estate::{ReportRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{Framework, ReportType};
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "type-date-mismatch",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "A report's type and dates contradict each other: type 1 is as of a date, type 2 covers a period.",
    references: &["AT-C 320", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("type_date_mismatch.md"),
    check: Check::Report(judge),
};

fn judge(_: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    if report.assurance().standing() != Standing::Issued {
        return None;
    }
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
    let title = report.title();
    let name = report.name();
    let type_place = report.at(stated.span);
    match (stated.value, &body.period) {
        (ReportType::Two, Field::Absent) => {
            let message = format!("`{name}` is declared as {title}, which covers a period, but states none");
            let finding = RULE.finding(report.path(), type_place, "type 2 covers a period", message);
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
                report.path(),
                report.at(period.span),
                format!("no `{missing}`"),
                message,
            );
            Some(
                finding
                    .related(type_place, "type 2 covers a period")
                    .help(format!("also state the period's `{missing}`")),
            )
        }
        (ReportType::One, Field::Known(period)) => {
            let message = format!("`{name}` is declared as {title}, which is as of one day, but states a period");
            let finding = RULE.finding(
                report.path(),
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
            let message = format!("`{name}` is declared as {title}, which is as of one day, but does not state which");
            let finding = RULE.finding(report.path(), type_place, "type 1 is as of one day", message);
            Some(finding.help("state `as-of = <the day>`"))
        }
        _ => None,
    }
}
