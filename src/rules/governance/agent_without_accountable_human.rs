//! An AI agent acts without a person who answers for it, without stated bounds, or as a person.

use crate::decode::Field;
use crate::estate::{At, IdentityRef, Said, WayToHuman};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{Agent, Autonomy, IdentityKind};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "agent-without-accountable-human",
    since: "0.1.0",
    group: Group::Governance,
    severity: Severity::Error,
    summary: "An AI agent acts without a person who answers for it, without stated bounds, or as a person.",
    references: &["AI RMF GOVERN 2.1", "AI RMF GOVERN 3.2", "CC6.1", "CC6.3"],
    options: &[],
    yields_to: &[],
    page: include_str!("agent_without_accountable_human.md"),
    check: Check::Estate(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    // An agent that may become another agent has that one's way; it is named there.
    let ways = cx.estate.ways_to_humans(is_agent);
    cx.active_nhis()
        .filter(is_agent)
        .filter_map(|agent| judge(cx, agent, ways[agent.index]))
        .collect()
}

pub fn is_agent(identity: &IdentityRef<'_, '_>) -> bool {
    identity.said(|i| &i.kind).value() == Some(IdentityKind::AiAgent)
}

/// What is wrong, and where.
struct Lack {
    said: String,
    place: Place,
    label: String,
    /// Who is meant, where there is somebody.
    declared: Option<(Place, String)>,
}

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>, way: Option<WayToHuman>) -> Option<Finding> {
    let entity = identity.entity();
    let kind = identity.said(|i| &i.kind).known()?;
    let said = identity.said(|i| &i.agent);
    let mut lacks = Vec::new();
    let mut severity = RULE.severity;
    match &said {
        Said::Unknown => return None,
        Said::Absent => lacks.push(Lack {
            said: "states no accountable person, autonomy or oversight".to_owned(),
            place: kind.place(),
            label: "no `agent` says who answers for it".to_owned(),
            declared: None,
        }),
        Said::Known(agent) => {
            match agent.value.autonomy {
                Field::Unknown(_) => return None,
                Field::Known(autonomy) if autonomy.value == Autonomy::Suggest => severity = Severity::Warning,
                _ => {}
            }
            lacks.extend(missing(*agent));
            lacks.extend(nobody_accountable(cx, *agent));
        }
    }
    lacks.extend(way.map(|way| as_human(cx, way)));
    let first = lacks.first()?;
    let said: Vec<&str> = lacks.iter().map(|lack| lack.said.as_str()).collect();
    let message = format!("the agent `{}` {}", cx.name(entity), list_words(&said, "and"));
    let mut finding = RULE
        .finding(cx.path(entity), first.place, first.label.clone(), message)
        .severity(severity);
    for lack in lacks {
        finding = finding.related(lack.place, lack.label);
        if let Some((place, label)) = lack.declared {
            finding = finding.related(place, label);
        }
    }
    Some(finding.help(
        "state `agent` with the `accountable` person, its `autonomy` and how people watch and stop it in `oversight`; let it act under its own identity only",
    ))
}

fn missing(agent: At<'_, Box<Agent<'_>>>) -> Option<Lack> {
    let body = agent.value;
    let stated = [
        ("`accountable`", body.accountable.says_something()),
        ("`autonomy`", !body.autonomy.is_absent()),
        ("`oversight`", body.oversight.says_something()),
    ];
    let missing: Vec<&str> = stated
        .into_iter()
        .filter(|(_, stated)| !stated)
        .map(|(name, _)| name)
        .collect();
    let missing = list_words(&missing, "or");
    (!missing.is_empty()).then(|| Lack {
        said: format!("states no {missing}"),
        place: agent.place(),
        label: format!("no {missing}"),
        declared: None,
    })
}

/// A team does not answer for an agent, nor does somebody who is not there any more.
fn nobody_accountable(cx: &Context<'_, '_>, agent: At<'_, Box<Agent<'_>>>) -> Option<Lack> {
    let accountable = agent.value.accountable.known()?;
    let owner = cx.owner_named(agent.namespace, &accountable.value)?;
    let declared = cx.owners.get(owner);
    let name = cx.name(declared);
    let place = agent.at(accountable.span);
    if cx.is_team(owner) {
        return Some(Lack {
            said: format!("has the team `{name}` in place of an accountable person"),
            place,
            label: "a team, not a person".to_owned(),
            declared: Some((declared.place(), "declared here".to_owned())),
        });
    }
    let left = cx.left_on(owner)?;
    Some(Lack {
        said: format!("has an accountable person, `{name}`, who left on {}", left.value),
        place,
        label: "this person left".to_owned(),
        declared: Some((declared.at(left.span), "left on this day".to_owned())),
    })
}

fn as_human(cx: &Context<'_, '_>, way: WayToHuman) -> Lack {
    let declared = cx.identities.get(way.human);
    let human = cx.name(declared);
    let through = match way.next == way.human {
        true => String::new(),
        false => format!(" through `{}`", cx.name(cx.identities.get(way.next))),
    };
    Lack {
        said: format!("may act as the person `{human}`{through}"),
        place: way.place,
        label: format!("may become `{human}`{through}"),
        declared: Some((declared.place(), "a human identity".to_owned())),
    }
}
