//! A control came into effect after the period of its report had begun, or even ended.

use crate::decode::Val;
use crate::estate::{ControlRef, ReportRef};
use crate::finding::{Finding, Severity};
use crate::model::{Date, ReportType};
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "control-younger-than-period",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Note,
    summary: "A control came into effect after the period of its report had begun, or even ended.",
    references: &["AT-C 205"],
    options: &[],
    yields_to: &[],
    page: include_str!("control_younger_than_period.md"),
    check: Check::Control(judge),
};

fn judge(cx: &Context<'_, '_>, control: ControlRef<'_, '_>) -> Option<Finding> {
    // A future date counts: the control was not in effect in a period that is over.
    let effective = control.body.effective.known()?;
    if !control.body.predecessor.is_absent() {
        return None;
    }
    let younger: Vec<Younger<'_, '_>> = control
        .reports()
        .filter_map(|report| younger(report, effective.value))
        .collect();
    // The report that cannot have seen it at all comes first.
    let worst = younger.iter().find(|of| of.ended).or(younger.first())?;
    let name = control.name();
    let of = words::report(worst.report);
    let came = if effective.value.0 > cx.as_of { "comes" } else { "came" };
    let (message, severity, help) = if worst.ended {
        (
            format!(
                "the control `{name}` {came} into effect on {}, after the period of {of} had ended on {}",
                effective.value, worst.day.value
            ),
            Severity::Error,
            "remove the report from the control's `reports`, or the control from its objectives; if another control did its work in that period, name that one in `predecessor`; if the date is wrong, correct `effective`",
        )
    } else {
        (
            format!(
                "the control `{name}` {came} into effect on {}, after the period of {of} began on {}",
                effective.value, worst.day.value
            ),
            Severity::Note,
            "if it replaced another control, name that one in `predecessor`; otherwise make sure that the report states from which day it operated",
        )
    };
    let place = control.at(effective.span);
    let finding = RULE.finding(control.path(), place, "in effect since this day", message);
    let finding = younger.iter().fold(finding, |finding, of| {
        let report = of.report;
        let does = if of.ended { "ends" } else { "begins" };
        let label = format!("the period of `{}` {does} here", report.name());
        finding.related(report.at(of.day.span), label)
    });
    Some(finding.severity(severity).help(help))
}

/// A report whose period was running, or over, when a control came into effect.
struct Younger<'e, 'a> {
    report: ReportRef<'e, 'a>,
    /// Whether its period had ended.
    ended: bool,
    /// The day on which it had begun or ended.
    day: Val<Date>,
}

fn younger<'e, 'a>(report: ReportRef<'e, 'a>, effective: Date) -> Option<Younger<'e, 'a>> {
    let operates = report.is_issued() && report.assurance().report_type == Some(ReportType::Two);
    let period = report.body.period.get().filter(|_| operates)?;
    let after = |day: &&Val<Date>| effective > day.value;
    let (from, to) = (period.from.known().filter(after), period.to.known().filter(after));
    Some(Younger {
        report,
        ended: to.is_some(),
        day: *to.or(from)?,
    })
}
