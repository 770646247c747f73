//! The newest type 2 report on which SEC issuers rely ended too long before their year-end.

use crate::calendar::{self, Period};
use crate::estate::{AssuranceRef, ReportRef, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::fiscal_year;
use crate::manifest::BridgeLetter;
use crate::model::{Duration, MonthDay, ReportType};
use crate::rules::context::Limit;
use crate::rules::successor::OnItsWay;
use crate::rules::{Check, Context, Group, Rule, RuleOption, YieldsTo, words};
use crate::source::Place;
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "issuer-year-end-gap",
    since: "0.2.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "The newest type 2 report on which SEC issuers rely ended too long before their year-end.",
    references: &["PCAOB AS 2201.B24", "SOX 404"],
    options: &[
        RuleOption::season(Duration::months(4)),
        RuleOption::longest(
            "Maximum time before a year-end that may be uncovered",
            Duration::months(3),
        ),
    ],
    yields_to: &[YieldsTo::on_subject("user-year-overlap-short")],
    page: include_str!("issuer_year_end_gap.md"),
    check: Check::Report(judge),
};

/// What is left uncovered before a year-end of the issuers that rely on a service.
struct Gap<'e, 'a> {
    service: ServiceRef<'e, 'a>,
    /// Where the year-end is stated.
    place: Place,
    end: MonthDay,
    left: Period,
    /// Whether reports cover half of that year.
    is_half_covered: bool,
}

/// What the newest report leaves uncovered.
#[derive(Default)]
struct Reliance<'e, 'a> {
    gaps: Vec<Gap<'e, 'a>>,
    next: OnItsWay<'e, 'a>,
}

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let limit = cx.longest(&RULE);
    let newest = report.assurance();
    if !newest.is_of(Family::Icfr) || newest.report_type != Some(ReportType::Two) {
        return None;
    }
    let announced = newest.announced();
    let mut reliance = Reliance::default();
    for service in newest.services() {
        let gaps = gaps(cx, newest, service, limit).unwrap_or_default();
        if !gaps.is_empty() {
            reliance.gaps.extend(gaps);
            reliance.next.add(service.successor(Family::Icfr, announced));
        }
    }
    finding(cx, report, &reliance, limit)
}

/// Where a report is the newest of type 2 on controls relevant to financial reporting that covers a service on which SEC
/// issuers rely: the year-ends in season before which it leaves too much uncovered.
fn gaps<'e, 'a>(
    cx: &Context<'_, '_>,
    newest: AssuranceRef<'_, '_>,
    service: ServiceRef<'e, 'a>,
    limit: Limit,
) -> Option<Vec<Gap<'e, 'a>>> {
    let user_entities = service.body.user_entities.get()?;
    let ends = &user_entities.fiscal_year_ends;
    if user_entities.sec_issuers.value() != Some(true) || ends.items.is_empty() || !service.body.is_in_use() {
        return None;
    }
    service.newest_over_time(Family::Icfr).filter(|own| *own == newest)?;
    let reached = service.reached()?;
    let periods = service.issued_periods()?;
    let season = cx.season(&RULE).value;
    let gaps = ends.iter().filter_map(|end| {
        let year = fiscal_year::in_season(end.value, season, &cx.as_of)?;
        let left = reached.left_before(year.to)?;
        let covered = fiscal_year::covered(year, &periods);
        left.exceeds(limit.value).then(|| Gap {
            service,
            place: service.at(end.span),
            end: end.value,
            left,
            is_half_covered: covered.is_some_and(|covered| covered.lasts_months(6)),
        })
    });
    Some(gaps.collect())
}

fn finding(
    cx: &Context<'_, '_>,
    report: ReportRef<'_, '_>,
    reliance: &Reliance<'_, '_>,
    limit: Limit,
) -> Option<Finding> {
    let end = report.body.period.get()?.to.known()?;
    let worst = reliance.gaps.iter().max_by_key(|gap| gap.left.days())?;
    let mut services: Vec<ServiceRef<'_, '_>> = reliance.gaps.iter().map(|gap| gap.service).collect();
    services.dedup();
    let joins = |letter: &BridgeLetter<'_>| {
        let begins = letter.period.get().and_then(|period| period.from.value());
        begins.is_some_and(|from| from.0 <= calendar::day_after(end.value.0))
    };
    let bridged = if report.body.bridge_letter.iter().any(|letter| joins(&letter.value)) {
        ", including its bridge letter"
    } else {
        ""
    };
    let message = format!(
        "`{}` ({}), the newest declared type 2 report for {}, leaves {} uncovered before the year-end of SEC issuers on {}{bridged}",
        report.name(),
        report.title(),
        words::services(&services),
        words::days(worst.left.days()),
        worst.left.to
    );
    let label = "the newest period ends here";
    let mut finding = RULE.finding(report.path(), report.at(end.span), label, message);
    for gap in &reliance.gaps {
        let days = words::days(gap.left.days());
        let service = gap.service.name();
        finding = finding.related(
            gap.place,
            format!("`{service}`: {days} uncovered before {}", gap.left.to),
        );
    }
    for service in services {
        let issuers = service.body.user_entities.get().and_then(|u| u.sec_issuers.known());
        if let Some(issuers) = issuers {
            let label = format!("SEC issuers rely on `{}`", service.name());
            finding = finding.related(service.at(issuers.span), label);
        }
    }
    for letter in report.body.bridge_letter.iter() {
        if let Some(period) = letter.value.period.known() {
            let label = if joins(&letter.value) {
                "a bridge letter counts for three months at most"
            } else {
                "begins later than the day after the period's end, and does not count"
            };
            finding = finding.related(report.at(period.span), label);
        }
    }
    for (option, label) in [
        (cx.season(&RULE).option, "season set in the config"),
        (limit.option, "limit set in the config"),
    ] {
        if let Some(option) = option {
            finding = finding.related(option, label);
        }
    }
    finding = reliance.next.said_of(finding);
    let first = if reliance.next.is_for_all() {
        "have the successor issued"
    } else {
        "declare the next report, if it is issued or under way, and the bridge letter, if there is one"
    };
    // Where reports cover half of a year, no other rule reports it.
    if reliance.gaps.iter().any(|gap| gap.is_half_covered) {
        finding = finding.yields_to_none();
    }
    Some(finding.help(format!("{first}; {}", help(worst, limit))))
}

/// What can still be done: for this year-end, tell readers; for the next, move the period.
fn help(gap: &Gap<'_, '_>, limit: Limit) -> String {
    let next = fiscal_year::ending_in(gap.end, gap.left.to.year() + 1);
    let of_next = next.map(|next| {
        let reach = calendar::day_before(calendar::minus(calendar::day_after(next.to), limit.value));
        format!("; for {}, have a period end on or after {reach}", next.to)
    });
    format!(
        "tell these user entities from which day nothing is reported before {}, because their auditors weigh the time since the tests ended{}",
        gap.left.to,
        of_next.unwrap_or_default()
    )
}
