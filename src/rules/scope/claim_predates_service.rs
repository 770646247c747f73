//! What a service claims speaks about a time before the service was live.

use crate::decode::{self, Val};
use crate::estate::{Origin, Standing, stated_end};
use crate::finding::{Finding, Severity};
use crate::manifest::Level;
use crate::model::{AssuranceId, ServiceId};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;
use jiff::civil::Date;

pub static RULE: Rule = Rule {
    name: "claim-predates-service",
    since: "0.1.0",
    group: Group::Scope,
    severity: Severity::Error,
    summary: "What a service claims speaks about a time before the service was live.",
    references: &["DC 200"],
    options: &[],
    yields_to: &[],
    page: include_str!("claim_predates_service.md"),
    check: Check::Service(judge),
};

fn judge(cx: &Context<'_, '_>, index: ServiceId) -> Option<Finding> {
    // One that lies ahead says when the service will be live, and that it is not yet.
    let since = cx.services.get(index).body.since.known()?;
    let families = [Some(Family::Icfr), Some(Family::TrustServices), None];
    let claimed = families.into_iter().filter_map(|family| {
        let id = newest_claimed(cx, index, family)?;
        let end = cx.assurance(id).end()?;
        (!is_followed(cx, index, id, family, end)).then_some((end, id))
    });
    let mut claimed: Vec<(Date, AssuranceId)> = claimed.collect();
    // What comes nearest to the service's start is what readers would be told of first.
    claimed.sort_by_key(|(end, id)| (std::cmp::Reverse(*end), *id));
    too_early(cx, index, &claimed, since).or_else(|| partly(cx, index, &claimed, since))
}

/// What is claimed ended before the service was live.
fn too_early(
    cx: &Context<'_, '_>,
    index: ServiceId,
    claimed: &[(Date, AssuranceId)],
    since: &Val<decode::Date>,
) -> Option<Finding> {
    let service = cx.services.get(index);
    let too_early = claimed.iter().filter(|(end, _)| *end < since.value.0);
    let (end, newest) = *too_early.clone().next()?;
    let is = match cx.assurance(newest).period {
        Some(_) => "whose period ended on",
        None => "which is as of",
    };
    let went = match since.value.0 > cx.as_of {
        true => "goes",
        false => "went",
    };
    let message = format!(
        "`{}` claims {}, {is} {end}, before the service {went} live on {}",
        cx.name(service),
        words::report(cx, newest),
        since.value
    );
    let mut finding: Option<Finding> = None;
    for (end, id) in too_early.copied() {
        for (entry, _) in cx.claims_of(index).iter().filter(|(_, claimed)| *claimed == id) {
            let place = service.at(service.body.claims.items[*entry].value.report.known()?.span);
            let label = format!("nothing after {end}, and the service was not live then");
            finding = Some(match finding {
                None => RULE.finding(cx.path(service), place, label, message.clone()),
                Some(finding) => finding.related(place, label),
            });
        }
        if let Origin::Report(report) = cx.assurance(id).origin {
            let report = cx.reports.get(report);
            let end = stated_end(&report.body)?;
            finding = finding.map(|finding| {
                let label = format!("the last day of `{}`", cx.name(report));
                finding.related(report.at(end.span), label)
            });
        }
    }
    let finding = finding?.related(service.at(since.span), "live from this day on");
    Some(finding.help("take the claim out until a report speaks about a time in which the service was live; if one does, claim it; if `since` is wrong, correct it"))
}

/// What is claimed as an opinion on how controls operated began before the service was live.
fn partly(
    cx: &Context<'_, '_>,
    index: ServiceId,
    claimed: &[(Date, AssuranceId)],
    since: &Val<decode::Date>,
) -> Option<Finding> {
    let service = cx.services.get(index);
    claimed.iter().find_map(|(end, id)| {
        let from = cx.assurance(*id).period?.from;
        if since.value.0 <= from || since.value.0 > *end {
            return None;
        }
        let claims = cx.claims_of(index).iter().filter(|(_, claimed)| claimed == id);
        let mut levels = claims.filter_map(|(entry, _)| service.body.claims.items[*entry].value.level.known());
        let operating = levels.find(|level| level.value == Level::Operating)?;
        let message = format!(
            "`{}` claims {} for how its controls operated, but went live on {}, after the period had begun on {from}",
            cx.name(service),
            words::report(cx, *id),
            since.value
        );
        let label = format!("from {} on, at most", since.value);
        let finding = RULE.finding(cx.path(service), service.at(operating.span), label, message);
        let finding = finding.related(service.at(since.span), "live from this day on").severity(Severity::Note);
        let finding = match cx.assurance(*id).origin {
            Origin::Report(report) => {
                let report = cx.reports.get(report);
                let from = report.body.period.get().and_then(|period| period.from.known())?;
                finding.related(report.at(from.span), format!("the first day of `{}`", cx.name(report)))
            }
            Origin::Certificate(_) => finding,
        };
        Some(finding.help("tell readers from which day on the report can be about the service; until one covers a whole period of it, `level` may be left out; if `since` is wrong, correct it"))
    })
}

/// The newest issued report of a family that a service claims, if that can be known.
fn newest_claimed(cx: &Context<'_, '_>, index: ServiceId, family: Option<Family>) -> Option<AssuranceId> {
    if is_uncertain(cx, index, family) {
        return None;
    }
    let of_family = |id: &AssuranceId| {
        let assurance = cx.assurance(*id);
        assurance.family == Ok(family) && assurance.standing == Standing::Issued && cx.is_report(*id)
    };
    let claimed = cx.claims_of(index).iter().map(|(_, id)| *id);
    let mut claimed: Vec<AssuranceId> = claimed.filter(of_family).collect();
    claimed.sort_unstable();
    // One that states no end might be the newest.
    let undated = claimed.iter().any(|id| cx.assurance(*id).end().is_none());
    cx.newest_of(claimed.into_iter()).filter(|_| !undated)
}

/// Whether a later report, issued or on its way, speaks about the service.
fn is_followed(cx: &Context<'_, '_>, index: ServiceId, newest: AssuranceId, family: Option<Family>, end: Date) -> bool {
    cx.answering(index).iter().any(|id| {
        let assurance = cx.assurance(*id);
        let is_certificate = assurance.framework.is_some_and(|framework| framework.is_certificate());
        let later = assurance.end().is_none_or(|other| other > end);
        *id != newest
            && !is_certificate
            && assurance.is_live()
            && assurance.family == Ok(family)
            && later
            && cx.speaks_about(*id, index)
    })
}

fn is_uncertain(cx: &Context<'_, '_>, index: ServiceId, family: Option<Family>) -> bool {
    match family {
        Some(family) => cx.is_succession_uncertain(index, family),
        None => {
            cx.claims_uncertain(index)
                || cx.may_hide("reports")
                || cx.answering(index).iter().any(|id| {
                    let assurance = cx.assurance(*id);
                    let unknown = assurance.standing == Standing::Unknown || assurance.unread;
                    assurance.standing != Standing::Gone && (assurance.family.is_err() || unknown)
                })
        }
    }
}
