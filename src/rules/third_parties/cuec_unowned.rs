//! A provider's report requires a control of ours that has no owner or no evidence.

use crate::decode::Val;
use crate::estate::ThirdPartyRef;
use crate::finding::{Finding, Severity};
use crate::manifest::ProviderCuec;
use crate::model::{CuecStatus, shortened};
use crate::rules::{Check, Context, Group, Rule, words};

pub static RULE: Rule = Rule {
    name: "cuec-unowned",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A provider's report requires a control of ours that has no owner or no evidence.",
    references: &["AU-C 402"],
    options: &[],
    yields_to: &[],
    page: include_str!("cuec_unowned.md"),
    check: Check::ProviderCuec(judge),
};

fn judge<'a>(_: &Context<'_, 'a>, third_party: ThirdPartyRef<'_, 'a>, cuec: &Val<ProviderCuec<'a>>) -> Option<Finding> {
    let body = &cuec.value;
    let status = body.status.value();
    let does_not_apply = status == Some(CuecStatus::NotApplicable);
    if body.status.is_unknown() || (does_not_apply && body.reason.explains()) {
        return None;
    }
    let shown = third_party.cuec_shown(body);
    let missing = match (shown.owner, shown.evidence) {
        (true, true) => return None,
        (false, true) => "no `owner`",
        (true, false) => "no `evidence`",
        (false, false) => "no `owner` and no `evidence`",
    };
    let which = match body.id.get() {
        Some(id) => format!("the CUEC `{}`", shortened(id)),
        None => "a CUEC".to_owned(),
    };
    let known = body.id.known().or(body.text.known());
    let place = third_party.at(known.map_or(cuec.span, |text| text.span));
    let message = format!("{which} of `{}` has {missing}", third_party.name());
    let mut finding = RULE.finding(third_party.path(), place, missing, message);
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
    Some(finding.help("state who performs the control in `owner` and link the evidence in `evidence`, or name the control of yours that does it in `control`; if it does not apply, set `status = \"not-applicable\"` and explain why in `reason`"))
}
