//! Logins to clouds and indexes: the roles and accounts that a workflow becomes, and keys where its own token would do.

use super::SECRET;
use super::envs::Envs;
use super::expression::{Piece, pieces, setting};
use super::fields::{Around, Used};
use crate::discover::yaml::Node;
use crate::discover::{Demand, Fact, Rank, Shows, Sighting, Suggests, What};
use crate::model::{Authentication, Credential, IdentityKind};
use crate::source::Span;

/// The scheme of a locator of what a workflow becomes by its own token.
const OIDC: &str = "github-oidc:";

/// Inputs that take a key where the host's own token would do, by the action.
const KEYS: [(&str, &[&str], &str); 4] = [
    (
        "aws-actions/configure-aws-credentials",
        &["aws-secret-access-key", "aws-access-key-id"],
        "configure-aws-credentials",
    ),
    (
        "google-github-actions/auth",
        &["credentials-json"],
        "google-github-actions/auth",
    ),
    ("azure/login", &["creds", "client-secret"], "azure/login"),
    ("pypa/gh-action-pypi-publish", &["password"], "gh-action-pypi-publish"),
];

/// Adds what the inputs of a step say of clouds. Its secrets are the sightings after `from`.
pub fn see(
    action: &str,
    with: Node<'_, '_>,
    inputs: &[(String, Vec<Used>)],
    from: usize,
    around: &Around,
    envs: &Envs<'_, '_>,
    shows: &mut Shows,
) {
    let action = action.split('@').next().unwrap_or_default().to_ascii_lowercase();
    keys(&action, inputs, from, envs, shows);
    let cx = Login { around, envs };
    if let Some(role) = with.get("role-to-assume") {
        cx.role(role, shows);
    }
    match action.as_str() {
        "google-github-actions/auth" => {
            if let Some(provider) = with.get("workload_identity_provider") {
                cx.google(provider, with.get("service_account"), shows);
            }
        }
        "azure/login" => {
            let has_secret = with.get("client-secret").is_some() || with.get("creds").is_some();
            if let Some(client) = with.get("client-id").filter(|_| !has_secret) {
                cx.azure(client, shows);
            }
        }
        _ => {}
    }
}

fn keys(action: &str, inputs: &[(String, Vec<Used>)], from: usize, envs: &Envs<'_, '_>, shows: &mut Shows) {
    let Some((_, takes, shown)) = KEYS.iter().find(|(known, ..)| *known == action) else {
        return;
    };
    // A store that only speaks the cloud's language takes no token of the host.
    if envs.get("AWS_ENDPOINT_URL").is_some() {
        return;
    }
    let keys = inputs.iter().filter(|(key, _)| takes.contains(&key.as_str()));
    let names: Vec<&str> = keys
        .flat_map(|(_, used)| used.iter().map(|one| one.name.as_str()))
        .collect();
    for sighting in shows.sightings.iter_mut().skip(from) {
        let name = sighting.locator.strip_prefix(SECRET).unwrap_or_default();
        if names.contains(&name) && sighting.rank == Rank::Credential {
            sighting.facts.push(Fact {
                span: sighting.span,
                what: What::KeyInsteadOfToken(shown),
            });
        }
    }
}

struct Login<'l, 'n, 't> {
    around: &'l Around,
    envs: &'l Envs<'n, 't>,
}

/// What a value says of who is meant.
enum Named {
    /// As a literal, in which a whole part that is interpolated is `*`.
    Literal(String, Span),
    /// By the name of a setting; whether that is a secret, and one that callers give.
    Setting {
        name: String,
        span: Span,
        is_secret: bool,
        is_parameter: bool,
    },
}

