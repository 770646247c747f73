//! A report is given to readers that it is not intended for.

use crate::decode::Val;
use crate::estate::{AssuranceRef, ReportRef, newest_of};
use crate::finding::{Finding, Severity};
use crate::model::{Audience, Framework, list_words};
use crate::rules::{Check, Context, Group, Rule};
use crate::standards::Family;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "report-for-wrong-audience",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "A report is given to readers that it is not intended for.",
    references: &["AT-C 320", "AT-C 205", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("report_for_wrong_audience.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let wrong: BTreeMap<ReportRef<'_, '_>, Wrong<'_>> = cx
        .reports()
        .filter_map(|report| Some((report, wrong(report)?)))
        .filter(|(report, _)| report.is_issued())
        .collect();
    if wrong.is_empty() {
        return Vec::new();
    }
    // Of several over one service, the newest is reported and the others are shown with it.
    let mut reported_by: BTreeMap<ReportRef<'_, '_>, ReportRef<'_, '_>> =
        wrong.keys().map(|report| (*report, *report)).collect();
    for service in cx.services() {
        for family in Family::ALL {
            let issued = || service.issued_reports(family).filter_map(AssuranceRef::as_report);
            let faulty = || issued().filter(|report| wrong.contains_key(report));
            let Some(newest) = newest_of(faulty()) else {
                continue;
            };
            for older in faulty().filter(|report| *report != newest) {
                reported_by.insert(older, newest);
            }
        }
    }
    let newest_for = |report| {
        let mut at = report;
        // The newest over one service may be an older one over another.
        for _ in 0..reported_by.len() {
            match reported_by.get(&at) {
                Some(newer) if *newer != at => at = *newer,
                _ => break,
            }
        }
        at
    };
    let mut older: BTreeMap<ReportRef<'_, '_>, Vec<ReportRef<'_, '_>>> = BTreeMap::new();
    for report in wrong.keys() {
        let newest = newest_for(*report);
        let entry = older.entry(newest).or_default();
        entry.extend((newest != *report).then_some(*report));
    }
    let findings = older
        .iter()
        .filter_map(|(report, older)| Some((*report, wrong.get(report)?, older)));
    findings
        .map(|(report, wrong, older)| finding(report, wrong, older))
        .collect()
}

/// Readers that a report is not intended for.
struct Wrong<'e> {
    /// The one of its frameworks that excludes them.
    restricted: &'e Val<Framework>,
    public: Option<&'e Val<Audience>>,
    prospects: Option<&'e Val<Audience>>,
}

fn wrong<'e>(report: ReportRef<'e, '_>) -> Option<Wrong<'e>> {
    let body = &report.entity().body;
    let framework = body.framework.known()?;
    // A SOC 3 report is for general use; where one is combined, the public gets that part.
    if body.also.damaged || body.also.find(&Framework::Soc3).is_some() {
        return None;
    }
    let given_to = |audience: Audience| {
        let mut frameworks = std::iter::once(framework).chain(body.also.iter());
        let restricted = frameworks.find(|framework| !may_read(framework.value, audience))?;
        Some((body.audience.find(&audience)?, restricted))
    };
    let (public, prospects) = (given_to(Audience::Public), given_to(Audience::ProspectNda));
    let (_, restricted) = public.or(prospects)?;
    Some(Wrong {
        restricted,
        public: public.map(|(audience, _)| audience),
        prospects: prospects.map(|(audience, _)| audience),
    })
}

fn finding(report: ReportRef<'_, '_>, wrong: &Wrong<'_>, older: &[ReportRef<'_, '_>]) -> Finding {
    let (restricted, place) = (wrong.restricted.value, |span| report.at(span));
    let readers = intended(restricted);
    let wrong_readers: Vec<&str> = [wrong.public.map(|_| "the public"), wrong.prospects.map(|_| "prospects")]
        .into_iter()
        .flatten()
        .collect();
    let message = format!(
        "`{}` is declared as {}, which is for {readers}, but its audience is declared as {}",
        report.name(),
        restricted.title(),
        list_words(&wrong_readers, "and")
    );
    let at = wrong
        .public
        .or(wrong.prospects)
        .map_or(wrong.restricted.span, |audience| audience.span);
    let mut finding = RULE
        .finding(
            report.path(),
            place(at),
            format!("not intended readers of {}", restricted.title()),
            message,
        )
        .severity(match wrong.public {
            Some(_) => Severity::Error,
            None => Severity::Warning,
        })
        .related(place(wrong.restricted.span), format!("for {readers}"));
    if let Some(prospects) = wrong.prospects {
        finding = finding.related(place(prospects.span), "nor are these");
    }
    for report in older {
        let label = format!("`{}`, an older report with the same readers", report.name());
        finding = finding.related(report.place(), label);
    }
    finding.help(match restricted {
        Framework::Soc2 => "give it to customers, and to prospects under a non-disclosure agreement; for the public, have a SOC 3 report issued",
        _ => "give it to user entities and their auditors; prospects and the public ask about security, which SOC 2 and SOC 3 reports address",
    })
}

/// Whether these readers may be given a report of this framework.
fn may_read(framework: Framework, audience: Audience) -> bool {
    match framework {
        Framework::Soc1 | Framework::Isae3402 => !matches!(audience, Audience::Public | Audience::ProspectNda),
        Framework::Soc2 => audience != Audience::Public,
        _ => true,
    }
}

/// The intended readers of a report of a restricted framework.
fn intended(framework: Framework) -> &'static str {
    match framework {
        Framework::Soc2 => {
            "readers who know the service: customers, their auditors, and prospects under a non-disclosure agreement"
        }
        _ => "management, user entities and their auditors",
    }
}
