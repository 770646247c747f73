//! The newest declared risk assessment is over a year old, or past its declared validity.

use crate::calendar;
use crate::decode::{Field, Val};
use crate::estate::{AssuranceRef, EvidenceEntryRef, ReportRef, newest_of, period};
use crate::finding::{Finding, Severity};
use crate::model::{Date, Duration, EvidenceKind};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::standards::Family;
use std::cmp::Reverse;

pub static RULE: Rule = Rule {
    name: "risk-assessment-missing",
    since: "0.2.0",
    group: Group::Evidence,
    severity: Severity::Note,
    summary: "The newest declared risk assessment is over a year old, or past its declared validity.",
    references: &["CC3.2", "ISO/IEC 27001 8.2"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("evidence-expired")],
    page: include_str!("risk_assessment_missing.md"),
    check: Check::Estate(check),
};

/// How long an assessment without a stated validity is valid.
const HOLDS: Duration = Duration::months(12);

/// A risk assessment: the last day that it covers, and the last day on which it is recent.
struct Assessment<'e, 'a> {
    entry: EvidenceEntryRef<'e, 'a>,
    day: Val<Date>,
    valid_until: jiff::civil::Date,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let hidden = ["risk-assessment", "evidence"].iter().any(|text| cx.may_hide(text));
    if hidden || cx.evidence().any(may_be_one_unread) {
        return Vec::new();
    }
    let entries = cx.evidence();
    let declared = entries.filter(|entry| entry.body.kind.value() == Some(EvidenceKind::RiskAssessment));
    let dated: Option<Vec<Assessment<'_, '_>>> = declared.map(|entry| assessment(cx, entry)).collect();
    judge(cx, dated.unwrap_or_default()).into_iter().collect()
}

fn may_be_one_unread(entry: EvidenceEntryRef<'_, '_>) -> bool {
    !entry.readable || entry.body.kind.is_unknown()
}

/// `None` when it states no day, or one that could not be read: it may be the newest.
fn assessment<'e, 'a>(cx: &Context<'_, '_>, entry: EvidenceEntryRef<'e, 'a>) -> Option<Assessment<'e, 'a>> {
    let body = &entry.body;
    let day = match &*body.period {
        Field::Unknown(_) => return None,
        // A period that could not be read in part is not known.
        Field::Known(stated) => period(&stated.value).and(stated.value.to.known().copied())?,
        Field::Absent => cx.happened(&body.collected).known().copied()?,
    };
    let validity = match &*body.valid_for {
        Field::Unknown(_) => return None,
        stated => stated.value().unwrap_or(HOLDS),
    };
    let valid_until = calendar::plus(day.value.0, validity);
    Some(Assessment {
        entry,
        day,
        valid_until,
    })
}

fn judge(cx: &Context<'_, '_>, assessments: Vec<Assessment<'_, '_>>) -> Option<Finding> {
    // Of several of the same day, a valid one is enough; then the first by path.
    let newest = assessments
        .into_iter()
        .min_by_key(|of| Reverse((of.day.value, of.valid_until)))?;
    if newest.valid_until >= cx.as_of {
        return None;
    }
    let report = newest_report(cx);
    let certificate = cx.valid_management_system();
    let references: &[&str] = match (report, certificate) {
        (None, None) => return None,
        (Some(_), None) => &["CC3.2"],
        (None, Some(_)) => &["ISO/IEC 27001 8.2"],
        (Some(_), Some(_)) => RULE.references,
    };
    let entry = newest.entry;
    let (what, label) = match &*entry.body.valid_for {
        Field::Known(stated) => (
            format!(
                "and is declared valid for {}, which ended on {}",
                stated.value, newest.valid_until
            ),
            format!("valid until {}", newest.valid_until),
        ),
        _ => (
            format!("over twelve months before {}", cx.as_of),
            "over twelve months ago".to_owned(),
        ),
    };
    let covers_until = if entry.body.period.is_absent() {
        "was collected on"
    } else {
        "covers the time until"
    };
    let message = format!(
        "the newest declared risk assessment, `{}`, {covers_until} {}, {what}",
        entry.name(),
        newest.day.value
    );
    let mut finding = RULE.finding(entry.path(), entry.at(newest.day.span), label, message);
    if let Some(stated) = entry.body.valid_for.known() {
        finding = finding.related(entry.at(stated.span), "its declared validity");
    }
    for assurance in [report, certificate].into_iter().flatten() {
        let label = format!("{} relies on the risk assessment", words::assurance(assurance));
        finding = finding.related(assurance.place(), label);
    }
    Some(finding.citing(references).help("declare the newest assessment as evidence of kind `risk-assessment`, with its date; if there is no newer one, assess the risks again; if it is valid for longer, state that in `valid-for`"))
}

fn newest_report<'e>(cx: &'e Context<'_, '_>) -> Option<AssuranceRef<'e, 'e>> {
    let reports = cx.issued_reports().map(ReportRef::assurance);
    newest_of(reports.filter(|report| report.is_of(Family::TrustServices)))
}
