//! The newest report that covers a service ended too long ago to rely on.

use crate::decode::Field;
use crate::estate::{ReportRef, ServiceRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{Duration, Lifecycle};
use crate::rules::context::Limit;
use crate::rules::successor::OnItsWay;
use crate::rules::{Check, Context, Group, Rule, RuleOption, YieldsTo, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "stale-report",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "The newest report that covers a service ended too long ago to rely on.",
    references: &["AU-C 402.17", "PCAOB AS 2601"],
    options: &[RuleOption::longest(
        "How long after its end a report can be relied on",
        Duration::months(12),
    )],
    yields_to: &[YieldsTo::on_subject("impossible-report-dates")],
    page: include_str!("stale_report.md"),
    check: Check::Report(judge),
};

/// The services that rely on a stale report, and whether each of them has an upcoming successor.
#[derive(Default)]
struct Reliance<'e, 'a> {
    services: Vec<ServiceRef<'e, 'a>>,
    next: OnItsWay<'e, 'a>,
}

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let limit = cx.longest(&RULE);
    let stale = report.assurance();
    let family = stale.family.known()?;
    let is_old = limit.due(stale.end()?) < cx.as_of;
    if !is_old || stale.standing() != Standing::Issued {
        return None;
    }
    let announced = stale.announced();
    let mut reliance = Reliance::default();
    for service in stale.services() {
        let retired = matches!(service.body.lifecycle, Field::Unknown(_))
            || service.body.lifecycle.value() == Some(Lifecycle::Retired);
        let relies = service.readable && !retired && service.body.is_in_scope();
        if relies && service.newest(family) == Some(stale) {
            let newest = service.surely_newest(family, service.issued_reports(family));
            if newest.is_some() {
                reliance.services.push(service);
                reliance.next.add(service.successor(family, announced));
            }
        }
    }
    (!reliance.services.is_empty()).then(|| finding(cx, report, &reliance, limit))?
}

fn finding(
    cx: &Context<'_, '_>,
    report: ReportRef<'_, '_>,
    reliance: &Reliance<'_, '_>,
    limit: Limit,
) -> Option<Finding> {
    let end = report
        .body
        .period
        .get()
        .and_then(|period| period.to.known())
        .or(report.body.as_of.known())?;
    let message = format!(
        "`{}`, the newest declared {} report for {}, ended on {}, more than {} before {}",
        report.name(),
        report.title(),
        words::services(&reliance.services),
        end.value,
        limit.value,
        cx.as_of
    );
    let mut finding = RULE.finding(
        report.path(),
        report.at(end.span),
        format!("more than {} before {}", limit.value, cx.as_of),
        message,
    );
    if report.is_of(Family::TrustServices) {
        // No standard setter states how old such a report may be.
        finding = finding.citing(&[]);
    }
    if let Some(option) = limit.option {
        finding = finding.related(option, "limit set in the config");
    }
    finding = reliance.next.said_of(finding);
    for service in &reliance.services {
        finding = finding.related(service.place(), format!("`{}` has nothing newer", service.name()));
    }
    Some(finding.help(if reliance.next.is_for_all() {
        "have the successor issued, and tell readers what they can rely on until then"
    } else {
        "have the next report issued and declare it; if one is under way, declare it with `status = \"in-progress\"`"
    }))
}
