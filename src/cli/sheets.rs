//! Tables of views: in which format, where to, and how each is written.

use super::destination::Destination;
use super::estate::Opened;
use super::failure::{Failure, Usage};
use super::output::Content;
use super::terminal::{Stream, width};
use super::{CLEAN, FINDINGS};
use crate::estate::Estate;
use crate::model::{NamespaceId, SourceKind, nearest};
use crate::views::{Listed, Made, Making, Sheet};
use crate::workspace::Verdict;
use crate::{render, views};
use clap::{Args, ValueEnum};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
pub struct SheetArgs {
    /// Output format; that of the ending of --output, or a table, if not given.
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Where to write, instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// In a terminal or in Markdown, show every column in full.
    #[arg(long)]
    wide: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Csv,
    Markdown,
    Xlsx,
}

impl Format {
    /// What the ending of a file's name asks for.
    fn of_file(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "md" => Some(Self::Markdown),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

impl SheetArgs {
    pub fn is_json(&self) -> bool {
        self.format() == Format::Json
    }

    pub fn format(&self) -> Format {
        let of_file = || Format::of_file(self.output.as_deref()?);
        self.format.or_else(of_file).unwrap_or(Format::Table)
    }

    /// How wide a table may be.
    pub fn room(&self) -> usize {
        if self.output.is_none() && std::io::stdout().is_terminal() {
            width(Stream::Stdout)
        } else {
            usize::MAX
        }
    }

    /// Nothing is cut where no terminal is to be fitted.
    pub fn is_wide(&self) -> bool {
        self.wide || self.room() == usize::MAX
    }

    pub fn destination(&self, opened: &Opened) -> Result<Destination, Failure> {
        Ok(Destination::of(
            self.output.as_deref(),
            self.format() != Format::Xlsx,
            opened,
        )?)
    }

    /// Writes a table; `command` is what was asked for, as it would be asked for again, whatever the machine.
    pub fn write(
        &self,
        sheet: &Sheet,
        destination: &Destination,
        opened: &Opened,
        command: &str,
    ) -> Result<u8, Failure> {
        let sources = opened.sources();
        let text = match self.format() {
            Format::Json => render::sheet_json(sheet, sources, opened.as_of),
            Format::Markdown => render::sheet_markdown(sheet, sources, opened.as_of, self.wide),
            Format::Table => render::sheet_table(sheet, sources, self.room(), self.is_wide()),
            Format::Csv => {
                destination.write(Content::Bytes(&render::sheet_csv(sheet, sources)?))?;
                return Ok(status(sheet));
            }
            Format::Xlsx => {
                let csv = render::sheet_csv(sheet, sources)?;
                // Only identities are seen.
                let with_seen = sheet.name == Listed::Identities.as_str();
                let rows = Some((sheet.rows.len(), csv.as_slice()));
                let made = made(opened, with_seen, sheet.incomplete.len(), rows, command)?;
                let bytes = render::sheet_xlsx(sheet, sources, &made, opened.as_of)?;
                destination.write(Content::Bytes(&bytes))?;
                return Ok(status(sheet));
            }
        };
        destination.write(Content::Text(&text))?;
        Ok(status(sheet))
    }
}

/// How something was made; `with_seen` is whether it shows what is seen in other files, too.
pub fn made(
    opened: &Opened,
    with_seen: bool,
    incomplete: usize,
    rows: Option<(usize, &[u8])>,
    command: &str,
) -> Result<Made, Failure> {
    let (on, _) = opened.settings().discovered_sources();
    let off = SourceKind::ALL.iter().filter(|kind| !on.contains(kind));
    let off: Vec<&'static str> = off.map(|kind| kind.as_str()).collect();
    let looked = if with_seen { opened.look()? } else { Vec::new() };
    let sources = looked
        .into_iter()
        .filter(|looked| matches!(looked.verdict, Verdict::Source(_)));
    let looked_into: Vec<PathBuf> = sources.map(|looked| looked.path).collect();
    let making = Making {
        command,
        as_of: opened.as_of,
        root: opened.root(),
        sources: opened.sources(),
        sources_off: &off,
        looked_into: &looked_into,
        incomplete,
        rows,
    };
    Ok(views::made(making))
}

fn status(sheet: &Sheet) -> u8 {
    if sheet.incomplete.is_empty() { CLEAN } else { FINDINGS }
}

/// The path of a service that was named.
pub fn service(estate: &Estate<'_>, name: &str) -> Result<String, Usage> {
    if let Some(service) = estate.service_named(NamespaceId::UNNAMED, name) {
        return Ok(service.path());
    }
    let names: Vec<String> = estate.services().map(|service| service.name().to_string()).collect();
    Err(Usage::UnknownService {
        name: name.to_owned(),
        near: near(name, &names),
    })
}

/// What may be meant by a name: the same in another namespace, or one that is written nearly so.
pub fn near(name: &str, known: &[String]) -> Option<String> {
    let names = || known.iter().map(String::as_str);
    let id = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    let elsewhere = names().find(|known| id(known) == id(name));
    elsewhere.or_else(|| nearest(name, names())).map(str::to_owned)
}
