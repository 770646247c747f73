//! A claimed report is about a time before the service was live.

use crate::decode::Val;
use crate::estate::{AssuranceRef, ServiceRef, Standing, newest_of, stated_end};
use crate::finding::{Finding, Severity};
use crate::model::{self, Level, Stated};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;
use jiff::civil::Date;

pub static RULE: Rule = Rule {
    name: "claim-predates-service",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Error,
    summary: "A claimed report is about a time before the service was live.",
    references: &["DC 200"],
    options: &[],
    yields_to: &[],
    page: include_str!("claim_predates_service.md"),
    check: Check::Service(judge),
};

fn judge(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    // A future date states when the service will be live, and that it is not yet.
    let since = service.body.since.known()?;
    let families = [Some(Family::Icfr), Some(Family::TrustServices), None];
    let claimed = families.into_iter().filter_map(|family| {
        let report = newest_claimed(cx, service, family)?;
        let end = report.end()?;
        (!is_followed(service, report, family, end)).then_some((end, report))
    });
    let mut claimed: Vec<(Date, AssuranceRef<'_, '_>)> = claimed.collect();
    // The report closest to the service's start is the one to report.
    claimed.sort_by_key(|(end, report)| (std::cmp::Reverse(*end), *report));
    too_early(cx, service, &claimed, since).or_else(|| partly(service, &claimed, since))
}

/// The claimed reports ended before the service was live.
fn too_early(
    cx: &Context<'_, '_>,
    service: ServiceRef<'_, '_>,
    claimed: &[(Date, AssuranceRef<'_, '_>)],
    since: &Val<model::Date>,
) -> Option<Finding> {
    let too_early = claimed.iter().filter(|(end, _)| *end < since.value.0);
    let (end, newest) = *too_early.clone().next()?;
    let is = match newest.period {
        Some(_) => "whose period ended on",
        None => "which is as of",
    };
    let went = if since.value.0 > cx.as_of { "goes" } else { "went" };
    let message = format!(
        "`{}` claims {}, {is} {end}, before the service {went} live on {}",
        service.name(),
        words::report(newest),
        since.value
    );
    let mut finding: Option<Finding> = None;
    for (end, assurance) in too_early.copied() {
        for claimed in service.claims().filter(|claimed| claimed.assurance == assurance) {
            let place = claimed.place()?;
            let label = format!("nothing after {end}, when the service was not live yet");
            finding = Some(match finding {
                None => RULE.finding(service.path(), place, label, message.clone()),
                Some(finding) => finding.related(place, label),
            });
        }
        if let Some(report) = assurance.as_report() {
            let end = stated_end(&report.body)?;
            finding = finding.map(|finding| {
                let label = format!("the last day of `{}`", report.name());
                finding.related(report.at(end.span), label)
            });
        }
    }
    let finding = finding?.related(service.at(since.span), "live from this day");
    Some(finding.help("remove the claim until a report covers a time when the service was live; if one does, claim it; if `since` is wrong, correct it"))
}

/// A report claimed as an opinion on how controls operated began before the service was live.
fn partly(
    service: ServiceRef<'_, '_>,
    claimed: &[(Date, AssuranceRef<'_, '_>)],
    since: &Val<model::Date>,
) -> Option<Finding> {
    claimed.iter().find_map(|(end, assurance)| {
        let from = assurance.period?.from;
        if since.value.0 <= from || since.value.0 > *end {
            return None;
        }
        let claims = service.claims().filter(|claimed| claimed.assurance == *assurance);
        let mut levels = claims.filter_map(|claimed| claimed.claim.level.known());
        let operating = levels.find(|level| level.value == Level::Operating)?;
        let message = format!(
            "`{}` claims {} for how its controls operated, but went live on {}, after the period had begun on {from}",
            service.name(),
            words::report(*assurance),
            since.value
        );
        let label = format!("at most from {}", since.value);
        let finding = RULE.finding(service.path(), service.at(operating.span), label, message);
        let finding = finding.related(service.at(since.span), "live from this day").severity(Severity::Note);
        let finding = match assurance.as_report() {
            Some(report) => {
                let from = report.body.period.get().and_then(|period| period.from.known())?;
                finding.related(report.at(from.span), format!("the first day of `{}`", report.name()))
            }
            None => finding,
        };
        Some(finding.help("tell readers from which day the report can cover the service; until a report covers it for a whole period, `level` can be left out; if `since` is wrong, correct it"))
    })
}

/// The newest issued report of a family that a service claims, if that is known.
fn newest_claimed<'e, 'a>(
    cx: &Context<'_, '_>,
    service: ServiceRef<'e, 'a>,
    family: Option<Family>,
) -> Option<AssuranceRef<'e, 'a>> {
    if is_uncertain(cx, service, family) {
        return None;
    }
    let of_family = |report: &AssuranceRef<'_, '_>| {
        report.family == Stated::from(family) && report.standing() == Standing::Issued && report.is_report()
    };
    let claimed = service.claims().map(|claimed| claimed.assurance);
    let mut claimed: Vec<AssuranceRef<'_, '_>> = claimed.filter(of_family).collect();
    claimed.sort_unstable();
    // A report without an end date might be the newest.
    let undated = claimed.iter().any(|report| report.end().is_none());
    newest_of(claimed.into_iter()).filter(|_| !undated)
}

/// Whether a later report, issued or upcoming, covers the service.
fn is_followed(service: ServiceRef<'_, '_>, newest: AssuranceRef<'_, '_>, family: Option<Family>, end: Date) -> bool {
    service.assurances().any(|assurance| {
        let is_certificate = assurance.framework.is_some_and(|framework| framework.is_certificate());
        let later = assurance.end().is_none_or(|other| other > end);
        assurance != newest
            && !is_certificate
            && assurance.is_live()
            && assurance.family == Stated::from(family)
            && later
            && assurance.is_about(service)
    })
}

fn is_uncertain(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>, family: Option<Family>) -> bool {
    match family {
        Some(family) => service.is_succession_uncertain(family),
        None => {
            service.may_claim_more()
                || cx.may_hide("reports")
                || service.assurances().any(|assurance| {
                    let unknown = assurance.standing() == Standing::Unknown || assurance.unread;
                    assurance.standing() != Standing::Gone && (assurance.family.is_unknown() || unknown)
                })
        }
    }
}
