//! The part of a rule's page that follows from the rule's data.

use super::{Rule, Shares};
use crate::model::list_words;

/// The beginning of the paragraph about what a rule yields to, the last one of a page.
const START: &str = "It yields to ";

/// What a rule yields to, in words, if it yields to anything.
pub fn precedence(rule: &Rule) -> Option<String> {
    let of = |shares: Shares| -> Vec<String> {
        let yields_to = rule.yields_to.iter().filter(|to| to.shares == shares);
        yields_to.map(|to| format!("`{}`", to.rule)).collect()
    };
    let about = |shares: Shares, about: &str| -> Option<String> {
        let rules = of(shares);
        (!rules.is_empty()).then(|| format!("a finding of {} about {about}", list_words(&rules, "or")))
    };
    let parts = [
        about(Shares::Subject, "the same subject"),
        about(Shares::Named, "an entity that it names"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| {
        format!(
            "{START}{}. A finding that is off, not selected, waived or in the baseline suppresses nothing, and an error yields only to errors.",
            list_words(&parts, "or")
        )
    })
}

/// The expected text of a rule's page: the hand-written part, and the part that follows from its data.
pub fn text(rule: &Rule) -> String {
    let written = rule.page.trim_end();
    let by_hand = match written.rsplit_once("\n\n") {
        Some((before, last)) if last.starts_with(START) => before,
        _ => written,
    };
    match precedence(rule) {
        Some(precedence) => format!("{by_hand}\n\n{precedence}\n"),
        None => format!("{by_hand}\n"),
    }
}
