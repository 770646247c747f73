//! Reports on controls relevant to financial reporting follow a standard of a region other than that of the readers.

use crate::estate::{ReportRef, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::manifest::UserEntities;
use crate::model::{Framework, regions};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Span;
use crate::standards::{Family, national};

pub static RULE: Rule = Rule {
    name: "framework-region-mismatch",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Note,
    summary: "Reports on controls relevant to financial reporting follow a standard of a region other than that of the readers.",
    references: &["AT-C 320", "ISAE 3402"],
    options: &[],
    yields_to: &[],
    page: include_str!("framework_region_mismatch.md"),
    check: Check::Service(judge),
};

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    if !service.readable || !service.body.is_in_use() {
        return None;
    }
    let user_entities = service.body.user_entities.get()?;
    let (framework, reports) = only_framework(service)?;
    let reader = match framework {
        Framework::Soc1 => international(user_entities)?,
        _ => american(user_entities)?,
    };
    let message = format!(
        "{} of `{}`, but every declared report on controls relevant to financial reporting that covers it is {}, which {}",
        reader.clause,
        service.name(),
        framework.title(),
        match framework {
            Framework::Soc1 => "auditors outside the US and Canada ordinarily do not ask for",
            _ => "auditors in the US ordinarily do not ask for",
        }
    );
    if reports
        .iter()
        .any(|(report, _)| is_issued_for_readers(*report, user_entities))
    {
        return None;
    }
    let mut finding = RULE.finding(service.path(), service.at(reader.span), reader.label, message);
    for (report, span) in reports {
        finding = finding.related(report.at(span), format!("`{}` is not a combined report", report.name()));
    }
    Some(finding.help(match framework {
        Framework::Soc1 => "ask the service auditor for a report under ISAE 3402, or for a combined one (`also = \"isae3402\"`); if it is issued under a national standard of the readers, name that in `issued-under`; correct `user-entities` if some are in the US",
        _ => "ask the service auditor for a SOC 1 report, or for a combined one (`also = \"soc1\"`); correct `user-entities` if none are in the US",
    }))
}

/// The one framework of all live ICFR reports that cover a service, none of them combined; and where each states it.
fn only_framework<'e, 'a>(service: ServiceRef<'e, 'a>) -> Option<(Framework, Vec<(ReportRef<'e, 'a>, Span)>)> {
    if service.is_succession_uncertain(Family::Icfr) {
        return None;
    }
    let mut found: Option<(Framework, Vec<(ReportRef<'_, '_>, Span)>)> = None;
    for report in service.live_reports(Family::Icfr) {
        let report = report.as_report()?;
        let body = &report.body;
        let framework = body.framework.known()?;
        if !body.also.is_surely_empty() {
            return None;
        }
        let (first, reports) = found.get_or_insert_with(|| (framework.value, Vec::new()));
        if *first != framework.value {
            return None;
        }
        reports.push((report, framework.span));
    }
    found
}

/// What decides which standard the readers' auditors know.
struct Reader {
    span: Span,
    label: &'static str,
    clause: &'static str,
}

/// User entities that are all outside the US, with no SEC issuers among them.
fn international(user_entities: &UserEntities<'_>) -> Option<Reader> {
    let issuers = &user_entities.sec_issuers;
    (all_outside(user_entities, regions::may_ask_for_soc1) && !issuers.is_unknown() && issuers.value() != Some(true))
        .then_some(Reader {
            span: user_entities.regions.span,
            label: "none of these is in the US or Canada",
            clause: "no region of the US or Canada is declared for the user entities",
        })
}

/// SEC issuers, unless all may be outside the US; or user entities that are all in the US.
fn american(user_entities: &UserEntities<'_>) -> Option<Reader> {
    let list = &user_entities.regions;
    let abroad = all_outside(user_entities, regions::may_be_in_the_us)
        || (list.damaged && !list.iter().any(|r| regions::may_be_in_the_us(&r.value.0)));
    if let Some(issuers) = user_entities.sec_issuers.known().filter(|issuers| issuers.value) {
        return (!abroad).then_some(Reader {
            span: issuers.span,
            label: "SEC issuers rely on it",
            clause: "SEC issuers are among the user entities",
        });
    }
    let all_in = !list.items.is_empty() && !list.damaged && list.iter().all(|r| regions::contains("us", &r.value.0));
    all_in.then_some(Reader {
        span: list.span,
        label: "all of these are in the US",
        clause: "only regions of the US are declared for the user entities",
    })
}

fn all_outside(user_entities: &UserEntities<'_>, of: impl Fn(&str) -> bool) -> bool {
    let list = &user_entities.regions;
    !list.items.is_empty() && !list.damaged && !list.iter().any(|region| of(&region.value.0))
}

/// Whether a report is, or may be, issued under the national standard of a region where readers are.
fn is_issued_for_readers(report: ReportRef<'_, '_>, user_entities: &UserEntities<'_>) -> bool {
    let issued_under = &report.body.issued_under;
    let has = |country: &str| {
        let mut readers = user_entities.regions.iter();
        readers.any(|region| regions::contains(&region.value.0, country) || regions::contains(country, &region.value.0))
    };
    let named = issued_under.get();
    issued_under.is_unknown() || named.is_some_and(|text| national::countries(text.as_str()).any(has))
}
