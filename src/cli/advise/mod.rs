//! `soclint advise`.

mod questions;

use super::args::{ColorArgs, EstateArgs, OwnerArgs};
use super::ask;
use super::destination::Destination;
use super::estate::{self, Opened};
use super::failure::{Failure, InputError, Usage};
use super::output::{self, Content};
use super::terminal::{Stream, width};
use super::{CLEAN, FINDINGS, owners, sheets};
use crate::render;
use crate::triage::Choice;
use crate::views::{Both, Chosen, Judged};
use crate::workspace::MAX_MANIFEST;
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;

/// What stands for a fragment on standard input.
const STDIN: &str = "-";

#[derive(Args, Debug)]
pub struct AdviseArgs {
    /// Only these services, as references name them; `-` reads a manifest, or a part of one, from standard input instead.
    #[arg(value_name = "SERVICE")]
    services: Vec<String>,

    /// Ask three questions about a service instead of reading an estate.
    #[arg(long, conflicts_with = "services")]
    ask: bool,

    /// Only what this owner owns; repeatable.
    #[arg(long = "owner", value_name = "OWNER", value_delimiter = ',')]
    owners: Vec<String>,

    /// What a baseline suppresses is missing all the same, and said to be in it.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Where to write, instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    estate: EstateArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    Markdown,
    Json,
}

impl AdviseArgs {
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

pub fn run(args: &AdviseArgs, colors: ColorArgs) -> Result<u8, Failure> {
    if args.ask {
        return asked(args, colors);
    }
    match args.services.as_slice() {
        [only] if only == STDIN => {
            let opened = estate::of_text(&args.estate, "stdin", fragment()?)?;
            advise(args, &opened, &[], colors)
        }
        services => {
            if let Some(at) = services.iter().position(|service| service == STDIN) {
                return Err(Usage::FragmentAmongServices { at: at + 1 }.into());
            }
            match estate::open(&args.estate, &[]) {
                // Someone who has declared nothing yet is asked.
                Err(Failure::NoManifest { .. }) if services.is_empty() && ask::is_attended() => asked(args, colors),
                opened => advise(args, &opened?, services, colors),
            }
        }
    }
}

fn asked(args: &AdviseArgs, colors: ColorArgs) -> Result<u8, Failure> {
    let text = questions::ask()?;
    if args.format == Format::Text {
        output::print(&format!("As a manifest declares it:\n\n{text}\n"))?;
    }
    let opened = estate::of_text(&args.estate, "answers", text)?;
    advise(args, &opened, &[], colors)
}

/// What stands on standard input, as a manifest.
fn fragment() -> Result<String, InputError> {
    let mut bytes = Vec::new();
    let mut bounded = std::io::stdin().lock().take(MAX_MANIFEST + 1);
    bounded.read_to_end(&mut bytes).map_err(InputError::Unreadable)?;
    if bytes.len() as u64 > MAX_MANIFEST {
        return Err(InputError::TooLarge { limit: MAX_MANIFEST });
    }
    String::from_utf8(bytes).map_err(|_| InputError::NotUtf8)
}

fn advise(args: &AdviseArgs, opened: &Opened, services: &[String], colors: ColorArgs) -> Result<u8, Failure> {
    let destination = Destination::of(args.output.as_deref(), true, opened)?;
    let baseline = estate::baseline(opened, args.baseline.as_deref())?;
    let linked = opened.linked();
    let owners = OwnerArgs {
        owners: args.owners.clone(),
    };
    let services = services.iter().map(|name| sheets::service(&linked.estate, name));
    let chosen = Chosen {
        owners: owners::called(&owners, &linked.estate, opened.settings())?,
        services: services.collect::<Result<BTreeSet<String>, Usage>>()?,
    };
    let findings = linked.judge();
    let bare = Choice {
        no_waivers: true,
        ..Choice::default()
    };
    let bare = linked.triage(findings.clone(), &bare, None);
    let reported = linked.triage(findings, &Choice::default(), baseline.as_ref());
    let both = Both {
        reported: &reported,
        bare: &bare,
    };
    let judged = Judged::new(&linked.estate, opened.sources(), opened.settings(), &reported);
    let advice = judged.advice(&both, &chosen);
    opened.progress.finish();
    let sources = opened.sources();
    let text = match args.format {
        Format::Text => {
            let color = args.output.is_none() && colors.color(Stream::Stdout);
            render::advice_text(&advice, sources, width(Stream::Stdout), color)
        }
        Format::Markdown => render::advice_markdown(&advice, sources, opened.as_of),
        Format::Json => render::advice_json(&advice, sources, opened.as_of),
    };
    destination.write(Content::Text(&text))?;
    Ok(if advice.incomplete.is_empty() { CLEAN } else { FINDINGS })
}
