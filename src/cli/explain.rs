//! `soclint explain`.

use super::args::ColorArgs;
use super::failure::{Failure, Usage};
use super::terminal::{Stream, width};
use super::{CLEAN, output};
use crate::model::nearest;
use crate::reference as topics;
use crate::render;
use crate::rules;
use crate::standards::reference;
use clap::Args;

#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// A rule (stale-report), a table or key of the manifest or the config (services, identities.rotation,
    /// financial-impact), a term (carve-out, type 2), a value, or an id that rules refer to (CC6.1, AT-C 320).
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
}

pub fn run(args: &ExplainArgs, colors: ColorArgs) -> Result<u8, Failure> {
    // A name may have several words, which need no quotes.
    let name = args.name.join(" ");
    let name = rules::current(&name).to_owned();
    match render::topic_for_terminal(
        &topics::find(&name),
        colors.color(Stream::Stdout),
        width(Stream::Stdout),
    ) {
        Some(page) => output::print(&page)?,
        None => return Err(unknown(name).into()),
    }
    Ok(CLEAN)
}

/// The error for an unknown name, with a near one.
fn unknown(name: String) -> Usage {
    if let Some((catalogue, id)) = reference::shaped_like(&name)
        && let Some(version) = catalogue.earlier_version(id)
    {
        return Usage::EarlierEdition {
            id: id.to_string(),
            edition: catalogue.edition(Some(version)),
            now: catalogue.title(),
        };
    }
    let known = topics::names();
    let ids: Vec<String> = reference::names().collect();
    let names = || {
        known
            .iter()
            .map(|name| name.text.as_str())
            .chain(ids.iter().map(String::as_str))
    };
    let begins = |known: &&str| {
        let start = known.get(..name.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(&name))
    };
    let shortest = || names().filter(begins).min_by_key(|known| known.len());
    // A long enough prefix is more likely unfinished than wrong.
    let near = match name.len() {
        0 | 1 => None,
        2 | 3 => nearest(&name, names()).or_else(shortest),
        _ => shortest().or_else(|| nearest(&name, names())),
    };
    let near = near.map(str::to_owned);
    Usage::UnknownName { name, near }
}
