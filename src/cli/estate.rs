//! Opening an estate: what every command that looks at one has in common.

use super::machine::Machine;
use super::narrow::{Narrowed, narrow};
use super::progress::Progress;
use crate::config::Settings;
use crate::estate::Estate;
use crate::render::Links;
use crate::session;
use crate::source::{FileId, Sources};
use crate::triage::{Baseline, Reading};
use crate::workspace::{self, Manifests, PassedOver, Repository, Root};
use clap::Args;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
pub struct EstateArgs {
    /// The day on which the estate is judged; if not given that of SOCLINT_AS_OF, else today (UTC).
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    pub as_of: Option<Date>,

    /// The estate's root, instead of the one that is found.
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// The config file, instead of the one that is found; its folder is the root unless --root says otherwise.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Do not fail when there is no manifest to read.
    #[arg(long)]
    pub allow_empty: bool,
}

impl EstateArgs {
    /// The day that was asked for. An environment that has it set to nothing has not set it.
    fn as_of(&self) -> Result<Date, String> {
        if let Some(day) = self.as_of {
            return Ok(day);
        }
        match std::env::var_os(AS_OF).filter(|day| !day.is_empty()) {
            None => Ok(today()),
            Some(day) => {
                let day = day.to_string_lossy();
                parse_date(&day).map_err(|why| format!("{AS_OF} is \"{day}\", which is no day: {why}"))
            }
        }
    }
}

/// Names the day where no option does.
const AS_OF: &str = "SOCLINT_AS_OF";

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

pub fn parse_date(text: &str) -> Result<Date, String> {
    let is_plain = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| {
            if at == 4 || at == 7 {
                b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    let date = text.parse::<Date>().ok().filter(|_| is_plain);
    date.ok_or_else(|| "write an existing day as year-month-day, such as 2026-09-30".to_owned())
}

/// UTC, so that the same run gives the same answer wherever it takes place.
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// The working folder and the root.
pub fn find_root(root: Option<&Path>, config: Option<&Path>, paths: &[PathBuf]) -> Result<(PathBuf, Root), String> {
    let working = std::env::current_dir().map_err(|error| format!("the working folder cannot be read: {error}"))?;
    let root = workspace::find_root(&working, root, config, paths).map_err(|error| error.to_string())?;
    Ok((working, root))
}

/// Reads and links an estate, and gives it to `then`.
pub fn open<T>(
    args: &EstateArgs,
    paths: &[PathBuf],
    then: impl FnOnce(Opened<'_, '_>) -> Result<T, String>,
) -> Result<T, String> {
    let (working, root) = find_root(args.root.as_deref(), args.config.as_deref(), paths)?;
    let as_of = args.as_of()?;
    let configs = session::read_configs(&root).map_err(|error| error.to_string())?;
    let settings = session::parse_configs(&configs).map_err(|error| error.to_string())?;
    let machine = Machine::prepare();
    let progress = Progress::start("reading manifests");
    let manifests = session::read_manifests(&root, &settings, |manifests| machine.expect(manifests));
    let Manifests {
        sources,
        mut passed_over,
    } = manifests.map_err(|error| error.to_string())?;
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
                warnings: vec![why],
                ..Narrowed::default()
            },
            Err(why) => return Err(why),
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

fn nothing_to_read(root: &Root, has_include: bool, sources: &Sources, passed_over: &PassedOver) -> String {
    let names = if has_include {
        "the config's `include`"
    } else {
        "scope.toml or *.scope.toml"
    };
    let mut said = format!(
        "found no manifest ({names}) under {}; nothing was checked. Begin one with `soclint init`, choose another root with --root, or allow it with --allow-empty",
        root.dir.display()
    );
    for absent in sources.iter().filter_map(|(_, source)| source.absent.as_ref()) {
        said.push_str(&format!("\n{}; {}", absent.message, absent.help));
    }
    if let Some(line) = crate::render::passed_over_line(passed_over) {
        said.push_str(&format!("\n{line}"));
    }
    said
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
pub fn read_baseline(root: &Root, path: &Path) -> Result<Baseline, String> {
    let shown = workspace::shown_from(root, path);
    let bytes = workspace::read_bytes(path).map_err(|why| format!("the baseline {shown} cannot be read: {why}"))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("the baseline {shown} is not UTF-8 text"))?;
    let baseline = Baseline::parse(&text).map_err(|(at, message)| {
        let position = crate::source::Source::new(String::new(), text.clone()).position(u32::try_from(at).unwrap_or(0));
        format!(
            "{shown}:{}:{}: this is no baseline: {message}",
            position.line, position.column
        )
    })?;
    // Where there is no repository, nobody knows where in it the estate lies.
    let (written_for, here) = (&baseline.estate, place(root));
    if root.repository.is_some() && !written_for.is_empty() && *written_for != here {
        let here = match here.as_str() {
            "" => "the repository's root".to_owned(),
            here => format!("`{here}`"),
        };
        return Err(format!(
            "the baseline {shown} is that of the estate `{written_for}`, and this estate is {here}: write one for this estate, or correct `estate` in it if the estate has moved"
        ));
    }
    Ok(baseline)
}
