//! A provider's report requires a control of ours that has no owner or no evidence.

use crate::decode::{Field, Val};
use crate::estate::{ThirdPartyRef, names_evidence};
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

fn judge<'a>(
    cx: &Context<'_, 'a>,
    third_party: ThirdPartyRef<'_, 'a>,
    cuec: &Val<ProviderCuec<'a>>,
) -> Option<Finding> {
    let body = &cuec.value;
    let status = body.status.value();
    let does_not_apply = status == Some(CuecStatus::NotApplicable);
    if body.status.is_unknown() || (does_not_apply && body.reason.explains()) {
        return None;
    }
    let by_control = shown_by_control(cx, third_party, body);
    let has_owner = body.owner.says_something() || by_control.owner;
    let is_shown = names_evidence(&body.evidence) || by_control.evidence;
    let missing = match (has_owner, is_shown) {
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

/// What the control that a CUEC names supplies.
struct ByControl {
    owner: bool,
    evidence: bool,
}

/// Its owner, and evidence of its operation; for a planned CUEC, of its design. A value that could not be read counts
/// as stated.
fn shown_by_control<'a>(
    cx: &Context<'_, 'a>,
    third_party: ThirdPartyRef<'_, '_>,
    cuec: &ProviderCuec<'a>,
) -> ByControl {
    let all = |stated| ByControl {
        owner: stated,
        evidence: stated,
    };
    let name = match &cuec.control {
        Field::Absent => return all(false),
        Field::Unknown(_) => return all(true),
        Field::Known(name) => &name.value,
    };
    let Some(control) = cx.control_named(third_party.namespace, name) else {
        return all(true);
    };
    let is_planned = cuec.status.value() == Some(CuecStatus::Planned);
    let shown = if is_planned {
        &control.body.design
    } else {
        &control.body.operating
    };
    ByControl {
        owner: !control.readable || cx.owner_of(control.file, &control.body.owner).says_something(),
        evidence: !control.readable || names_evidence(shown),
    }
}
