//! Evidence is used after its declared validity has ended.

use crate::calendar;
use crate::estate::{EvidenceEntryRef, Named, ReportRef, Standing};
use crate::finding::{Finding, Severity};
use crate::manifest::NamesEvidence as _;
use crate::model::IdVec;
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
    check: Check::Estate(check),
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

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    if cx.evidence.is_empty() {
        return Vec::new();
    }
    let mut served = IdVec::filled(Served::default(), cx.evidence.len());
    let objectives_uncertain = cx.are_objectives_uncertain();
    // Whether something that could not be read may reference any entry.
    let mut blind = false;
    for control in cx.controls() {
        let mut periods = Served {
            uncertain: objectives_uncertain || control.is_membership_uncertain(),
            ..Served::default()
        };
        for report in control.reports() {
            periods.add(of_report(cx, report));
        }
        blind |= !control.readable;
        for list in control.body.evidence_lists().lists {
            blind |= cx.names_more(control.namespace, list);
            for item in list.iter() {
                if let Some(Named::Entry(entry)) = cx.named_evidence(control.namespace, item) {
                    served[entry.index].add(periods);
                }
            }
        }
    }
    for report in cx.reports() {
        let named = report.body.evidence_lists();
        blind |= !report.readable || named.unread;
        for list in named.lists {
            blind |= cx.names_more(report.namespace, list);
            for item in list.iter() {
                if let Some(Named::Entry(entry)) = cx.named_evidence(report.namespace, item) {
                    served[entry.index].add(of_report(cx, report));
                }
            }
        }
    }
    let entries = cx.evidence().zip(served.iter().copied());
    entries
        .filter_map(|(entry, mut served)| {
            served.uncertain |= blind || cx.may_hide(entry.id.as_str());
            judge(cx, entry, served)
        })
        .collect()
}

fn of_report<'e, 'a>(cx: &Context<'_, '_>, report: ReportRef<'e, 'a>) -> Served<'e, 'a> {
    let assurance = report.assurance();
    let mut served = Served::default();
    match (assurance.end(), assurance.standing) {
        (_, Standing::Unknown) => served.uncertain = true,
        _ if assurance.unread => served.uncertain = true,
        (Some(end), _) if end < cx.as_of => served.ended = true,
        (_, Standing::Gone) => {}
        (None, Standing::Issued) => served.uncertain = true,
        _ => served.ongoing = Some(report),
    }
    served
}

fn judge(cx: &Context<'_, '_>, entry: EvidenceEntryRef<'_, '_>, served: Served<'_, '_>) -> Option<Finding> {
    let collected = cx.happened(&entry.body.collected);
    let (collected, valid_for) = (collected.known()?, entry.body.valid_for.known()?);
    let valid_until = calendar::plus(collected.value.0, valid_for.value);
    // A past period may rely on evidence that was valid during it.
    let over = served.ongoing.is_none() && (served.ended || served.uncertain);
    if valid_until >= cx.as_of || over {
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
