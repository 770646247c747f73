//! The one way through, from a folder to the findings that count: open, read, link, judge and triage.

use crate::config::{self, Settings};
use crate::decode::Val;
use crate::discover::{self, Demand, Discovered, Looking, Shown};
use crate::error::Error;
use crate::estate::{self, Estate, SeenAs, SeenRef};
use crate::finding::Finding;
use crate::manifest::Declared;
use crate::model::{SourceKind, Text};
use crate::rules;
use crate::source::{FileId, Source, Sources};
use crate::triage::{self, Baseline, Choice, Outcome, Reading, View};
use crate::workspace::{self, Asks, Kinds, Looked, PassedOver, Patterns, Repository, Root, Sought};
use jiff::civil::Date;
use rayon::prelude::*;
use self_cell::self_cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

self_cell!(
    /// The configs of a root, the nearest first, with what they say.
    struct Effective {
        owner: Vec<Source>,

        #[covariant]
        dependent: Settings,
    }
);

/// An estate: its root, the configs that hold there, and its files with what they declare. It borrows nothing, so
/// that any file can take another text at any time.
pub struct Session {
    root: Root,
    effective: Effective,
    sources: Sources,
    /// What was read from each manifest, in the order of the sources.
    declared: Vec<Declared>,
    passed_over: PassedOver,
    shown: Shows,
}

/// What the repository shows of the identities that are used.
#[derive(Default)]
struct Shows {
    /// Texts that stand for the files of a repository; without them its folder is looked into.
    texts: Option<BTreeMap<String, String>>,
    /// Texts in place of those of single files.
    replaced: BTreeMap<String, String>,
    /// Whether it is looked for, whatever the config says.
    always: bool,
    discovered: Option<Discovered>,
}

impl Session {
    /// Reads the config of a root and those that it extends. There are no files until they are read.
    #[doc(hidden)]
    pub fn open(root: Root) -> Result<Self, Error> {
        let configs = config::read_chain(&root)?;
        Self::with_configs(root, configs)
    }

    fn with_configs(root: Root, configs: Vec<Source>) -> Result<Self, Error> {
        let sources = Sources::default().with_configs(&configs);
        let effective = effective(&root, configs)?;
        Ok(Self {
            root,
            effective,
            sources,
            declared: Vec::new(),
            passed_over: PassedOver::default(),
            shown: Shows::default(),
        })
    }

    /// An estate of texts alone: nothing is read from the disk, and what evidence names there is missing.
    pub fn of_texts(manifests: Vec<Source>, configs: Vec<Source>) -> Result<Self, Error> {
        Self::of_texts_at(Root::nowhere(), manifests, configs)
    }

    /// The same, with the evidence of a folder, which is the root that paths count from.
    pub fn of_texts_in(folder: &Path, manifests: Vec<Source>, configs: Vec<Source>) -> Result<Self, Error> {
        Self::of_texts_at(root_at(folder)?, manifests, configs)
    }

    pub(crate) fn of_texts_at(root: Root, manifests: Vec<Source>, configs: Vec<Source>) -> Result<Self, Error> {
        let mut session = Self::with_configs(root, configs)?;
        session.shown.texts = Some(BTreeMap::new());
        session.take(Sources::new(manifests));
        Ok(session)
    }

    /// Takes texts as the files of the repository that may show which identities are used, in place of those that it
    /// has. The config decides whether they are looked into.
    pub fn show(&mut self, files: Vec<Source>) -> Result<(), Error> {
        let texts = files.into_iter().map(|file| (file.path, file.text));
        self.shown.texts = Some(texts.collect());
        self.discover()
    }

    /// Looks for what the repository shows, whatever the config says; to be called before it is read.
    #[doc(hidden)]
    pub fn always_discover(&mut self) {
        self.shown.always = true;
    }

    /// Opens the estate whose root is a folder, and reads it.
    pub fn of_folder(folder: &Path) -> Result<Self, Error> {
        let mut session = Self::open(root_at(folder)?)?;
        session.read(|_| ())?;
        Ok(session)
    }

    /// Reads every manifest that the config asks for. `tell` is told how many there are before they are read.
    #[doc(hidden)]
    pub fn read(&mut self, tell: impl FnOnce(usize)) -> Result<(), Error> {
        let looking = self.looks().then(|| Looking::new(&self.root.dir));
        let manifests = self.find_manifests(looking.as_ref(), tell)?;
        self.passed_over = manifests.passed_over;
        let configs = self.effective.borrow_owner();
        let is_used = |path: &String| configs.iter().any(|config| config.path == *path);
        self.passed_over.configs.retain(|path| !is_used(path));
        self.take(manifests.sources);
        if let Some(looking) = looking {
            let (shown, reading) = looking.finish();
            self.take_shown(shown, reading);
        }
        Ok(())
    }

