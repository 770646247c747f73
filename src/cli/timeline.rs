//! `soclint timeline`.

use super::args::{ColorArgs, EstateArgs, OwnerArgs, parse_date};
use super::destination::Destination;
use super::estate::{self, Needs, Opened};
use super::failure::{Failure, Usage};
use super::output::Content;
use super::terminal::{Stream, unicode};
use super::{CLEAN, FINDINGS, owners, sheets};
use crate::estate::Estate;
use crate::model::NamespaceId;
use crate::triage::Choice;
use crate::views::{Asked, Judged, Target, Timeline};
use crate::{render, views};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
pub struct TimelineArgs {
    /// The first day of the axis; 18 months before the as-of date, if not given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    from: Option<Date>,

    /// The last day of the axis (inclusive); 12 months after the as-of date, if not given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    to: Option<Date>,

    /// Only what concerns this service; repeatable.
    #[arg(long = "service", value_name = "SERVICE", value_delimiter = ',')]
    services: Vec<String>,

    /// Only what this owner owns; repeatable.
    #[arg(long = "owner", value_name = "OWNER", value_delimiter = ',')]
    owners: Vec<String>,

    /// Output format; that of the ending of --output, or a table, if not given.
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Where to write, instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Draft the way to a first report or certificate instead; an estate is not needed, and its year-ends are used.
    #[arg(long, value_enum, value_name = "WHAT", requires = "start", conflicts_with_all = ["from", "to", "owners"])]
    plan: Option<For>,

    /// The day from which the plan is counted.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date, requires = "plan")]
    start: Option<Date>,

    #[command(flatten)]
    estate: EstateArgs,
}

/// What a plan can be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum For {
    Soc1,
    Soc2,
    Isae3402,
    Iso27001,
}

impl From<For> for Target {
    fn from(what: For) -> Self {
        match what {
            For::Soc1 => Self::Soc1,
            For::Soc2 => Self::Soc2,
            For::Isae3402 => Self::Isae3402,
            For::Iso27001 => Self::Iso27001,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// An axis drawn with characters; words alone where NO_GRAPHICS is set.
    Table,
    Json,
    Markdown,
    /// A calendar to import, with events of whole days.
    Ics,
}

impl Format {
    /// What the ending of a file's name asks for.
    fn of_file(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "md" => Some(Self::Markdown),
            "ics" => Some(Self::Ics),
            _ => None,
        }
    }
}

impl TimelineArgs {
    pub fn is_json(&self) -> bool {
        self.format() == Format::Json
    }

    fn format(&self) -> Format {
        let of_file = || Format::of_file(self.output.as_deref()?);
        self.format.or_else(of_file).unwrap_or(Format::Table)
    }
}

pub fn run(args: &TimelineArgs, colors: ColorArgs) -> Result<u8, Failure> {
    if let (Some(what), Some(start)) = (args.plan, args.start) {
        return planned(args, colors, what.into(), start);
    }
    let opened = estate::open(&args.estate, &[])?;
    let destination = Destination::of(args.output.as_deref(), true, &opened)?;
    let linked = opened.linked();
    let asked = asked(args, &opened, &linked.estate)?;
    let axis = asked.axis(opened.as_of);
    if axis.from > axis.to {
        return Err(Usage::FromAfterTo {
            from: axis.from,
            to: axis.to,
        }
        .into());
    }
    let outcome = linked.outcome(&Choice::default(), None);
    let judged = Judged::new(&linked.estate, opened.sources(), opened.settings(), &outcome);
    let timeline = judged.timeline(&outcome, &asked);
    opened.progress.finish();
    let text = written(args, colors, &opened, &timeline);
    destination.write(Content::Text(&text))?;
    Ok(if timeline.incomplete.is_empty() {
        CLEAN
    } else {
        FINDINGS
    })
}

/// What the keys of a plan call a service where none is named.
const SERVICE: &str = "my-service";

fn planned(args: &TimelineArgs, colors: ColorArgs, target: Target, start: Date) -> Result<u8, Failure> {
    let needs = Needs {
        manifests: false,
        discovery: false,
    };
    let opened = estate::open_with(&args.estate, &[], needs)?;
    let destination = Destination::of(args.output.as_deref(), true, &opened)?;
    let linked = opened.linked();
    let services = services(args, &linked.estate)?;
    let named = match args.services.as_slice() {
        [one] => linked.estate.service_named(NamespaceId::UNNAMED, one),
        _ => None,
    };
    let service = named.map_or(SERVICE, |service| service.entity().id.as_str());
    let mut plan = views::plan(target, start, service, &views::readers(&linked.estate, &services));
    if !linked.estate.flaws.is_empty() {
        plan.notes
            .push("something in the manifests could not be read: `soclint check` says what".to_owned());
    }
    opened.progress.finish();
    let text = match args.format() {
        Format::Json => render::plan_json(&plan),
        Format::Markdown => render::plan_markdown(&plan),
        Format::Ics => render::plan_ics(&plan, opened.as_of),
        Format::Table => render::plan_drawn(&plan, drawing(args, colors)),
    };
    destination.write(Content::Text(&text))?;
    Ok(CLEAN)
}

fn drawing(args: &TimelineArgs, colors: ColorArgs) -> render::Drawing {
    let mut style = colors.style(Stream::Stdout, false);
    // A file has no colors, whatever the terminal has.
    style.color &= args.output.is_none();
    render::Drawing {
        style,
        unicode: unicode(),
    }
}

fn written(args: &TimelineArgs, colors: ColorArgs, opened: &Opened, timeline: &Timeline) -> String {
    let sources = opened.sources();
    match args.format() {
        Format::Json => render::timeline_json(timeline, sources),
        Format::Markdown => {
            let links = estate::links(opened.root());
            render::timeline_markdown(timeline, sources, &estate::prefix(opened.root()), links.as_ref())
        }
        Format::Ics => render::timeline_ics(timeline, sources),
        Format::Table => render::timeline_drawn(timeline, sources, drawing(args, colors)),
    }
}

fn asked(args: &TimelineArgs, opened: &Opened, estate: &Estate<'_>) -> Result<Asked, Failure> {
    let owners = OwnerArgs {
        owners: args.owners.clone(),
    };
    Ok(Asked {
        owners: owners::called(&owners, estate, opened.settings())?,
        services: services(args, estate)?,
        from: args.from,
        to: args.to,
    })
}

/// The paths of the services that are named.
fn services(args: &TimelineArgs, estate: &Estate<'_>) -> Result<BTreeSet<String>, Usage> {
    args.services.iter().map(|name| sheets::service(estate, name)).collect()
}
