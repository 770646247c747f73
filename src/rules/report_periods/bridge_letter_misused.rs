//! A bridge letter is used for more than a statement by management can support.

use crate::calendar::{Period, day_after, days_between};
use crate::decode::Val;
use crate::estate::{ReportRef, period};
use crate::finding::{Finding, Severity};
use crate::manifest::BridgeLetter;
use crate::model::{Duration, LetterIssuer, ReportType};
use crate::rules::context::Limit;
use crate::rules::same_evidence::{Operating, identify, operating_evidence};
use crate::rules::{Check, Context, Group, Rule, RuleOption};
use crate::source::Place;
use jiff::civil::Date;

pub static RULE: Rule = Rule {
    name: "bridge-letter-misused",
    since: "0.1.0",
    group: Group::ReportPeriods,
    severity: Severity::Warning,
    summary: "A bridge letter is used for more than a statement by management can support.",
    references: &["AU-C 402"],
    options: &[RuleOption::longest(
        "Maximum length of a letter's period",
        Duration::months(3),
    )],
    yields_to: &[],
    page: include_str!("bridge_letter_misused.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let limit = cx.longest(&RULE);
    let with_letters = || {
        cx.reports()
            .filter(|report| !report.body.bridge_letter.items.is_empty() && report.is_issued())
    };
    let operating = match with_letters().next() {
        Some(_) => operating_evidence(cx),
        None => Operating::new(),
    };
    let letters = with_letters().flat_map(|report| {
        report
            .entity()
            .body
            .bridge_letter
            .iter()
            .map(move |letter| (report, letter))
    });
    letters
        .filter_map(|(report, letter)| judge(cx, report, letter, limit, &operating))
        .collect()
}

/// One way in which a letter is misused.
struct Misuse {
    severity: Severity,
    at: Place,
    label: String,
    what: String,
    related: Vec<(Place, String)>,
}

fn judge<'a>(
    cx: &Context<'_, 'a>,
    report: ReportRef<'_, '_>,
    letter: &Val<BridgeLetter<'a>>,
    limit: Limit,
    operating: &Operating<'_, '_>,
) -> Option<Finding> {
    let whole = report.at(letter.span);
    let letter = &letter.value;
    let mut misuses = [
        by_auditor(report, letter),
        as_evidence(cx, report, letter, operating),
        too_long(report, letter, limit),
        detached(report, letter),
        on_type_1(report, whole),
    ]
    .into_iter()
    .flatten();
    let first = misuses.next()?;
    let message = format!(
        "a bridge letter of the {} report `{}` {}",
        report.title(),
        report.name(),
        first.what
    );
    // Two letters may be misused in the same way.
    let decided = if first.at == whole {
        "type 1"
    } else {
        cx.sources.get(first.at.file).slice(first.at.span)
    };
    let decided = decided.trim_matches(['"', '\'']);
    let fact = match letter.period.get().and_then(period) {
        Some(days) => format!("{decided} of {} to {}", days.from, days.to),
        None => decided.to_owned(),
    };
    let mut finding = RULE
        .finding(report.path(), first.at, first.label, message)
        .fact(fact)
        .severity(first.severity);
    let others = misuses.flat_map(|misuse| [(misuse.at, misuse.label)].into_iter().chain(misuse.related));
    for (place, label) in first.related.into_iter().chain(others) {
        finding = finding.related(place, label);
    }
    Some(finding.help("keep a bridge letter short, have management sign it, and use it only as a statement by management: from the day after the period's end, for three months at most by convention; beyond that, readers need the next report"))
}

fn by_auditor<'a>(report: ReportRef<'_, '_>, letter: &BridgeLetter<'a>) -> Option<Misuse> {
    let issuer = letter.issued_by.known()?;
    (issuer.value == LetterIssuer::Auditor).then(|| Misuse {
        severity: Severity::Error,
        at: report.at(issuer.span),
        label: "only management can give this assertion".to_owned(),
        what: "is declared as issued by the auditor, who did not examine the time after the period".to_owned(),
        related: Vec::new(),
    })
}

