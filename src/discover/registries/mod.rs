//! What files of package managers and clients show: the hosts for which a credential is written out.
//!
//! A reference, a placeholder and a host that is the machine itself show nothing.

mod netrc;
mod npmrc;
mod pypirc;
#[cfg(test)]
mod tests;

use super::{Demand, Fact, Input, Rank, Shows, Sighting, Suggests, What, addresses};
use crate::model::{Credential, IdentityKind};
use crate::source::Span;

/// Words one of which is in every file that shows something here; an address may hold a password.
pub const WORDS: &[&str] = &["password", "_auth", "://"];

/// What a file of a registry's client shows.
pub fn see(input: Input<'_>) -> Shows {
    let mut shows = Shows::default();
    // What is known to be a name, in the order of the text.
    let names = match input.path.rsplit('/').next().unwrap_or(input.path) {
        ".npmrc" => npmrc::see(input.text, &mut shows),
        ".pypirc" => pypirc::see(input.text, &mut shows),
        _ => netrc::see(input.text, &mut shows),
    };
    shows.literals = between(names, input.text);
    shows
}

/// A credential that is written out for a host.
fn add(shows: &mut Shows, host: &str, key: Span) {
    if addresses::is_local(host) {
        return;
    }
    let fact = |what| Fact { span: key, what };
    shows.sightings.push(Sighting {
        locator: format!("registry:{}", host.to_ascii_lowercase()),
        also: Vec::new(),
        span: key,
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

/// Everything but the names, and what separates them from values: nothing else of such a file is known to be none of a
/// secret.
fn between(mut names: Vec<Span>, text: &str) -> Vec<Span> {
    let end = Span::new(text.len()..text.len());
    names.sort_unstable();
    let (mut all, mut from) = (Vec::new(), 0);
    for name in names.into_iter().chain([end]) {
        if from < name.start {
            all.push(Span {
                start: from,
                end: name.start,
            });
        }
        let behind = text.get(name.range().end..).unwrap_or_default();
        let separator = behind.len() - behind.trim_start_matches([' ', '\t', '=', ':']).len();
        from = from.max(Span::new(0..name.range().end + separator).end);
    }
    all
}

/// The lines of a text, each with where it begins; without what ends them, and without a byte order mark.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        let plain = line.trim_end_matches(['\n', '\r']);
        let inner = plain.strip_prefix('\u{feff}').filter(|_| start == 0);
        inner.map_or((start, plain), |inner| (start + plain.len() - inner.len(), inner))
    })
}

fn span(start: usize, text: &str) -> Span {
    Span::new(start..start + text.len())
}
