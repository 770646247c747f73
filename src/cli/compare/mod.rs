//! `soclint compare`.

mod period;

use super::args::parse_date;
use super::destination::Destination;
use super::estate;
use super::failure::{Failure, Usage};
use super::machine::Machine;
use super::output::Content;
use super::progress::Progress;
use super::{CLEAN, FINDINGS};
use crate::finding::Severity;
use crate::render;
use crate::session::{Linked, Session};
use crate::triage::{Choice, Outcome};
use crate::views::{self, Compared, Ran};
use crate::workspace::History;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
pub struct CompareArgs {
    /// The state before: a revision of this repository, or a folder that is an estate's root. With --from, the revision
    /// whose history is followed; HEAD, if not given.
    #[arg(required_unless_present = "from")]
    base: Option<String>,

    /// The state after; the working tree, if not given.
    #[arg(conflicts_with = "from")]
    head: Option<String>,

    /// Instead of two states, list the declared changes of a period, commit by commit along the first parents: its first
    /// day (committer's date, UTC).
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date, conflicts_with_all = ["as_of", "fail_on_new", "baseline"])]
    from: Option<Date>,

    /// The last day of the period; today (UTC), if not given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date, requires = "from")]
    to: Option<Date>,

    /// The date as of which both states are judged; SOCLINT_AS_OF if not given, else today (UTC).
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    as_of: Option<Date>,

    /// Also tell changes of texts: titles, descriptions, contacts, tickets and the wording of reasons.
    #[arg(long)]
    all: bool,

    /// Output format; that of the ending of --output, or a table, if not given.
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Where to write, instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Fail when a finding of this severity or above is new, more severe, or no longer reported because of the config.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on_new: Option<Level>,

    /// Suppress the findings of a baseline: that of each state at this path from its root.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// The estate's root, instead of the one that soclint finds.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Markdown,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    Note,
    Warning,
    Error,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Note => Self::Note,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
        }
    }
}

impl CompareArgs {
    pub fn is_json(&self) -> bool {
        self.format() == Format::Json
    }

    fn format(&self) -> Format {
        let ending = || self.output.as_deref()?.extension()?.to_str();
        self.format.unwrap_or_else(|| match ending() {
            Some("json") => Format::Json,
            Some("md") => Format::Markdown,
            _ => Format::Table,
        })
    }
}

/// A state that was read. The process ends with it; freeing every declaration first would only take time.
struct State {
    name: String,
    session: ManuallyDrop<Session>,
}

/// What is judged of a state.
struct Judged<'s> {
    linked: ManuallyDrop<Linked<'s>>,
    outcome: Outcome,
}

impl State {
    fn judged(&self, as_of: Date, baseline: Option<&Path>) -> Result<Judged<'_>, Failure> {
        judged(&self.session, as_of, baseline)
    }
}

impl<'s> Judged<'s> {
    fn of<'j>(&'j self, session: &'j Session) -> Ran<'j>
    where
        's: 'j,
    {
        Ran {
            session,
            linked: &self.linked,
            outcome: &self.outcome,
        }
    }
}

fn judged<'s>(session: &'s Session, as_of: Date, baseline: Option<&Path>) -> Result<Judged<'s>, Failure> {
    let baseline = match baseline {
        Some(file) => estate::baseline_in(session, file)?,
        None => None,
    };
    let linked = session.link(as_of);
    let outcome = linked.outcome(&Choice::default(), baseline.as_ref());
    Ok(Judged {
        linked: ManuallyDrop::new(linked),
        outcome,
    })
}

pub fn run(args: &CompareArgs) -> Result<u8, Failure> {
    if let Some(from) = args.from {
        return period::run(args, from);
    }
    let working = std::env::current_dir().map_err(Failure::WorkingFolder)?;
    let as_of = estate::as_of(args.as_of)?;
    Machine::prepare();
    let progress = Progress::start("reading the base");
    let base = named(args, &working, args.base.as_deref().unwrap_or_default())?;
    progress.now("reading the head");
    let head = match &args.head {
        Some(name) => named(args, &working, name)?,
        None => working_tree(args)?,
    };
    if base.session.sources().present() + head.session.sources().present() == 0 {
        return Err(Usage::NothingToCompare.into());
    }
    let output = args.output.as_deref();
    let destination = Destination::beside(output, true, &working, &[&base.session, &head.session])?;
    progress.now("checking");
    let baseline = args.baseline.as_deref();
    let (was, is) = (base.judged(as_of, baseline)?, head.judged(as_of, baseline)?);
    let under_base = if head.session.is_configured_as(&base.session) {
        None
    } else {
        Some(head.session.configured_as(&base.session)?)
    };
    let under = under_base
        .as_ref()
        .map(|session| judged(session, as_of, baseline))
        .transpose()?;
    let comparison = views::compare(
        Compared {
            name: &base.name,
            ran: was.of(&base.session),
        },
        Compared {
            name: &head.name,
            ran: is.of(&head.session),
        },
        under_base
            .as_ref()
            .zip(under.as_ref())
            .map(|(session, judged)| judged.of(session)),
        args.all,
    );
    progress.finish();
    let text = match args.format() {
        Format::Table => render::comparison_table(&comparison),
        Format::Markdown => render::comparison_markdown(&comparison),
        Format::Json => render::comparison_json(&comparison),
    };
    destination.write(Content::Text(&text))?;
    let fails = args.fail_on_new.is_some_and(|level| comparison.fails_on(level.into()));
    Ok(if fails { FINDINGS } else { CLEAN })
}

/// The state that was named: a revision of the repository that the estate is in, or a folder.
fn named(args: &CompareArgs, working: &Path, name: &str) -> Result<State, Failure> {
    let folder = working.join(name);
    let is_path = name.starts_with(['.', '/']) || name.ends_with('/') || Path::new(name).is_absolute();
    let of_folder = || -> Result<State, Failure> {
        Ok(State {
            name: name.to_owned(),
            session: ManuallyDrop::new(Session::of_folder(&folder)?),
        })
    };
    if is_path && folder.is_dir() {
        return of_folder();
    }
    let (_, root) = estate::find_root(args.root.as_deref(), None, &[])?;
    let resolved = History::of(&root).and_then(|history| Ok((history.resolve(name)?, history)));
    match (resolved, folder.is_dir()) {
        (Ok(_), true) => Err(Usage::RevisionAndFolder { name: name.to_owned() }.into()),
        (Ok((revision, history)), false) => Ok(State {
            name: name.to_owned(),
            session: ManuallyDrop::new(Session::at(&history, &revision)?),
        }),
        (Err(_), true) => of_folder(),
        (Err(why), false) => Err(Usage::NoState {
            name: name.to_owned(),
            why,
        }
        .into()),
    }
}

fn working_tree(args: &CompareArgs) -> Result<State, Failure> {
    let (_, root) = estate::find_root(args.root.as_deref(), None, &[])?;
    if History::of(&root).is_ok_and(|history| history.is_bare()) {
        return Err(Usage::NoWorkingTree.into());
    }
    let mut session = Session::open(root)?;
    session.read(|_| ())?;
    Ok(State {
        name: views::WORKING_TREE.to_owned(),
        session: ManuallyDrop::new(session),
    })
}
