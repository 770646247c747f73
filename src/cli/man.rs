//! `soclint man`.

use super::failure::{Failure, OutputError, Usage};
use super::{CLEAN, Cli, output};
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct ManArgs {
    /// The command whose page is wanted, such as `check`; the whole program's if not given.
    #[arg(conflicts_with = "dir")]
    command: Vec<String>,

    /// Write every page into this folder instead, which is made if it is not there.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub fn run(args: &ManArgs) -> Result<u8, Failure> {
    let pages = pages();
    if let Some(dir) = &args.dir {
        std::fs::create_dir_all(dir).map_err(|error| OutputError::Folder {
            path: dir.clone(),
            error,
        })?;
        for (name, page) in &pages {
            output::write_file(&dir.join(format!("{name}.1")), &text(page)?)?;
        }
        return Ok(CLEAN);
    }
    let words = std::iter::once("soclint").chain(args.command.iter().map(String::as_str));
    let wanted = words.collect::<Vec<_>>().join("-");
    let page = pages.iter().find(|(name, _)| *name == wanted);
    let (_, page) = page.ok_or_else(|| {
        let names = pages.iter().filter_map(|(name, _)| name.strip_prefix("soclint-"));
        let known = names.map(|name| name.replace('-', " ")).collect();
        Usage::UnknownCommand { known }
    })?;
    output::print(&text(page)?)?;
    Ok(CLEAN)
}

/// The program's page, and one for each of its commands and theirs.
fn pages() -> Vec<(String, Command)> {
    let mut program = without_help(Cli::command());
    program.build();
    let mut pages = Vec::new();
    add(&mut pages, "soclint", &program);
    pages
}

/// `soclint help` and its like have nothing to tell.
fn without_help(command: Command) -> Command {
    command.disable_help_subcommand(true).mut_subcommands(without_help)
}

fn add(pages: &mut Vec<(String, Command)>, name: &str, command: &Command) {
    pages.push((name.to_owned(), command.clone()));
    for command in command.get_subcommands() {
        add(pages, &format!("{name}-{}", command.get_name()), command);
    }
}

fn text(page: &Command) -> Result<String, OutputError> {
    let mut out = Vec::new();
    Man::new(page.clone())
        .source(concat!("soclint ", env!("CARGO_PKG_VERSION")))
        .render(&mut out)
        .map_err(OutputError::Manual)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}