    /// Whether it is looked for what the repository shows.
    fn looks(&self) -> bool {
        self.shown.always || self.settings().discovers()
    }

    /// Looks for what the repository shows, apart from its manifests.
    fn discover(&mut self) -> Result<(), Error> {
        if !self.looks() {
            self.shown.discovered = None;
            self.sources.show([]);
            return Ok(());
        }
        let (shown, reading) = match &self.shown.texts {
            Some(texts) => {
                let texts = texts.iter().map(|(path, text)| {
                    let text = self.shown.replaced.get(path).unwrap_or(text);
                    (path.clone(), text.clone())
                });
                let excluded = self.settings().exclude();
                let exclude = texts_of(excluded.map(|list| list.items));
                let exclude = Patterns::new(Some(&self.root.dir), &exclude)?;
                let texts: BTreeMap<String, String> = texts.filter(|(path, _)| !exclude.take(path)).collect();
                let paths: Vec<String> = texts.keys().cloned().collect();
                let looking = Looking::new(&self.root.dir).with_texts(texts);
                let sought = self.sought(&looking)?;
                discover::look_into_texts(paths, &sought, &self.root.dir);
                drop(sought);
                looking.finish()
            }
            None => {
                let looking = Looking::new(&self.root.dir).with_texts(self.shown.replaced.clone());
                let sought = self.sought(&looking)?;
                let (include, exclude) = patterns(self.settings());
                let asks = Asks {
                    include: &include,
                    exclude: &exclude,
                    tells_all: false,
                    sought: Some(&sought),
                };
                workspace::look(&self.root, asks)?;
                drop(sought);
                looking.finish()
            }
        };
        self.take_shown(shown, reading);
        Ok(())
    }