impl Login<'_, '_, '_> {
    fn role(&self, role: Node<'_, '_>, shows: &mut Shows) {
        match self.named(role, &[':', '/']) {
            Some(Named::Literal(arn, span)) if arn.starts_with("arn:") => {
                let name = arn.rsplit('/').next().unwrap_or_default();
                // A role that is left open as a whole is any role.
                if !name.contains('*') {
                    shows
                        .sightings
                        .push(self.sighting(arn.clone(), Some(format!("{OIDC}{name}")), span));
                }
            }
            Some(named) => self.setting(named, shows),
            None => {}
        }
    }

    fn google(&self, provider: Node<'_, '_>, account: Option<Node<'_, '_>>, shows: &mut Shows) {
        let named = match account {
            Some(account) => self.named(account, &['@', '.']),
            None => self.named(provider, &['/']),
        };
        match named {
            Some(Named::Literal(text, span)) => {
                let (locator, also) = match text.split_once('@') {
                    Some((name, _)) => (text.clone(), (!name.contains('*')).then(|| format!("{OIDC}{name}"))),
                    None => (format!("{OIDC}{}", text.rsplit('/').next().unwrap_or(&text)), None),
                };
                if !locator.ends_with(":*") {
                    shows.sightings.push(self.sighting(locator, also, span));
                }
            }
            Some(named) => self.setting(named, shows),
            None => {}
        }
    }

    fn azure(&self, client: Node<'_, '_>, shows: &mut Shows) {
        match self.named(client, &[]) {
            Some(Named::Literal(text, span)) => {
                shows.sightings.push(self.sighting(format!("{OIDC}{text}"), None, span));
            }
            Some(named) => self.setting(named, shows),
            None => {}
        }
    }

    fn setting(&self, named: Named, shows: &mut Shows) {
        let Named::Setting {
            name,
            span,
            is_secret,
            is_parameter,
        } = named
        else {
            return;
        };
        let sighting = self.sighting(format!("{OIDC}{name}"), None, span);
        if is_parameter {
            shows.parameters.push(sighting);
            return;
        }
        if is_secret {
            let secret = format!("{SECRET}{}", name.to_ascii_uppercase());
            shows.same.push((sighting.locator.clone(), secret));
        }
        shows.sightings.push(sighting);
    }

    /// Who is meant by a value, through a variable of `env` if need be.
    fn named(&self, value: Node<'_, '_>, separators: &[char]) -> Option<Named> {
        let text = value.text()?;
        let Some(setting) = setting(text) else {
            return literal(text, separators).map(|text| Named::Literal(text, value.span()));
        };
        if setting.context == "env"
            && let Some(variable) = self.envs.get(&setting.name)
        {
            let inner = variable.text()?;
            let span = value.at(setting.range);
            return match self::setting(inner) {
                Some(inner) if inner.context != "env" => Some(self.by(inner.name, span, inner.context == "secrets")),
                Some(_) => None,
                None => literal(inner, separators).map(|text| Named::Literal(text, span)),
            };
        }
        let span = value.at(setting.range);
        Some(self.by(setting.name, span, setting.context == "secrets"))
    }

    fn by(&self, name: String, span: Span, is_secret: bool) -> Named {
        let is_parameter = is_secret && self.around.parameters.contains(&name.to_ascii_uppercase());
        Named::Setting {
            name,
            span,
            is_secret,
            is_parameter,
        }
    }

    fn sighting(&self, locator: String, also: Option<String>, span: Span) -> Sighting {
        let environment = self.around.environment.as_ref().map(|environment| Fact {
            span: environment.span,
            what: What::Environment(environment.name.clone()),
        });
        Sighting {
            locator,
            also: also.into_iter().collect(),
            span,
            rank: Rank::Account,
            by_use: true,
            demand: Demand::Demanded,
            suggests: Suggests {
                kind: Some(IdentityKind::CiPipeline),
                credential: Some(Credential::Federated),
                authentication: Some(Authentication::Oidc),
                ..Suggests::default()
            },
            facts: environment.into_iter().collect(),
        }
    }
}

/// A value as a locator has it: a whole part between separators that is interpolated is `*`. `None` where only a piece
/// of a part is, since then it can be told of nothing.
fn literal(text: &str, separators: &[char]) -> Option<String> {
    let text = text.trim();
    let pieces = pieces(text);
    let mut out = String::with_capacity(text.len());
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Expression(..) => {
                let begins = out.is_empty() || out.ends_with(separators);
                let ends = match pieces.get(at + 1) {
                    None => true,
                    Some(Piece::Text(next)) => next.starts_with(separators),
                    Some(Piece::Expression(..)) => false,
                };
                if !begins || !ends {
                    return None;
                }
                out.push('*');
            }
        }
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ":/_+=,.@*-".contains(c);
    (out.contains(|c: char| c.is_alphanumeric()) && out.chars().all(is_plain)).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn a_whole_part_that_is_interpolated_is_left_open() {
        let arn = |text: &str| literal(text, &[':', '/']);
        assert_eq!(
            arn("arn:aws:iam::${{ vars.ACCOUNT }}:role/deploy").as_deref(),
            Some("arn:aws:iam::*:role/deploy")
        );
        assert_eq!(arn("arn:aws:iam::1:role/${{ env.E }}-deploy"), None);
        assert_eq!(
            arn("arn:aws:iam::1:role/${{ env.E }}").as_deref(),
            Some("arn:aws:iam::1:role/*")
        );
        assert_eq!(arn("${{ inputs.role }}"), None);
        assert_eq!(arn("$ROLE"), None);
    }
}
