//! Whom a role lets in: whether it is a CI system that brings its own token.

use super::stack::{Resource, Stack};
use super::values::{call, each, each_of, flat, literal};
use crate::discover::ci_issuers::is_ci;
use crate::discover::yaml::Node;

/// Whether a role's trust policy lets a CI system in.
pub fn lets_ci_in<'n, 't>(stack: &Stack<'n, 't>, role: Resource<'n, 't>) -> bool {
    let policy = role.get("AssumeRolePolicyDocument");
    let statements = policy.map(|policy| each_of(policy, "Statement")).unwrap_or_default();
    statements.into_iter().any(|statement| {
        let is_allowed = statement.get("Effect").and_then(literal) == Some("Allow");
        let federated = statement
            .get("Principal")
            .and_then(|principal| principal.get("Federated"));
        is_allowed
            && federated.is_some_and(|federated| {
                let providers = each(federated);
                providers.into_iter().any(|provider| is_ci_provider(stack, provider)) || has_claim(statement)
            })
    })
}

/// `token.actions.githubusercontent.com:sub`: only a token of that issuer has it.
fn has_claim(statement: Node<'_, '_>) -> bool {
    let tests = statement.get("Condition").into_iter().flat_map(Node::entries);
    tests.flat_map(|(_, test)| test.entries()).any(|(claim, _)| {
        let issuer = claim.text().and_then(|claim| claim.rsplit_once(':'));
        issuer.is_some_and(|(issuer, _)| is_ci(issuer))
    })
}

fn is_ci_provider<'n, 't>(stack: &Stack<'n, 't>, provider: Node<'n, 't>) -> bool {
    match call(provider) {
        // Whether it makes the provider itself or takes the one that is there.
        Some(("If", given)) => given.items().skip(1).take(2).any(|choice| is_provider(stack, choice)),
        _ => is_provider(stack, provider),
    }
}

fn is_provider<'n, 't>(stack: &Stack<'n, 't>, provider: Node<'n, 't>) -> bool {
    if let Some(made) = stack.meant(provider, "AWS::IAM::OIDCProvider") {
        return made.get("Url").and_then(literal).is_some_and(is_ci);
    }
    flat(provider).is_some_and(|arn| {
        arn.split_once(":oidc-provider/")
            .is_some_and(|(_, issuer)| is_ci(issuer))
    })
}
