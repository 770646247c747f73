//! `soclint config`.

use super::estate;
use super::failure::Failure;
use super::{CLEAN, output};
use crate::render;
use crate::session::Session;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct ConfigArgs {
    /// List all files instead, and why each is read or not.
    #[arg(long)]
    files: bool,

    /// Output format; files are listed as a table, or as JSON.
    #[arg(long, value_enum, default_value_t = Format::Toml)]
    format: Format,

    /// The estate's root, instead of the one that soclint finds.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,

    /// The config file, instead of the one that soclint finds; its folder is the root unless --root names another.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Toml,
    Json,
}

impl ConfigArgs {
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

pub fn run(args: &ConfigArgs) -> Result<u8, Failure> {
    let (_, root) = estate::find_root(args.root.as_deref(), args.config.as_deref(), &[])?;
    let session = Session::open(root)?;
    let (settings, sources) = (session.settings(), session.sources());
    if args.files {
        let looked = session.look()?;
        output::print(&match args.format {
            Format::Toml => render::files_table(&looked, session.root(), settings, sources),
            Format::Json => render::files_json(&looked, session.root(), settings, sources),
        })?;
        return Ok(CLEAN);
    }
    output::print(&match args.format {
        Format::Toml => render::settings_toml(settings, sources),
        Format::Json => render::settings_json(settings, sources),
    })?;
    Ok(CLEAN)
}
