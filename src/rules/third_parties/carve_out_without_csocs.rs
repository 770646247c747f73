//! A report carves an organization out without stating the controls expected of it.

use crate::decode::Field;
use crate::estate::{AssuranceRef, CarveOut, ReportRef, ServiceRef, ThirdPartyRef};
use crate::finding::{Finding, Severity};
use crate::manifest::Report;
use crate::model::{Framework, IdVec, ServiceId};
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
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let newest = Newest::of(cx);
    cx.third_parties()
        .filter_map(|third_party| judge(third_party, &newest))
        .collect()
}

fn judge<'e, 'a>(third_party: ThirdPartyRef<'e, 'a>, newest: &Newest<'e, 'a>) -> Option<Finding> {
    let body = &third_party.body;
    if !third_party.readable || !body.csocs.is_surely_empty() || body.csocs_not_needed.explains() {
        return None;
    }
    let treated = third_party.treatments();
    let states_csocs: HashSet<ReportRef<'_, '_>> = treated
        .filter(|(_, entry)| !entry.csocs.is_surely_empty())
        .map(|(report, _)| report)
        .collect();
    let newest = newest.over(third_party);
    let without: Vec<CarveOut<'_, '_>> = third_party
        .carve_outs()
        .into_iter()
        .filter(|of| !states_csocs.contains(&of.report) && newest.contains(&of.report))
        .filter(|of| !is_older_than_csocs(&of.report.body))
        .collect();
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

/// The reports that are the newest of their family for a service; a report of no family counts by itself.
struct Newest<'e, 'a> {
    /// For each service, at most one of each family.
    for_services: IdVec<ServiceId, Vec<ReportRef<'e, 'a>>>,
    for_any: HashSet<ReportRef<'e, 'a>>,
    of_no_family: HashSet<ReportRef<'e, 'a>>,
}

impl<'e, 'a> Newest<'e, 'a> {
    fn of(cx: &Context<'e, 'a>) -> Self {
        let of = |service: ServiceRef<'e, 'a>| {
            let families = Family::ALL.into_iter();
            families.filter_map(move |family| service.newest_described(family)?.as_report())
        };
        let services = cx.estate.services();
        let for_services: IdVec<ServiceId, Vec<_>> = services.map(|service| of(service).collect()).collect();
        let of_none = cx
            .estate
            .assurances()
            .filter(|report| report.family.is_absent() && report.framework != Some(Framework::Other));
        Self {
            for_any: for_services.iter().flatten().copied().collect(),
            for_services,
            of_no_family: of_none.filter_map(AssuranceRef::as_report).collect(),
        }
    }

    /// Those that are the newest for a service that relies on an organization; for any service, where only the report
    /// states that it carves the organization out.
    fn over(&self, organization: ThirdPartyRef<'e, 'a>) -> HashSet<ReportRef<'e, 'a>> {
        let covering = organization.covering_reports().into_iter();
        let covering: HashSet<ReportRef<'_, '_>> = covering.map(|(_, report)| report).collect();
        let of_services = organization.services().flat_map(|service| {
            self.for_services[service.index]
                .iter()
                .map(move |report| (*report, service))
        });
        let is_of = |(report, service): &(ReportRef<'e, 'a>, ServiceRef<'e, 'a>)| {
            covering.contains(report) && report.assurance().covers(*service)
        };
        let relied_on = of_services.filter(is_of).map(|(report, _)| report);
        let alone = self.for_any.iter().filter(|report| !covering.contains(report));
        relied_on.chain(alone.chain(&self.of_no_family).copied()).collect()
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
