//! The one way through, from a folder to the findings that count: open, read, link, judge and triage.

mod configured;
mod linked;
mod revision;
mod shows;
mod undeclared;

pub use linked::Linked;
pub use revision::Next;

use crate::config::{self, Settings};
use crate::decode::Val;
use crate::discover::Looking;
use crate::error::Error;
use crate::estate::{self, Estate};
use crate::manifest::{Declared, Read};
use crate::model::Text;
use crate::rules;
use crate::source::{FileId, Source, Sources};
use crate::triage::{self, Baseline, Choice, Outcome};
use crate::workspace::{self, Asks, Looked, PassedOver, Patterns, Repository, Root, Work};
use jiff::civil::Date;
use rayon::prelude::*;
use self_cell::self_cell;
use shows::{Listing, Shows};
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
    /// Whether each manifest was read where it is, so that another tree can be read by what differs.
    is_plain: bool,
    shown: Shows,
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
            is_plain: false,
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
        session.shown.texts = Some(Default::default());
        session.take(Sources::new(manifests));
        Ok(session)
    }

    /// Opens the estate whose root is a folder, and reads it.
    pub fn of_folder(folder: &Path) -> Result<Self, Error> {
        let mut session = Self::open(root_at(folder)?)?;
        session.read(|_| ())?;
        Ok(session)
    }

    /// Reads every manifest that the config asks for. `tell` is told how much there is to do, as it becomes known.
    #[doc(hidden)]
    pub fn read(&mut self, tell: impl Fn(Work) + Sync) -> Result<(), Error> {
        let looking = self.looks().then(|| Looking::new(&self.root));
        if looking.is_some() {
            tell(Work::Much);
        }
        let manifests = self.find_manifests(looking.as_ref(), &tell)?;
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

    /// Each manifest with what was read from it.
    pub(crate) fn read_files(&self) -> impl Iterator<Item = (&Source, &Read<'_>)> {
        let declared = self.declared.iter().map(Declared::read);
        self.sources.iter().map(|(_, source)| source).zip(declared)
    }

    /// A manifest by its path, with what was read from it.
    pub(crate) fn read_file(&self, path: &str) -> Option<(&Source, &Read<'_>)> {
        let sources = self.sources.as_slice();
        let at = sources.binary_search_by(|source| source.path.as_str().cmp(path)).ok()?;
        Some((&sources[at], self.declared.get(at)?.read()))
    }

    /// Whether the config lets a file at a path be a manifest, if there were one.
    pub(crate) fn may_be_manifest(&self, path: &Path) -> Result<bool, Error> {
        let (include, exclude) = patterns(self.settings());
        Ok(workspace::names_manifest(self.root.base(), (&include, &exclude), path)?)
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

    /// Links no more of what the files declare than decides on a day what covers which service, and what is claimed for it.
    pub(crate) fn link_coverage(&self, as_of: Date) -> Estate<'_> {
        estate::build_coverage(&self.sources, &self.declared, as_of)
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
        let listing = Listing::default();
        let sought = self.looks().then(|| self.sought(&listing)).transpose()?;
        let asks = Asks {
            include: &include,
            exclude: &exclude,
            tells_all: true,
            sought: sought.as_ref(),
            tell: None,
        };
        let mut looked = workspace::look(&self.root, asks)?.looked;
        drop(sought);
        looked.extend(listing.sources());
        looked.sort_unstable();
        Ok(looked)
    }

    fn find_manifests(
        &self,
        looking: Option<&Looking>,
        tell: &(dyn Fn(Work) + Sync),
    ) -> Result<workspace::Manifests, Error> {
        let settings = self.settings();
        let sought = looking.map(|looking| self.sought(looking)).transpose()?;
        let (include, exclude) = patterns(settings);
        let asks = Asks {
            include: &include,
            exclude: &exclude,
            tells_all: false,
            sought: sought.as_ref(),
            tell: Some(tell),
        };
        let mut manifests = workspace::read_manifests(&self.root, asks)?;
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

/// The estate whose root is a folder.
fn root_at(folder: &Path) -> Result<Root, Error> {
    Ok(workspace::find_root(folder, Some(Path::new(".")), None, &[])?)
}

/// What the configs of a root say, with patterns that count from there.
fn effective(root: &Root, configs: Vec<Source>) -> Result<Effective, Error> {
    let known = rules::known_to_config();
    let effective = Effective::try_new(configs, |configs| {
        config::parse(configs, &known).map(|settings| settings.rooted_at(root))
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
        let patterns = Patterns::new(Some(root.base()), &[text]);
        patterns.is_ok_and(|patterns| !sources.iter().any(|(_, source)| patterns.take(&source.path)))
    };
    let idle = texts.map(|text| text.value.as_str()).filter(is_idle);
    idle.map(|text| ("overrides", text.to_owned())).collect()
}
