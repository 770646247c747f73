//! A report carves an organization out without saying what it expects of it.

use crate::estate::CarveOut;
use crate::finding::{Finding, Severity};
use crate::manifest::{Framework, Report};
use crate::rules::{Check, Context, Group, Rule, words};
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    name: "carve-out-without-csocs",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A report carves an organization out without saying which controls it expects of it.",
    references: &["DC 200", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("carve_out_without_csocs.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    (0..cx.third_parties.len())
        .filter_map(|third_party| judge(cx, third_party))
        .collect()
}

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let third_party = cx.third_parties.get(index);
    let body = &third_party.body;
    if !third_party.readable || !body.csocs.is_surely_empty() || body.csocs_not_needed.explains() {
        return None;
    }
    let name = cx.name(third_party);
    let treated = cx.treatments(index);
    let states_csocs: HashSet<usize> = treated
        .filter(|(_, entry)| !entry.csocs.is_surely_empty())
        .map(|(report, _)| report)
        .collect();
    let carve_outs = cx.carve_outs(index);
    let without: Vec<&CarveOut> = carve_outs
        .iter()
        .filter(|carve_out| !states_csocs.contains(&carve_out.report))
        .collect();
    let method = match without.first() {
        Some(first) => first.method,
        // By its own word alone; a report with a word of its own on it may say what is expected.
        None if carve_outs.is_empty() && cx.treatments(index).next().is_none() => cx.carve_out(index)?,
        None => return None,
    };
    let help = "state what the organization is expected to do in `csocs`, here or in the report's `subservice` table, as the system description has it; if nothing is expected, say why in `csocs-not-needed`";
    let Some(first) = without.first() else {
        let message = format!(
            "`{name}` is carved out, but no complementary subservice organization controls are declared for it"
        );
        let finding = RULE.finding(cx.path(third_party), method, "carved out, without `csocs`", message);
        let finding = words::unexplained(finding, &body.csocs_not_needed, |span| third_party.at(span));
        return Some(finding.help(help));
    };
    let message = format!(
        "the report `{}` carves out `{name}`, but no complementary subservice organization controls are declared for it",
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
    let finding = words::unexplained(finding, &body.csocs_not_needed, |span| third_party.at(span));
    Some(finding.help(help))
}

/// Whether a report is issued under ISAE 3402 and nothing else, or may be.
fn is_isae3402_only(report: &Report<'_>) -> bool {
    let is_isae3402 = |framework| framework == Framework::Isae3402;
    report.framework.value().is_none_or(is_isae3402) && report.also.iter().all(|also| is_isae3402(also.value))
}
