//! Opening an estate: what every command that looks at one has in common.

use super::args::{EstateArgs, parse_date};
use super::failure::{Failure, Usage};
use super::machine::Machine;
use super::narrow::{Narrowed, narrow};
use super::progress::Progress;
use crate::config::Settings;
use crate::estate::Estate;
use crate::render::Links;
use crate::session;
use crate::source::{FileId, Source, Sources};
use crate::triage::{Baseline, BaselineError, Reading};
use crate::workspace::{self, Manifests, PassedOver, Repository, Root};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Names the day where no option does.
const AS_OF: &str = "SOCLINT_AS_OF";

/// The day that was asked for. An environment that has it set to nothing has not set it.
fn as_of(args: &EstateArgs) -> Result<Date, Usage> {
    if let Some(day) = args.as_of {
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

/// An estate that was read and linked.
pub struct Opened<'o, 'a> {
    pub root: &'o Root,
    pub working: &'o Path,
    pub sources: &'a Sources,
    pub settings: &'o Settings<'o>,
    pub repository: &'o Repository,
    pub estate: &'o mut Estate<'a>,
    /// The manifests that were named, if any path was.
    pub named: Option<BTreeSet<FileId>>,
    /// What was read, and what was passed over.
    pub reading: Reading,
    /// What of the named paths means nothing here.
    pub warnings: Vec<String>,
    /// To be finished before anything is printed.
    pub progress: Progress,
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

/// Reads and links an estate, and gives it to `then`.
pub fn open<T>(
    args: &EstateArgs,
    paths: &[PathBuf],
    then: impl FnOnce(Opened<'_, '_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let (working, root) = find_root(args.root.as_deref(), args.config.as_deref(), paths)?;
    let as_of = as_of(args)?;
    let configs = session::read_configs(&root)?;
    let settings = session::parse_configs(&configs)?;
    let machine = Machine::prepare();
    let progress = Progress::start("reading manifests");
    let manifests = session::read_manifests(&root, &settings, |manifests| machine.expect(manifests));
    let Manifests {
        sources,
        mut passed_over,
    } = manifests?;
    passed_over
        .configs
        .retain(|path| !configs.iter().any(|config| config.path == *path));
    if sources.present() == 0 && !args.allow_empty {
        return Err(nothing_to_read(
            &root,
            settings.include().is_some(),
            &sources,
            &passed_over,
        ));
    }
    let narrowed = match paths {
        [] => None,
        paths => Some(match narrow(&root, &working, &sources, paths) {
            Ok(narrowed) => narrowed,
            Err(why) if args.allow_empty => Narrowed {
                warnings: vec![why.to_string()],
                ..Narrowed::default()
            },
            Err(why) => return Err(why.into()),
        }),
    };
    let (named, warnings) = match narrowed {
        None => (None, Vec::new()),
        Some(Narrowed { files, warnings, idle }) => {
            let idle = idle.into_iter().map(|path| ("command line", path));
            passed_over.patterns.extend(idle);
            (Some(files), warnings)
        }
    };
    let reading = session::reading(&root, &configs, passed_over);
    let settings = settings.after(sources.len()).from_root(&root.dir);
    let sources = sources.with_configs(&configs);
    progress.now("linking what they declare");
    let mut estate = session::link(&sources, as_of);
    progress.now("looking for what does not fit");
    let result = then(Opened {
        root: &root,
        working: &working,
        sources: &sources,
        settings: &settings,
        repository: &Repository::new(&root).with_declarations(&sources),
        estate: &mut estate,
        named,
        reading,
        warnings,
        progress,
    });
    // The process ends here: handing every declaration back to the allocator one by one would only take time.
    std::mem::forget(estate);
    result
}

fn nothing_to_read(root: &Root, has_include: bool, sources: &Sources, passed_over: &PassedOver) -> Failure {
    let names = if has_include {
        "the config's `include`"
    } else {
        "scope.toml or *.scope.toml"
    };
    let absent = sources.iter().filter_map(|(_, source)| source.absent.as_ref());
    let mut notes: Vec<String> = absent
        .map(|absent| format!("{}; {}", absent.message, absent.help))
        .collect();
    notes.extend(crate::render::passed_over_line(passed_over));
    Failure::NoManifest {
        message: format!(
            "found no manifest ({names}) under {}; nothing was checked. Begin one with `soclint init`, choose another root with --root, or allow it with --allow-empty",
            root.dir.display()
        ),
        notes,
    }
}

/// Where the job that runs shows the files of the repository, if it runs in one.
pub fn links(root: &Root) -> Option<Links> {
    // Without a repository, nobody knows where in it the estate lies.
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

/// Where an estate lies in its repository: the path from there, empty at its root or without one.
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
    let text = String::from_utf8(bytes).map_err(|_| BaselineError::NotUtf8 { path: shown.clone() })?;
    let baseline = Baseline::parse(&text).map_err(|fault| BaselineError::Invalid {
        source: Box::new(Source::new(shown.clone(), text)),
        fault,
    })?;
    // Where there is no repository, nobody knows where in it the estate lies.
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