    /// Which sources are looked for.
    fn sought<'v>(&self, looking: &'v Looking) -> Result<Sought<'v>, Error> {
        let settings = self.settings();
        let kinds: Kinds = settings.discovered_sources().0.into_iter().collect();
        let exclude = texts_of(settings.discover_exclude().map(|list| list.items));
        let test_folders = settings.test_folders().value;
        Ok(Sought::new(&self.root.dir, kinds, &exclude, test_folders, looking)?)
    }

    fn take_shown(&mut self, shown: Vec<Shown>, reading: discover::Reading) {
        let well_known = self.settings().well_known().value;
        let (discovered, sources) = Discovered::of(shown, reading, well_known);
        self.sources.show(sources);
        self.shown.discovered = Some(discovered);
    }

    /// Takes manifests as its files, in place of those that it has.
    pub(crate) fn take(&mut self, manifests: Sources) {
        let count = manifests.len();
        self.effective.with_dependent_mut(|_, settings| settings.follow(count));
        self.sources = manifests.with_configs(self.effective.borrow_owner());
        self.declared = (0..count)
            .into_par_iter()
            .map(|at| Declared::in_file(self.sources.shared(FileId::at(at))))
            .collect();
    }

    /// Gives a file another text. Of the manifests, only this one is read again; a config that is wrong then changes
    /// nothing. Once a config or a file that shows identities is another, all that the repository shows is looked for
    /// again, and the files behind the configs are numbered anew.
    pub fn replace(&mut self, file: FileId, text: String) -> Result<(), Error> {
        if self.sources.is_shown(file) {
            let path = self.sources.get(file).path.clone();
            self.shown.replaced.insert(path, text);
            return self.discover();
        }
        match (file.0 as usize).checked_sub(self.declared.len()) {
            None => {
                self.sources.replace(file, text);
                self.declared[file.0 as usize] = Declared::in_file(self.sources.shared(file));
            }
            Some(at) => {
                let mut configs = self.effective.borrow_owner().clone();
                configs[at] = Source::new(configs[at].path.clone(), text.clone());
                self.effective = effective(&self.root, configs)?;
                let count = self.declared.len();
                self.effective.with_dependent_mut(|_, settings| settings.follow(count));
                self.sources.replace(file, text);
                return self.discover();
            }
        }
        Ok(())
    }

    pub(crate) fn root(&self) -> &Root {
        &self.root
    }

    /// What the configs say.
    pub(crate) fn settings(&self) -> &Settings<'_> {
        self.effective.borrow_dependent()
    }

    /// The manifests and the configs.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What looked like a part of the estate, and was not read.
    pub(crate) fn passed_over(&self) -> &PassedOver {
        &self.passed_over
    }

    /// Adds patterns that took nothing, each with what it is a pattern of.
    pub(crate) fn add_idle_patterns(&mut self, patterns: impl IntoIterator<Item = (&'static str, String)>) {
        self.passed_over.patterns.extend(patterns);
    }

    /// Links what the files declare, as seen on a day.
    #[doc(hidden)]
    pub fn link(&self, as_of: Date) -> Linked<'_> {
        Linked {
            session: self,
            estate: estate::build(&self.sources, &self.declared, self.shown.discovered.as_ref(), as_of),
            repository: Repository::new(&self.root).with_declarations(&self.sources),
        }
    }

    /// Links what the files declare, runs the rules on a day, and decides what counts.
    pub fn check(&self, as_of: Date, choice: &Choice) -> Checked {
        self.checked(as_of, choice, None)
    }

    /// The same, without what a baseline suppresses, for no longer than the config allows.
    pub fn check_with_baseline(&self, as_of: Date, choice: &Choice, baseline: &Baseline) -> Checked {
        let bound = self.settings().baseline_until();
        let baseline = baseline.clone().bounded_by(bound.map(|bound| bound.value.0));
        self.checked(as_of, choice, Some(&baseline))
    }

    /// A baseline of what was found here, without an end: it suppresses what is shown and what yielded to it, except for what
    /// has to be resolved, such as what could not be read.
    pub fn adopt(&self, checked: &Checked) -> Baseline {
        let findings = triage::adoptable(&checked.outcome, self.settings());
        Baseline::of(&findings, &checked.sources)
    }

    fn checked(&self, as_of: Date, choice: &Choice, baseline: Option<&Baseline>) -> Checked {
        let linked = self.link(as_of);
        let outcome = linked.outcome(choice, baseline);
        Checked {
            unread: linked.unread(&outcome),
            outcome,
            sources: self.sources.clone(),
            as_of,
        }
    }

    /// Looks at every file under the root, and says what becomes of each.
    pub(crate) fn look(&self) -> Result<Vec<Looked>, Error> {
        let (include, exclude) = patterns(self.settings());
        let asks = Asks {
            include: &include,
            exclude: &exclude,
            tells_all: true,
            sought: None,
        };
        Ok(workspace::look(&self.root, asks)?.looked)
    }

    fn find_manifests(
        &self,
        looking: Option<&Looking>,
        tell: impl FnOnce(usize),
    ) -> Result<workspace::Manifests, Error> {
        let settings = self.settings();
        let sought = looking.map(|looking| self.sought(looking)).transpose()?;
        let (include, exclude) = patterns(settings);
        let asks = Asks {
            include: &include,
            exclude: &exclude,
            tells_all: false,
            sought: sought.as_ref(),
        };
        let mut manifests = workspace::read_manifests(&self.root, asks, tell)?;
        let idle = &mut manifests.passed_over.patterns;
        if let Some(sought) = &sought {
            let excluded = texts_of(settings.discover_exclude().map(|list| list.items));
            let unused = sought.idle_excludes().filter_map(|at| excluded.get(at));
            idle.extend(unused.map(|text| ("discover.exclude", text.clone())));
            manifests.passed_over.not_looked_into = sought.excluded();
        }
        // Those that are extended are written for more estates than this.
        if settings
            .exclude()
            .is_some_and(|list| settings.is_extended(list.place.file))
        {
            idle.retain(|(kind, _)| *kind != "exclude");
        }
        idle.extend(idle_overrides(&self.root, settings, &manifests.sources));
        Ok(manifests)
    }
}

/// What a check found, with the files that it is about.
#[derive(Debug)]
pub struct Checked {
    /// The files, in which the places of findings lie.
    pub sources: Sources,
    /// The findings that count, what is set aside, and the sums.
    pub outcome: Outcome,
    /// The day on which it was checked.
    pub as_of: Date,
    /// The files in which something could not be read.
    pub(crate) unread: Vec<FileId>,
}

/// An estate, linked and seen on a day.
pub struct Linked<'s> {
    session: &'s Session,
    pub estate: Estate<'s>,
    /// The files that evidence names, each looked at once.
    pub repository: Repository,
}

impl<'s> Linked<'s> {
    /// What every rule finds.
    pub fn judge(&self) -> Vec<Finding> {
        self.view(&Choice::default(), None).found(&self.estate, |_| true)
    }

    /// What of these findings counts, and how much.
    pub fn triage(&self, findings: Vec<Finding>, choice: &Choice, baseline: Option<&Baseline>) -> Outcome {
        let outcome = self.view(choice, baseline).outcome_of(&self.estate, findings);
        self.told(outcome)
    }

