//! What holds for a run: of each key, what the nearest config says.

use super::{Config, FailOn, Level, Override, Policy, Renamed, RuleSetting, WaiverPolicy};
use crate::decode::{List, Val};
use crate::manifest::Waiver;
use crate::manifest::as_read::{self, Keys};
use crate::model::{Date, Duration, IdentityKind, Text};
use crate::source::{FileId, Place, Sources, Span};
use crate::workspace::{Base, Files, Root};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// One config of a chain.
#[derive(Debug)]
pub struct Layer<'c> {
    pub config: Config<'c>,
}

/// The configs of a run, the nearest first.
#[derive(Debug, Default)]
pub struct Settings<'c> {
    layers: Vec<Layer<'c>>,
    /// The file of the nearest; the others follow it.
    first: u32,
    /// What path patterns count from.
    root: Option<(PathBuf, Files)>,
}

/// A list that a config states, and where.
#[derive(Clone, Copy)]
pub struct StatedList<'s, 'c> {
    pub items: &'s [Val<Text<'c>>],
    pub place: Place,
}

impl StatedList<'_, '_> {
    /// The place of one of its items.
    pub fn place_of(&self, item: usize) -> Option<Place> {
        let file = self.place.file;
        self.items.get(item).map(|item| Place { file, span: item.span })
    }

    /// The place of the item that reads so.
    pub fn find(&self, text: &str) -> Option<Place> {
        let item = self.items.iter().position(|item| item.value.as_str() == text)?;
        self.place_of(item)
    }
}

/// A value and where it is stated; nowhere, if it is the effective value without a config.
#[derive(Debug, Clone, Copy)]
pub struct Set<T> {
    pub value: T,
    pub place: Option<Place>,
}

impl<'c> Settings<'c> {
    pub(super) fn layers(&self) -> &[Layer<'c>] {
        &self.layers
    }

    pub fn new(layers: Vec<Layer<'c>>) -> Self {
        Self {
            layers,
            ..Self::default()
        }
    }

    /// Says where path patterns count from.
    #[must_use]
    pub fn rooted_at(mut self, root: &Root) -> Self {
        self.root = Some((root.dir.clone(), root.files.clone()));
        self
    }

