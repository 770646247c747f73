//! `soclint init`.

use super::failure::{Failure, Usage};
use super::{CLEAN, ask, output};
use crate::error::Error;
use crate::render::safe;
use crate::session::{Linked, Session};
use crate::source::Sources;
use crate::starter::{Answers, Declared, Facts, Place};
use crate::workspace::{self, FILE_NAMES, Root, RootError};
use crate::{starter, triage};
use clap::Args;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "scope.toml";
/// `soclint config --files` lists all.
const MAX_NAMED: usize = 5;

#[derive(Args, Debug)]
pub struct InitArgs {
    /// The folder to start in: a service's folder in an existing estate gets a manifest of its own, and no config.
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,

    /// Print what would be written, even where the files exist; write nothing.
    #[arg(long)]
    dry_run: bool,

    /// Ask nothing and take every default, as is done where input or output is not a terminal, or CI is set.
    #[arg(long, short)]
    yes: bool,

    /// The estate's root, instead of the one that soclint finds.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// Where to begin, and what the estate holds there.
struct Start {
    session: Session,
    /// The folder that gets a manifest.
    dir: PathBuf,
    /// From the root; empty for the root itself.
    folder: String,
}

/// A file to write, or why it is not written.
struct Step {
    path: PathBuf,
    text: String,
    kept: Option<String>,
}

pub fn run(args: &InitArgs) -> Result<u8, Failure> {
    let working = std::env::current_dir().map_err(Failure::WorkingFolder)?;
    let start = start(args, &working)?;
    let mut facts = look(&start);
    let own = own_manifest(&start, &facts);
    if own.is_some() {
        // What counts so far shall go on counting.
        facts
            .vendored
            .retain(|folder| !has_manifest(start.session.sources(), folder));
    }
    let config = start.session.root().config.as_ref();
    let kept_config = config.map(|config| format!("{} is there already", config.display()));
    if let (Some(own), Some(config), false) = (&own, &kept_config, args.dry_run) {
        return Err(nothing_to_write(&start, args, &working, format!("{own}; {config}")));
    }
    let is_asked =
        own.is_none() && !args.yes && !args.dry_run && facts.services.iter().any(|s| s.declared_in.is_none());
    let answers = if is_asked && ask::is_attended() {
        ask::ask(&facts)?
    } else {
        Answers::default()
    };
    let steps = [
        Step {
            path: start.dir.join(MANIFEST),
            text: starter::manifest(&facts, &answers),
            kept: own,
        },
        Step {
            path: start.session.root().dir.join(FILE_NAMES[0]),
            text: starter::config(&facts),
            kept: kept_config,
        },
    ];
    let mut said = String::new();
    for Step { path, text, kept } in &steps {
        let shown = path.to_string_lossy();
        let shown = safe::line(&shown);
        match (kept, args.dry_run) {
            (Some(why), false) => said.push_str(&format!("kept: {}\n", safe::line(why))),
            (Some(why), true) => {
                said.push_str(&format!(
                    "kept: {}; a first {shown} would be:\n\n{text}\n",
                    safe::line(why)
                ));
            }
            (None, true) => said.push_str(&format!("would write {shown}:\n\n{text}\n")),
            (None, false) => {
                output::write_new(path, text)?;
                said.push_str(&format!("wrote {shown}\n"));
            }
        }
    }
    if config.is_some() && !start.session.settings().discovers() {
        said.push_str("not set: `[discover]`; with it, `soclint check` compares what is declared with what is seen\n");
    }
    said.push_str(&unread(&start.session));
    for path in start.session.passed_over().look_alikes.iter().take(MAX_NAMED) {
        said.push_str(&format!(
            "not read: {}; manifests are named scope.toml or *.scope.toml\n",
            safe::line(path)
        ));
    }
    if !args.dry_run {
        said.push_str(next(&start, steps[0].kept.is_none())?);
    }
    output::print(&said)?;
    Ok(CLEAN)
}

/// Files that may show more identities than they were seen to.
fn unread(session: &Session) -> String {
    let linked = session.link(super::estate::today());
    let unread = linked.estate.unread_sources();
    let paths: BTreeSet<&str> = unread
        .map(|place| session.sources().get(place.file).path.as_str())
        .collect();
    let line = |path: &&str| {
        let path = safe::line(path);
        format!("not read as a whole: {path}; what else it shows is not known\n")
    };
    paths.iter().take(MAX_NAMED).map(line).collect()
}

fn start(args: &InitArgs, working: &Path) -> Result<Start, Failure> {
    let find = |from: &Path, root: Option<&Path>| workspace::find_root(from, root, None, &[]);
    let absolute = |path: &Path| {
        let path = working.join(path);
        match path.canonicalize() {
            Ok(folder) if folder.is_dir() => Ok(folder),
            Ok(_) => Err(RootError::NotAFolder { path }),
            Err(error) => Err(RootError::Unreadable {
                path,
                why: error.into(),
            }),
        }
    };
    let root = args.root.as_deref().map(absolute).transpose()?;
    let dir = args.dir.as_deref().map(absolute).transpose()?;
    let found = find(dir.as_deref().unwrap_or(working), root.as_deref())?;
    let dir = dir.unwrap_or_else(|| found.dir.clone());
    // A root that is named within an estate is a folder of it: a second config would be in the first one's way.
    let around = match &root {
        Some(root) if found.config.is_none() => estate_around(find(root, None)?, root)?,
        _ => None,
    };
    let session = match around {
        Some(around) => around,
        None => read(found)?,
    };
    let root = &session.root().dir;
    let folder = workspace::relative(root, &dir).ok_or_else(|| Usage::OutsideEstate {
        dir: dir.clone(),
        root: root.clone(),
    })?;
    Ok(Start { session, dir, folder })
}

/// The estate that a folder is in, if there is one: it has a config, or manifests elsewhere.
fn estate_around(found: Root, folder: &Path) -> Result<Option<Session>, Error> {
    if found.dir == folder {
        return Ok(None);
    }
    let session = read(found)?;
    let root = session.root();
    let inside = workspace::relative(&root.dir, folder).unwrap_or_default();
    let mut manifests = session.sources().as_slice().iter();
    let is_one = root.config.is_some() || manifests.any(|source| !triage::lies_in(&source.path, &inside));
    Ok(is_one.then_some(session))
}

fn look(start: &Start) -> Facts {
    let repository = start
        .session
        .root()
        .repository
        .as_ref()
        .unwrap_or(&start.session.root().dir);
    let place = Place {
        repository,
        folder: &workspace::relative(repository, &start.dir).unwrap_or_default(),
        dir: &start.dir,
        is_root: start.folder.is_empty(),
    };
    // The root's manifest is only written where there is no other.
    let linked = start.session.link(super::estate::today());
    let declared = if place.is_root {
        Declared::default()
    } else {
        declared(start, &linked)
    };
    linked.first_facts(&place, &declared)
}

/// What a run of `check` would read now, and what the repository shows.
fn read(root: Root) -> Result<Session, Error> {
    let mut session = Session::open(root)?;
    session.always_discover();
    session.read(|_| ())?;
    Ok(session)
}

/// What the rest of the estate declares: it cannot be declared again. And who can be named. No day matters for that.
fn declared(start: &Start, linked: &Linked<'_>) -> Declared {
    let estate = &linked.estate;
    let mut declared = Declared::default();
    for service in estate.services.iter() {
        let path = &start.session.sources().get(service.file).path;
        if estate.path(service) == format!("services.{}", &*service.id) && !is_right_in(path, &start.folder) {
            declared.services.insert((*service.id).to_owned(), path.clone());
        }
    }
    declared
        .owners
        .extend(estate.owners.iter().map(|owner| (*owner.id).to_owned()));
    declared
}

/// An estate with a manifest needs no first one; another that declares the same service would be in its way.
fn own_manifest(start: &Start, facts: &Facts) -> Option<String> {
    let path = start.dir.join(MANIFEST);
    if path.symlink_metadata().is_ok() {
        return Some(format!("{} is there already", path.display()));
    }
    let is_own = |path: &str| match start.folder.as_str() {
        // Those of vendored folders will be left out by the config, unless it is there already.
        "" => {
            let mut vendored = facts.vendored.iter();
            start.session.root().config.is_some() || !vendored.any(|folder| triage::lies_in(path, folder))
        }
        // In a folder of an estate, those below are of other teams.
        folder => is_right_in(path, folder),
    };
    let first = start
        .session
        .sources()
        .as_slice()
        .iter()
        .find(|source| is_own(&source.path))?;
    let path = start.session.root().dir.join(&first.path);
    Some(if start.folder.is_empty() {
        format!("{} is a manifest of this estate already", path.display())
    } else {
        format!("{} is a manifest of this folder already", path.display())
    })
}

fn is_right_in(path: &str, folder: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(above, _)| above == folder)
}

