//! A control came into effect after the period began that its report speaks about.

use crate::decode::Field;
use crate::estate::Standing;
use crate::finding::{Finding, Severity};
use crate::manifest::ReportType;
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "control-younger-than-period",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Note,
    summary: "A control came into effect after the period began that its report speaks about.",
    references: &["AT-C 205"],
    options: &[],
    yields_to: &[],
    page: include_str!("control_younger_than_period.md"),
    check: Check::Control(judge),
};

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let control = cx.controls.get(index);
    let Field::Known(effective) = cx.happened(&control.body.effective) else {
        return None;
    };
    if !control.body.predecessor.is_absent() {
        return None;
    }
    let mut finding: Option<Finding> = None;
    for id in cx.reports_of_control(index) {
        let assurance = cx.assurance(*id);
        let operates = assurance.standing == Standing::Issued && assurance.report_type == Some(ReportType::Two);
        let report = cx.reports.get(*id);
        let Some(from) = report.body.period.get().and_then(|period| period.from.known()) else {
            continue;
        };
        if !operates || !cx.is_report(*id) || effective.value <= from.value {
            continue;
        }
        let new = finding.unwrap_or_else(|| {
            let message = format!(
                "the control `{}` came into effect on {}, after the period of {} began on {}",
                cx.name(control),
                effective.value,
                words::report(cx, *id),
                from.value
            );
            let place = control.at(effective.span);
            RULE.finding(cx.path(control), place, "in effect since this day", message)
        });
        let label = format!("the period of `{}` begins here", cx.name(report));
        finding = Some(new.related(report.at(from.span), label));
    }
    Some(finding?.help("if it took the place of another control, name that in `predecessor`; else see to it that the report says from which day on it operated"))
}
