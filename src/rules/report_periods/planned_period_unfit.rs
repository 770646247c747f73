//! The period of a report that is not issued yet does not serve its readers.

use crate::calendar::Period;
use crate::decode::Field;
use crate::estate::{AssuranceRef, ReportRef, ServiceRef, Standing, count_days, left_before};
use crate::finding::{Finding, Severity};
use crate::fiscal_year;
use crate::model::{ReportType, Status};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;
use crate::standards::Family;
use std::collections::{BTreeMap, HashMap};

pub static RULE: Rule = Rule {
    name: "planned-period-unfit",
    since: "0.2.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "The period of a report that is not issued yet does not serve its readers.",
    references: &["PCAOB AS 2601"],
    options: &[],
    yields_to: &[],
    page: include_str!("planned_period_unfit.md"),
    check: Check::Report(judge),
};

/// Days that no report covers, before the period begins.
struct Hole<'e, 'a> {
    service: ServiceRef<'e, 'a>,
    earlier: AssuranceRef<'e, 'a>,
    days: i64,
}

/// A fiscal year of which too little is covered.
struct Short<'e, 'a> {
    service: ServiceRef<'e, 'a>,
    /// Where its last day is stated.
    place: Place,
    year: Period,
    covered: i64,
}

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let assurance = report.assurance();
    if !report.is_filed() || assurance.standing() != Standing::Upcoming {
        return None;
    }
    let family = assurance.family.known()?;
    let period = assurance.period.filter(|period| period.from <= period.to)?;
    if assurance.report_type != Some(ReportType::Two) {
        return None;
    }
    let mut services = assurance.services();
    services.retain(|service| service.body.is_in_use());
    if services.is_empty() && assurance.states_covers && !assurance.covers_unknown {
        return None;
    }
    let mut holes = Vec::new();
    let mut short = Vec::new();
    let mut known = HashMap::new();
    services.retain(|service| !service.is_succession_uncertain(family));
    for service in services {
        let others = known.entry(service.coverage_key());
        let Some(others) = others.or_insert_with(|| Others::of(assurance, period, (service, family))) else {
            continue;
        };
        holes.extend(others.hole(service));
        if family == Family::Icfr {
            short.extend(others.short_years(period, service));
        }
    }
    let least = match family {
        Family::Icfr => 6,
        Family::TrustServices => 3,
    };
    let is_short = !period.lasts_months(least) && !report.body.short_period_reason.explains();
    finding(cx, report, (period, is_short.then_some(least)), &holes, &short)
}

/// The other live reports of a family, for services that are covered alike.
struct Others<'e, 'a> {
    periods: Vec<Period>,
    /// The days between the previous type 2 period and this one, the report before them, and how many are uncovered.
    left: Option<(Period, AssuranceRef<'e, 'a>, i64)>,
    /// What they cover of fiscal years, together with the report that is checked.
    years: BTreeMap<Period, Option<Period>>,
}

impl<'e, 'a> Others<'e, 'a> {
    /// `None` when one of them may cover days that are not known.
    fn of(
        report: AssuranceRef<'_, '_>,
        period: Period,
        (service, family): (ServiceRef<'e, 'a>, Family),
    ) -> Option<Self> {
        let dated = service.other_periods(report, family)?;
        Some(Self {
            left: left_before(period, &dated).map(|(between, earlier, left)| (between, earlier, count_days(&left))),
            periods: dated.into_iter().map(|(other, _)| other).chain([period]).collect(),
            years: BTreeMap::new(),
        })
    }

    fn hole(&self, service: ServiceRef<'e, 'a>) -> Option<Hole<'e, 'a>> {
        let (between, earlier, days) = self.left?;
        // A service that did not exist by then has nothing to cover.
        let was_there = match &service.body.since {
            Field::Absent => true,
            Field::Unknown(_) => false,
            Field::Known(since) => since.value.0 < between.from,
        };
        was_there.then_some(Hole { service, earlier, days })
    }

