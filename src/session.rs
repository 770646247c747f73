//! The one way through, from a folder to the findings that count: open, read, link, judge and triage.

use crate::config::{self, Settings};
use crate::decode::{Text, Val};
use crate::error::Error;
use crate::estate::{self, Estate};
use crate::rules;
use crate::source::{Source, Sources};
use crate::triage::{Choice, Outcome, Reading, View};
use crate::workspace::{self, Asks, Looked, Manifests, PassedOver, Patterns, Repository, Root};
use jiff::civil::Date;
use std::path::Path;

/// An estate's root with the configs that hold there.
pub struct Session {
    pub root: Root,
    configs: Vec<Source>,
}

/// An estate that was checked.
#[derive(Debug)]
pub struct Checked {
    pub sources: Sources,
    pub outcome: Outcome,
    pub as_of: Date,
}

impl Session {
    /// Reads the config of a root and those that it extends.
    pub fn open(root: Root) -> Result<Self, Error> {
        let configs = read_configs(&root)?;
        Ok(Self { root, configs })
    }

    pub fn settings(&self) -> Result<Settings<'_>, Error> {
        parse_configs(&self.configs)
    }

    /// Reads every manifest that the settings ask for. `tell` is told how many there are before they are read.
    pub fn read(&self, settings: &Settings<'_>, tell: impl FnOnce(usize)) -> Result<Sources, Error> {
        read_manifests(&self.root, settings, tell).map(|manifests| manifests.sources)
    }

    /// Links what manifests declare, runs the rules on a day, and decides what counts.
    pub fn judge(&self, manifests: Sources, as_of: Date, choice: &Choice) -> Result<Checked, Error> {
        let settings = self.settings()?.after(manifests.len()).from_root(&self.root.dir);
        let sources = manifests.with_configs(&self.configs);
        let estate = link(&sources, as_of);
        let view = View {
            sources: &sources,
            repository: &Repository::new(&self.root).with_declarations(&sources),
            settings: &settings,
            choice,
            baseline: None,
        };
        let mut outcome = view.outcome(&estate);
        outcome.reading = reading(&self.root, &self.configs, PassedOver::default());
        drop(estate);
        Ok(Checked {
            sources,
            outcome,
            as_of,
        })
    }
}

/// Checks the estate whose root is a folder.
pub fn check(folder: &Path, as_of: Date, choice: &Choice) -> Result<Checked, Error> {
    let root = workspace::find_root(folder, Some(Path::new(".")), None, &[])?;
    let session = Session::open(root)?;
    let Manifests {
        sources,
        mut passed_over,
    } = read_manifests(&session.root, &session.settings()?, |_| ())?;
    let configs = &session.configs;
    passed_over
        .configs
        .retain(|path| !configs.iter().any(|config| config.path == *path));
    let mut checked = session.judge(sources, as_of, choice)?;
    checked.outcome.reading = Reading {
        root: workspace::shown_root(&session.root),
        config: configs.first().map(|config| config.path.clone()),
        passed_over,
    };
    Ok(checked)
}

/// Reads the config of a root and those that it extends, the nearest first.
pub fn read_configs(root: &Root) -> Result<Vec<Source>, Error> {
    Ok(config::read_chain(root)?)
}

/// Checks what the configs say, before anything else is read.
pub fn parse_configs(sources: &[Source]) -> Result<Settings<'_>, Error> {
    Ok(config::parse(sources, &rules::known_to_config())?)
}

/// Reads every manifest that the settings ask for. `tell` is told how many there are before they are read.
pub fn read_manifests(root: &Root, settings: &Settings<'_>, tell: impl FnOnce(usize)) -> Result<Manifests, Error> {
    let (include, exclude) = patterns(settings);
    let asks = Asks {
        include: &include,
        exclude: &exclude,
        tells_all: false,
    };
    let mut manifests = workspace::read_manifests(root, asks, tell)?;
    let idle = &mut manifests.passed_over.patterns;
    // Those that are extended are written for more estates than this.
    if settings
        .exclude()
        .is_some_and(|(_, file, _)| settings.is_extended(file))
    {
        idle.retain(|(kind, _)| *kind != "exclude");
    }
    idle.extend(idle_overrides(root, settings, &manifests.sources));
    Ok(manifests)
}

/// Looks at every file under the root, and says what becomes of each.
pub fn look(root: &Root, settings: &Settings<'_>) -> Result<Vec<Looked>, Error> {
    let (include, exclude) = patterns(settings);
    let asks = Asks {
        include: &include,
        exclude: &exclude,
        tells_all: true,
    };
    Ok(workspace::look(root, asks)?.looked)
}

/// What the settings include and exclude.
fn patterns(settings: &Settings<'_>) -> (Vec<String>, Vec<String>) {
    let texts = |globs: &[Val<Text<'_>>]| globs.iter().map(|glob| glob.value.as_str().to_owned()).collect();
    let include = settings.include().map(|(globs, ..)| texts(globs));
    let exclude = settings.exclude().map(|(globs, ..)| texts(globs));
    (include.unwrap_or_default(), exclude.unwrap_or_default())
}

/// Patterns of overrides that take no manifest.
fn idle_overrides(root: &Root, settings: &Settings<'_>, sources: &Sources) -> Vec<(&'static str, String)> {
    let texts = settings.overrides().flat_map(|(_, one)| one.value.paths.iter());
    let is_idle = |text: &&str| {
        let patterns = Patterns::new(Some(&root.dir), &[text]);
        patterns.is_ok_and(|patterns| !sources.iter().any(|(_, source)| patterns.take(&source.path)))
    };
    let idle = texts.map(|text| text.value.as_str()).filter(is_idle);
    idle.map(|text| ("overrides", text.to_owned())).collect()
}

/// What was read, for the summary.
pub fn reading(root: &Root, configs: &[Source], passed_over: PassedOver) -> Reading {
    Reading {
        root: workspace::shown_root(root),
        config: configs.first().map(|config| config.path.clone()),
        passed_over,
    }
}

/// Reads what the sources declare, and links it.
pub fn link(sources: &Sources, as_of: Date) -> Estate<'_> {
    estate::build(sources, as_of)
}
