//! An AI agent acts without an accountable person, without stated bounds, or as a person.

use crate::estate::{IdentityRef, Part, WayToHuman, in_profile};
use crate::finding::{Finding, Severity};
use crate::manifest::Agent;
use crate::model::{Autonomy, IdentityKind, list_words};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "agent-without-accountable-human",
    since: "0.1.0",
    group: Group::Governance,
    severity: Severity::Error,
    summary: "An AI agent acts without an accountable person, without stated bounds, or as a person.",
    references: &["AI RMF GOVERN 2.1", "AI RMF GOVERN 3.2", "CC6.1", "CC6.3"],
    options: &[],
    yields_to: &[],
    page: include_str!("agent_without_accountable_human.md"),
    check: Check::Several(&[Check::ActiveNhi(alone), Check::Estate(chained)]),
};

/// Those that may become no one else.
fn alone(cx: &Context<'_, '_>, agent: IdentityRef<'_, '_>) -> Option<Finding> {
    let is_alone = is_agent(&agent) && !may_become_others(&agent);
    is_alone.then(|| judge(cx, agent, None)).flatten()
}

fn chained(cx: &Context<'_, '_>) -> Vec<Finding> {
    let agents = || cx.identities().filter(|one| may_become_others(one) && is_agent(one));
    if agents().next().is_none() {
        return Vec::new();
    }
    // An agent that may become another agent shares that one's path; it is reported there.
    let ways = cx.estate.ways_to_humans(is_agent);
    let active = agents().filter(|agent| agent.is_non_human() && agent.is_active());
    active.filter_map(|agent| judge(cx, agent, ways[agent.index])).collect()
}

fn may_become_others(identity: &IdentityRef<'_, '_>) -> bool {
    !identity.list(|i| &i.may_assume).is_surely_empty()
}

pub fn is_agent(identity: &IdentityRef<'_, '_>) -> bool {
    identity.stated(|i| &i.kind).value() == Some(IdentityKind::AiAgent)
}

/// What is wrong, and where.
struct Lack {
    clause: String,
    place: Place,
    label: String,
    /// The declared person, if there is one.
    declared: Option<(Place, String)>,
}

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>, way: Option<WayToHuman<'_, '_>>) -> Option<Finding> {
    let kind = identity.stated(|i| &i.kind).known()?;
    let agent = identity.part(|i| &i.agent);
    let autonomy = agent.stated(|agent| &agent.autonomy);
    if agent.is_unknown() || autonomy.is_unknown() {
        return None;
    }
    let severity = match autonomy.value() {
        Some(Autonomy::Suggest) => Severity::Warning,
        _ => RULE.severity,
    };
    let mut lacks = Vec::new();
    if agent.is_absent() {
        lacks.push(Lack {
            clause: "states no accountable person, autonomy or oversight".to_owned(),
            place: kind.place(),
            label: "no `agent` table names an accountable person".to_owned(),
            declared: None,
        });
    } else {
        lacks.extend(missing(&agent));
        lacks.extend(not_accountable(cx, &agent));
    }
    // Its governance and its acting as a person are based on different references.
    let references: &[&str] = match (lacks.is_empty(), way) {
        (false, None) => &["AI RMF GOVERN 2.1", "AI RMF GOVERN 3.2"],
        (true, Some(_)) => &["CC6.1", "CC6.3"],
        _ => RULE.references,
    };
    let lacks_fields = !lacks.is_empty();
    lacks.extend(way.map(|way| as_human(way)));
    let first = lacks.first()?;
    let clauses: Vec<&str> = lacks.iter().map(|lack| lack.clause.as_str()).collect();
    let message = format!("the agent `{}` {}", identity.name(), list_words(&clauses, "and"));
    let mut finding = RULE
        .finding(identity.path(), first.place, first.label.clone(), message)
        .severity(severity)
        .citing(references);
    for lack in lacks {
        finding = finding.related(lack.place, lack.label);
        if let Some((place, label)) = lack.declared {
            finding = finding.related(place, label);
        }
    }
    const FIELDS: &str = "state `agent` with the `accountable` person, its `autonomy` and, in `oversight`, how people monitor and stop it";
    const OWN_NAME: &str = "have it act under its own identity; where it acts on behalf of people and the log keeps both names, state that in `acts-for`";
    Some(finding.help(match (lacks_fields, way) {
        (true, Some(_)) => format!("{FIELDS}; {OWN_NAME}"),
        (false, _) => OWN_NAME.to_owned(),
        (true, None) => FIELDS.to_owned(),
    }))
}

fn missing(agent: &Part<'_, Agent<'_>>) -> Option<Lack> {
    let stated = [
        (
            "`accountable`",
            agent.stated(|agent| &agent.accountable).says_something(),
        ),
        ("`autonomy`", !agent.stated(|agent| &agent.autonomy).is_absent()),
        ("`oversight`", agent.stated(|agent| &agent.oversight).says_something()),
    ];
    let missing: Vec<&str> = stated
        .into_iter()
        .filter(|(_, stated)| !stated)
        .map(|(name, _)| name)
        .collect();
    if missing.is_empty() {
        return None;
    }
    let missing = list_words(&missing, "or");
    let table = agent.at()?;
    Some(Lack {
        clause: format!("states no {missing}"),
        place: table.place(),
        label: table.label(format!("no {missing}")),
        declared: None,
    })
}

/// A team is not accountable for an agent, nor is someone who has left.
fn not_accountable(cx: &Context<'_, '_>, agent: &Part<'_, Agent<'_>>) -> Option<Lack> {
    let accountable = agent.stated(|agent| &agent.accountable).known()?;
    let owner = cx.owner_named(accountable.namespace, accountable.value)?;
    let name = owner.name();
    let place = accountable.place();
    if owner.is_team() {
        return Some(Lack {
            clause: format!("has the team `{name}` instead of an accountable person"),
            place,
            label: accountable.label("a team, not a person"),
            declared: Some((owner.place(), format!("`{name}` is a team"))),
        });
    }
    let left = owner.left_on()?;
    Some(Lack {
        clause: format!("has an accountable person, `{name}`, who left on {}", left.value),
        place,
        label: accountable.label("this person left"),
        declared: Some((owner.at(left.span), format!("`{name}` left on this day"))),
    })
}

fn as_human(way: WayToHuman<'_, '_>) -> Lack {
    let declared = way.human;
    let human = declared.name();
    let through = if way.next == way.human {
        String::new()
    } else {
        format!(" through `{}`", way.next.name())
    };
    Lack {
        clause: format!("may act as the person `{human}`{through}"),
        place: way.place,
        label: in_profile(way.profile, format!("may become `{human}`{through}")),
        declared: Some((declared.place(), format!("`{human}` is a human identity"))),
    }
}
