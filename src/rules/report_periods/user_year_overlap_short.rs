//! The type 2 reports cover less than half of a fiscal year that is being audited.

use crate::calendar::Period;
use crate::decode::Field;
use crate::estate::{AssuranceRef, ReportRef, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::fiscal_year;
use crate::model::{Duration, MonthDay, ReportType};
use crate::rules::successor::OnItsWay;
use crate::rules::{Check, Context, Group, Rule, RuleOption, words};
use crate::source::Place;
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "user-year-overlap-short",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "The type 2 reports cover less than half of a fiscal year that is being audited.",
    references: &["AICPA SOC 1 guide", "PCAOB AS 2601"],
    options: &[RuleOption::season(Duration::months(4))],
    yields_to: &[],
    page: include_str!("user_year_overlap_short.md"),
    check: Check::Report(judge),
};

/// A fiscal year that the reports of a service do not cover enough of.
struct Short<'e, 'a> {
    service: ServiceRef<'e, 'a>,
    /// Where its last day is stated.
    place: Place,
    end: MonthDay,
    year: Period,
    covered: i64,
}

/// What falls short of one newest report.
#[derive(Default)]
struct Reliance<'e, 'a> {
    years: Vec<Short<'e, 'a>>,
    next: OnItsWay<'e, 'a>,
}

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let newest = report.assurance();
    if !newest.is_of(Family::Icfr) || newest.report_type != Some(ReportType::Two) {
        return None;
    }
    let announced = newest.announced();
    let mut reliance = Reliance::default();
    for service in newest.services() {
        let years = short_years(cx, newest, service).unwrap_or_default();
        if !years.is_empty() {
            reliance.years.extend(years);
            reliance.next.add(service.successor(Family::Icfr, announced));
        }
    }
    finding(cx, report, &reliance)
}

/// Where a report is the newest of type 2 on controls relevant to financial reporting that covers a service: the years in
/// season of its user entities of which those reports cover less than six months.
fn short_years<'e, 'a>(
    cx: &Context<'_, '_>,
    newest: AssuranceRef<'_, '_>,
    service: ServiceRef<'e, 'a>,
) -> Option<Vec<Short<'e, 'a>>> {
    let ends = &service.body.user_entities.get()?.fiscal_year_ends;
    if ends.items.is_empty() || !service.body.is_in_use() || service.newest_type_2(Family::Icfr) != Some(newest) {
        return None;
    }
    if service.is_succession_uncertain(Family::Icfr) {
        return None;
    }
    let periods = service.issued_periods()?;
    let begins = newest.period?.from;
    let mut issued = service.issued_reports(Family::Icfr);
    let is_first = !issued.any(|report| report.end().is_some() && report.end() < newest.end());
    let since = match &service.body.since {
        Field::Absent => None,
        Field::Unknown(_) => return None,
        Field::Known(since) => Some(since.value.0),
    };
    let season = cx.season(&RULE).value;
    let short = ends.iter().filter_map(|end| {
        let year = fiscal_year::in_season(end.value, season, &cx.as_of)?;
        // A service without an earlier report cannot have one for a year that was over by then.
        if begins > year.to && is_first {
            return None;
        }
        // No report can cover six months of a year in which the service existed for less.
        let served = Period {
            from: since.unwrap_or(year.from).max(year.from),
            to: year.to,
        };
        if !served.lasts_months(6) {
            return None;
        }
        let covered = fiscal_year::covered(year, &periods);
        let enough = covered.is_some_and(|covered| covered.lasts_months(6));
        (!enough).then(|| Short {
            service,
            place: service.at(end.span),
            end: end.value,
            year,
            covered: covered.map_or(0, Period::days),
        })
    });
    Some(short.collect())
}

fn finding(cx: &Context<'_, '_>, report: ReportRef<'_, '_>, reliance: &Reliance<'_, '_>) -> Option<Finding> {
    let period = report.body.period.get()?;
    let (from, to) = (period.from.known()?, period.to.known()?);
    let worst = reliance.years.iter().min_by_key(|year| year.covered)?;
    let mut services: Vec<ServiceRef<'_, '_>> = reliance.years.iter().map(|year| year.service).collect();
    services.dedup();
    let message = format!(
        "the declared type 2 reports for {}, of which `{}` ({}) is the newest, cover {} of the fiscal year from {} to {}; user auditors ordinarily need six months or more",
        words::services(&services),
        report.name(),
        report.title(),
        days(worst.covered),
        worst.year.from,
        worst.year.to
    );
    let mut finding = RULE
        .finding(
            report.path(),
            report.at(to.span),
            "the newest period ends here",
            message,
        )
        .related(report.at(from.span), "and begins here");
    for year in &reliance.years {
        let service = year.service.name();
        let label = format!(
            "`{service}`: {} covered of the year to {}",
            days(year.covered),
            year.year.to
        );
        finding = finding.related(year.place, label);
    }
    if let Some(option) = cx.season(&RULE).option {
        finding = finding.related(option, "season set in the config");
    }
    finding = reliance.next.said_of(finding);
    let first = if reliance.next.is_for_all() {
        "have the successor issued"
    } else {
        "declare the earlier report, if there is one, and the next, if it is under way"
    };
    Some(finding.help(format!("{first}; {}", help(worst))))
}

/// What can still be done: for the year that is over, only tell readers; for the next, move the period.
fn help(short: &Short<'_, '_>) -> String {
    let next = fiscal_year::ending_in(short.end, short.year.to.year() + 1);
    let of_next = next.map(|next| {
        let reach = fiscal_year::latest_reach(next.to);
        format!("; for the one to {}, have a period end on or after {reach}", next.to)
    });
    format!(
        "the fiscal year to {} can no longer be covered: tell user entities that reports cover {} of it{}",
        short.year.to,
        days(short.covered),
        of_next.unwrap_or_default()
    )
}

fn days(days: i64) -> String {
    match days {
        0 => "no day".to_owned(),
        days => words::days(days),
    }
}
