//! `soclint explain`.

use super::{CLEAN, Look, output, width};
use crate::decode::nearest;
use crate::standards::reference;
use crate::{render, rules};
use clap::Args;

#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// A rule's name, such as `stale-report`, or an id that rules refer to, such as `CC6.1` or `AT-C 320`.
    #[arg(required = true, value_name = "RULE|ID")]
    name: Vec<String>,
}

pub fn run(args: &ExplainArgs, look: Look) -> Result<u8, String> {
    // An id may be of several words: nobody should have to quote it.
    let name = args.name.join(" ");
    let (color, width) = (look.color(), width());
    let page = if let Some(rule) = rules::find(&name) {
        render::page_for_terminal(rule, color, width)
    } else if let Some(entry) = reference::locate(&name) {
        render::cited_for_terminal(entry, color, width)
    } else if let Some((catalogue, retired)) = reference::locate_retired(&name) {
        render::retired_for_terminal(catalogue, retired, color, width)
    } else if name.eq_ignore_ascii_case(reference::PRACTICE) {
        render::practice_for_terminal(color, width)
    } else {
        return Err(unknown(&name));
    };
    output::print(&page)?;
    Ok(CLEAN)
}

/// Says that there is neither such a rule nor such an id, and which may be meant.
fn unknown(name: &str) -> String {
    if let Some((catalogue, id)) = reference::shaped_like(name)
        && let Some(version) = catalogue.earlier_version(id)
    {
        return format!(
            "`{id}` is numbered as in {}; what took its place in {} is not known here",
            catalogue.edition(Some(version)),
            catalogue.title()
        );
    }
    let ids: Vec<String> = reference::names().collect();
    let names = || rules::all().map(|rule| rule.name).chain(ids.iter().map(String::as_str));
    let begins = |known: &&str| {
        let start = known.get(..name.len());
        name.len() > 1 && start.is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    match nearest(name, names()).or_else(|| names().find(begins)) {
        Some(near) => format!("there is no rule or reference `{name}`; did you mean `{near}`?"),
        None => format!(
            "there is no rule or reference `{name}`; `soclint rules --format markdown` lists every rule with its references"
        ),
    }
}
