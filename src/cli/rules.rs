//! `soclint rules`.

use super::failure::Failure;
use super::terminal::{Stream, width};
use super::{CLEAN, output};
use crate::render;
use clap::{Args, ValueEnum};
use std::io::IsTerminal;

#[derive(Args, Debug)]
pub struct RulesArgs {
    /// Output format.
    #[arg(long, value_enum, default_value_t = CatalogueFormat::Table)]
    format: CatalogueFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CatalogueFormat {
    Table,
    Json,
    Markdown,
}

impl RulesArgs {
    pub fn is_json(&self) -> bool {
        self.format == CatalogueFormat::Json
    }
}

pub fn run(args: &RulesArgs) -> Result<u8, Failure> {
    output::print(&match args.format {
        CatalogueFormat::Table => render::rules_table(room()),
        CatalogueFormat::Json => render::rules_json(),
        CatalogueFormat::Markdown => render::rules_markdown(),
    })?;
    Ok(CLEAN)
}

/// What reads a pipe reads lines: each rule has one there.
fn room() -> usize {
    if std::io::stdout().is_terminal() {
        width(Stream::Stdout)
    } else {
        usize::MAX
    }
}
