//! Successive type 2 periods leave days between them that no report covers.

use crate::estate::{AssuranceRef, ReportRef, ServiceRef, count_days};
use crate::finding::{Finding, Severity};
use crate::model::{Lifecycle, ReportType};
use crate::rules::{Check, Context, Group, Rule, RuleOption, words};
use crate::source::Place;
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "coverage-gap",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "Successive type 2 periods leave days between them that no report covers.",
    references: &[],
    options: &[RuleOption::tolerate(
        "Number of uncovered days accepted, such as \"7d\" or \"2w\"",
        0,
    )],
    yields_to: &[],
    page: include_str!("coverage_gap.md"),
    check: Check::Report(judge),
};

/// Days between two reports.
struct Gap<'e, 'a> {
    earlier: AssuranceRef<'e, 'a>,
    later: AssuranceRef<'e, 'a>,
    days: i64,
    /// How many of them bridge letters leave out, and whether those are within the tolerance.
    unbridged: i64,
    is_bridged: bool,
    /// The report of each, and where it states its period.
    letters: Vec<(ReportRef<'e, 'a>, Place)>,
    services: Vec<ServiceRef<'e, 'a>>,
}

fn judge(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    let later = report.assurance();
    let family = later.family.known()?;
    if later.report_type != Some(ReportType::Two) {
        return None;
    }
    let mut gap: Option<Gap<'_, '_>> = None;
    for service in later.services() {
        let retired = matches!(service.body.lifecycle.value(), Some(Lifecycle::Retired));
        if retired || !service.body.is_in_scope() || !service.has_holes(family) {
            continue;
        }
        let Some(own) = newest_gap(cx, service, family).filter(|gap| gap.later == later) else {
            continue;
        };
        gap = Some(match gap {
            None => own,
            Some(known) => {
                // Between two other reports there may be no letter.
                let (mut primary, other) = if known.is_bridged && !own.is_bridged {
                    (own, known)
                } else {
                    (known, own)
                };
                primary.services.extend(other.services);
                primary
            }
        });
    }
    let mut gap = gap?;
    gap.services.sort_unstable();
    finding(cx, &gap)
}

fn newest_gap<'e, 'a>(cx: &Context<'_, '_>, service: ServiceRef<'e, 'a>, family: Family) -> Option<Gap<'e, 'a>> {
    let tolerated = i64::from(cx.tolerated_days(&RULE).0);
    let holes = service.holes(family)?.into_iter();
    let hole = holes.rev().find(|hole| count_days(&hole.left) > tolerated)?;
    let unbridged = count_days(&hole.unbridged);
    Some(Gap {
        earlier: hole.earlier,
        later: hole.later,
        days: count_days(&hole.left),
        unbridged,
        is_bridged: unbridged <= tolerated,
        letters: hole.letters,
        services: vec![service],
    })
}

fn finding(cx: &Context<'_, '_>, gap: &Gap<'_, '_>) -> Option<Finding> {
    let (earlier, later) = (gap.earlier.as_report()?, gap.later.as_report()?);
    let (earlier, later) = (earlier, later);
    let from = later.body.period.get()?.from.known()?;
    let to = earlier.body.period.get()?.to.known()?;
    let services = words::services(&gap.services);
    let days = words::days(gap.days);
    let bridged = match (gap.is_bridged, gap.letters.is_empty()) {
        (true, _) => "; only a bridge letter does".to_owned(),
        (false, false) => format!(", and a bridge letter leaves out {}", words::days(gap.unbridged)),
        (false, true) => String::new(),
    };
    let message = format!(
        "no declared type 2 report covers {days} between `{}` and `{}` for {services}{bridged}",
        earlier.name(),
        later.name()
    );
    let finding = RULE
        .finding(later.path(), later.at(from.span), "this period begins here", message)
        .related(
            earlier.at(to.span),
            format!("`{}` ends here: {days} uncovered", earlier.name()),
        );
    let finding = gap.letters.iter().fold(finding, |finding, (report, letter)| {
        let name = report.name();
        let label = format!("a bridge letter of `{name}`: a statement by management about days between, not a report");
        finding.related(*letter, label)
    });
    let finding = if gap.is_bridged {
        finding.severity(Severity::Note)
    } else {
        finding
    };
    let finding = match cx.tolerated_days(&RULE) {
        (days, Some(option)) => finding.related(
            option,
            format!("more than the {} tolerated in the config", words::days(i64::from(days))),
        ),
        _ => finding,
    };
    let label = if gap.is_bridged {
        "has no report for these days"
    } else {
        "is not covered"
    };
    let finding = gap.services.iter().fold(finding, |finding, service| {
        finding.related(service.place(), format!("`{}` {label}", service.name()))
    });
    Some(finding.help(if gap.is_bridged {"a bridge letter is a statement by management that no one examined: tell user entities so, and have the next report begin the day after the last one ends"} else {"correct the dates if they are wrong; otherwise tell user entities which days no report covers, declare the bridge letter in `bridge-letter` if there is one, and have the next report begin the day after the last one ends"}))
}
