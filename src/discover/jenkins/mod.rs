//! What Jenkins pipelines show: the literal ids of credentials.
//!
//! Where a credential's secret is kept its id does not tell, since plugins take credentials from vaults and clouds too:
//! so nothing is said of its store, nor whether it lasts.

mod groovy;
#[cfg(test)]
mod tests;

use self::groovy::{Kind, Token, tokens};
use super::{Demand, Input, Rank, Shows, Sighting, Suggests};
use crate::model::{Credential, IdentityKind};
use crate::source::Span;

pub const WORDS: &[&str] = &["credentials"];

/// What a pipeline's file shows.
pub fn see(input: Input<'_>) -> Shows {
    let mut shows = Shows::default();
    // The four tokens before the one that is read.
    let mut before: [Option<Token<'_>>; 4] = [None; 4];
    for token in tokens(input.text).map(Some).chain([None]) {
        let [outer, key, sign, value] = before;
        if let (Some(key), Some(sign), Some(value)) = (key, sign, value)
            && takes_id(outer, key, sign)
            && ends(sign, token)
            && let Some(id) = id(value)
        {
            shows.sightings.push(sighting(id, value));
        }
        before = [key, sign, value, token];
    }
    shows
}

/// `credentialsId:` and `credentials(`.
fn takes_id(outer: Option<Token<'_>>, key: Token<'_>, sign: Token<'_>) -> bool {
    let follows = |byte: u8| outer.is_some_and(|outer| outer.kind == Kind::Sign(byte));
    match (key.kind, sign.kind) {
        // Behind `?` the colon is that of a choice.
        (Kind::Word | Kind::Text, Kind::Sign(b':')) => key.text == "credentialsId" && !follows(b'?') && !follows(b'.'),
        (Kind::Word, Kind::Sign(b'(')) => key.text == "credentials" && !follows(b'.'),
        _ => false,
    }
}

/// Whether the value is whole where this token follows: nothing is added to it, and nothing is made of it.
fn ends(sign: Token<'_>, next: Option<Token<'_>>) -> bool {
    let Some(next) = next else {
        return sign.kind == Kind::Sign(b':');
    };
    if sign.kind == Kind::Sign(b'(') {
        return next.kind == Kind::Sign(b')');
    }
    match next.kind {
        Kind::Sign(b',' | b')' | b']' | b'}' | b';') => true,
        Kind::Word | Kind::Text | Kind::Other => next.is_on_new_line,
        Kind::Sign(_) => false,
    }
}

/// What the quotes hold, if it is the id itself.
fn id<'t>(value: Token<'t>) -> Option<&'t str> {
    let is_id = |text: &&str| !text.trim().is_empty() && !text.contains(['$', '\\', '\n', '\r']);
    Some(value.text).filter(|_| value.kind == Kind::Text).filter(is_id)
}

fn sighting(id: &str, value: Token<'_>) -> Sighting {
    Sighting {
        locator: format!("jenkins-credential:{}", id.trim()),
        also: Vec::new(),
        span: Span::new(value.start..value.start + value.text.len()),
        rank: Rank::Credential,
        by_use: false,
        demand: Demand::Demanded,
        suggests: Suggests {
            kind: Some(IdentityKind::ApiKey),
            credential: Some(Credential::StaticSecret),
            store: Some("jenkins"),
            ..Suggests::default()
        },
        facts: Vec::new(),
    }
}
