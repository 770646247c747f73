//! `soclint page`.

use super::args::{EstateArgs, parse_duration};
use super::destination::Destination;
use super::estate::{self, Opened};
use super::failure::{ArgumentError, Failure};
use super::output::Content;
use super::{CLEAN, FINDINGS, sheets};
use crate::calendar;
use crate::model::Duration;
use crate::render::{self, Links, PageHtml, Shown};
use crate::triage::{Choice, Outcome};
use crate::views::{Contents, Judged, Made};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// How far upcoming findings are looked for, if not said.
const HORIZON: &str = "6mo";

#[derive(Args, Debug)]
pub struct PageArgs {
    /// Where to write, instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Who it is for; customers see products and reports, and nothing of identities, findings, waivers and evidence.
    #[arg(long = "for", value_enum, value_name = "WHO", default_value_t = For::Own)]
    reader: For,

    /// Where the repository's files are shown: an https or http address, or a relative path. The CI job's own pages, if not
    /// given; for customers, nothing.
    #[arg(long, value_name = "ADDRESS", value_parser = parse_links)]
    link_base: Option<Links>,

    /// With --for customer, how a reader asks for a report: a mail address, an address of a page, or words.
    #[arg(long, value_name = "TEXT")]
    contact: Option<String>,

    /// Within which time findings are upcoming: 60d, 8w, 3mo, 1y.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration, default_value = HORIZON)]
    horizon: Duration,

    /// Suppress the findings of a baseline: they are listed as adopted.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    #[command(flatten)]
    estate: EstateArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum For {
    /// The organization itself.
    Own,
    /// Those who rely on its services.
    Customer,
}

fn parse_links(text: &str) -> Result<Links, ArgumentError> {
    Links::below(text).ok_or(ArgumentError::LinkBase)
}

impl PageArgs {
    /// What was asked for, as it would be asked for again, whatever the machine.
    fn command(&self, as_of: Date) -> String {
        let mut words = vec!["soclint page".to_owned()];
        if self.reader == For::Customer {
            words.push("--for customer".to_owned());
        }
        if self.baseline.is_some() {
            words.push("--baseline ..".to_owned());
        }
        words.push(format!("--as-of {as_of}"));
        words.join(" ")
    }
}

pub fn run(args: &PageArgs) -> Result<u8, Failure> {
    let opened = estate::open(&args.estate, &[])?;
    let destination = Destination::of(args.output.as_deref(), true, &opened)?;
    let baseline = estate::baseline(&opened, args.baseline.as_deref())?;
    let mut linked = opened.linked();
    let choice = Choice::default();
    let until = calendar::plus(opened.as_of, args.horizon);
    let (outcome, upcoming) = match args.reader {
        For::Own => {
            opened.progress.now("looking for upcoming findings");
            linked.outcome_and_upcoming(&choice, baseline.as_ref(), until)
        }
        For::Customer => (linked.outcome(&choice, baseline.as_ref()), Vec::new()),
    };
    let judged = Judged::new(&linked.estate, opened.sources(), opened.settings(), &outcome);
    let made = made(args, &opened, &judged)?;
    let asked = Contents {
        outcome: &outcome,
        upcoming: &upcoming,
        until,
        made: &made,
        has_baseline: baseline.is_some(),
        asides: &asides(&opened, &outcome),
        contact: args.contact.as_deref(),
    };
    let page = match args.reader {
        For::Own => judged.page(asked),
        For::Customer => judged.customer_page(asked),
    };
    // A job's own pages would tell customers where things are.
    let of_job = || estate::links(opened.root()).filter(|_| args.reader == For::Own);
    let links = args.link_base.clone().or_else(of_job);
    opened.progress.finish();
    let text = PageHtml {
        page: &page,
        sources: opened.sources(),
        prefix: &estate::prefix(opened.root()),
        links: links.as_ref(),
    };
    destination.write(Content::Text(&text.render()))?;
    let status = if page.incomplete > 0 { FINDINGS } else { CLEAN };
    // The process ends here; freeing every finding first would only take time.
    std::mem::forget((page, outcome));
    Ok(status)
}

fn made(args: &PageArgs, opened: &Opened, judged: &Judged<'_, '_>) -> Result<Made, Failure> {
    let with_seen = args.reader == For::Own && opened.settings().discovers();
    let incomplete = judged.incomplete(with_seen).len();
    sheets::made(opened, with_seen, incomplete, None, &args.command(opened.as_of))
}

/// What a reader has to know beside what is found.
fn asides(opened: &Opened, outcome: &Outcome) -> Vec<String> {
    render::asides(&Shown {
        sources: opened.sources(),
        outcome,
        as_of: opened.as_of,
        prefix: "",
        show_waived: false,
        category: "",
        unread: &[],
        group_by: None,
        links: None,
    })
}
