//! `soclint completions`.

use super::failure::Failure;
use super::{CLEAN, Cli, output};
use crate::reference::{self, Name};
use crate::rules;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, Args, Command, CommandFactory};
use clap_complete::Shell;
use std::sync::LazyLock;

#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// The shell that reads them.
    shell: Shell,
}

pub fn run(args: &CompletionsArgs) -> Result<u8, Failure> {
    output::print(&script(args.shell))?;
    Ok(CLEAN)
}

fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut with_names(Cli::command()), "soclint", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        Shell::Fish => script + &for_fish(),
        Shell::PowerShell => among(&script, "'soclint;explain' {", |name| {
            let (text, about) = (quoted(&name.text), quoted(&name.about));
            format!("[CompletionResult]::new({text}, {text}, [CompletionResultType]::ParameterValue, {about})")
        }),
        Shell::Elvish => among(&script, "&'soclint;explain'= {", |name| {
            format!("cand {} {}", quoted(&name.text), quoted(&name.about))
        }),
        _ => script,
    }
}

/// What `explain` knows, as one word each: a shell takes a blank for the end of a word. For a term, `-` does as well.
static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let mut names = reference::names();
    for name in &mut names {
        if reference::glossary::find(&name.text).is_some() {
            name.text = name.text.replace(' ', "-");
        }
        name.about = brief(&name.about);
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    names.retain(|name| name.text.chars().all(is_plain));
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.text.to_lowercase()));
    names
});

/// The first sentence, in plain text: it is beside a word in a list, and some shells look into backticks.
fn brief(about: &str) -> String {
    let sentence = about.split_once(". ").map_or(about, |(first, _)| first);
    sentence.trim_end_matches('.').replace('`', "")
}

/// Its generator offers values of options only.
fn for_fish() -> String {
    let names: Vec<&str> = NAMES.iter().map(|name| name.text.as_str()).collect();
    format!(
        "complete -c soclint -n \"__fish_soclint_using_subcommand explain\" -f -a \"{}\"\n",
        names.join(" ")
    )
}

/// Puts a line for each name into the part of a script that begins with `head`: generators for these shells offer no
/// values.
fn among(script: &str, head: &str, line: impl Fn(&Name) -> String) -> String {
    let mut out = String::with_capacity(script.len() * 2);
    for text in script.lines() {
        out.push_str(text);
        out.push('\n');
        if text.trim_start() == head {
            for name in NAMES.iter() {
                out.push_str(&format!("            {}\n", line(name)));
            }
        }
    }
    out
}

/// In single quotes, which both shells double within.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Shells offer names where one is wanted; the program itself takes any text, and says which name is near.
fn with_names(command: Command) -> Command {
    let of_rule = |arg: Arg| {
        let names = rules::all().map(|rule| PossibleValue::new(rule.name).help(rule.summary));
        arg.value_parser(PossibleValuesParser::new(names))
    };
    let of_any = |arg: Arg| {
        let values = NAMES
            .iter()
            .map(|name| PossibleValue::new(name.text.as_str()).help(name.about.as_str()));
        arg.value_parser(PossibleValuesParser::new(values))
    };
    command
        .mut_subcommand("explain", |explain| {
            explain.mut_args(|arg| if arg.is_positional() { of_any(arg) } else { arg })
        })
        .mut_subcommand("check", |check| {
            check.mut_arg("select", of_rule).mut_arg("ignore", of_rule)
        })
}

#[cfg(test)]
mod tests {
    use super::{Shell, reference, script};

    #[test]
    fn every_shell_completes_what_explain_knows() {
        let shells = [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::Elvish, Shell::PowerShell];
        let scripts = shells.map(|shell| (shell, script(shell)));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        let mut count = 0;
        for name in reference::names() {
            if !name.text.chars().all(is_plain) {
                continue;
            }
            for (shell, script) in &scripts {
                assert!(script.contains(&name.text), "{shell} does not know {}", name.text);
            }
            count += 1;
        }
        assert!(count > 600, "{count}");
    }
}