fn as_evidence<'a>(
    cx: &Context<'_, 'a>,
    report: ReportRef<'_, '_>,
    letter: &BridgeLetter<'a>,
    operating: &Operating<'_, '_>,
) -> Option<Misuse> {
    let (item, (control, place)) = letter.evidence.iter().find_map(|item| {
        let evidence = identify(cx, report.file, report.namespace, item)?;
        Some((item, operating.get(&evidence)?))
    })?;
    let name = control.name();
    Some(Misuse {
        severity: Severity::Error,
        at: report.at(item.value.at.known()?.span),
        label: "a statement by management".to_owned(),
        what: format!(
            "is named as evidence that the control `{name}` operated, but it only states that nothing has changed"
        ),
        related: vec![(*place, format!("named as operating evidence of `{name}`"))],
    })
}

fn too_long<'a>(report: ReportRef<'_, '_>, letter: &BridgeLetter<'a>, limit: Limit) -> Option<Misuse> {
    let stated = letter.period.get()?;
    let bridged = period(stated)?;
    let begins = (report.at(stated.from.known()?.span), "and begins here".to_owned());
    let carried_on = carried_on(report, bridged).filter(|whole| whole.exceeds(limit.value));
    let what = match carried_on {
        _ if bridged.exceeds(limit.value) => format!("covers {} days, more than {}", bridged.days(), limit.value),
        Some(whole) => format!(
            "continues another: together they cover {} days, more than {}",
            whole.days(),
            limit.value
        ),
        None => return None,
    };
    let option = limit
        .option
        .map(|option| (option, "limit set in the config".to_owned()));
    Some(Misuse {
        severity: Severity::Warning,
        at: report.at(stated.to.known()?.span),
        label: "the letter ends here".to_owned(),
        what,
        related: [begins].into_iter().chain(option).collect(),
    })
}

/// The whole period that letters cover up to the end of one of them, where it continues others that join the report's.
fn carried_on(report: ReportRef<'_, '_>, letter: Period) -> Option<Period> {
    let end = report.body.period.get()?.to.value()?.0;
    let begins = day_after(end);
    let carried = letter.from > begins && letter.from <= day_after(reached(report, end));
    carried.then_some(Period {
        from: begins,
        to: letter.to,
    })
}

/// The last day that letters reach from the end of a period without a day between them.
fn reached(report: ReportRef<'_, '_>, end: Date) -> Date {
    let letters = report.body.bridge_letter.iter();
    let mut periods: Vec<Period> = letters
        .filter_map(|letter| letter.value.period.get().and_then(period))
        .collect();
    periods.sort();
    periods.into_iter().fold(end, |reached, next| {
        if next.from <= day_after(reached) {
            reached.max(next.to)
        } else {
            reached
        }
    })
}

fn detached<'a>(report: ReportRef<'_, '_>, letter: &BridgeLetter<'a>) -> Option<Misuse> {
    let begins = letter.period.get()?.from.known()?;
    let ended = report.body.period.get()?.to.known()?;
    // A letter that could not be read may cover the days before it.
    report.bridged()?;
    // It does not join the letters that join the period.
    let between = days_between(reached(report, ended.value.0), begins.value.0) - 1;
    (between > 0).then(|| {
        let days = match between {
            1 => "the day before it is".to_owned(),
            _ => format!("the {between} days before it are"),
        };
        Misuse {
            severity: Severity::Warning,
            at: report.at(begins.span),
            label: "later than the day after the period's end".to_owned(),
            what: format!(
                "begins on {}, and the period ended on {}: {days} not covered by either",
                begins.value, ended.value
            ),
            related: vec![(report.at(ended.span), "the period ends here".to_owned())],
        }
    })
}

fn on_type_1(report: ReportRef<'_, '_>, letter: Place) -> Option<Misuse> {
    let stated = report.body.report_type.known()?;
    (stated.value == ReportType::One).then(|| Misuse {
        severity: Severity::Warning,
        at: letter,
        label: "there is no period to extend".to_owned(),
        what: "has nothing to extend: a type 1 report is as of one day, without tests over a period".to_owned(),
        related: vec![(report.at(stated.span), "type 1".to_owned())],
    })
}
