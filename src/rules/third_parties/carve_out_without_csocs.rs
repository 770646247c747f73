//! A report carves an organization out without saying what it expects of it.

use crate::decode::Field;
use crate::estate::CarveOut;
use crate::finding::{Finding, Severity};
use crate::manifest::{Framework, Report};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::{Family, editions};
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    name: "carve-out-without-csocs",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A report carves an organization out without saying which controls it expects of it.",
    references: &["DC 200", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("carve_out_without_csocs.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let newest = Newest::of(cx);
    (0..cx.third_parties.len())
        .filter_map(|third_party| judge(cx, third_party, &newest))
        .collect()
}

fn judge(cx: &Context<'_, '_>, index: usize, newest: &Newest) -> Option<Finding> {
    let third_party = cx.third_parties.get(index);
    let body = &third_party.body;
    if !third_party.readable || !body.csocs.is_surely_empty() || body.csocs_not_needed.explains() {
        return None;
    }
    let treated = cx.treatments(index);
    let states_csocs: HashSet<usize> = treated
        .filter(|(_, entry)| !entry.csocs.is_surely_empty())
        .map(|(report, _)| report)
        .collect();
    let newest = newest.over(cx, index);
    let without: Vec<CarveOut> = cx
        .carve_outs(index)
        .into_iter()
        .filter(|of| !states_csocs.contains(&of.report) && newest.contains(&of.report))
        .filter(|of| !is_older_than_csocs(&cx.reports.get(of.report).body))
        .collect();
    let first = without.first()?;
    let message = format!(
        "{} carves out `{}`, but no complementary subservice organization controls are declared for it",
        words::report(cx, first.report),
        cx.name(third_party)
    );
    let label = "carved out, without `csocs`";
    let mut finding = RULE.finding(cx.path(third_party), first.method, label, message);
    let all = |is: fn(&Context<'_, '_>, usize) -> bool| without.iter().all(|of| is(cx, of.report));
    finding = if all(is_isae3402_only) {
        finding.severity(Severity::Note).citing(&[])
    } else if all(|cx, id| cx.assurance(id).is_of(Family::Icfr)) {
        finding.citing(&["AT-C 320"])
    } else if all(|cx, id| cx.assurance(id).is_of(Family::TrustServices)) {
        finding.citing(&["DC 200"])
    } else {
        finding
    };
    for carve_out in &without {
        let report = cx.reports.get(carve_out.report);
        let label = format!("`{}` leaves its controls out", cx.name(report));
        finding = finding.related(report.place(), label);
    }
    let finding = words::unexplained(finding, &body.csocs_not_needed, |span| third_party.at(span));
    Some(finding.help("state what the organization is expected to do in `csocs`, here or in the report's `subservice` table, as the system description has it; if nothing is expected, say why in `csocs-not-needed`"))
}

/// The reports that are the newest of their family for a service; one of no family is so by itself.
struct Newest {
    /// For each service, one of each family at most.
    for_services: Vec<Vec<usize>>,
    for_any: HashSet<usize>,
    of_no_family: HashSet<usize>,
}

impl Newest {
    fn of(cx: &Context<'_, '_>) -> Self {
        let of = |service| {
            let families = Family::ALL.into_iter();
            families.filter_map(move |family| cx.newest_described(service, family))
        };
        let for_services: Vec<Vec<usize>> = (0..cx.services.len()).map(|service| of(service).collect()).collect();
        let of_none = cx
            .assurances()
            .filter(|(_, assurance)| assurance.family == Ok(None) && assurance.framework != Some(Framework::Other));
        Self {
            for_any: for_services.iter().flatten().copied().collect(),
            for_services,
            of_no_family: of_none.map(|(id, _)| id).collect(),
        }
    }

    /// Those that are the newest for a service that relies on an organization; for any, where the report alone says that it
    /// leaves the organization out.
    fn over(&self, cx: &Context<'_, '_>, organization: usize) -> HashSet<usize> {
        let mut covering = vec![false; cx.reports.len()];
        for (_, report) in cx.covering_reports(organization) {
            covering[report] = true;
        }
        let services = cx.services_relying_on(organization).iter();
        let of_services =
            services.flat_map(|service| self.for_services[*service].iter().map(|report| (*report, *service)));
        let is_of = |(report, service): &(usize, usize)| {
            covering.get(*report).is_some_and(|covers| *covers) && cx.covers(*report, *service)
        };
        let relied_on = of_services.filter(is_of).map(|(report, _)| report);
        let alone = self
            .for_any
            .iter()
            .filter(|report| !covering.get(**report).is_some_and(|covers| *covers));
        relied_on.chain(alone.chain(&self.of_no_family).copied()).collect()
    }
}

/// Whether a report is issued under a standard that did not know them, or may be.
fn is_older_than_csocs(report: &Report<'_>) -> bool {
    match &report.issued_under {
        Field::Absent => false,
        Field::Unknown(_) => true,
        Field::Known(standard) => editions::issued_under(&standard.value).is_some(),
    }
}

/// Whether a report is issued under ISAE 3402 and nothing else, or may be.
fn is_isae3402_only(cx: &Context<'_, '_>, report: usize) -> bool {
    let is_isae3402 = |framework| framework == Framework::Isae3402;
    let body = &cx.reports.get(report).body;
    body.framework.value().is_none_or(is_isae3402) && body.also.iter().all(|also| is_isae3402(also.value))
}
