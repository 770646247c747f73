//! Whom a trust policy of AWS lets in: whether it is a CI system that brings its own token.

use super::folder::Folder;
use crate::discover::ci_issuers::is_ci;
use crate::discover::hcl::{Body, Expr, Part, Value};

/// The same of an expression, as far as its host is literal: `"https://oidc.circleci.com/org/${var.org}"`.
fn names_ci(issuer: &Expr) -> bool {
    match &issuer.value {
        Value::Text(text) => is_ci(text),
        Value::Template(parts) => {
            matches!(parts.first(), Some(Part::Literal(start)) if has_whole_host(start) && is_ci(start))
        }
        _ => false,
    }
}

/// Whether a host ends in this text, so that nothing that follows belongs to it.
fn has_whole_host(start: &str) -> bool {
    start.strip_prefix("https://").unwrap_or(start).contains('/')
}

/// Whether a statement of JSON lets a CI system in.
pub fn statement_lets_in(folder: &Folder<'_>, statement: &Expr) -> bool {
    let allows = statement.item("Effect").and_then(Expr::text) == Some("Allow");
    let Some(federated) = statement
        .item("Principal")
        .and_then(|principal| principal.item("Federated"))
    else {
        return false;
    };
    if !allows {
        return false;
    }
    federated
        .items()
        .iter()
        .any(|provider| is_ci_provider(folder, provider))
        || statement.item("Condition").is_some_and(|condition| {
            condition.parts().iter().any(|test| match &test.value {
                Value::Object(items) => items.iter().any(|(key, _)| key.text.as_deref().is_some_and(is_claim)),
                _ => false,
            })
        })
}

/// The same of a block of `aws_iam_policy_document`.
pub fn block_lets_in(folder: &Folder<'_>, statement: &Body) -> bool {
    let allows = statement
        .value("effect")
        .is_none_or(|effect| effect.text() == Some("Allow"));
    let mut federated = statement
        .blocks("principals")
        .filter(|principals| principals.text("type") == Some("Federated"))
        .peekable();
    if !allows || federated.peek().is_none() {
        return false;
    }
    let is_ci_arn = federated
        .filter_map(|principals| principals.value("identifiers"))
        .flat_map(Expr::items)
        .any(|provider| is_ci_provider(folder, provider));
    is_ci_arn
        || statement
            .blocks("condition")
            .filter_map(|condition| condition.value("variable"))
            .any(|variable| match variable.text() {
                Some(claim) => is_claim(claim),
                None => names_ci(variable),
            })
}

/// `token.actions.githubusercontent.com:sub`: only a token of that issuer has it.
fn is_claim(variable: &str) -> bool {
    variable.rsplit_once(':').is_some_and(|(issuer, _)| is_ci(issuer))
}

/// Whether the ARN of an identity provider is that of a CI system.
fn is_ci_provider(folder: &Folder<'_>, provider: &Expr) -> bool {
    let provider = folder.resolve(provider);
    match &provider.value {
        Value::Text(arn) => issuer(arn).is_some_and(is_ci),
        // The account is left open, the issuer is not.
        Value::Template(parts) if parts.len() > 1 => parts.iter().enumerate().any(|(at, part)| match part {
            Part::Literal(text) => {
                issuer(text).is_some_and(|issuer| (at + 1 == parts.len() || has_whole_host(issuer)) && is_ci(issuer))
            }
            Part::Hole(_) => false,
        }),
        _ => folder.referred(provider).is_some_and(|(_, resource, _)| {
            resource.kind == "aws_iam_openid_connect_provider"
                && (resource.body.value("url")).is_some_and(|url| names_ci(folder.resolve(url)))
        }),
    }
}

/// What follows `oidc-provider/` in an ARN.
fn issuer(arn: &str) -> Option<&str> {
    arn.split_once("oidc-provider/").map(|(_, issuer)| issuer)
}
