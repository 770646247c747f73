//! The newest type 2 report covers a shorter period than its readers can ordinarily use.

use crate::estate::{ReportRef, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::model::ReportType;
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "type-2-period-under-six-months",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "The newest type 2 report covers a shorter period than its readers can ordinarily use.",
    references: &["ISAE 3402", "PCAOB AS 2601.53"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("impossible-report-dates")],
    page: include_str!("type_2_period_under_six_months.md"),
    check: Check::Report(judge),
};

fn judge(_: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let assurance = report.assurance();
    let family = assurance.family.known()?;
    let period = assurance.period.filter(|period| period.from <= period.to)?;
    if period.lasts_months(6) || assurance.report_type != Some(ReportType::Two) {
        return None;
    }
    let is_newest = |service: ServiceRef<'_, '_>| {
        let issued = service.issued_reports(family);
        let type_2 = issued.filter(|report| report.report_type == Some(ReportType::Two));
        service.newest_type_2(family) == Some(assurance) && service.surely_newest(family, type_2).is_some()
    };
    if !assurance.services().into_iter().any(is_newest) {
        return None;
    }
    let reason = report.body.short_period_reason.explains();
    let severity = match (family, reason, period.lasts_months(3)) {
        (Family::Icfr, false, _) | (Family::TrustServices, _, false) => Severity::Warning,
        (Family::Icfr, true, _) | (Family::TrustServices, false, true) => Severity::Note,
        (Family::TrustServices, true, true) => return None,
    };
    let stated = report.body.period.get()?;
    let (from, to) = (stated.from.known()?, stated.to.known()?);
    let least = if family == Family::TrustServices && severity == Severity::Warning {
        "three"
    } else {
        "six"
    };
    let message = format!(
        "the {} report `{}` covers {} days, less than {least} months",
        report.title(),
        report.name(),
        period.days()
    );
    let finding = RULE
        .finding(report.path(), report.at(to.span), "the period ends here", message)
        .severity(severity)
        .related(
            report.at(from.span),
            format!("and begins here, {} days earlier", period.days() - 1),
        );
    let finding = words::unexplained(finding, &report.body.short_period_reason, |span| report.at(span));
    Some(finding.help(match family {
        Family::Icfr => "user auditors ordinarily need at least six months of a user entity's year: lengthen the next period, or explain in `short-period-reason` why this one is short",
        Family::TrustServices => "three months is accepted for a first SOC 2 period, later ones are ordinarily longer: lengthen the next period, or explain in `short-period-reason` why this one is short",
    }))
}
