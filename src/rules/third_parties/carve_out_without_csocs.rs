//! A report carves an organization out without saying what it expects of it.

use crate::estate::CarveOut;
use crate::finding::{Finding, Severity};
use crate::manifest::{Framework, Report};
use crate::rules::{Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "carve-out-without-csocs",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A report carves an organization out without saying which controls it expects of it.",
    references: &["DC 200", "AT-C 320"],
    options: &[],
    page: include_str!("carve_out_without_csocs.md"),
    check,
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    (0..cx.third_parties.len())
        .filter_map(|third_party| judge(cx, third_party))
        .collect()
}

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let third_party = cx.third_parties.get(index);
    let body = &third_party.body;
    if !third_party.readable || !body.csocs.is_surely_empty() || body.csocs_not_needed.says_something() {
        return None;
    }
    let name = cx.name(third_party);
    let states_csocs = |report: usize| {
        let mut treatments = cx.treatments(index);
        treatments.any(|(of, entry)| of == report && !entry.csocs.is_surely_empty())
    };
    let (carved_out, without): (Vec<CarveOut>, Vec<CarveOut>) = {
        let all = cx.carve_outs(index);
        let without = all.iter().copied().filter(|carve_out| !states_csocs(carve_out.report));
        (all.clone(), without.collect())
    };
    let method = match (without.first(), carved_out.is_empty()) {
        (Some(first), _) => first.method,
        (None, false) => return None,
        // No issued report is declared; it is carved out by its own word, and any report may say what is expected.
        (None, true) if cx.treatments(index).any(|(_, entry)| !entry.csocs.is_surely_empty()) => return None,
        (None, true) => cx.carve_out(index)?,
    };
    let help = "state what the organization is expected to do in `csocs`, here or in the report's `subservice` table, as the system description has it; if nothing is expected, say why in `csocs-not-needed`";
    let Some(first) = without.first() else {
        let message =
            format!("`{name}` is carved out, but no complementary controls are declared that it is expected to have");
        let finding = RULE.finding(cx.path(third_party), method, "carved out, without `csocs`", message);
        return Some(finding.help(help));
    };
    let message = format!(
        "the report `{}` carves out `{name}`, but no complementary controls are declared that it is expected to have",
        cx.name(cx.reports.get(first.report))
    );
    let mut finding = RULE.finding(cx.path(third_party), method, "carved out, without `csocs`", message);
    if without
        .iter()
        .all(|of| is_isae3402_only(&cx.reports.get(of.report).body))
    {
        finding = finding.severity(Severity::Note);
    }
    for carve_out in &without {
        finding = finding.related(
            cx.reports.get(carve_out.report).place(),
            "this report leaves its controls out",
        );
    }
    Some(finding.help(help))
}

/// Whether a report is issued under ISAE 3402 and nothing else, or may be.
fn is_isae3402_only(report: &Report<'_>) -> bool {
    let is_isae3402 = |framework| framework == Framework::Isae3402;
    report.framework.value().is_none_or(is_isae3402) && report.also.iter().all(|also| is_isae3402(also.value))
}
