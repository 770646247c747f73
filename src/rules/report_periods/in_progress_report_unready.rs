//! A report has been in progress for some time, but items that it will need are still missing.

use crate::calendar::{self, Period};
use crate::decode::{Entry, Field};
use crate::estate::{ControlRef, ReportRef, ServiceRef, Standing, complementary_controls, names_evidence};
use crate::finding::{Finding, Severity};
use crate::manifest::Objective;
use crate::model::{Framework, ReportType, Role, Status, list_words};
use crate::rules::{Check, Context, Group, Rule, RuleOption, words};
use crate::source::Place;
use crate::standards::Family;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "in-progress-report-unready",
    since: "0.2.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "A report has been in progress for some time, but items that it will need are still missing.",
    references: &["AT-C 205", "AT-C 320", "ISAE 3402"],
    options: &[RuleOption::from_a_third(
        "How long after the first day of its period a report is checked",
    )],
    yields_to: &[],
    page: include_str!("in_progress_report_unready.md"),
    check: Check::Report(judge),
};

/// How much of a period has passed.
struct Elapsed {
    period: Period,
    /// In days, as words tell it.
    gone: i64,
    is_over_half: bool,
}

/// How much of the period of a type 2 report in progress has passed, if that is enough for it to be checked.
fn elapsed(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Elapsed> {
    let assurance = report.assurance();
    let is_in_progress = report.body.status.value() == Some(Status::InProgress);
    let under_way = || is_in_progress && assurance.standing() == Standing::Upcoming;
    let is_type_2 = assurance.report_type == Some(ReportType::Two) && assurance.framework != Some(Framework::Other);
    let period = assurance.period.filter(|period| period.from <= period.to)?;
    let days = period.days();
    let is_due = || match cx.from(&RULE) {
        Some(from) => calendar::plus(period.from, from.value) <= cx.as_of,
        None => period.day(days / 3 + 1) <= cx.as_of,
    };
    let gone = || Period {
        from: period.from,
        to: cx.as_of.told_at_most(period.to),
    };
    (is_type_2 && under_way() && is_due()).then(|| Elapsed {
        period,
        gone: gone().days(),
        is_over_half: period.day(days / 2 + 1) <= cx.as_of,
    })
}

/// What a report will need and does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lacks {
    Design,
    Operating,
    Effect,
    Control,
    Method,
}

/// One of those, whose it is, and where it shows.
struct Lack {
    what: Lacks,
    of: String,
    place: Place,
    label: String,
}

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    // Where no control is linked, controls are kept elsewhere.
    let mut controls = report.controls().peekable();
    controls.peek().filter(|_| report.is_filed())?;
    let elapsed = elapsed(cx, report)?;
    let mut lacks: Vec<Lack> = Vec::new();
    for control in controls {
        lacks.extend(of_control(cx, report, elapsed.period, control));
    }
    lacks.extend(of_objectives(cx, report));
    lacks.extend(of_subservice_organizations(cx, report));
    if lacks.is_empty() {
        return None;
    }
    let status = report.body.status.known()?;
    let clause = clause(&lacks);
    let days = elapsed.period.days();
    let message = format!(
        "{} is in progress, with {} of {days} days passed: {clause}",
        words::report(report),
        elapsed.gone
    );
    let label = format!("{} of {days} days have passed", elapsed.gone);
    let mut finding = RULE.finding(report.path(), report.at(status.span), label, message);
    if !elapsed.is_over_half {
        finding = finding.severity(Severity::Note);
    }
    for lack in lacks {
        finding = finding.related(lack.place, lack.label);
    }
    if let Some(period) = report.body.period.known() {
        finding = finding.related(report.at(period.span), "the current period");
    }
    if let Some(option) = cx.from(&RULE).and_then(|from| from.place) {
        finding = finding.related(option, "start of the check set in the config");
    }
    let references: &[&str] = if report.assurance().is_of(Family::Icfr) {
        &["AT-C 320", "ISAE 3402"]
    } else {
        &["AT-C 205"]
    };
    Some(finding.citing(references).help("there is time until the period ends: document the design of each control (`design`), keep evidence that it operates (`operating`), list a control under each objective, and state the `method` of each subservice organization; evidence kept elsewhere only needs to be linked here"))
}

