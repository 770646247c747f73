//! A service claims that its controls operated, but cites something that does not show it.

use crate::estate::{AssuranceRef, ServiceRef, Standing};
use crate::finding::{Finding, Severity};
use crate::manifest::Claim;
use crate::model::{AssuranceLevel, Framework, Level, ReportType};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::{Place, Span};
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "operating-effectiveness-overclaimed",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Error,
    summary: "A service claims that its controls operated, but cites something that does not show it.",
    references: &["AU-C 402.17", "ISA 402", "AT-C 205", "ISAE 3000"],
    options: &[],
    yields_to: &[],
    page: include_str!("operating_effectiveness_overclaimed.md"),
    check: Check::Claims(judge),
};

/// A claim that may state that controls operated.
struct Operating<'e, 'a> {
    claim: &'e Claim<'a>,
    report: AssuranceRef<'e, 'a>,
    shortfall: Option<Shortfall>,
}

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Vec<Finding> {
    if service.may_claim_more() {
        return Vec::new();
    }
    let may_say_so = |claim: &Claim<'_>| claim.level.is_unknown() || claim.level.value() == Some(Level::Operating);
    let operating = service.claims().filter(|claimed| may_say_so(claimed.claim));
    let operating: Vec<Operating<'_, '_>> = operating
        .map(|claimed| Operating {
            claim: claimed.claim,
            report: claimed.assurance,
            shortfall: shortfall(claimed.assurance),
        })
        .collect();
    let met = |claim: &Operating<'_, '_>| {
        let mut others = operating.iter().filter(|other| other.shortfall.is_none());
        others.any(|other| asks_the_same(claim, other))
    };
    let overclaimed = operating.iter().filter(|claim| !met(claim));
    overclaimed
        .filter_map(|claim| {
            let level = claim.claim.level.known()?;
            let shortfall = claim.shortfall.as_ref()?;
            let title = claim.report.title();
            let message = format!(
                "`{}` claims that controls operated effectively, citing `{}` ({title}), but {}",
                service.name(),
                claim.report.name(),
                shortfall.message
            );
            let finding = RULE
                .finding(
                    service.path(),
                    service.at(level.span),
                    "needs an issued type 2 report",
                    message,
                )
                .fact(claim.report.name().to_string())
                .citing(if claim.report.is_of(Family::Icfr) {
                    &["AU-C 402.17", "ISA 402"]
                } else {
                    &["AT-C 205", "ISAE 3000"]
                })
                .related(
                    shortfall.place,
                    format!("`{}`: {}", claim.report.name(), shortfall.label),
                );
            Some(finding.help(shortfall.help))
        })
        .collect()
}

/// Whether what meets one of two claims meets the other: the same purposes, and the same subject matter.
fn asks_the_same(claim: &Operating<'_, '_>, other: &Operating<'_, '_>) -> bool {
    let about_books = |claim: &Operating<'_, '_>| claim.report.is_of(Family::Icfr);
    let (purposes, others) = (&claim.claim.purpose, &other.claim.purpose);
    let unread = purposes.damaged || others.damaged;
    let named = purposes.iter().all(|purpose| others.find(&purpose.value).is_some());
    about_books(claim) == about_books(other) && (unread || (named && purposes.stated == others.stated))
}

/// Why something does not show that controls operated, and where that is stated.
struct Shortfall {
    message: String,
    label: String,
    place: Place,
    help: &'static str,
}

fn shortfall(assurance: AssuranceRef<'_, '_>) -> Option<Shortfall> {
    let head = assurance.head();
    let framework = head.framework.known()?;
    let because = |message: &str, label: String, span: Span, help: &'static str| {
        let (message, place) = (message.to_owned(), head.at(span));
        Some(Shortfall {
            message,
            label,
            place,
            help,
        })
    };
    let report = assurance.as_report();
    let is_other_certificate = framework.value == Framework::Other && report.is_none();
    if framework.value.is_certificate() || is_other_certificate {
        let (message, label) = if is_other_certificate {
            (
                "a certificate attests conformity, not how controls operated over a period",
                "certified, not reported on".to_owned(),
            )
        } else {
            (
                "a certificate attests that a management system conforms, not how controls operated over a period",
                format!("{} is certified, not reported on", framework.value.title()),
            )
        };
        let help = "claim it without a level, or cite an issued type 2 report for this claim";
        return because(message, label, framework.span, help);
    }
    let level = report.and_then(|report| report.entity().body.assurance.known());
    match (head.report_type.known(), head.status, assurance.standing()) {
        (Some(stated), _, _) if stated.value == ReportType::One => because(
            "a type 1 report covers their design on one day",
            "type 1: one day, without tests over a period".to_owned(),
            stated.span,
            "claim it with `level = \"design\"`, or cite an issued type 2 report for this claim",
        ),
        (_, Some(status), standing @ (Standing::Upcoming | Standing::Gone)) => because(
            &format!(
                "that report is declared as {}, not issued",
                status.value.as_str().replace('-', " ")
            ),
            "not issued".to_owned(),
            status.span,
            match standing {
                Standing::Upcoming => {
                    "no opinion exists yet: remove the claim, or its `level`, until the report is issued"
                }
                _ => "there is no such report: remove the claim, or cite an issued type 2 report for it",
            },
        ),
        _ => {
            let limited = level.filter(|level| level.value == AssuranceLevel::Limited)?;
            because(
                "its assurance is declared as limited: nothing came to the auditor's attention, which does not show that controls operated",
                "not an opinion in the positive form".to_owned(),
                limited.span,
                "claim it without a level, or cite a type 2 report of reasonable assurance for this claim",
            )
        }
    }
}
