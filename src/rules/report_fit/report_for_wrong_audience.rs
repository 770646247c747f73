//! A report is given to readers that it is not for.

use crate::estate::Entity;
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Audience, Framework, Report};
use crate::rules::{Check, Context, Group, Rule};

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
    let reports = cx.reports.iter().enumerate();
    let live = reports.filter(|(id, _)| cx.assurance(*id).is_live());
    live.filter_map(|(_, report)| judge(cx, report)).collect()
}

fn judge<'a>(cx: &Context<'_, 'a>, report: &Entity<'a, Report<'a>>) -> Option<Finding> {
    let body = &report.body;
    let framework = body.framework.known()?;
    // A SOC 3 report is written for everyone; combined with one, the public gets that part.
    if framework.value.is_certificate() || body.also.damaged || body.also.find(&Framework::Soc3).is_some() {
        return None;
    }
    let frameworks = || std::iter::once(framework).chain(body.also.iter());
    let wrong = |audience: Audience| {
        let restricted = frameworks().find(|framework| !may_read(framework.value, audience))?;
        Some((body.audience.find(&audience)?, restricted))
    };
    let public = wrong(Audience::Public);
    let prospects = wrong(Audience::ProspectNda);
    let severity = if public.is_some() {
        Severity::Error
    } else {
        Severity::Warning
    };
    let (audience, restricted) = public.or(prospects)?;
    let readers = intended(restricted.value);
    let wrong_readers: Vec<&str> = [public.map(|_| "the public"), prospects.map(|_| "prospects")]
        .into_iter()
        .flatten()
        .collect();
    let message = format!(
        "`{}` is declared as {}, which is for {readers}, but its audience is declared as {}",
        cx.name(report),
        restricted.value.title(),
        list_words(&wrong_readers, "and")
    );
    let mut finding = RULE
        .finding(
            cx.path(report),
            report.at(audience.span),
            format!("not among the readers of {}", restricted.value.title()),
            message,
        )
        .severity(severity)
        .related(report.at(restricted.span), format!("for {readers}"));
    if let Some((prospects, _)) = prospects {
        finding = finding.related(report.at(prospects.span), "nor are these");
    }
    Some(finding.help(match restricted.value {
        Framework::Soc2 => "give it to customers, and to prospects under a non-disclosure agreement; for the public, have a SOC 3 report issued",
        _ => "give it to user entities and their auditors; prospects and the public ask about security, which SOC 2 and SOC 3 reports answer",
    }))
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
