//! Something that is used is declared by no identity.

use crate::discover::{Demand, Power, Suggests};
use crate::estate::{SeenAs, SeenRef, SightingRef};
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
    let demand = thing.thing().demand;
    if demand == Demand::Shown || seen::is_ignored(cx.settings, thing) {
        return None;
    }
    // Of a group, what gives it its name, or what else is demanded, is told; of a secret of a deployment environment, the place that is nobody's.
    let nobodys = |demanded: bool| {
        thing.sightings().find(|sighting| {
            let one = sighting.sighting();
            let is_meant = one.demand != Demand::Shown || one.locator == thing.thing().locator || !demanded;
            is_meant && matches!(sighting.owner(), SeenAs::Nobody)
        })
    };
    let first = nobodys(true)
        .or_else(|| nobodys(false).filter(|_| thing.sightings().all(|one| matches!(one.owner(), SeenAs::Nobody))))?;
    if seen::may_be_declared(cx, thing) {
        return None;
    }
    let canonical = &thing.thing().locator;
    // Where the secret of another environment is declared, this one's is meant.
    let is_nobodys = |sighting: &SightingRef<'_, '_>| matches!(sighting.owner(), SeenAs::Nobody);
    let of_environment = first.sighting().also.iter().find(|also| also.contains('/'));
    let locator = of_environment
        .filter(|also| also.starts_with("github-secret:") && !thing.sightings().all(|one| is_nobodys(&one)))
        .unwrap_or(canonical);
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
        .filter(|other| is_nobodys(other) && !is_told(other.place()));
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