    /// The fiscal years of a service's user entities that the period is for and of which reports cover under six months.
    fn short_years(&mut self, period: Period, service: ServiceRef<'e, 'a>) -> Vec<Short<'e, 'a>> {
        let (Some(user_entities), false) = (service.body.user_entities.get(), service.body.since.is_unknown()) else {
            return Vec::new();
        };
        let since = service.body.since.value().map(|since| since.0);
        let short = user_entities.fiscal_year_ends.iter().filter_map(|end| {
            let year = fiscal_year::most_overlapped(end.value, period)?;
            let covered = self.years.entry(year);
            let covered = (*covered.or_insert_with(|| fiscal_year::covered(year, &self.periods)))?;
            fiscal_year::is_short(year, since, Some(covered)).then(|| Short {
                service,
                place: service.at(end.span),
                year,
                covered: covered.days(),
            })
        });
        short.collect()
    }
}

fn finding(
    cx: &Context<'_, '_>,
    report: ReportRef<'_, '_>,
    (period, least): (Period, Option<u32>),
    holes: &[Hole<'_, '_>],
    short: &[Short<'_, '_>],
) -> Option<Finding> {
    let stated = report.body.period.get()?;
    let (from, to) = (stated.from.known()?, stated.to.known()?);
    let mut faults = Vec::new();
    let mut helps = Vec::new();
    let widest = holes.iter().max_by_key(|hole| hole.days);
    if let Some(hole) = widest {
        let days = words::days(hole.days);
        faults.push(format!(
            "no declared report covers {days} between `{}` and it",
            hole.earlier.name()
        ));
        helps.push("have it begin the day after the previous one ends".to_owned());
    }
    if let Some(least) = least {
        let least = if least == 6 { "six" } else { "three" };
        faults.push(format!(
            "it covers {}, less than {least} months",
            words::days(period.days())
        ));
        helps.push(format!(
            "have it last {least} months or more, or explain in `short-period-reason` why it is short"
        ));
    }
    let worst = short.iter().min_by_key(|short| short.covered);
    if let Some(short) = worst {
        let Short { year, covered, .. } = short;
        faults.push(format!(
            "reports will together cover {} of the fiscal year from {} to {}, less than six months",
            words::days(*covered),
            year.from,
            year.to
        ));
        helps.push(format!(
            "have reports cover six months or more of the year to {}",
            year.to
        ));
    }
    if faults.is_empty() {
        return None;
    }
    let stage = match report.body.status.value() {
        Some(Status::InProgress) => "in progress",
        _ => "planned",
    };
    let message = format!(
        "{} is {stage} over a period that does not serve its readers: {}",
        words::report(report),
        faults.join("; ")
    );
    let (primary, label) = match widest {
        Some(_) => (from, "the period begins here"),
        None => (to, "the period ends here"),
    };
    let mut finding = RULE.finding(report.path(), report.at(primary.span), label, message);
    let (other, label) = match widest {
        Some(_) => (to, "and ends here"),
        None => (from, "and begins here"),
    };
    finding = finding.related(report.at(other.span), label);
    finding = others_of(finding, holes, short);
    // No standard states how periods follow one another, or how long one on other subject matters lasts.
    if !report.is_of(Family::Icfr) || (least.is_none() && short.is_empty()) {
        finding = finding.citing(&[]);
    }
    if least.is_some() {
        finding = words::unexplained(finding, &report.body.short_period_reason, |span| report.at(span));
    }
    let first = if cx.as_of <= period.to {
        "the period can still be changed"
    } else {
        "the period is over but the report is not issued, so ask the auditor what can still be changed"
    };
    Some(finding.help(format!("{first}; {}", helps.join("; "))))
}

/// Labels the other places: where earlier periods end, and which services and year-ends are concerned.
fn others_of(finding: Finding, holes: &[Hole<'_, '_>], short: &[Short<'_, '_>]) -> Finding {
    let finding = holes.iter().fold(finding, |finding, hole| {
        let days = words::days(hole.days);
        let finding = match end_of(hole.earlier) {
            Some(place) => {
                let label = format!("`{}` ends here: {days} uncovered", hole.earlier.name());
                finding.related(place, label)
            }
            None => finding,
        };
        let service = hole.service;
        finding.related_with(service.place(), || format!("`{}` is not covered", service.name()))
    });
    short.iter().fold(finding, |finding, short| {
        finding.related_with(short.place, || {
            let name = short.service.name();
            let days = words::days(short.covered);
            format!("`{name}`: {days} covered of the year to {}", short.year.to)
        })
    })
}

fn end_of(assurance: AssuranceRef<'_, '_>) -> Option<Place> {
    let report = assurance.as_report()?;
    let to = report.body.period.get()?.to.known()?;
    Some(report.at(to.span))
}
