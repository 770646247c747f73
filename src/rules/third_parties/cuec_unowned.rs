//! A provider's report asks something of us that nobody does, or that nothing shows.

use crate::decode::{Val, shortened};
use crate::estate::{Entity, names_evidence};
use crate::finding::{Finding, Severity};
use crate::manifest::{CuecStatus, ProviderCuec, ThirdParty};
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "cuec-unowned",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A provider's report asks for a control of ours that has no owner or no evidence.",
    references: &["AU-C 402"],
    options: &[],
    yields_to: &[],
    page: include_str!("cuec_unowned.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let third_parties = cx.third_parties.iter();
    third_parties
        .flat_map(|third_party| {
            let cuecs = third_party.body.cuecs.iter();
            cuecs.filter_map(move |cuec| judge(cx, third_party, cuec))
        })
        .collect()
}

fn judge<'a>(
    cx: &Context<'_, 'a>,
    third_party: &Entity<'a, ThirdParty<'a>>,
    cuec: &Val<ProviderCuec<'a>>,
) -> Option<Finding> {
    let body = &cuec.value;
    let status = body.status.value();
    let does_not_apply = status == Some(CuecStatus::NotApplicable);
    if body.status.is_unknown() || (does_not_apply && body.reason.explains()) {
        return None;
    }
    let missing = match (body.owner.says_something(), names_evidence(&body.evidence)) {
        (true, true) => return None,
        (false, true) => "no `owner`",
        (true, false) => "no `evidence`",
        (false, false) => "no `owner`, and no `evidence`",
    };
    let which = match body.id.get() {
        Some(id) => format!("the CUEC `{}`", shortened(id)),
        None => "a CUEC".to_owned(),
    };
    let known = body.id.known().or(body.text.known());
    let place = third_party.at(known.map_or(cuec.span, |text| text.span));
    let message = format!("{which} of `{}` has {missing}", cx.name(third_party));
    let mut finding = RULE.finding(cx.path(third_party), place, missing, message);
    let status = body.status.known();
    if let Some(status) = status.filter(|_| does_not_apply) {
        finding = finding.related(third_party.at(status.span), "not applicable, but no `reason` is given");
        finding = words::unexplained(finding, &body.reason, |span| third_party.at(span));
    }
    if let Some(status) = status.filter(|status| status.value == CuecStatus::Planned) {
        finding = finding
            .related(third_party.at(status.span), "planned")
            .severity(Severity::Note);
    }
    Some(finding.help("name who performs the control in `owner` and what shows it in `evidence`; if it does not apply, set `status = \"not-applicable\"` and say why in `reason`"))
}
