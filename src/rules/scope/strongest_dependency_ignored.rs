//! A service that others depend on lacks the assurance that their readers need.

use crate::estate::{AssuranceRef, Coverage, Demanded, ServiceRef, Standing, newest_of};
use crate::finding::{Finding, Severity};
use crate::model::{Exposure, list_words};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "strongest-dependency-ignored",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A service that others depend on lacks the assurance that their readers need.",
    references: &["CSF GV.OC-05", "AT-C 320"],
    options: &[],
    yields_to: &[
        YieldsTo::on_subject("financial-impact-without-icfr-report"),
        YieldsTo::on_subject("dual-purpose-service-single-family"),
    ],
    page: include_str!("strongest_dependency_ignored.md"),
    check: Check::Service(judge),
};

/// The families that others need for a service without a report that covers it, each with the nearest demand.
fn missing<'e, 'a>(service: ServiceRef<'e, 'a>) -> Vec<Demanded<'e, 'a>> {
    let exposure = service.body.exposure;
    let may_be_self_hosted = exposure.is_unknown() || exposure.value() == Some(Exposure::SelfHosted);
    if may_be_self_hosted || !service.passes_demand_on() || service.may_be_operated_by_carved_out() {
        return Vec::new();
    }
    let uncovered = Family::ALL
        .into_iter()
        .filter(|family| service.coverage(*family) == Coverage::No);
    uncovered.filter_map(|family| service.demanded(family)).collect()
}

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let missing = missing(service);
    if missing.is_empty() {
        return None;
    }
    let name = service.name().to_string();
    let gaps: Vec<Gap<'_, '_>> = missing.iter().map(|demanded| Gap::of(&name, demanded)).collect();
    let first = gaps.first()?;
    let message = match gaps.as_slice() {
        // The same dependent service, for both families.
        [one, other] if one.depends == other.depends => {
            let lack = match (one.report, other.report) {
                (Some(one), Some(other)) => format!(
                    "neither its {} nor its {} is declared to cover it",
                    words::named_report(one),
                    words::named_report(other)
                ),
                _ => format!("{}, and {}", one.lack, other.lack),
            };
            format!("{} and {}{}, but {lack}", one.who, other.needs, one.depends)
        }
        _ => {
            let each = gaps.iter();
            let each: Vec<String> = each
                .map(|gap| format!("{}{}, but {}", gap.who, gap.depends, gap.lack))
                .collect();
            each.join("; ")
        }
    };
    let lacking: Vec<&str> = missing
        .iter()
        .map(|demanded| demanded.family.subject_matter())
        .collect();
    let label = format!("no declared report on {} covers it", list_words(&lacking, "or"));
    let mut finding = RULE.finding(service.path(), service.place(), label, message);
    for demanded in &missing {
        finding = with_way(finding, demanded);
    }
    for report in gaps.iter().filter_map(|gap| gap.report?.as_report()) {
        if report.body.covers.stated {
            let label = format!("`{}` does not name it here", report.name());
            finding = finding.related(report.at(report.body.covers.span), label);
        }
    }
    let have: Vec<&str> = gaps.iter().map(|gap| gap.help.as_str()).collect();
    let first_of = have.first().filter(|_| have.iter().all(|help| *help == first.help));
    let have = first_of.map_or_else(|| have.join("; "), |help| (*help).to_owned());
    Some(finding.help(format!(
        "{have}; if a carved-out subservice organization operates it, state that in `operated-by`; if it cannot affect the dependent service, state a smaller `influence`"
    )))
}

/// What is missing for one family, in words.
struct Gap<'e, 'a> {
    /// "`payroll` has a direct effect on user entities' financial reporting".
    who: String,
    /// The same without the service.
    needs: String,
    /// ", and depends on `ledger` (payroll -> ledger)".
    depends: String,
    /// "its SOC 1 type 2 report `soc1-2026` is not declared to cover it".
    lack: String,
    help: String,
    /// The dependent service's report that could cover the service.
    report: Option<AssuranceRef<'e, 'a>>,
}

impl<'e, 'a> Gap<'e, 'a> {
    fn of(name: &str, demanded: &Demanded<'e, 'a>) -> Self {
        let (family, dependant) = (demanded.family, demanded.origin);
        let needs = match family {
            Family::Icfr => {
                let impact = dependant.body.financial_impact.value();
                let impact = impact.map_or("an effect", words::impact);
                format!("has {impact} on user entities' financial reporting")
            }
            Family::TrustServices => {
                let commitments = dependant.body.commitments.iter();
                let commitments: Vec<&str> = commitments.map(|stated| words::category(stated.value)).collect();
                format!("promises {} to its users", list_words(&commitments, "and"))
            }
        };
        let steps = demanded.way.iter().map(|step| step.dependant.name().to_string());
        let shown: Vec<String> = steps.chain([name.to_owned()]).collect();
        let (lack, help, report) = match of_dependant(dependant, family) {
            Some(report) => (
                format!("its {} is not declared to cover `{name}`", words::named_report(report)),
                format!(
                    "add `{name}` to the `covers` of `{}` if its auditor examined it, otherwise have the next one cover it",
                    report.name()
                ),
                Some(report),
            ),
            None => (
                format!("no declared report on {} covers it", family.subject_matter()),
                format!("have a report cover both ({})", family.reports()),
                None,
            ),
        };
        Self {
            who: format!("`{}` {needs}", dependant.name()),
            needs,
            depends: format!(", and depends on `{name}` ({})", shown.join(" -> ")),
            lack,
            help,
            report,
        }
    }
}

/// The newest report of a family over the dependent service, an issued one first.
fn of_dependant<'e, 'a>(service: ServiceRef<'e, 'a>, family: Family) -> Option<AssuranceRef<'e, 'a>> {
    let reports = |standing| {
        let reports = service.reports(family, standing);
        newest_of(reports.filter(|report| report.is_report()))
    };
    reports(Standing::Issued).or_else(|| reports(Standing::Upcoming))
}

fn with_way(finding: Finding, demanded: &Demanded<'_, '_>) -> Finding {
    let origin = demanded.origin;
    let (span, what) = match demanded.family {
        Family::Icfr => match origin.body.financial_impact.known() {
            Some(impact) => (
                impact.span,
                format!("{} on user entities' financial reporting", words::impact(impact.value)),
            ),
            None => (origin.span, String::new()),
        },
        Family::TrustServices => match origin.body.commitments.items.first() {
            Some(commitment) => (commitment.span, format!("{} is promised to users", commitment.value)),
            None => (origin.span, String::new()),
        },
    };
    let mut finding = finding.related(origin.at(span), format!("`{}`: {what}", origin.name()));
    for step in &demanded.way {
        if let Some(place) = step.place() {
            finding = finding.related(place, format!("`{}` depends on it", step.dependant.name()));
        }
    }
    finding
}
