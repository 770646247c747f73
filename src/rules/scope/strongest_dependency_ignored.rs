//! A service that others are built on lacks the assurance that their readers need.

use crate::estate::{Answer, Demand, Demands, Standing};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::Exposure;
use crate::model::{AssuranceId, IdVec, ServiceId};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "strongest-dependency-ignored",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Warning,
    summary: "A service that others are built on lacks the assurance that their readers need.",
    references: &["CSF GV.OC-05", "AT-C 320"],
    options: &[],
    yields_to: &[
        YieldsTo::on_subject("financial-impact-without-icfr-report"),
        YieldsTo::on_subject("dual-purpose-service-single-family"),
    ],
    page: include_str!("strongest_dependency_ignored.md"),
    check: Check::Service(judge),
};

type Missing<'d> = Vec<(Family, Demand, &'d IdVec<ServiceId, Demands>)>;

/// The families that others need of a service and no report of which covers it, each with the nearest demand.
fn missing<'d>(cx: &Context<'d, '_>, index: ServiceId) -> Missing<'d> {
    let exposure = cx.services.get(index).body.exposure;
    let may_be_self_hosted = exposure.is_unknown() || exposure.value() == Some(Exposure::SelfHosted);
    if may_be_self_hosted || !cx.passes_demand_on(index) || cx.may_be_operated_by_carved_out(index) {
        return Vec::new();
    }
    let mut missing = Vec::new();
    for family in Family::ALL {
        let demands = cx.estate.demands(family);
        let from_others = demands[index].iter().filter(|demand| demand.origin != index);
        if let Some(demand) = from_others.min_by_key(|demand| (demand.distance, demand.origin))
            && cx.answer(index, family) == Answer::No
        {
            missing.push((family, *demand, demands));
        }
    }
    missing
}

fn judge(cx: &Context<'_, '_>, index: ServiceId) -> Option<Finding> {
    let service = cx.services.get(index);
    let missing = missing(cx, index);
    let name = cx.name(service).to_string();
    let gaps: Vec<Gap> = missing
        .iter()
        .map(|(family, demand, demands)| Gap::of(cx, &name, *family, *demand, demands))
        .collect();
    let first = gaps.first()?;
    let message = match gaps.as_slice() {
        // One dependant, for one and the other.
        [one, other] if one.depends == other.depends => {
            let lack = match (one.report, other.report) {
                (Some(one), Some(other)) => format!(
                    "neither its {} nor its {} is declared to cover it",
                    words::named_report(cx, one),
                    words::named_report(cx, other)
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
    let lacking: Vec<&str> = missing.iter().map(|(family, ..)| family.subject_matter()).collect();
    let label = format!("no declared report on {} covers it", list_words(&lacking, "or"));
    let mut finding = RULE.finding(cx.path(service), service.place(), label, message);
    for (family, demand, demands) in &missing {
        finding = with_path(cx, finding, *family, *demand, demands);
    }
    for report in gaps.iter().filter_map(|gap| cx.report_of(gap.report?)) {
        let report = cx.reports.get(report);
        if report.body.covers.stated {
            let label = format!("`{}` does not name it here", cx.name(report));
            finding = finding.related(report.at(report.body.covers.span), label);
        }
    }
    let have: Vec<&str> = gaps.iter().map(|gap| gap.help.as_str()).collect();
    let first_of = have.first().filter(|_| have.iter().all(|help| *help == first.help));
    let have = first_of.map_or_else(|| have.join("; "), |help| (*help).to_owned());
    Some(finding.help(format!(
        "{have}; if a carved-out subservice organization runs it, say so in `operated-by`; if it cannot affect the dependant, state a smaller `influence`"
    )))
}

/// What is missing of one family, in words.
struct Gap {
    /// "`payroll` has a direct effect on user entities' financial reporting".
    who: String,
    /// The same without the service.
    needs: String,
    /// ", and depends on `ledger` (payroll -> ledger)".
    depends: String,
    /// "its SOC 1 type 2 report `soc1-2026` is not declared to cover it".
    lack: String,
    help: String,
    /// The dependant's report that could cover the service.
    report: Option<AssuranceId>,
}

impl Gap {
    fn of(
        cx: &Context<'_, '_>,
        name: &str,
        family: Family,
        demand: Demand,
        demands: &IdVec<ServiceId, Demands>,
    ) -> Self {
        let origin = demand.origin;
        let dependant = cx.services.get(origin);
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
        let steps = path(demand, demands);
        let steps = steps
            .iter()
            .map(|step| cx.name(cx.services.get(step.service)).to_string());
        let shown: Vec<String> = steps.chain([name.to_owned()]).collect();
        let (lack, help, report) = match of_dependant(cx, origin, family) {
            Some(report) => (
                format!(
                    "its {} is not declared to cover `{name}`",
                    words::named_report(cx, report)
                ),
                format!(
                    "add `{name}` to the `covers` of `{}` if its auditor examined it, else have the next one cover it",
                    cx.assurance_name(report)
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
            who: format!("`{}` {needs}", cx.name(dependant)),
            needs,
            depends: format!(", and depends on `{name}` ({})", shown.join(" -> ")),
            lack,
            help,
            report,
        }
    }
}

/// The newest report of a family over the dependant, an issued one first.
fn of_dependant(cx: &Context<'_, '_>, service: ServiceId, family: Family) -> Option<AssuranceId> {
    let reports = |standing| {
        let speaking = cx.speaking_for(service, family, standing);
        cx.newest_of(speaking.filter(|id| cx.is_report(*id)))
    };
    reports(Standing::Issued).or_else(|| reports(Standing::Coming))
}

/// A dependency on the way: who states it, and in which entry.
struct Step {
    service: ServiceId,
    entry: usize,
}

/// The shortest way from the service that asks to `index`.
fn path(demand: Demand, demands: &IdVec<ServiceId, Demands>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = demand;
    while let Some((service, entry)) = at.via {
        steps.push(Step {
            service,
            entry: entry as usize,
        });
        let back = demands[service].iter().find(|other| other.origin == demand.origin);
        match back {
            Some(other) => at = *other,
            None => break,
        }
    }
    steps.reverse();
    steps
}

fn with_path(
    cx: &Context<'_, '_>,
    finding: Finding,
    family: Family,
    demand: Demand,
    demands: &IdVec<ServiceId, Demands>,
) -> Finding {
    let origin = cx.services.get(demand.origin);
    let (span, what) = match family {
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
    let mut finding = finding.related(origin.at(span), format!("`{}`: {what}", cx.name(origin)));
    for step in path(demand, demands) {
        let dependant = cx.services.get(step.service);
        if let Some(reference) = dependant.body.depends_on.items[step.entry].value.service.known() {
            finding = finding.related(
                dependant.at(reference.span),
                format!("`{}` depends on it", cx.name(dependant)),
            );
        }
    }
    finding
}