/// What a control lacks, for a report in progress over a period.
fn of_control(
    cx: &Context<'_, '_>,
    report: ReportRef<'_, '_>,
    period: Period,
    control: ControlRef<'_, '_>,
) -> Vec<Lack> {
    let body = &control.body;
    let excused = body.did_not_operate.explains() || !body.predecessor.is_absent();
    if !control.readable || excused || may_be_carved_out(cx, report, control) {
        return Vec::new();
    }
    let name = format!("`{}`", control.name());
    let lack = |what, place, label: String| Lack {
        what,
        of: name.clone(),
        place,
        label,
    };
    let mut lacks = Vec::new();
    if !names_evidence(&body.design) && !control.may_operation_show_design() {
        lacks.push(lack(Lacks::Design, control.place(), format!("{name} has no `design`")));
    }
    if let Some(effective) = body.effective.known() {
        let after = calendar::days_between(period.from, effective.value.0);
        if after * 2 >= period.days() {
            let label = format!("{name} is in effect for no more than half of the period");
            lacks.push(lack(Lacks::Effect, control.at(effective.span), label));
        }
    }
    if let Some(every) = body.every.known()
        && !body.effective.is_unknown()
        && control.only_designs().is_some()
    {
        let effective = body.effective.value().map_or(period.from, |day| day.0);
        let second = calendar::after_intervals(effective.max(period.from), every.value, 2);
        if second <= calendar::day_after(period.to) && second <= cx.as_of {
            let every_so_often = words::every(every.value);
            let label = format!("{name} operates {every_so_often} but has no `operating` evidence");
            lacks.push(lack(Lacks::Operating, control.at(every.span), label));
        }
    }
    lacks
}

/// Whether a control is, or may be, performed by an organization that a report carves out.
fn may_be_carved_out(cx: &Context<'_, '_>, report: ReportRef<'_, '_>, control: ControlRef<'_, '_>) -> bool {
    match &*control.body.inherited_from {
        Field::Absent => false,
        Field::Unknown(_) => true,
        Field::Known(name) => {
            let provider = cx.third_party_named(control.namespace, &name.value);
            provider.is_none_or(|provider| provider.may_be_carved_out_of(report))
        }
    }
}

/// The objectives without a control of the service organization.
fn of_objectives(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Vec<Lack> {
    if report.body.objectives.is_empty() {
        return Vec::new();
    }
    let own = complementary_controls(&report.body);
    let csocs = cx.csocs_of_third_parties();
    let is_bare = |objective: &&Entry<'_, Objective<'_>>| {
        let met_by = &objective.body.met_by;
        // An unresolved name may be meant for a control.
        let is_known = |name: &str| own.contains(name) || csocs.contains(name);
        let by_others = !met_by.damaged && met_by.iter().all(|name| is_known(&name.value));
        objective.readable && objective.body.controls.is_surely_empty() && by_others
    };
    let objectives = report.body.objectives.iter().filter(is_bare);
    objectives
        .map(|objective| Lack {
            what: Lacks::Control,
            of: format!("`{}`", objective.id.as_str()),
            place: report.at(objective.span),
            label: "no control under this objective".to_owned(),
        })
        .collect()
}

/// The subservice organizations of services that are reported on for the first time, where nothing states whether they
/// are carved out or included.
fn of_subservice_organizations<'e, 'a>(cx: &Context<'e, 'a>, report: ReportRef<'e, 'a>) -> Vec<Lack> {
    let services = report.assurance().services().into_iter();
    let services = services.filter(|service| is_first_covered(*service));
    let third_parties = cx.estate.third_parties_of_all(services);
    let unsaid = third_parties.into_iter().filter_map(|third_party| {
        let role = third_party.body.role_of(Role::SubserviceOrganization)?;
        third_party.method_in(report).is_absent().then(|| Lack {
            what: Lacks::Method,
            of: format!("`{}`", third_party.name()),
            place: third_party.at(role.span),
            label: format!("`{}` is not declared as carved out or included", third_party.name()),
        })
    });
    unsaid.collect()
}

/// Whether no report has ever been issued over a service in use.
fn is_first_covered(service: ServiceRef<'_, '_>) -> bool {
    let mut families = Family::ALL.into_iter();
    let uncertain = families.any(|family| service.is_succession_uncertain(family));
    let issued = service
        .assurances()
        .any(|other| other.is_report() && other.standing() == Standing::Issued && other.covers(service));
    service.body.is_in_use() && !uncertain && !issued
}

/// At most this many are named of each kind.
const MAX_NAMED: usize = 3;

fn clause(lacks: &[Lack]) -> String {
    let mut by_kind: BTreeMap<Lacks, Vec<&str>> = BTreeMap::new();
    for lack in lacks {
        by_kind.entry(lack.what).or_default().push(&lack.of);
    }
    let clauses: Vec<String> = by_kind
        .into_iter()
        .map(|(what, of)| {
            let before = match what {
                Lacks::Design => "no `design` is declared for",
                Lacks::Operating => "no `operating` evidence is declared for",
                Lacks::Effect => "in effect for no more than half of the period:",
                Lacks::Control => "no control is declared under",
                Lacks::Method => "not declared as carved out or included:",
            };
            format!("{before} {}", named(&of))
        })
        .collect();
    clauses.join("; ")
}

/// "`a`, `b` and `c`", "`a`, `b` and 4 more".
fn named(of: &[&str]) -> String {
    if of.len() <= MAX_NAMED {
        return list_words(of, "and");
    }
    let shown = of[..MAX_NAMED - 1].join(", ");
    format!("{shown} and {} more", of.len() - (MAX_NAMED - 1))
}
