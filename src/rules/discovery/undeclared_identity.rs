//! Something that is used is declared by no identity.

use crate::discover::{Demand, Power, Suggests};
use crate::estate::{Nobodys, SeenRef};
use crate::finding::{Finding, Severity};
use crate::model::IdentityKind;
use crate::rules::seen::{self, at};
use crate::rules::{Check, Context, Group, Rule};

pub static RULE: Rule = Rule {
    name: "undeclared-identity",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Warning,
    summary: "A file of the repository shows a credential, a role, an account or an AI agent that no identity declares.",
    references: &["CC6.1", "A.5.16", "PR.AA-01", "CIS 5.5", "AI RMF GOVERN 1.6"],
    options: &[],
    yields_to: &[],
    page: include_str!("undeclared_identity.md"),
    check: Check::Seen(judge),
};

fn judge(cx: &Context<'_, '_>, thing: SeenRef<'_, '_>) -> Option<Finding> {
    let Nobodys { first, locator, .. } = seen::undeclared(cx.estate, cx.settings, thing)?;
    let demand = thing.thing().demand;
    let canonical = &thing.thing().locator;
    let administrator = thing.power() == Some(Power::Administrator);
    let severity = match demand {
        _ if administrator => Severity::Error,
        Demand::AskedFor => Severity::Note,
        Demand::Shown | Demand::Demanded => Severity::Warning,
    };
    let message = match demand {
        _ if administrator => {
            format!("`{locator}` is an administrator, and no declared identity has it among its `locators`")
        }
        Demand::AskedFor => {
            format!("`{locator}` may be a credential, and no declared identity has it among its `locators`")
        }
        Demand::Shown | Demand::Demanded => {
            format!(
                "`{locator}` is {}, and no declared identity has it among its `locators`",
                seen::used(cx, first)
            )
        }
    };
    let finding = RULE
        .finding(thing.path(), first.place(), seen::label(cx, first), message)
        .severity(severity)
        .fact(canonical.clone());
    let facts = seen::facts_of(cx, thing);
    let is_told = |place| place == first.place() || facts.iter().any(|(of_fact, _)| *of_fact == place);
    let others = thing
        .sightings()
        .filter(|other| other.is_nobodys() && !is_told(other.place()));
    let finding = others.fold(finding, |finding, other| {
        finding.related_with(other.place(), || {
            let own = &other.sighting().locator;
            if own == canonical {
                at(cx, "also seen", other.place())
            } else {
                format!("`{own}`, which belongs to it")
            }
        })
    });
    let finding = facts
        .into_iter()
        .fold(finding, |finding, (place, text)| finding.related_with(place, || text));
    // An inventory of AI systems is asked for where one is missing.
    let is_agent = thing.thing().suggests.kind == Some(IdentityKind::AiAgent);
    let finding = finding.citing(match is_agent {
        true => RULE.references,
        false => &["CC6.1", "A.5.16", "PR.AA-01", "CIS 5.5"],
    });
    Some(finding.help(help(locator, demand, thing.thing().suggests)))
}

/// What to declare, and what else can be done.
fn help(locator: &str, demand: Demand, suggests: Suggests) -> String {
    let keys = [
        suggests.kind.map(|kind| format!("`kind = \"{kind}\"`")),
        suggests
            .credential
            .map(|credential| format!("`credential = \"{credential}\"`")),
        suggests.store.map(|store| format!("`store = \"{store}\"`")),
    ];
    let mut keys: Vec<String> = keys.into_iter().flatten().collect();
    keys.push(format!("`locators = \"{locator}\"`"));
    let keys = crate::model::list_words(&keys, "and");
    let condition = if demand == Demand::AskedFor {
        "if it is a credential, declare it"
    } else {
        "declare it"
    };
    format!(
        "{condition} as an identity with an owner, {keys}, or add the locator to the identity that it is; if it is none of yours, name it in `[[discover.ignore]]` with the reason"
    )
}
