//! A vendor or sub-processor with sensitive data was not reviewed in time.

use crate::estate::{Estate, ThirdPartyRef};
use crate::finding::{Finding, Severity};
use crate::model::{Classification, DataKind, Duration, Role, list_words};
use crate::rules::third_party_review::{self, Asked};
use crate::rules::{Check, Context, Group, Rule, RuleOption, YieldsTo};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "processor-unreviewed",
    since: "0.2.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A vendor or sub-processor with sensitive data was not reviewed in time.",
    references: &["CC9.2", "A.5.22", "P6.4"],
    options: &[RuleOption::longest(
        "Review cycle of third parties that state no `every` and, if set in a config, the longest `every` that counts",
        Duration::months(12),
    )],
    yields_to: &[YieldsTo::on_subject("carve-out-unmonitored")],
    page: include_str!("processor_unreviewed.md"),
    check: Check::ThirdParty(judge),
};

/// A data category that requires a review.
struct Sensitive {
    name: String,
    /// Where the third party names it.
    named: Place,
    /// Where it states its kind, and the kind.
    declared: Vec<(Place, &'static str)>,
    personal: bool,
}

/// Whether this rule requires its review.
pub fn asks_for(estate: &Estate<'_>, third_party: ThirdPartyRef<'_, '_>) -> bool {
    let is = |role| third_party.body.role_of(role).is_some();
    (is(Role::SubProcessor) || is(Role::Vendor)) && !sensitive_data(estate, third_party).is_empty()
}

fn judge(cx: &Context<'_, '_>, third_party: ThirdPartyRef<'_, '_>) -> Option<Finding> {
    let role = |role| third_party.body.role_of(role);
    let role = role(Role::SubProcessor).or_else(|| role(Role::Vendor))?;
    let sensitive = sensitive_data(cx.estate, third_party);
    let first = sensitive.first()?;
    let mut kinds: Vec<&str> = Vec::new();
    for (_, kind) in sensitive.iter().flat_map(|data| &data.declared) {
        if !kinds.contains(kind) {
            kinds.push(kind);
        }
    }
    let asked = Asked {
        what: format!(
            "is declared as a {} with {} data",
            role.value,
            list_words(&kinds, "and")
        ),
        place: first.named,
        label: format!("holds {} data", list_words(&kinds, "and")),
    };
    let mut finding = third_party_review::overdue(cx, &RULE, third_party, &asked)?;
    finding = finding.related(third_party.at(role.span), format!("declared as a {}", role.value));
    let declared = sensitive
        .iter()
        .flat_map(|data| data.declared.iter().map(|kind| (&data.name, kind)));
    for (name, (place, kind)) in declared {
        finding = finding.related(*place, format!("`{name}` is {kind} data"));
    }
    if !sensitive.iter().any(|data| data.personal) {
        finding = finding.citing(&["CC9.2", "A.5.22"]);
    }
    Some(finding.help("review how it handles the data (its reports, its answers, its incidents), and state the date in `review = { last = .., evidence = .. }`"))
}

fn sensitive_data(estate: &Estate<'_>, third_party: ThirdPartyRef<'_, '_>) -> Vec<Sensitive> {
    let named = third_party.body.data.iter();
    let sensitive = named.filter_map(|name| {
        let data = estate.data_named(third_party.namespace, &name.value)?;
        let mut declared = Vec::new();
        let restricted = data.body.classification.known();
        if let Some(restricted) = restricted.filter(|class| class.value == Classification::Restricted) {
            declared.push((data.at(restricted.span), "restricted"));
        }
        let kinds = [
            (DataKind::Personal, "personal"),
            (DataKind::SpecialCategory, "special-category"),
        ];
        let kinds = kinds.into_iter().filter_map(|(kind, word)| {
            let stated = data.body.kinds.find(&kind)?;
            Some((data.at(stated.span), word))
        });
        let before = declared.len();
        declared.extend(kinds);
        (!declared.is_empty()).then(|| Sensitive {
            name: data.name().to_string(),
            named: third_party.at(name.span),
            personal: declared.len() > before,
            declared,
        })
    });
    sensitive.collect()
}
