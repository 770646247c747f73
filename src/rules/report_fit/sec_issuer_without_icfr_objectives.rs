//! SEC issuers rely on a service whose newest SOC 1 report lists no control objectives.

use crate::estate::{Origin, Standing};
use crate::finding::{Finding, Severity};
use crate::manifest::{Framework, Report};
use crate::model::{AssuranceId, ServiceId};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::standards::Family;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "sec-issuer-without-icfr-objectives",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Error,
    summary: "SEC issuers rely on a service whose newest SOC 1 report lists no control objectives.",
    references: &["PCAOB AS 2201.B17", "SOX 404", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("sec_issuer_without_icfr_objectives.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let mut silent: BTreeMap<AssuranceId, Vec<ServiceId>> = BTreeMap::new();
    for (index, service) in cx.services.enumerate() {
        let user_entities = service.body.user_entities.get();
        let issuers = user_entities.and_then(|user_entities| user_entities.sec_issuers.value());
        if service.readable
            && service.body.is_in_use()
            && issuers == Some(true)
            && let Some(report) = newest_soc1(cx, index)
        {
            silent.entry(report).or_default().push(index);
        }
    }
    silent
        .iter()
        .filter_map(|(id, services)| judge(cx, *id, services))
        .collect()
}

/// The newest issued SOC 1 report for a service; if none is issued, the newest that is to come.
fn newest_soc1(cx: &Context<'_, '_>, service: ServiceId) -> Option<AssuranceId> {
    if cx.is_succession_uncertain(service, Family::Icfr) {
        return None;
    }
    let soc1 = [Standing::Issued, Standing::Coming].map(|standing| {
        let reports = cx.speaking_for(service, Family::Icfr, standing);
        reports.filter(|id| may_be_soc1(cx, *id)).collect::<Vec<_>>()
    });
    let candidates = soc1.into_iter().find(|reports| !reports.is_empty())?;
    // One that states no end might be newer than the others.
    let undated = candidates.iter().any(|id| cx.assurance(*id).end().is_none());
    if undated && candidates.len() > 1 {
        return None;
    }
    cx.newest_of(candidates.into_iter())
}

fn may_be_soc1(cx: &Context<'_, '_>, id: AssuranceId) -> bool {
    match report(cx, id) {
        Some(report) => {
            report.framework.value() == Some(Framework::Soc1)
                || report.also.find(&Framework::Soc1).is_some()
                || report.also.damaged
        }
        None => cx.assurance(id).framework == Some(Framework::Soc1),
    }
}

fn report<'e>(cx: &'e Context<'_, '_>, id: AssuranceId) -> Option<&'e Report<'e>> {
    match cx.assurance(id).origin {
        Origin::Report(index) => Some(&cx.reports.get(index).body),
        Origin::Certificate(_) => None,
    }
}

fn judge(cx: &Context<'_, '_>, id: AssuranceId, services: &[ServiceId]) -> Option<Finding> {
    let body = report(cx, id)?;
    let lists = !body.objectives.0.is_empty() || body.objectives.is_damaged() || cx.may_hide("objectives");
    if lists || body.also.damaged {
        return None;
    }
    let issued = cx.assurance(id).standing == Standing::Issued;
    let which = if issued {
        "the newest SOC 1 there"
    } else {
        "still to be issued"
    };
    let message = format!(
        "SEC issuers are declared among the user entities of {}, but the {} report `{}`, {which}, lists no control objectives",
        words::services(cx, services),
        cx.assurance_title(id),
        cx.assurance_name(id),
    );
    let mut finding = RULE.finding(
        cx.assurance_path(id),
        cx.assurance_place(id),
        "no `objectives`",
        message,
    );
    if !issued {
        finding = finding.severity(Severity::Warning);
    }
    if let Some(soc1) = body.also.find(&Framework::Soc1) {
        finding = finding.related(cx.place(cx.assurance_place(id).file, soc1.span), "a SOC 1 report too");
    }
    for service in services {
        let service = cx.services.get(*service);
        if let Some(issuers) = service.body.user_entities.get().and_then(|u| u.sec_issuers.known()) {
            finding = finding.related(
                service.at(issuers.span),
                format!("SEC issuers rely on `{}`", cx.name(service)),
            );
        }
    }
    Some(finding.help("list the control objectives of the report under `objectives`, each with its controls: auditors of SEC issuers tie their own assessment to them"))
}
