//! The dates of an issued report or certificate contradict each other, or a report that is declared as not issued yet was
//! issued.

use crate::calendar;
use crate::decode::{Field, Val};
use crate::estate::{AssuranceRef, CertificateRef, Origin, ReportRef};
use crate::finding::{Finding, Severity};
use crate::manifest::Report;
use crate::model::{Date, Duration, Framework, Opinion, Status};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "impossible-report-dates",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "The dates of an issued report or certificate contradict each other.",
    references: &["AT-C 205", "ISO/IEC 17021-1 9.1.3"],
    options: &[],
    yields_to: &[],
    page: include_str!("impossible_report_dates.md"),
    check: Check::Assurance(judge),
};

fn judge(cx: &Context<'_, '_>, assurance: AssuranceRef<'_, '_>) -> Option<Finding> {
    match assurance.origin() {
        Origin::Report(report) => judge_report(cx, report),
        Origin::Certificate(certificate) => judge_certificate(cx, certificate),
    }
}

/// An impossibility in a report's dates.
struct Impossible {
    at: Span,
    label: String,
    message: String,
    related: Option<(Span, &'static str)>,
}

fn judge_report(cx: &Context<'_, '_>, report: ReportRef<'_, '_>) -> Option<Finding> {
    if !report.is_issued() {
        return None;
    }
    let found = impossible(cx, &report.body);
    let is_on_its_way = on_its_way(&report.body.status).is_some();
    let messages: Vec<&str> = found.iter().map(|wrong| wrong.message.as_str()).collect();
    let messages = messages.join(", and ");
    let mut found = found.into_iter();
    let first = found.next()?;
    let message = format!("the {} report `{}` {messages}", report.title(), report.name());
    let mut finding = RULE.finding(report.path(), report.at(first.at), first.label, message);
    finding = finding.citing(&["AT-C 205"]);
    if let Some((span, label)) = first.related {
        finding = finding.related(report.at(span), label);
    }
    for more in found {
        finding = finding.related(report.at(more.at), more.label);
    }
    Some(finding.help(if is_on_its_way {"if it is issued, remove `status`; if it is not, remove what only an issued one has: `issued`, unless that date is in the future, and `opinion`"} else {"correct the dates from the report itself; if it is not issued yet, state `status = \"planned\"` or `\"in-progress\"` and leave `issued` out"}))
}

/// The status of a report that is declared as not issued yet.
fn on_its_way(status: &Field<Status>) -> Option<&Val<Status>> {
    status
        .known()
        .filter(|status| matches!(status.value, Status::Planned | Status::InProgress))
}

/// Why a report that is declared as not issued yet must have been issued.
fn issued_already(
    cx: &Context<'_, '_>,
    status: &Field<Status>,
    issued: &Field<Date>,
    opinion: &Field<Opinion>,
) -> Option<Impossible> {
    let status = on_its_way(status)?;
    let declared = status.value.as_str().replace('-', " ");
    let issued = issued.known().filter(|issued| issued.value.0 <= cx.as_of);
    let (at, states) = match (issued, opinion.known()) {
        (Some(issued), None) => (issued.span, format!("that it was issued on {}", issued.value)),
        (None, Some(opinion)) => (opinion.span, format!("the opinion `{}`", opinion.value)),
        (Some(issued), Some(opinion)) => (
            issued.span,
            format!(
                "that it was issued on {}, and the opinion `{}`",
                issued.value, opinion.value
            ),
        ),
        (None, None) => return None,
    };
    Some(Impossible {
        at,
        label: "only an issued report has this".to_owned(),
        message: format!("is declared as {declared}, but states {states}"),
        related: Some((status.span, "declared as not issued yet")),
    })
}

fn impossible(cx: &Context<'_, '_>, body: &Report<'_>) -> Vec<Impossible> {
    let mut found: Vec<Impossible> = Vec::new();
    found.extend(issued_already(cx, &body.status, &body.issued, &body.opinion));
    let (from, to) = match body.period.get() {
        Some(period) => (period.from.known(), period.to.known()),
        None => (None, None),
    };
    let turned = from.zip(to).filter(|(from, to)| to.value < from.value);
    if let Some((from, to)) = turned {
        found.push(Impossible {
            at: to.span,
            label: format!("before the period begins, on {}", from.value),
            message: format!(
                "covers a period that ends on {}, before it begins on {}",
                to.value, from.value
            ),
            related: Some((from.span, "it begins here")),
        });
    }
    let Some(issued) = body.issued.known() else {
        return found;
    };
    // A planned report may well have a planned issue date.
    if on_its_way(&body.status).is_some() && issued.value.0 > cx.as_of {
        return found;
    }
    // The end of a reversed period is not known.
    let end = to.filter(|_| turned.is_none()).map(|to| (to, "the period ends here"));
    let day = body.as_of.known().map(|day| (day, "the report is as of this day"));
    let early = [end, day]
        .into_iter()
        .flatten()
        .find(|(end, _)| issued.value < end.value);
    if let Some((end, label)) = early {
        found.push(Impossible {
            at: issued.span,
            label: format!("before {}", end.value),
            message: format!(
                "is declared as issued on {}, before the last day it covers ({})",
                issued.value, end.value
            ),
            related: Some((end.span, label)),
        });
    }
    found.extend(issued_ahead(cx, issued));
    found
}

/// Why nothing can have been issued on a given day.
fn issued_ahead(cx: &Context<'_, '_>, issued: &Val<Date>) -> Option<Impossible> {
    (issued.value.0 > cx.as_of).then(|| Impossible {
        at: issued.span,
        label: format!("after {}", cx.as_of),
        message: format!(
            "cannot have been issued on {}, which is after the as-of date {}",
            issued.value, cx.as_of
        ),
        related: None,
    })
}

/// Three years, plus what a certification body may add when it brings an audit forward or postpones it: practice.
const LONGEST_CERTIFICATE: Duration = Duration::months(39);

fn judge_certificate(cx: &Context<'_, '_>, certificate: CertificateRef<'_, '_>) -> Option<Finding> {
    if !certificate.is_in_force() {
        return None;
    }
    let body = &certificate.body;
    let issued = body.issued.known()?;
    let ahead = issued_ahead(cx, issued);
    let until = body.expires.known().and_then(|expires| {
        let (day, first) = (expires.value.0, issued.value.0);
        let is_of_a_system = body.framework.value().is_some_and(Framework::is_certificate);
        let (severity, label, message) = if day < first {
            let label = format!("before {}", issued.value);
            let message = format!("expires on {}, before it was issued on {}", expires.value, issued.value);
            (Severity::Error, label, message)
        } else if is_of_a_system && day > calendar::plus(first, LONGEST_CERTIFICATE) {
            let label = format!("over {LONGEST_CERTIFICATE} after {}", issued.value);
            let message = format!(
                "expires on {}, over {LONGEST_CERTIFICATE} after it was issued on {}, but such certificates are valid for three years",
                expires.value, issued.value
            );
            (Severity::Warning, label, message)
        } else {
            return None;
        };
        let related = Some((issued.span, "issued on this day"));
        Some((
            severity,
            Impossible {
                at: expires.span,
                label,
                message,
                related,
            },
        ))
    });
    let severity = match (&ahead, &until) {
        (None, Some((severity, _))) => *severity,
        _ => Severity::Error,
    };
    let mut found = until.map(|(_, wrong)| wrong).into_iter().chain(ahead);
    let first = found.next()?;
    let second = found.next();
    let also = second
        .as_ref()
        .map(|more| format!(", and {}", more.message))
        .unwrap_or_default();
    let message = format!(
        "the {} `{}` {}{also}",
        certificate.title(),
        certificate.name(),
        first.message
    );
    let mut finding = RULE.finding(certificate.path(), certificate.at(first.at), first.label, message);
    if let Some((span, label)) = first.related {
        finding = finding.related(certificate.at(span), label);
    }
    if let Some(more) = second {
        finding = finding.related(certificate.at(more.at), more.label);
    }
    Some(
        finding
            .severity(severity)
            .citing(&["ISO/IEC 17021-1 9.1.3"])
            .help("correct `issued` (the day of this certificate, not of the first) and `expires` from the certificate itself; if it is not issued yet, state `status = \"planned\"` or `\"in-progress\"`"),
    )
}
