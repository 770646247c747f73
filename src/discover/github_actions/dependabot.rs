//! Dependabot's private registries.

use super::envs::Envs;
use super::fields::{self, Around};
use crate::discover::yaml::Node;
use crate::discover::{Demand, Fact, Rank, Shows, Sighting, Suggests, What, addresses, placeholder};
use crate::model::{Credential, IdentityKind};

/// Adds what the registries of a config show.
pub fn see(config: Node<'_, '_>, shows: &mut Shows) {
    let Some(registries) = config.get("registries") else {
        return;
    };
    for (_, registry) in registries.entries() {
        fields::inputs(registry, &Around::default(), &Envs(Vec::new()), shows);
        let host = registry.get("url").or_else(|| registry.get("registry"));
        let Some(host) = host.and_then(Node::text).and_then(addresses::host_of) else {
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
                locator: format!("registry:{}", host.to_ascii_lowercase()),
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
