//! The files of a run, by their numbers.

use super::{FileId, Source};
use std::sync::Arc;

/// All files of a run: the manifests, ordered by path, then the configs, the nearest first, and then those that show
/// which identities are used.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    manifests: Vec<Arc<Source>>,
    configs: Vec<Arc<Source>>,
    shown: Vec<Arc<Source>>,
}

impl Sources {
    /// Manifests, put in the order of their paths.
    pub fn new(manifests: Vec<Source>) -> Self {
        // Collected, the list would keep the room in which the sources themselves lay.
        let mut shared = Vec::with_capacity(manifests.len());
        shared.extend(manifests.into_iter().map(Arc::new));
        let mut manifests = shared;
        // Those that were found by a walk are in order.
        if !manifests.is_sorted_by(|a, b| a.path <= b.path) {
            manifests.sort_by(|a, b| a.path.cmp(&b.path));
        }
        Self {
            manifests,
            configs: Vec::new(),
            shown: Vec::new(),
        }
    }

    /// Manifests that other estates have too, in the order of their paths.
    pub(crate) fn of_shared(manifests: Vec<Arc<Source>>) -> Self {
        Self {
            manifests,
            configs: Vec::new(),
            shown: Vec::new(),
        }
    }

    /// Adds the configs, so that labels can point at what decided something there.
    #[must_use]
    pub(crate) fn with_configs(mut self, configs: &[Source]) -> Self {
        let copy = |source: &Source| Arc::new(Source::new(source.path.clone(), source.text.clone()));
        self.configs = configs.iter().map(copy).collect();
        self
    }

    /// Adds the files that show which identities are used, in place of those that it has.
    pub(crate) fn show(&mut self, files: impl IntoIterator<Item = Source>) {
        self.shown = files.into_iter().map(Arc::new).collect();
    }

    /// The number of the first of the files that show which identities are used.
    pub(crate) fn first_shown(&self) -> usize {
        self.manifests.len() + self.configs.len()
    }

    /// The file with a number of this run.
    pub fn get(&self, file: FileId) -> &Source {
        let at = file.0 as usize;
        let Some(config) = at.checked_sub(self.manifests.len()) else {
            return &self.manifests[at];
        };
        match config.checked_sub(self.configs.len()) {
            Some(shown) => &self.shown[shown],
            None => &self.configs[config],
        }
    }

    /// The manifest with a number, to be kept beside what is read from it.
    pub(crate) fn shared(&self, file: FileId) -> Arc<Source> {
        Arc::clone(&self.manifests[file.0 as usize])
    }

    /// Gives a file another text, which can be read.
    pub fn replace(&mut self, file: FileId, text: String) {
        let at = file.0 as usize;
        let source = match at.checked_sub(self.manifests.len()) {
            Some(config) => &mut self.configs[config],
            None => &mut self.manifests[at],
        };
        *source = Arc::new(Source::new(source.path.clone(), text).at(source.file.clone()));
    }

    /// The configs, the nearest first.
    pub fn configs(&self) -> &[Arc<Source>] {
        &self.configs
    }

    /// Whether a file is a config.
    pub fn is_config(&self, file: FileId) -> bool {
        (self.manifests.len()..self.first_shown()).contains(&(file.0 as usize))
    }

    /// Whether a file is one that shows which identities are used.
    pub fn is_shown(&self, file: FileId) -> bool {
        file.0 as usize >= self.first_shown()
    }

    /// How many files there are, configs included.
    pub fn all(&self) -> usize {
        self.first_shown() + self.shown.len()
    }

    /// The manifests, in their order.
    pub fn as_slice(&self) -> &[Arc<Source>] {
        &self.manifests
    }

    /// The manifests.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (FileId, &Source)> {
        self.manifests
            .iter()
            .enumerate()
            .map(|(at, source)| (FileId::at(at), &**source))
    }

    /// The files that show which identities are used.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (FileId, &Source)> {
        let first = self.first_shown();
        let numbered = self.shown.iter().enumerate();
        numbered.map(move |(at, source)| (FileId::at(first + at), &**source))
    }

    /// How many manifests there are.
    pub fn len(&self) -> usize {
        self.manifests.len()
    }

    /// How many manifests there are to read, without what is not checked out.
    pub(crate) fn present(&self) -> usize {
        self.manifests.iter().filter(|source| source.absent.is_none()).count()
    }

    /// Whether there is no manifest.
    pub fn is_empty(&self) -> bool {
        self.manifests.is_empty()
    }
}
