//! `soclint explain`.

use super::{CLEAN, Look, check, output, width};
use crate::{render, rules};
use clap::Args;

#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The rule's name, such as `stale-report`.
    rule: String,
}

pub fn run(args: &ExplainArgs, look: Look) -> Result<u8, String> {
    let rule = rules::find(&args.rule).ok_or_else(|| check::unknown_rule(&args.rule))?;
    output::print(&render::page_for_terminal(rule, look.color(), width()))?;
    Ok(CLEAN)
}
