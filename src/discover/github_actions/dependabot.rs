//! Dependabot's private registries.

use super::envs::Envs;
use super::fields::{self, Around};
use crate::discover::yaml::Node;
use crate::discover::{Demand, Fact, Rank, Shows, Sighting, Suggests, What, placeholder};
use crate::model::{Credential, IdentityKind};

/// Adds what the registries of a config show.
pub fn see(config: Node<'_, '_>, shows: &mut Shows) {
    let Some(registries) = config.get("registries") else {
        return;
    };
    for (_, registry) in registries.entries() {
        fields::inputs(registry, &Around::default(), &Envs(Vec::new()), shows);
        let host = registry.get("url").or_else(|| registry.get("registry"));
        let Some(host) = host.and_then(Node::text).and_then(host_of) else {
            continue;
        };
        for key in ["password", "token", "key"] {
            let Some((key, value)) = registry.entry(key) else {
                continue;
            };
            let Some(text) = value.text().filter(|text| placeholder::is_literal_secret(text)) else {
                continue;
            };
            let _ = text;
            shows.literals.push(value.span());
            let fact = |what| Fact { span: key.span(), what };
            shows.sightings.push(Sighting {
                locator: format!("registry:{host}"),
                also: Vec::new(),
                span: key.span(),
                rank: Rank::Credential,
                by_use: true,
                demand: Demand::Demanded,
                suggests: Suggests {
                    kind: Some(IdentityKind::ApiKey),
                    credential: Some(Credential::StaticSecret),
                    ..Suggests::default()
                },
                facts: vec![
                    fact(What::StaticCredential("a credential that is written out")),
                    fact(What::Store("source-code")),
                    fact(What::Literal),
                ],
            });
        }
    }
}

/// The host of an address, without user and port.
fn host_of(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    let host = host.split(':').next()?;
    (!host.is_empty() && !host.contains(['$', '{', ' '])).then_some(host)
}
