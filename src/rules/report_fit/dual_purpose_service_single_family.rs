//! A service that matters to both financial reporting and the trust services categories is covered by only one family of reports.

use crate::estate::{SecurityShown, ServiceRef};
use crate::finding::{Finding, Severity};
use crate::model::{Classification, DataKind, ServiceKind, Tenancy, list_words};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::source::Place;
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "dual-purpose-service-single-family",
    since: "0.1.0",
    group: Group::ReportFit,
    severity: Severity::Warning,
    summary: "A service that matters to both financial reporting and the trust services categories is covered by only one family of reports.",
    references: &["CSF GV.OC-02", "TSP 100", "AT-C 320"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("financial-impact-without-icfr-report")],
    page: include_str!("dual_purpose_service_single_family.md"),
    check: Check::Service(judge),
};

fn judge(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let body = &service.body;
    if !service.readable || !body.is_offered() || !body.has_financial_impact() {
        return None;
    }
    let missing = service.only_missing_family()?;
    let impact = service.body.financial_impact.known()?;
    let covering = service.live_reports(missing.other()).next()?;
    let reason = promised(service).or_else(|| shared(service));
    let (reason, severity) = match reason {
        Some(reason) => (reason, Severity::Warning),
        None => (sensitive_data(cx, service)?, Severity::Note),
    };
    let shown = match missing {
        Family::TrustServices => service.security_otherwise_shown(),
        Family::Icfr => SecurityShown::No,
    };
    let severity = match (shown, severity) {
        (SecurityShown::No, severity) => severity,
        (_, Severity::Note) => return None,
        _ => Severity::Note,
    };
    let message = format!(
        "`{}` is declared to have {} on user entities' financial reporting and {}, but of the declared reports only {} covers it",
        service.name(),
        words::impact(impact.value),
        reason.clause,
        covering.title()
    );
    let mut finding = RULE
        .finding(
            service.path(),
            service.at(impact.span),
            format!("{} on user entities' financial reporting", words::impact(impact.value)),
            message,
        )
        .severity(severity)
        .related(reason.place, reason.label)
        .related(
            covering.place(),
            format!(
                "`{}` covers it and reports on {}",
                covering.name(),
                missing.other().subject_matter()
            ),
        );
    if let SecurityShown::By(other) = shown {
        let label = format!(
            "`{}` ({}) covers its security, so this is a note",
            other.name(),
            other.title()
        );
        finding = finding.related(other.place(), label);
    }
    Some(finding.help(format!(
        "have a report on {} cover it too ({}); neither family replaces the other",
        missing.subject_matter(),
        missing.reports()
    )))
}

/// Why readers of the other family's reports are to be expected.
struct Reason {
    clause: String,
    place: Place,
    label: String,
}

fn promised(service: ServiceRef<'_, '_>) -> Option<Reason> {
    let first = service.body.commitments.items.first()?;
    let promised: Vec<&str> = service.body.commitments.iter().map(|c| c.value.as_str()).collect();
    Some(Reason {
        clause: format!("promises {} to its users", list_words(&promised, "and")),
        place: service.at(first.span),
        label: "promised to its users".to_owned(),
    })
}

fn shared(service: ServiceRef<'_, '_>) -> Option<Reason> {
    let tenancy = service.body.tenancy.known().filter(|t| t.value == Tenancy::Shared)?;
    Some(Reason {
        clause: "serves financial and general operations together".to_owned(),
        place: service.at(tenancy.span),
        label: "used for financial and general operations".to_owned(),
    })
}

/// Data subjects whose sensitive data a financial service holds ask about more than the books. Only where neither a
/// commitment nor the tenancy may give the reason instead.
fn sensitive_data(cx: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Reason> {
    let body = &service.body;
    let is_financial = body.kind.value().is_some_and(ServiceKind::is_ordinarily_financial);
    if !is_financial || service.may_be_dual_purpose() {
        return None;
    }
    body.data.iter().find_map(|name| {
        let data = cx.data_named(service.namespace, &name.value)?;
        let of = |kind: DataKind| data.body.kinds.find(&kind).is_some();
        let is_restricted = data.body.classification.value() == Some(Classification::Restricted);
        let what = match (of(DataKind::SpecialCategory), of(DataKind::Personal) && is_restricted) {
            (true, _) => "special category personal data",
            (false, true) => "restricted personal data",
            (false, false) => return None,
        };
        Some(Reason {
            clause: format!("holds {what} (`{}`)", data.name()),
            place: service.at(name.span),
            label: format!("{what}: its subjects ask about confidentiality and privacy"),
        })
    })
}
