//! A report carves an organization out without stating the controls expected of it.

use crate::decode::Field;
use crate::estate::{CarveOut, ReportRef, ServiceRef, ThirdPartyRef};
use crate::finding::{Finding, Severity};
use crate::manifest::Report;
use crate::model::Framework;
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::{Family, editions};
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    name: "carve-out-without-csocs",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A report carves an organization out without stating the controls expected of it.",
    references: &["DC 200", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("carve_out_without_csocs.md"),
    check: Check::ThirdParty(judge),
};

fn judge(_: &Context<'_, '_>, third_party: ThirdPartyRef<'_, '_>) -> Option<Finding> {
    let body = &third_party.body;
    if !third_party.readable || !body.csocs.is_surely_empty() || body.csocs_not_needed.explains() {
        return None;
    }
    let treated = third_party.treatments();
    let states_csocs: HashSet<ReportRef<'_, '_>> = treated
        .filter(|(_, entry)| !entry.csocs.is_surely_empty())
        .map(|(report, _)| report)
        .collect();
    let carve_outs = third_party.carve_outs().into_iter();
    let without = carve_outs.filter(|of| !states_csocs.contains(&of.report) && !is_older_than_csocs(&of.report.body));
    let mut without: Vec<CarveOut<'_, '_>> = without.collect();
    if !without.is_empty() {
        let newest = Newest::over(third_party);
        without.retain(|of| newest.has(of.report));
    }
    let first = without.first()?;
    let message = format!(
        "{} carves out `{}`, but no complementary subservice organization controls are declared for it",
        words::report(first.report),
        third_party.name()
    );
    let label = "carved out, without `csocs`";
    let mut finding = RULE.finding(third_party.path(), first.method, label, message);
    let all = |is: fn(ReportRef<'_, '_>) -> bool| without.iter().all(|of| is(of.report));
    finding = if all(is_isae3402_only) {
        finding.severity(Severity::Note).citing(&[])
    } else if all(|report| report.is_of(Family::Icfr)) {
        finding.citing(&["AT-C 320"])
    } else if all(|report| report.is_of(Family::TrustServices)) {
        finding.citing(&["DC 200"])
    } else {
        finding
    };
    for carve_out in &without {
        let report = carve_out.report;
        let label = format!("`{}` excludes its controls", report.name());
        finding = finding.related(report.place(), label);
    }
    let finding = words::unexplained(finding, &body.csocs_not_needed, |span| third_party.at(span));
    Some(finding.help("state the controls expected of the organization in `csocs`, here or in the report's `subservice` table, as in the system description; if none are expected, explain why in `csocs-not-needed`"))
}

/// The reports that cover services which rely on an organization, and those of them that are the newest of their family for
/// such a service.
struct Newest<'e, 'a> {
    covering: HashSet<ReportRef<'e, 'a>>,
    relied_on: HashSet<ReportRef<'e, 'a>>,
}

impl<'e, 'a> Newest<'e, 'a> {
    fn over(organization: ThirdPartyRef<'e, 'a>) -> Self {
        let covering = organization.covering_reports().into_iter();
        let covering: HashSet<ReportRef<'_, '_>> = covering.map(|(_, report)| report).collect();
        let of_services = organization.services().flat_map(|service| {
            let families = Family::ALL.into_iter();
            let newest = families.filter_map(move |family| service.newest_described(family)?.as_report());
            newest.map(move |report| (report, service))
        });
        let is_of = |(report, service): &(ReportRef<'e, 'a>, ServiceRef<'e, 'a>)| {
            covering.contains(report) && report.assurance().covers(*service)
        };
        let relied_on = of_services.filter(is_of).map(|(report, _)| report).collect();
        Self { covering, relied_on }
    }

    /// Whether a report is one of these; or the newest for any service, where only the report states that it carves the
    /// organization out. A report of no family counts by itself.
    fn has(&self, report: ReportRef<'_, '_>) -> bool {
        let assurance = report.assurance();
        let is_of_none = assurance.family.is_absent() && assurance.framework != Some(Framework::Other);
        is_of_none
            || self.relied_on.contains(&report)
            || !self.covering.contains(&report) && report.is_newest_for_some()
    }
}

/// Whether a report is, or may be, issued under a standard without CSOCs.
fn is_older_than_csocs(report: &Report<'_>) -> bool {
    match &report.issued_under {
        Field::Absent => false,
        Field::Unknown(_) => true,
        Field::Known(standard) => editions::issued_under(&standard.value).is_some(),
    }
}

/// Whether a report is, or may be, issued under ISAE 3402 only.
fn is_isae3402_only(report: ReportRef<'_, '_>) -> bool {
    let is_isae3402 = |framework| framework == Framework::Isae3402;
    let body = &report.body;
    body.framework.value().is_none_or(is_isae3402) && body.also.iter().all(|also| is_isae3402(also.value))
}
