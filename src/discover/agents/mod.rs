//! What settings of AI agents show: MCP servers, the agents themselves, and the credentials that they are given.

mod credentials;
mod json;
mod servers;
#[cfg(test)]
mod tests;

use jsonc_parser::ast::{Object, Value};

use self::credentials::Given;
use self::json::Document;
use super::{Demand, Fact, Input, Rank, Shows, Sighting, Suggests, What};
use crate::model::IdentityKind;
use crate::source::Span;

/// Words one of which is in every file that shows something here.
pub const WORDS: &[&str] = &["servers", "command", "url", "env"];

/// What the settings of an agent show.
pub fn see(input: Input<'_>) -> Shows {
    let mut shows = Shows::default();
    let document = match Document::read(input.text) {
        Ok(document) => document,
        Err(unread) => {
            // Of what was not understood, no word is known to be a name.
            shows.literals.push(Span::new(0..input.text.len()));
            shows.unread.push(unread);
            shows.partial = true;
            return shows;
        }
    };
    let Some(Value::Object(root)) = &document.value else {
        return shows;
    };
    let settings_of = settings_of(input.path);
    for (name, span, server) in servers::of(&document, root, settings_of.is_some()) {
        let given = credentials::of_server(&document, server);
        shows.sightings.push(sighting(format!("mcp:{name}"), span, &given));
    }
    if let Some(agent) = settings_of {
        shows.sightings.extend(agent_of(&document, root, agent));
    }
    let facts = shows.sightings.iter().flat_map(|sighting| &sighting.facts);
    let mut names: Vec<Span> = facts.map(|fact| fact.span).collect();
    names.sort_unstable();
    credentials::hidden(&document, root, &names, &mut shows.literals);
    shows.literals.extend(document.comments);
    shows
}

/// The agent whose settings a file has: the one after which its folder is called.
fn settings_of(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("/settings.json")?;
    folder.rsplit('/').next()?.strip_prefix('.')
}

/// The agent itself, when its settings give it a credential: `ANTHROPIC_API_KEY` in `env`.
fn agent_of(document: &Document<'_>, settings: &Object<'_>, agent: &str) -> Option<Sighting> {
    let given = credentials::of_agent(document, settings);
    let first = given.first()?;
    Some(sighting(format!("agent:{agent}"), first.span, &given))
}

fn sighting(locator: String, span: Span, given: &[Given]) -> Sighting {
    let (rank, demand) = match given {
        [] => (Rank::Identifier, Demand::Shown),
        _ => (Rank::Credential, Demand::Demanded),
    };
    let literals = given.iter().filter(|given| given.is_written_out);
    let facts = literals.flat_map(|given| {
        [
            What::StaticCredential("a credential that is written out"),
            What::Store("source-code"),
            What::Literal,
        ]
        .map(|what| Fact { span: given.span, what })
    });
    Sighting {
        locator,
        also: Vec::new(),
        span,
        rank,
        by_use: false,
        demand,
        suggests: Suggests {
            kind: Some(IdentityKind::AiAgent),
            ..Suggests::default()
        },
        facts: facts.collect(),
    }
}
