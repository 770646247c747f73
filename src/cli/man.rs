//! `soclint man`.

use super::{CLEAN, Cli, output};
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct ManArgs {
    /// The subcommand whose page is wanted; the whole program's if not given.
    #[arg(conflicts_with = "dir")]
    command: Option<String>,

    /// Write every page into this folder instead.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub fn run(args: &ManArgs) -> Result<u8, String> {
    let pages = pages();
    if let Some(dir) = &args.dir {
        for (name, page) in &pages {
            output::write_file(&dir.join(format!("{name}.1")), &text(page)?)?;
        }
        return Ok(CLEAN);
    }
    let wanted = args
        .command
        .as_ref()
        .map_or("soclint".to_owned(), |name| format!("soclint-{name}"));
    let page = pages.iter().find(|(name, _)| *name == wanted);
    let (_, page) = page.ok_or_else(|| {
        let names: Vec<&str> = pages
            .iter()
            .filter_map(|(name, _)| name.strip_prefix("soclint-"))
            .collect();
        format!("there is no such command; use one of: {}", names.join(", "))
    })?;
    output::print(&text(page)?)?;
    Ok(CLEAN)
}

/// The program's page, and one for each of its commands.
fn pages() -> Vec<(String, Command)> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let commands: Vec<(String, Command)> = program
        .get_subcommands()
        .map(|command| {
            let name = format!("soclint-{}", command.get_name());
            (name, command.clone())
        })
        .collect();
    std::iter::once(("soclint".to_owned(), program))
        .chain(commands)
        .collect()
}

fn text(page: &Command) -> Result<String, String> {
    let mut out = Vec::new();
    Man::new(page.clone())
        .source(concat!("soclint ", env!("CARGO_PKG_VERSION")))
        .render(&mut out)
        .map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}
