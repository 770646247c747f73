//! `soclint adopt`.

mod choose;
pub(super) mod to;

use super::args::EstateArgs;
use super::estate::{self, Needs, Opened};
use super::failure::{Change, Failure, Usage};
use super::{CLEAN, FINDINGS, ask, output};
use crate::estate::Estate;
use crate::fix::{self, FixedFile};
use crate::render::safe;
use crate::rules;
use crate::session::Session;
use crate::source::Sources;
use crate::starter::{self, Addition, Owners, Target};
use clap::Args;
use std::collections::BTreeSet;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct AdoptArgs {
    /// Only what is seen by these locators, whether it has to be declared or not; `*` stands for any characters but `/`.
    locators: Vec<String>,

    /// The manifest to write into, which is made if it is not there; the nearest above the place where each is seen if not
    /// given, else identities.scope.toml in the root.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,

    /// Print what would be written as a patch; write nothing.
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,

    /// Write without asking.
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    estate: EstateArgs,
}

/// `soclint inventory` lists all.
const MAX_NAMED: usize = 5;

pub fn run(args: &AdoptArgs) -> Result<u8, Failure> {
    let needs = Needs {
        manifests: false,
        discovery: true,
    };
    let opened = estate::open_with(&args.estate, &[], needs)?;
    let linked = opened.linked();
    let unread = unread(&linked.estate, opened.sources());
    let drafts = choose::drafts(&linked, &opened, &args.locators)?;
    let to = args
        .to
        .as_ref()
        .map(|to| to::target(&opened, &linked.estate, to, starter::ADOPTED))
        .transpose()?;
    let repository = opened.root().repository.as_ref().unwrap_or(&opened.root().dir);
    let owners = Owners::of(repository, estate::prefix(opened.root()));
    let additions = starter::plan(drafts, to.as_ref(), &owners, &linked.estate, opened.sources());
    let additions = additions.map_err(to::cannot_be_added_to)?;
    to::check_new(&opened, &additions)?;
    opened.progress.finish();
    say_unread(&unread);
    let status = if unread.is_empty() { CLEAN } else { FINDINGS };
    let entries: usize = additions.iter().map(|one| one.added.entries()).sum();
    if entries == 0 {
        let as_far = if unread.is_empty() {
            ""
        } else {
            ", as far as it could be read"
        };
        output::print(&format!(
            "nothing to adopt: all that is seen, and has to be declared, is declared or ignored{as_far}\n"
        ))?;
        return Ok(status);
    }
    if args.dry_run {
        output::print_patch(&patch(&additions, opened.sources()))?;
        return Ok(status);
    }
    if !args.yes {
        if !ask::is_attended() {
            return Err(Usage::AdoptUnattended { entries }.into());
        }
        output::print_patch(&patch(&additions, opened.sources()))?;
        if !ask::confirm("Write this?")? {
            output::print("nothing was written\n")?;
            return Ok(status);
        }
    }
    write(&additions, &opened)?;
    output::print(&said(&additions, &opened))?;
    Ok(status.max(left_out(&additions, &opened)?))
}

pub(super) fn patch(additions: &[Addition], sources: &Sources) -> String {
    let patch = |one: &Addition| {
        let before = match &one.target {
            Target::Manifest(file) => Some(sources.get(*file).text.as_str()),
            Target::New(_) => None,
        };
        fix::patch(&one.path, before, &one.text)
    };
    additions.iter().map(patch).collect()
}

pub(super) fn write(additions: &[Addition], opened: &Opened) -> Result<(), Failure> {
    let changed = additions.iter().filter_map(|one| match &one.target {
        Target::Manifest(file) => Some(FixedFile {
            file: *file,
            text: one.text.clone(),
            findings: one.added.entries(),
        }),
        Target::New(_) => None,
    });
    let changed: Vec<FixedFile> = changed.collect();
    output::write_fixed(&changed, Change::Add, opened.root(), opened.sources())?;
    for one in additions.iter().filter(|one| matches!(one.target, Target::New(_))) {
        output::write_new(&opened.root().dir.join(&one.path), &one.text)?;
    }
    Ok(())
}

fn said(additions: &[Addition], opened: &Opened) -> String {
    let mut said = String::new();
    for one in additions {
        let entries = match one.added.entries() {
            1 => "1 entry".to_owned(),
            entries => format!("{entries} entries"),
        };
        said.push_str(&format!("wrote {entries} to {}\n", safe::line(&one.path)));
    }
    said.push_str(if opened.settings().discovers() {
        "`soclint check` asks for what no file shows: how each is rotated, reviewed, removed and monitored, and who owns it where that is not known\n"
    } else {
        "with `[discover]` in soclint.toml, `soclint check` compares what is declared with what is seen\n"
    });
    said
}

/// A new manifest that an ignore file leaves out is told.
pub(super) fn left_out(additions: &[Addition], opened: &Opened) -> Result<u8, Failure> {
    let new: Vec<&Addition> = additions
        .iter()
        .filter(|one| matches!(one.target, Target::New(_)))
        .collect();
    if new.is_empty() {
        return Ok(CLEAN);
    }
    let mut session = Session::open(opened.root().clone())?;
    session.read(|_| ())?;
    let is_read = |path: &str| session.sources().as_slice().iter().any(|source| source.path == path);
    let mut status = CLEAN;
    for one in new.into_iter().filter(|one| !is_read(&one.path)) {
        output::warn(&format!(
            "{} is not read, since an ignore file leaves it out; `soclint config --files` says which",
            one.path
        ));
        status = FINDINGS;
    }
    Ok(status)
}

/// Files of which something could not be read, each once.
fn unread(estate: &Estate<'_>, sources: &Sources) -> BTreeSet<String> {
    let flaws = estate.flaws.iter();
    let flaws = flaws.filter(|flaw| rules::is_reading_error(flaw.fault.name()));
    let places = flaws.map(|flaw| flaw.place).chain(estate.unread_sources());
    places.map(|place| sources.get(place.file).path.clone()).collect()
}

fn say_unread(unread: &BTreeSet<String>) {
    for path in unread.iter().take(MAX_NAMED) {
        output::warn(&format!(
            "{path} could not be read as a whole: what else it shows or declares is not known"
        ));
    }
    if let Some(more @ 1..) = unread.len().checked_sub(MAX_NAMED) {
        output::warn(&format!(
            "{more} more could not be read as a whole; `soclint inventory` lists them"
        ));
    }
}
