//! What policies grant, as far as they are literal.

use std::collections::HashMap;

use super::stack::{GROUP, ROLE, Resource, Stack, USER};
use super::values::{call, each, each_of, flat, literal};
use crate::discover::yaml::Node;
use crate::discover::{Fact, Power, What};
use crate::source::Span;

/// What a policy grants.
#[derive(Debug, Clone)]
pub struct Grant {
    pub power: Power,
    name: String,
    span: Span,
}

impl Grant {
    pub fn fact(&self) -> Fact {
        Fact {
            span: self.span,
            what: What::Power(self.power, self.name.clone()),
        }
    }
}

/// What users, roles and groups are granted, by their numbers.
pub type Grants = HashMap<usize, Vec<Grant>>;

const MANAGED: &str = "AWS::IAM::ManagedPolicy";

/// Policies with what they are attached to: the keys of it, and whether it is a list or one does not matter.
const ATTACHED: &[(&str, &[(&str, &str)])] = &[
    (
        "AWS::IAM::Policy",
        &[("Users", USER), ("Roles", ROLE), ("Groups", GROUP)],
    ),
    (MANAGED, &[("Users", USER), ("Roles", ROLE), ("Groups", GROUP)]),
    ("AWS::IAM::UserPolicy", &[("UserName", USER)]),
    ("AWS::IAM::RolePolicy", &[("RoleName", ROLE)]),
    ("AWS::IAM::GroupPolicy", &[("GroupName", GROUP)]),
];

pub fn grants(stack: &Stack<'_, '_>) -> Grants {
    let mut grants = Grants::new();
    let mut own: HashMap<usize, Option<Grant>> = HashMap::new();
    for policy in &stack.resources {
        let Some((_, targets)) = ATTACHED.iter().find(|(kind, _)| *kind == policy.kind) else {
            continue;
        };
        let grant = policy.get("PolicyDocument").and_then(document);
        if let Some(grant) = &grant {
            for (key, kind) in *targets {
                let nodes = policy.get(key).map(each).unwrap_or_default();
                for target in nodes.into_iter().filter_map(|node| stack.meant(node, kind)) {
                    grants.entry(target.number).or_default().push(grant.clone());
                }
            }
        }
        own.insert(policy.number, grant);
    }
    for account in stack
        .resources
        .iter()
        .filter(|one| [USER, ROLE, GROUP].contains(&one.kind))
    {
        let found = granted_by(stack, *account, &own);
        grants.entry(account.number).or_default().extend(found);
    }
    memberships(stack, &mut grants);
    grants
}

/// What a user, a role or a group says itself that it is granted.
fn granted_by<'n, 't>(
    stack: &Stack<'n, 't>,
    account: Resource<'n, 't>,
    own: &HashMap<usize, Option<Grant>>,
) -> Vec<Grant> {
    let arns = account.get("ManagedPolicyArns").map(each).unwrap_or_default();
    let managed = arns.into_iter().filter_map(|arn| match stack.meant(arn, MANAGED) {
        Some(policy) => {
            let grant = own.get(&policy.number)?.clone()?;
            let span = arn.span();
            Some(Grant { span, ..grant })
        }
        None => managed(arn),
    });
    let inline = account.get("Policies").map(each).unwrap_or_default();
    let inline = inline
        .into_iter()
        .filter_map(|policy| policy.get("PolicyDocument").and_then(document));
    managed.chain(inline).collect()
}

/// What users are granted by the groups that they are in.
fn memberships(stack: &Stack<'_, '_>, grants: &mut Grants) {
    let best: HashMap<usize, Grant> = stack
        .resources
        .iter()
        .filter(|one| one.kind == GROUP)
        .filter_map(|group| {
            let of_group = grants.get(&group.number)?;
            let best = of_group.iter().max_by_key(|grant| grant.power)?;
            Some((group.number, best.clone()))
        })
        .collect();
    let mut found = Vec::new();
    for one in &stack.resources {
        let (users, groups) = match one.kind {
            USER => (vec![*one], one.get("Groups").map(each).unwrap_or_default()),
            "AWS::IAM::UserToGroupAddition" => {
                let users = one.get("Users").map(each).unwrap_or_default();
                let users = users.into_iter().filter_map(|user| stack.meant(user, USER));
                (users.collect(), one.get("GroupName").into_iter().collect())
            }
            _ => continue,
        };
        let of_groups = groups
            .into_iter()
            .filter_map(|group| best.get(&stack.meant(group, GROUP)?.number));
        if let Some(grant) = of_groups.max_by_key(|grant| grant.power) {
            found.extend(users.into_iter().map(|user| (user.number, grant.clone())));
        }
    }
    for (user, grant) in found {
        grants.entry(user).or_default().push(grant);
    }
}

/// What a policy grants that AWS keeps, by its ARN.
fn managed(node: Node<'_, '_>) -> Option<Grant> {
    let arn = flat(node)?.replace("${AWS::Partition}", "aws");
    let (partition, name) = arn.strip_prefix("arn:aws")?.split_once(":iam::aws:policy/")?;
    let power = match name {
        _ if !matches!(partition, "" | "-cn" | "-us-gov") => return None,
        "AdministratorAccess" => Power::Administrator,
        "PowerUserAccess" | "IAMFullAccess" => Power::Broad,
        _ => return None,
    };
    // In a function, the part that names it.
    let names_it = |part: &Node<'_, '_>| part.text().is_some_and(|text| text.contains(":policy/"));
    Some(Grant {
        power,
        name: name.to_owned(),
        span: node.walk().find(names_it).unwrap_or(node).span(),
    })
}

/// What a policy document grants: a statement that allows everything, without a condition.
fn document(policy: Node<'_, '_>) -> Option<Grant> {
    let statements = each_of(policy, "Statement");
    let action = statements.into_iter().find_map(|statement| {
        let is_allowed = statement.get("Effect").and_then(literal) == Some("Allow");
        let is_free = is_allowed && statement.get("Condition").is_none();
        let action = statement
            .get("Action")
            .filter(|_| is_free)
            .and_then(|action| star(action, true))?;
        star(statement.get("Resource")?, false).and(Some(action))
    })?;
    Some(Grant {
        power: Power::Administrator,
        name: crate::discover::EVERYTHING.to_owned(),
        span: action.span(),
    })
}

fn star<'n, 't>(node: Node<'n, 't>, is_action: bool) -> Option<Node<'n, 't>> {
    let is_star = |node: &Node<'_, '_>| match node.text() {
        Some("*") => true,
        Some("*:*") => is_action,
        _ => false,
    };
    each(node)
        .into_iter()
        .find(|node| call(*node).is_none() && is_star(node))
}