    /// What is found, and what of it counts.
    pub fn outcome(&self, choice: &Choice, baseline: Option<&Baseline>) -> Outcome {
        let outcome = self.view(choice, baseline).outcome(&self.estate);
        self.told(outcome)
    }

    /// What will be found after this day, until the end of `until`.
    pub fn upcoming(&mut self, choice: &Choice, baseline: Option<&Baseline>, until: Date) -> Vec<Finding> {
        let view = View {
            sources: &self.session.sources,
            repository: &self.repository,
            settings: self.session.settings(),
            choice,
            baseline,
        };
        view.upcoming(&mut self.estate, until)
    }

    /// What decides what is shown, whatever the day.
    pub fn view<'v>(&'v self, choice: &'v Choice, baseline: Option<&'v Baseline>) -> View<'v> {
        View {
            sources: &self.session.sources,
            repository: &self.repository,
            settings: self.session.settings(),
            choice,
            baseline,
        }
    }

    /// The files with parse errors, whether these are shown or not.
    pub fn unread(&self, outcome: &Outcome) -> Vec<FileId> {
        let flaws = self.estate.flaws.iter();
        let flaws = flaws.filter(|flaw| rules::is_reading_error(flaw.fault.name()));
        let findings = outcome.findings.iter();
        let findings = findings.filter(|finding| rules::is_reading_error(finding.rule));
        let files: BTreeSet<FileId> = flaws
            .map(|flaw| flaw.place.file)
            .chain(findings.map(|finding| finding.primary.place.file))
            .collect();
        files.into_iter().collect()
    }

    /// What was looked for beside the manifests, if the config asks for that.
    fn discovery(&self) -> Option<triage::Discovery> {
        let settings = self.session.settings();
        let discovered = self
            .session
            .shown
            .discovered
            .as_ref()
            .filter(|_| settings.discovers())?;
        let (things, owned) = (self.estate.seen_things(), |thing: SeenRef<'_, '_>| {
            let mut sightings = thing.sightings();
            sightings.any(|sighting| !matches!(sighting.owner(), SeenAs::Nobody))
        });
        let (mut demanded, mut ignored) = (0, 0);
        for thing in things {
            demanded += usize::from(thing.thing().demand != Demand::Shown);
            ignored += usize::from(!owned(thing) && rules::is_ignored(settings, thing));
        }
        let untold: BTreeSet<FileId> = self.estate.untold_uses().map(|(place, _)| place.file).collect();
        let path = |file: FileId| self.session.sources.get(file).path.clone();
        let (on, _) = settings.discovered_sources();
        let off = SourceKind::ALL.iter().filter(|kind| !on.contains(kind));
        let files: BTreeSet<usize> = discovered
            .things
            .iter()
            .flat_map(|thing| &thing.sightings)
            .map(|seen| seen.file)
            .collect();
        Some(triage::Discovery {
            seen: discovered.things.len(),
            demanded,
            files: files.len(),
            untold: untold.into_iter().map(path).collect(),
            ignored,
            elsewhere: settings.elsewhere().map_or(0, |list| list.items.len()),
            sources_off: off.map(|kind| kind.as_str()).collect(),
        })
    }

    /// With what was read.
    fn told(&self, mut outcome: Outcome) -> Outcome {
        let config = self.session.effective.borrow_owner().first();
        outcome.reading = Reading {
            root: workspace::shown_root(&self.session.root),
            config: config.map(|config| config.path.clone()),
            passed_over: self.session.passed_over.clone(),
            discovery: self.discovery(),
        };
        outcome
    }
}

/// The estate whose root is a folder.
fn root_at(folder: &Path) -> Result<Root, Error> {
    Ok(workspace::find_root(folder, Some(Path::new(".")), None, &[])?)
}

/// What the configs of a root say, with patterns that count from there.
fn effective(root: &Root, configs: Vec<Source>) -> Result<Effective, Error> {
    let known = rules::known_to_config();
    let effective = Effective::try_new(configs, |configs| {
        config::parse(configs, &known).map(|settings| settings.from_root(&root.dir))
    });
    Ok(effective?)
}

/// What the settings include and exclude.
fn patterns(settings: &Settings<'_>) -> (Vec<String>, Vec<String>) {
    let include = settings.include().map(|list| list.items);
    let exclude = settings.exclude().map(|list| list.items);
    (texts_of(include), texts_of(exclude))
}

fn texts_of(items: Option<&[Val<Text<'_>>]>) -> Vec<String> {
    let items = items.unwrap_or_default().iter();
    items.map(|item| item.value.as_str().to_owned()).collect()
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