    pub fn root(&self) -> Option<Base<'_>> {
        let (dir, files) = self.root.as_ref()?;
        Some(Base { dir, files })
    }

    /// Whether a config is one that the nearest extends.
    pub fn is_extended(&self, file: FileId) -> bool {
        file.0 > self.first
    }

    /// Says which file the nearest config is, so that places in configs can be named.
    #[must_use]
    pub fn after(mut self, manifests: usize) -> Self {
        self.follow(manifests);
        self
    }

    /// Says how many files come before the nearest config.
    pub fn follow(&mut self, manifests: usize) {
        self.first = u32::try_from(manifests).unwrap_or(u32::MAX);
    }

    pub(super) fn files(&self) -> impl DoubleEndedIterator<Item = (FileId, &Config<'c>)> + ExactSizeIterator {
        let first = self.first;
        let numbered = self.layers.iter().enumerate();
        numbered.map(move |(at, layer)| {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            (FileId(first.saturating_add(at)), &layer.config)
        })
    }

    /// The nearest value of a key.
    pub(super) fn nearest<T: Copy>(&self, key: impl Fn(&Config<'c>) -> Option<(T, Span)>) -> Option<Set<T>> {
        self.files().find_map(|(file, config)| {
            let (value, span) = key(config)?;
            Some(Set {
                value,
                place: Some(Place { file, span }),
            })
        })
    }

    /// The nearest list of a key that is stated.
    pub(super) fn list<'s>(
        &'s self,
        key: impl Fn(&'s Config<'c>) -> Option<&'s List<Text<'c>>>,
    ) -> Option<StatedList<'s, 'c>> {
        self.files().find_map(|(file, config)| {
            let list = key(config).filter(|list| list.stated)?;
            Some(StatedList {
                items: &list.items,
                place: Place { file, span: list.span },
            })
        })
    }

    /// What each config states, the nearest first.
    pub fn stated_keys(&self, sources: &Sources) -> Vec<Keys> {
        let files = self.files();
        files
            .map(|(file, config)| as_read::stated(config, sources.get(file)))
            .collect()
    }

    /// The rules whose severity a config states without a table of its own: `rule = "off"`.
    pub fn short_rules(&self, sources: &Sources) -> BTreeSet<String> {
        let rules = self.files().flat_map(|(file, config)| {
            let source = sources.get(file);
            config.rules.iter().filter_map(move |entry| {
                let severity = entry.body.severity.known()?.span;
                let between = source.text.get(entry.span.end as usize..severity.start as usize)?;
                (!between.contains("severity")).then(|| entry.id.as_str().to_owned())
            })
        });
        rules.collect()
    }

    /// Rules that a config names as they were called before.
    pub fn renamed(&self) -> impl Iterator<Item = (FileId, &Renamed)> {
        self.files()
            .flat_map(|(file, config)| config.renamed.iter().map(move |one| (file, one)))
    }

    pub fn include(&self) -> Option<StatedList<'_, 'c>> {
        self.list(|config| Some(&config.include))
    }

    pub fn exclude(&self) -> Option<StatedList<'_, 'c>> {
        self.list(|config| Some(&config.exclude))
    }

    pub fn fail_on(&self) -> Set<FailOn> {
        let stated = self.nearest(|config| config.fail_on.known().map(|val| (val.value, val.span)));
        stated.unwrap_or(Set {
            value: FailOn::Error,
            place: None,
        })
    }

    /// The only sanctioned secret stores, when they are listed.
    pub fn secret_stores(&self) -> Option<StatedList<'_, 'c>> {
        self.list(|config| config.policy.get().map(|policy: &Policy<'c>| &policy.secret_stores))
    }

    /// Keys that must be stated.
    pub fn required(&self) -> Option<StatedList<'_, 'c>> {
        self.list(|config| config.policy.get().map(|policy| &policy.require))
    }

    fn setting<T: Copy>(&self, rule: &str, key: impl Fn(&RuleSetting) -> Option<(T, Span)>) -> Option<Set<T>> {
        self.nearest(|config| {
            let entry = config.rules.iter().find(|entry| entry.id.as_str() == rule)?;
            key(&entry.body)
        })
    }

    /// The severity that `[rules]` gives a rule.
    pub fn level(&self, rule: &str) -> Option<Set<Level>> {
        self.setting(rule, |setting| {
            setting.severity.known().map(|val| (val.value, val.span))
        })
    }

    /// The option `longest` of a rule.
    pub fn longest(&self, rule: &str) -> Option<Set<Duration>> {
        self.setting(rule, |setting| {
            let longest = setting.longest.get()?.0.default.known()?;
            Some((longest.value, longest.span))
        })
    }

    /// The option `longest` of a rule for a kind of identity. A nearer `default` does not hide a kind's own.
    pub fn longest_for(&self, rule: &str, kind: IdentityKind) -> Option<Set<Duration>> {
        self.setting(rule, |setting| setting.longest.get()?.0.own(kind))
            .or_else(|| self.longest(rule))
    }

    /// Every time that the option `longest` of a rule is set to, of whichever kind.
    pub fn longest_times(&self, rule: &str) -> Vec<Duration> {
        let kinds = IdentityKind::ALL
            .iter()
            .filter_map(|kind| self.longest_for(rule, *kind));
        let all = kinds.chain(self.longest(rule));
        all.map(|set| set.value).collect()
    }

    /// The option `tolerate` of a rule, in days.
    pub fn tolerate(&self, rule: &str) -> Option<Set<u32>> {
        self.setting(rule, |setting| {
            setting.tolerate.known().map(|val| (val.value.0, val.span))
        })
    }

    /// The option `season` of a rule.
    pub fn season(&self, rule: &str) -> Option<Set<Duration>> {
        self.setting(rule, |setting| setting.season.known().map(|val| (val.value, val.span)))
    }

    /// The option `from` of a rule.
    pub fn from(&self, rule: &str) -> Option<Set<Duration>> {
        self.setting(rule, |setting| setting.from.known().map(|val| (val.value, val.span)))
    }

    fn waiver_policy<T: Copy>(&self, key: impl Fn(&WaiverPolicy<'c>) -> Option<(T, Span)>) -> Option<Set<T>> {
        self.nearest(|config| key(config.waiver_policy.get()?))
    }

    /// How far ahead a waiver may expire.
    pub fn longest_term(&self) -> Set<Duration> {
        let stated = self.waiver_policy(|policy| policy.longest_term.known().map(|val| (val.value, val.span)));
        stated.unwrap_or(Set {
            value: Duration::months(12),
            place: None,
        })
    }

    /// Whether a waiver may take in everything, or a whole table.
    pub fn allow_broad(&self) -> Set<bool> {
        let stated = self.waiver_policy(|policy| policy.allow_broad.known().map(|val| (val.value, val.span)));
        stated.unwrap_or(Set {
            value: false,
            place: None,
        })
    }

    /// The last day on which a baseline may hold findings back, if there is one.
    pub fn baseline_until(&self) -> Option<Set<Date>> {
        self.waiver_policy(|policy| policy.baseline_until.known().map(|val| (val.value, val.span)))
    }

    /// Whether privileges and exclusions hold only with an end.
    pub fn exemptions_end(&self) -> Set<bool> {
        let stated = self.waiver_policy(|policy| policy.exemptions_end.known().map(|val| (val.value, val.span)));
        stated.unwrap_or(Set {
            value: false,
            place: None,
        })
    }

    /// Rules that may not be waived.
    pub fn not_waivable(&self) -> Option<StatedList<'_, 'c>> {
        self.list(|config| config.waiver_policy.get().map(|policy| &policy.not_waivable))
    }

    /// The only owners that may approve a waiver, when they are listed.
    pub fn approvers(&self) -> Option<StatedList<'_, 'c>> {
        self.list(|config| config.waiver_policy.get().map(|policy| &policy.approvers))
    }

    /// The waivers of every config: in which file, which of them it is if that is certain, and what it says.
    pub fn waivers(&self) -> impl Iterator<Item = (FileId, Option<usize>, &Val<Waiver<'c>>)> {
        self.files().flat_map(|(file, config)| {
            let waivers = config.waivers.iter().enumerate();
            waivers.map(move |(index, waiver)| (file, Some(index).filter(|_| !config.waivers.damaged), waiver))
        })
    }

    /// The overrides in the order in which they apply: those of the nearest config last.
    pub fn overrides(&self) -> impl Iterator<Item = (FileId, &Val<Override<'c>>)> {
        self.files()
            .rev()
            .flat_map(|(file, config)| config.overrides.iter().map(move |one| (file, one)))
    }
}
