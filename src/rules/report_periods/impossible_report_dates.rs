//! The dates of an issued report cannot all be true, or one that is declared as not issued yet was issued.

use crate::decode::{Date, Field, Val};
use crate::estate::{AssuranceId, Entity};
use crate::finding::{Finding, Severity};
use crate::manifest::{Opinion, Report, Status};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "impossible-report-dates",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "The dates of an issued report cannot all be true, or one that is declared as not issued yet was issued.",
    references: &["AT-C 205"],
    options: &[],
    yields_to: &[],
    page: include_str!("impossible_report_dates.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    cx.issued_reports()
        .filter_map(|(id, report)| judge(cx, id, report))
        .collect()
}

/// Something about a report's dates that cannot be.
struct Impossible {
    at: Span,
    label: String,
    message: String,
    related: Option<(Span, &'static str)>,
}

fn judge<'a>(cx: &Context<'_, 'a>, id: AssuranceId, report: &Entity<'a, Report<'a>>) -> Option<Finding> {
    let found = impossible(cx, &report.body);
    let is_on_its_way = on_its_way(&report.body.status).is_some();
    let messages: Vec<&str> = found.iter().map(|wrong| wrong.message.as_str()).collect();
    let messages = messages.join(", and ");
    let mut found = found.into_iter();
    let first = found.next()?;
    let message = format!("the {} report `{}` {messages}", cx.assurance_title(id), cx.name(report));
    let mut finding = RULE.finding(cx.path(report), report.at(first.at), first.label, message);
    if let Some((span, label)) = first.related {
        finding = finding.related(report.at(span), label);
    }
    for more in found {
        finding = finding.related(report.at(more.at), more.label);
    }
    Some(finding.help(match is_on_its_way {
        true => "if it is issued, take `status` out; if it is not, take out what only an issued one has: `issued`, unless that day lies ahead, and `opinion`",
        false => "correct the dates from the report itself; if it is not issued yet, state `status = \"planned\"` or `\"in-progress\"` and leave `issued` out",
    }))
}

/// The status of what is declared as not issued yet.
fn on_its_way(status: &Field<Status>) -> Option<&Val<Status>> {
    status
        .known()
        .filter(|status| matches!(status.value, Status::Planned | Status::InProgress))
}

/// Why something that is declared as not issued yet was issued.
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
        label: "only what is issued has this".to_owned(),
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
    // What is planned may well be planned for a day.
    if on_its_way(&body.status).is_some() && issued.value.0 > cx.as_of {
        return found;
    }
    // Of a period that is turned round, nobody knows the end.
    let end = to.filter(|_| turned.is_none()).map(|to| (to, "the period ends here"));
    let day = body.as_of.known().map(|day| (day, "it speaks about this day"));
    let early = [end, day]
        .into_iter()
        .flatten()
        .find(|(end, _)| issued.value < end.value);
    if let Some((end, label)) = early {
        found.push(Impossible {
            at: issued.span,
            label: format!("before {}", end.value),
            message: format!(
                "is declared as issued on {}, before the last day it speaks about ({})",
                issued.value, end.value
            ),
            related: Some((end.span, label)),
        });
    }
    if issued.value.0 > cx.as_of {
        found.push(Impossible {
            at: issued.span,
            label: format!("after {}", cx.as_of),
            message: format!(
                "cannot have been issued on {}, which is still to come as of {}",
                issued.value, cx.as_of
            ),
            related: None,
        });
    }
    found
}