fn has_manifest(sources: &Sources, folder: &str) -> bool {
    sources
        .as_slice()
        .iter()
        .any(|source| triage::lies_in(&source.path, folder))
}

fn nothing_to_write(start: &Start, args: &InitArgs, working: &Path, why: String) -> Failure {
    let mut notes = Vec::new();
    let is_below = working
        .canonicalize()
        .is_ok_and(|working| working != start.session.root().dir);
    if args.dir.is_none() && args.root.is_none() && is_below {
        notes.push("to begin a manifest of this folder, write `soclint init .`".to_owned());
    }
    notes.push("`soclint init --dry-run` prints what this repository shows".to_owned());
    Failure::NothingToWrite { why, notes }
}

fn next(start: &Start, has_written_manifest: bool) -> Result<&'static str, Failure> {
    let path = match start.folder.as_str() {
        "" => MANIFEST.to_owned(),
        folder => format!("{folder}/{MANIFEST}"),
    };
    // The config may have been written just now.
    let root = workspace::find_root(&start.session.root().dir, Some(&start.session.root().dir), None, &[])?;
    let is_read = || {
        let mut session = Session::open(root)?;
        session.read(|_| ())?;
        let mut manifests = session.sources().as_slice().iter();
        Ok::<bool, Error>(manifests.any(|source| source.path == path))
    };
    Ok(if has_written_manifest && !is_read()? {
        "scope.toml is not read, since an ignore file or the config's `include` and `exclude` leave it out\n"
    } else {
        "fill in the facts, then run `soclint check`\n"
    })
}
