//! Opening an estate: what every command that looks at one has in common.

use super::args::{EstateArgs, parse_date};
use super::failure::{Failure, Usage};
use super::machine::Machine;
use super::narrow::{Narrowed, narrow};
use super::progress::Progress;
use crate::config::Renamed;
use crate::render::Links;
use crate::session::{Linked, Session};
use crate::source::{FileId, Source};
use crate::triage::{Baseline, BaselineError};
use crate::workspace::{self, Root};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

/// Names the day where no option does.
const AS_OF: &str = "SOCLINT_AS_OF";

/// The as-of date that was asked for. An empty variable counts as unset.
pub fn as_of(stated: Option<Date>) -> Result<Date, Usage> {
    if let Some(day) = stated {
        return Ok(day);
    }
    match std::env::var_os(AS_OF).filter(|day| !day.is_empty()) {
        None => Ok(today()),
        Some(day) => {
            let value = day.to_string_lossy().into_owned();
            parse_date(&value).map_err(|why| Usage::NoDay {
                variable: AS_OF,
                value,
                why,
            })
        }
    }
}

/// An estate that was read.
pub struct Opened {
    /// The process ends with it; freeing every declaration first would only take time.
    session: ManuallyDrop<Session>,
    pub working: PathBuf,
    pub as_of: Date,
    /// The manifests that were named, if any path was.
    pub named: Option<BTreeSet<FileId>>,
    /// Which of the named paths match nothing.
    pub warnings: Vec<String>,
    /// To be finished before anything is printed.
    pub progress: Progress,
}

impl Deref for Opened {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.session
    }
}

impl DerefMut for Opened {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.session
    }
}

impl Opened {
    /// The estate on the day that was asked for.
    pub fn linked(&self) -> ManuallyDrop<Linked<'_>> {
        self.progress.now("linking declarations");
        let linked = self.session.link(self.as_of);
        self.progress.now("checking");
        ManuallyDrop::new(linked)
    }
}

/// UTC, so that the same run gives the same answer wherever it takes place.
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// The working folder and the root.
pub fn find_root(root: Option<&Path>, config: Option<&Path>, paths: &[PathBuf]) -> Result<(PathBuf, Root), Failure> {
    let working = std::env::current_dir().map_err(Failure::WorkingFolder)?;
    let root = workspace::find_root(&working, root, config, paths)?;
    Ok((working, root))
}

/// What a command cannot do without.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// Whether it fails without a manifest.
    pub manifests: bool,
    /// Whether it is looked for what the repository shows, whatever the config says.
    pub discovery: bool,
}

/// An estate of one text, which lies nowhere on the disk.
pub fn of_text(args: &EstateArgs, name: &str, text: String) -> Result<Opened, Failure> {
    let as_of = as_of(args.as_of)?;
    let session = Session::of_texts(vec![Source::new(name.to_owned(), text)], Vec::new())?;
    Ok(Opened {
        session: ManuallyDrop::new(session),
        working: std::env::current_dir().map_err(Failure::WorkingFolder)?,
        as_of,
        named: None,
        warnings: Vec::new(),
        progress: Progress::start("checking"),
    })
}

/// Opens an estate, and reads it.
pub fn open(args: &EstateArgs, paths: &[PathBuf]) -> Result<Opened, Failure> {
    let needs = Needs {
        manifests: true,
        discovery: false,
    };
    open_with(args, paths, needs)
}

/// The same, for a command that needs something else.
pub fn open_with(args: &EstateArgs, paths: &[PathBuf], needs: Needs) -> Result<Opened, Failure> {
    let (working, root) = find_root(args.root.as_deref(), args.config.as_deref(), paths)?;
    let as_of = as_of(args.as_of)?;
    let mut session = Session::open(root)?;
    let machine = Machine::prepare();
    let progress = Progress::start("reading manifests");
    if needs.discovery {
        session.always_discover();
    }
    session.read(|work| machine.expect(work))?;
    if needs.manifests && session.sources().present() == 0 && !args.allow_empty {
        return Err(nothing_to_read(&session));
    }
    let narrowed = match paths {
        [] => None,
        paths => Some(match narrow(session.root(), &working, session.sources(), paths) {
            Ok(narrowed) => narrowed,
            Err(why) if args.allow_empty => Narrowed {
                warnings: vec![why.to_string()],
                ..Narrowed::default()
            },
            Err(why) => return Err(why.into()),
        }),
    };
    let mut warnings = renamed_rules(&session);
    let named = narrowed.map(|narrowed| {
        let idle = narrowed.idle.into_iter();
        session.add_idle_patterns(idle.map(|path| ("command line", path)));
        warnings.extend(narrowed.warnings);
        narrowed.files
    });
    Ok(Opened {
        session: ManuallyDrop::new(session),
        working,
        as_of,
        named,
        warnings,
        progress,
    })
}

