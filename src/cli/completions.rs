//! `soclint completions`.

use super::{CLEAN, Cli, output};
use crate::rules;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, Args, Command, CommandFactory};
use clap_complete::Shell;

#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// The shell that reads them.
    shell: Shell,
}

pub fn run(args: &CompletionsArgs) -> Result<u8, String> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut with_rule_names(Cli::command()), "soclint", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    if args.shell == Shell::Fish {
        // Its generator offers values of options only.
        let names: Vec<&str> = rules::all().map(|rule| rule.name).collect();
        let explains = "__fish_soclint_using_subcommand explain";
        script.push_str(&format!(
            "complete -c soclint -n \"{explains}\" -f -a \"{}\"\n",
            names.join(" ")
        ));
    }
    output::print(&script)?;
    Ok(CLEAN)
}

/// Shells offer rules' names where one is wanted; the program itself takes any text, and says which name is near.
fn with_rule_names(command: Command) -> Command {
    let named = |arg: Arg| {
        let names = rules::all().map(|rule| PossibleValue::new(rule.name).help(rule.summary));
        arg.value_parser(PossibleValuesParser::new(names))
    };
    command
        .mut_subcommand("explain", |explain| {
            explain.mut_args(|arg| if arg.is_positional() { named(arg) } else { arg })
        })
        .mut_subcommand("check", |check| check.mut_arg("select", named).mut_arg("ignore", named))
}
