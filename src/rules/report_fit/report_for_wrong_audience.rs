//! A report is given to readers that it is not for.

use crate::decode::Val;
use crate::estate::Entity;
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Audience, Framework, Report};
use crate::model::ReportId;
use crate::rules::{Check, Context, Group, Rule};
use crate::standards::Family;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "report-for-wrong-audience",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "A report is given to readers that it is not for.",
    references: &["AT-C 320", "AT-C 205", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("report_for_wrong_audience.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let wrong: BTreeMap<ReportId, Wrong<'_>> = cx
        .issued_reports()
        .filter_map(|(id, report)| Some((id, wrong(report)?)))
        .collect();
    // Of several over one service, the newest speaks for the others.
    let mut newest_of: BTreeMap<ReportId, ReportId> = wrong.keys().map(|id| (*id, *id)).collect();
    for service in cx.services.ids() {
        for family in Family::ALL {
            let issued = || cx.issued_for(service, family).filter_map(|id| cx.report_of(id));
            let faulty = || issued().filter(|id| wrong.contains_key(id));
            let Some(newest) = cx.newest_of(faulty()) else {
                continue;
            };
            for older in faulty().filter(|id| *id != newest) {
                newest_of.insert(older, newest);
            }
        }
    }
    let speaker = |id: ReportId| {
        let mut at = id;
        // One that is newest over one service may be older over another.
        for _ in 0..newest_of.len() {
            match newest_of.get(&at) {
                Some(newer) if *newer != at => at = *newer,
                _ => break,
            }
        }
        at
    };
    let mut older: BTreeMap<ReportId, Vec<ReportId>> = BTreeMap::new();
    for id in wrong.keys() {
        let speaks = speaker(*id);
        let entry = older.entry(speaks).or_default();
        entry.extend((speaks != *id).then_some(*id));
    }
    let said = older
        .iter()
        .filter_map(|(id, older)| Some((*id, wrong.get(id)?, older)));
    said.map(|(id, wrong, older)| finding(cx, id, wrong, older)).collect()
}

/// Readers that a report is not for.
struct Wrong<'e> {
    /// Which of its frameworks says so.
    restricted: &'e Val<Framework>,
    public: Option<&'e Val<Audience>>,
    prospects: Option<&'e Val<Audience>>,
}

fn wrong<'e>(report: &'e Entity<'_, Report<'_>>) -> Option<Wrong<'e>> {
    let body = &report.body;
    let framework = body.framework.known()?;
    // A SOC 3 report is written for everyone; combined with one, the public gets that part.
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

fn finding(cx: &Context<'_, '_>, id: ReportId, wrong: &Wrong<'_>, older: &[ReportId]) -> Finding {
    let (restricted, place) = (wrong.restricted.value, |span| {
        cx.place(cx.assurance_place(id).file, span)
    });
    let readers = intended(restricted);
    let wrong_readers: Vec<&str> = [wrong.public.map(|_| "the public"), wrong.prospects.map(|_| "prospects")]
        .into_iter()
        .flatten()
        .collect();
    let message = format!(
        "`{}` is declared as {}, which is for {readers}, but its audience is declared as {}",
        cx.assurance_name(id),
        restricted.title(),
        list_words(&wrong_readers, "and")
    );
    let at = wrong
        .public
        .or(wrong.prospects)
        .map_or(wrong.restricted.span, |audience| audience.span);
    let mut finding = RULE
        .finding(
            cx.assurance_path(id),
            place(at),
            format!("not among the readers of {}", restricted.title()),
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
    for id in older {
        let label = format!("`{}`, an older report with such readers", cx.assurance_name(*id));
        finding = finding.related(cx.assurance_place(*id), label);
    }
    finding.help(match restricted {
        Framework::Soc2 => "give it to customers, and to prospects under a non-disclosure agreement; for the public, have a SOC 3 report issued",
        _ => "give it to user entities and their auditors; prospects and the public ask about security, which SOC 2 and SOC 3 reports are about",
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

/// Who a report of a restricted framework is for.
fn intended(framework: Framework) -> &'static str {
    match framework {
        Framework::Soc2 => {
            "readers who know the service: customers, their auditors, and prospects under a non-disclosure agreement"
        }
        _ => "management, user entities and their auditors",
    }
}
