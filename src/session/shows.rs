//! What the repository shows: where it is looked for, and what is kept of it.

use super::{Session, patterns, texts_of};
use crate::discover::{self, Discovered, Looking, Shown};
use crate::error::Error;
use crate::source::Source;
use crate::workspace::{self, Asks, Kinds, Looked, Patterns, Sought, SoughtFolder, Verdict, Visit};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What the repository shows of the identities that are used.
#[derive(Default)]
pub struct Shows {
    /// Texts that stand for the files of a repository; without them its folder is looked into.
    pub(super) texts: Option<BTreeMap<String, String>>,
    /// Texts in place of those of single files.
    pub(super) replaced: BTreeMap<String, String>,
    /// Whether it is looked for, whatever the config says.
    pub(super) always: bool,
    pub(super) discovered: Option<Discovered>,
}

/// Lists the files that would be looked into.
#[derive(Default)]
pub struct Listing(Mutex<Vec<Looked>>);

impl Listing {
    pub fn sources(self) -> Vec<Looked> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Visit for Listing {
    fn visit(&self, folder: SoughtFolder<'_>) -> Option<Arc<str>> {
        let files = folder.files.iter().map(|(name, kinds)| Looked {
            path: folder.path.join(name),
            verdict: Verdict::Source(*kinds),
        });
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(files);
        folder.inherited
    }
}

impl Session {
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

    /// Whether it is looked for what the repository shows.
    pub(super) fn looks(&self) -> bool {
        self.shown.always || self.settings().discovers()
    }

    /// Looks for what the repository shows, apart from its manifests.
    pub(super) fn discover(&mut self) -> Result<(), Error> {
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
                let exclude = Patterns::new(Some(self.root.base()), &exclude)?;
                let texts: BTreeMap<String, String> = texts.filter(|(path, _)| !exclude.take(path)).collect();
                let paths: Vec<String> = texts.keys().cloned().collect();
                let looking = Looking::new(&self.root).with_texts(texts);
                let sought = self.sought(&looking)?;
                discover::look_into_texts(paths, &sought, &self.root.dir);
                drop(sought);
                looking.finish()
            }
            None => {
                let looking = Looking::new(&self.root).with_texts(self.shown.replaced.clone());
                let sought = self.sought(&looking)?;
                let (include, exclude) = patterns(self.settings());
                let asks = Asks {
                    include: &include,
                    exclude: &exclude,
                    tells_all: false,
                    sought: Some(&sought),
                    tell: None,
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
    pub(super) fn sought<'v>(&self, looking: &'v dyn Visit) -> Result<Sought<'v>, Error> {
        let settings = self.settings();
        let kinds: Kinds = settings.discovered_sources().0.into_iter().collect();
        let exclude = texts_of(settings.discover_exclude().map(|list| list.items));
        let test_folders = settings.test_folders().value;
        Ok(Sought::new(self.root.base(), kinds, &exclude, test_folders, looking)?)
    }

    pub(super) fn take_shown(&mut self, shown: Vec<Shown>, reading: discover::Reading) {
        let well_known = self.settings().well_known().value;
        let (discovered, sources) = Discovered::of(shown, reading, well_known);
        self.sources.show(sources);
        self.shown.discovered = Some(discovered);
    }
}
