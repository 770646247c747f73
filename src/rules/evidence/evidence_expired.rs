//! Evidence is used after its declared validity has ended.

use crate::calendar;
use crate::estate::{EvidenceEntryRef, ReportRef, Standing};
use crate::finding::{Finding, Severity};
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "evidence-expired",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "Evidence is used after its declared validity has ended.",
    references: &["CC2.1"],
    options: &[],
    yields_to: &[],
    page: include_str!("evidence_expired.md"),
    check: Check::Evidence(judge),
};

/// The relevant periods that evidence serves.
#[derive(Debug, Clone, Copy, Default)]
struct Served<'e, 'a> {
    /// A report whose period is not over.
    ongoing: Option<ReportRef<'e, 'a>>,
    ended: bool,
    /// Whether there may be an unknown period.
    uncertain: bool,
}

impl Served<'_, '_> {
    fn add(&mut self, other: Self) {
        self.ongoing = self.ongoing.or(other.ongoing);
        self.ended |= other.ended;
        self.uncertain |= other.uncertain;
    }
}

fn served<'e, 'a>(cx: &Context<'_, '_>, entry: EvidenceEntryRef<'e, 'a>) -> Served<'e, 'a> {
    let (controls, reports) = entry.named_by();
    let mut served = Served {
        uncertain: entry.may_be_named(),
        ..Served::default()
    };
    let of_controls = controls.flat_map(|control| {
        let uncertain = cx.are_objectives_uncertain() || control.is_membership_uncertain();
        let uncertain = Served {
            uncertain,
            ..Served::default()
        };
        std::iter::once(uncertain).chain(control.reports().map(|report| of_report(cx, report)))
    });
    let all = of_controls.chain(reports.map(|report| of_report(cx, report)));
    // Once a period that is not over is known, the others do not matter.
    for other in all {
        served.add(other);
        if served.ongoing.is_some() {
            break;
        }
    }
    served
}

fn of_report<'e, 'a>(cx: &Context<'_, '_>, report: ReportRef<'e, 'a>) -> Served<'e, 'a> {
    let assurance = report.assurance();
    let mut served = Served::default();
    match (assurance.end(), assurance.standing()) {
        (_, Standing::Unknown) => served.uncertain = true,
        _ if assurance.unread => served.uncertain = true,
        (Some(end), _) if end < cx.as_of => served.ended = true,
        (_, Standing::Gone) => {}
        (None, Standing::Issued) => served.uncertain = true,
        _ => served.ongoing = Some(report),
    }
    served
}

fn judge(cx: &Context<'_, '_>, entry: EvidenceEntryRef<'_, '_>) -> Option<Finding> {
    let collected = cx.happened(&entry.body.collected);
    let (collected, valid_for) = (collected.known()?, entry.body.valid_for.known()?);
    let valid_until = calendar::plus(collected.value.0, valid_for.value);
    if valid_until >= cx.as_of {
        return None;
    }
    let served = served(cx, entry);
    // A past period may rely on evidence that was valid during it.
    if served.ongoing.is_none() && (served.ended || served.uncertain) {
        return None;
    }
    let message = format!(
        "the evidence `{}` was collected on {} and is declared valid for {}, which ended on {valid_until}",
        entry.name(),
        collected.value,
        valid_for.value
    );
    let mut finding = RULE
        .finding(
            entry.path(),
            entry.at(collected.span),
            format!("valid until {valid_until}"),
            message,
        )
        .related(entry.at(valid_for.span), "its declared validity");
    if let Some(report) = served.ongoing {
        finding = finding.related(
            report.place(),
            format!("serves `{}`, whose period is not over", report.name()),
        );
    }
    Some(finding.help("collect it again and update `collected`; if it is valid for longer, correct `valid-for`; if nothing uses it any more, remove the entry"))
}