/// Rules that configs name as they were called before.
fn renamed_rules(session: &Session) -> Vec<String> {
    let renamed = session.settings().renamed();
    let warning = |(file, one): (FileId, &Renamed)| {
        let source = session.sources().get(file);
        let line = source.position(one.span.start).line;
        let (old, now) = (&one.old, one.now);
        format!("{}:{line}: the rule `{old}` is called `{now}` now", source.path)
    };
    renamed.map(warning).collect()
}

fn nothing_to_read(session: &Session) -> Failure {
    let names = if session.settings().include().is_some() {
        "the config's `include`"
    } else {
        "scope.toml or *.scope.toml"
    };
    let absent = session
        .sources()
        .iter()
        .filter_map(|(_, source)| source.absent.as_ref());
    let mut notes: Vec<String> = absent
        .map(|absent| format!("{}; {}", absent.message, absent.help))
        .collect();
    notes.extend(crate::render::passed_over_line(session.passed_over()));
    Failure::NoManifest {
        message: format!(
            "no manifest ({names}) found under {}; nothing was checked. Create one with `soclint init`, choose another root with --root, or allow this with --allow-empty",
            session.root().dir.display()
        ),
        notes,
    }
}

/// Where the job that runs shows the files of the repository, if it runs in one.
pub fn links(root: &Root) -> Option<Links> {
    // Without a repository, the estate's place in it is unknown.
    root.repository.as_ref()?;
    Links::of_job(|name| std::env::var(name).ok())
}

/// An estate's path from the repository's root with a `/` at its end, or nothing.
pub fn prefix(root: &Root) -> String {
    match place(root) {
        place if place.is_empty() => place,
        place => place + "/",
    }
}

/// Where an estate is in its repository: the path from there, empty at its root or without one.
pub fn place(root: &Root) -> String {
    let repository = root.repository.as_deref().unwrap_or(&root.dir);
    workspace::relative(repository, &root.dir).unwrap_or_default()
}

/// Reads a baseline file, which has to be that of the estate.
pub fn read_baseline(root: &Root, path: &Path) -> Result<Baseline, BaselineError> {
    let shown = workspace::shown_from(root, path);
    let bytes = workspace::read_bytes(path).map_err(|why| BaselineError::Unreadable {
        path: shown.clone(),
        why,
    })?;
    parsed_baseline(root, shown, bytes)
}

fn parsed_baseline(root: &Root, shown: String, bytes: Vec<u8>) -> Result<Baseline, BaselineError> {
    let text = String::from_utf8(bytes).map_err(|_| BaselineError::NotUtf8 { path: shown.clone() })?;
    let baseline = Baseline::parse(&text).map_err(|fault| BaselineError::Invalid {
        source: Box::new(Source::new(shown.clone(), text)),
        fault,
    })?;
    // Without a repository, the estate's place in it is unknown.
    let (written_for, here) = (&baseline.estate, place(root));
    if root.repository.is_some() && !written_for.is_empty() && *written_for != here {
        return Err(BaselineError::OtherEstate {
            path: shown,
            written_for: written_for.clone(),
            here,
        });
    }
    Ok(baseline)
}

/// The baseline that was asked for, as long as the config lets it hold.
pub fn baseline(opened: &Opened, file: Option<&Path>) -> Result<Option<Baseline>, Failure> {
    let Some(file) = file else {
        return Ok(None);
    };
    let baseline = read_baseline(opened.root(), &opened.working.join(file))?;
    let bound = opened.settings().baseline_until();
    Ok(Some(baseline.bounded_by(bound.map(|bound| bound.value.0))))
}

/// The baseline of a state of an estate, at a path from its root, as long as its config lets it hold; none where it is not there.
pub fn baseline_in(session: &Session, file: &Path) -> Result<Option<Baseline>, Failure> {
    let root = session.root();
    let path = root.dir.join(file);
    if !root.files.is_there(&path) {
        return Ok(None);
    }
    let shown = file.display().to_string();
    let bytes = root
        .files
        .read(&path, workspace::MAX_MANIFEST)
        .map_err(|why| BaselineError::Unreadable {
            path: shown.clone(),
            why,
        })?;
    let baseline = parsed_baseline(root, shown, bytes)?;
    let bound = session.settings().baseline_until();
    Ok(Some(baseline.bounded_by(bound.map(|bound| bound.value.0))))
}
