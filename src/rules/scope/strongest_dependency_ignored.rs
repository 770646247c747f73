//! A service that others are built on lacks the assurance that their readers need.

use crate::estate::{Answer, Demand, Demands};
use crate::finding::{Finding, Severity, list_words};
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

type Missing<'d> = Vec<(Family, Demand, &'d [Demands])>;

/// The families that others need of a service and no report answers for, each with the nearest demand.
fn missing<'d>(cx: &Context<'d, '_>, index: usize) -> Missing<'d> {
    if !cx.passes_demand_on(index) || cx.may_be_operated_by_carved_out(index) {
        return Vec::new();
    }
    let mut missing = Vec::new();
    for family in Family::ALL {
        let demands = cx.estate.demands(family);
        let from_others = demands[index].iter().filter(|demand| demand.origin as usize != index);
        if let Some(demand) = from_others.min_by_key(|demand| (demand.distance, demand.origin))
            && cx.answer(index, family) == Answer::No
        {
            missing.push((family, *demand, demands));
        }
    }
    missing
}

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let service = cx.services.get(index);
    let missing = missing(cx, index);
    let (first, _) = missing.split_first()?;
    let name = cx.name(service);
    let steps = path(first.1, first.2);
    let shown: Vec<String> = steps
        .iter()
        .map(|step| cx.name(cx.services.get(step.service)))
        .chain([name])
        .map(|name| name.to_string())
        .collect();
    let lacking: Vec<&str> = missing.iter().map(|(family, ..)| family.subject_matter()).collect();
    let message = format!(
        "other services depend on `{name}` ({}), but no declared report on {} answers for it",
        shown.join(" -> "),
        list_words(&lacking, "or")
    );
    let reports: Vec<&str> = missing.iter().map(|(family, ..)| family.reports()).collect();
    let mut finding = RULE.finding(
        cx.path(service),
        service.place(),
        format!("no declared report on {} answers for it", list_words(&lacking, "or")),
        message,
    );
    for (family, demand, demands) in &missing {
        finding = with_path(cx, finding, *family, *demand, demands);
    }
    Some(finding.help(format!(
        "have a report cover it ({}), say in `operated-by` if a carved-out subservice organization runs it, or state a smaller `influence` if the dependency cannot affect the dependant",
        reports.join("; and ")
    )))
}

/// A dependency on the way: who states it, and in which entry.
struct Step {
    service: usize,
    entry: usize,
}

/// The shortest way from the service that asks to `index`.
fn path(demand: Demand, demands: &[Demands]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = demand;
    while let Some((service, entry)) = at.via {
        let (service, entry) = (service as usize, entry as usize);
        steps.push(Step { service, entry });
        let back = demands[service].iter().find(|other| other.origin == demand.origin);
        match back {
            Some(other) => at = *other,
            None => break,
        }
    }
    steps.reverse();
    steps
}

fn with_path(cx: &Context<'_, '_>, finding: Finding, family: Family, demand: Demand, demands: &[Demands]) -> Finding {
    let origin = cx.services.get(demand.origin as usize);
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
