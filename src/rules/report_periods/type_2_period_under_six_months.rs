//! The newest type 2 report covers a shorter period than its readers can ordinarily use.

use crate::estate::Origin;
use crate::finding::{Finding, Severity};
use crate::manifest::ReportType;
use crate::model::AssuranceId;
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;
use std::collections::BTreeSet;

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
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let mut newest: BTreeSet<(AssuranceId, Family)> = BTreeSet::new();
    for service in cx.services.ids() {
        for family in Family::ALL {
            let issued = cx.issued_for(service, family);
            let type_2 = issued.filter(|id| cx.assurance(*id).report_type == Some(ReportType::Two));
            // One that states no period, or one that could not be read, might be the newest.
            let undated = type_2.clone().any(|id| cx.assurance(id).end().is_none());
            if !undated && !cx.is_succession_uncertain(service, family) {
                newest.extend(cx.newest_of(type_2).map(|id| (id, family)));
            }
        }
    }
    newest
        .into_iter()
        .filter_map(|(id, family)| judge(cx, id, family))
        .collect()
}

fn judge(cx: &Context<'_, '_>, id: AssuranceId, family: Family) -> Option<Finding> {
    let assurance = cx.assurance(id);
    let Origin::Report(index) = assurance.origin else {
        return None;
    };
    let report = cx.reports.get(index);
    let period = assurance.period.filter(|period| period.from <= period.to)?;
    if period.lasts_months(6) {
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
        cx.assurance_title(id),
        cx.name(report),
        period.days()
    );
    let finding = RULE
        .finding(cx.path(report), report.at(to.span), "the period ends here", message)
        .severity(severity)
        .related(
            report.at(from.span),
            format!("and begins here, {} days earlier", period.days() - 1),
        );
    let finding = words::unexplained(finding, &report.body.short_period_reason, |span| report.at(span));
    Some(finding.help(match family {
        Family::Icfr => "user auditors ordinarily need at least six months of a user entity's year: lengthen the next period, or say why this one is short in `short-period-reason`",
        Family::TrustServices => "first SOC 2 periods of three months are accepted, later ones are ordinarily longer: lengthen the next period, or say why this one is short in `short-period-reason`",
    }))
}
