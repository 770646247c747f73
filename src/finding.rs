//! A finding, as rules make it and every output shows it.

use crate::model::list_words;
use crate::source::{FileId, Place, Span};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::ops::{Deref, DerefMut, RangeInclusive};
use std::sync::Arc;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something to know.
    Note,
    /// Something to look at.
    Warning,
    /// Something that is wrong.
    Error,
}

impl Severity {
    /// As it is written in every format and in a config.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A place, and what is to be seen there. The text of a related place names the entity in which that stands, unless it
/// is the one that the finding is about: viewers show it far from its line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    /// Where it is.
    pub place: Place,
    /// What is to be seen there, in a few words.
    pub text: Cow<'static, str>,
}

/// How a finding is fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// The value to write at the primary place.
    Replace(String),
    /// The name to write at the primary place, in the quotes there.
    Rename(String),
    /// Pieces of the primary place's file, and what to write there.
    Edits(Vec<(Span, String)>),
    /// The table of an entity belongs elsewhere.
    MoveTable {
        /// The id of the entity.
        id: String,
        /// The name of the table in which it stands.
        from: &'static str,
        /// The name of the one in which it belongs.
        to: &'static str,
    },
    /// The waiver at an index of its file is of no use any more.
    RemoveWaiver {
        /// Its place among the waivers of its file, from 0.
        index: usize,
    },
}

/// So many places are compared with each other as they are named.
const LINEAR_SEARCH_MAX: usize = 32;

/// So many places are kept with their words. Thousands of findings about thousands of services each are a product, of which
/// no one reads more.
const MAX_PLACES: usize = 100;

/// The places beyond those that a finding keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beyond {
    /// How many they are.
    pub count: usize,
    /// The files in which they lie, in runs: what is named in order is in files in order.
    runs: Vec<RangeInclusive<FileId>>,
}

impl Beyond {
    fn add(&mut self, file: FileId) {
        self.count += 1;
        match self.runs.last_mut() {
            Some(run) if run.contains(&file) => {}
            Some(run) if run.end().0.checked_add(1) == Some(file.0) => *run = *run.start()..=file,
            _ => self.runs.push(file..=file),
        }
    }

    /// The files in which they lie, in runs and in order.
    pub fn files(&self) -> impl Iterator<Item = &RangeInclusive<FileId>> {
        self.runs.iter()
    }
}

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
// There may be hundreds of thousands, which are listed, sorted and sorted out: each is moved as one word.
pub struct Finding(Box<Details>);

/// What a finding says. What only few findings have is in a place of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// The name of its rule, which [`crate::rule`] finds.
    pub rule: &'static str,
    /// As it holds here, whatever its rule has it.
    pub severity: Severity,
    /// The entity path that waivers and baselines name.
    pub subject: String,
    /// The owner of the subject, as triage finds out; rules know nothing of it.
    pub owner: Option<Box<str>>,
    /// What does not fit, in a sentence.
    pub message: Box<str>,
    /// The value that decided it.
    pub primary: Label,
    /// The other half of the contradiction, and whatever else led to it.
    pub related: Vec<Label>,
    /// Those of which there are too many.
    pub beyond: Option<Box<Beyond>>,
    /// What to do about it.
    pub help: Cow<'static, str>,
    /// How it is fixed, when there is one right answer.
    pub fix: Option<Box<Fix>>,
    /// What is likely meant, and not certain: it is shown, and never applied.
    pub suggestion: Option<Box<Fix>>,
    /// What decided it, where the text at the primary place does not tell.
    pub fact: Option<Box<str>>,
    /// The day from which it will be found, if it is not found yet.
    pub from: Option<Date>,
    /// Paths of further entities that it is about, where a rule yields to what is said about one of them.
    pub names: Arc<[String]>,
    /// Whether it may yield to those that its rule yields to.
    pub may_yield: bool,
    /// What yielded to it.
    pub precedes: Box<[Yielded]>,
    /// What it rests on: the references of its rule, or those of its case. None: practice.
    pub references: &'static [&'static str],
}

impl From<Details> for Finding {
    fn from(details: Details) -> Self {
        Self(Box::new(details))
    }
}

impl Deref for Finding {
    type Target = Details;
    fn deref(&self) -> &Details {
        &self.0
    }
}

impl DerefMut for Finding {
    fn deref_mut(&mut self) -> &mut Details {
        &mut self.0
    }
}

/// A finding that yielded to another, so that one fact speaks once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Yielded {
    /// Its rule.
    pub rule: &'static str,
    /// What it was about.
    pub subject: String,
    /// How much it would have mattered.
    pub severity: Severity,
}

impl Finding {
    #[must_use]
    pub(crate) fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    #[must_use]
    pub(crate) fn related(mut self, place: Place, text: impl Into<Cow<'static, str>>) -> Self {
        let label = Label {
            place,
            text: text.into(),
        };
        // Among more than a few, repetitions are looked for at the end.
        let few = &self.related[..self.related.len().min(LINEAR_SEARCH_MAX)];
        if label.place == self.primary.place || few.contains(&label) {
            return self;
        }
        if self.related.len() == MAX_PLACES && self.beyond.is_none() {
            self.drop_repetitions();
        }
        if self.related.len() < MAX_PLACES {
            self.related.push(label)
        } else {
            self.beyond.get_or_insert_default().add(label.place.file)
        }
        self
    }

    /// Puts the text together only if the place is kept.
    #[must_use]
    pub(crate) fn related_with(mut self, place: Place, text: impl FnOnce() -> String) -> Self {
        if self.beyond.is_none() || place == self.primary.place {
            return self.related(place, text());
        }
        self.beyond.get_or_insert_default().add(place.file);
        self
    }

    /// As it is kept: each place is named once, however many there are, and nothing takes more room than it needs.
    #[must_use]
    pub(crate) fn finished(mut self) -> Self {
        if self.related.len() > LINEAR_SEARCH_MAX {
            self.drop_repetitions();
        }
        let Details {
            subject,
            primary,
            related,
            help,
            ..
        } = &mut *self;
        // An allocator may leave what shrinks where it is, up to twice as large as it has to be; it does not so with a copy.
        let mut fitted = Vec::with_capacity(related.len());
        fitted.append(related);
        *related = fitted;
        let labels = std::iter::once(primary).chain(related);
        let texts = labels.map(|label| &mut label.text).chain([help]);
        let owned = texts.filter_map(|text| match text {
            Cow::Owned(text) => Some(text),
            Cow::Borrowed(_) => None,
        });
        for text in owned.chain([subject]) {
            if text.capacity() > text.len() {
                *text = text.as_str().to_owned();
            }
        }
        self
    }

    fn drop_repetitions(&mut self) {
        let mut seen = HashSet::with_capacity(self.related.len());
        let firsts: Vec<bool> = self.related.iter().map(|label| seen.insert(label)).collect();
        let mut firsts = firsts.into_iter();
        self.related.retain(|_| firsts.next().unwrap_or(true));
    }

    #[must_use]
    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(Box::new(fix));
        self
    }

    #[must_use]
    pub(crate) fn fact(mut self, fact: impl Into<Box<str>>) -> Self {
        self.fact = Some(fact.into());
        self
    }

    #[must_use]
    pub(crate) fn owned_by(mut self, owner: Option<String>) -> Self {
        self.owner = owner.map(String::into_boxed_str);
        self
    }

    /// Names further entities that it is about.
    #[must_use]
    pub(crate) fn naming(mut self, paths: impl Into<Arc<[String]>>) -> Self {
        self.names = paths.into();
        self
    }

    /// Rests on these alone of its rule's references, where the rule has cases that rest on different ones; on
    /// practice, if on none.
    #[must_use]
    pub(crate) fn citing(mut self, references: &'static [&'static str]) -> Self {
        debug_assert!(
            references.iter().all(|id| self.references.contains(id)),
            "{} cites what the rule does not: {references:?}",
            self.rule
        );
        self.references = references;
        self
    }

    /// A fact of its own, which yields to no other finding.
    #[must_use]
    pub(crate) fn yields_to_none(mut self) -> Self {
        self.may_yield = false;
        self
    }

    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = help.into();
        self
    }
}

impl Finding {
    /// How many places belong to it besides the one that decided it.
    pub fn others(&self) -> usize {
        self.related.len() + self.count_beyond()
    }

    /// How many places belong to it besides those that it keeps.
    pub fn count_beyond(&self) -> usize {
        self.beyond.as_ref().map_or(0, |beyond| beyond.count)
    }

    /// What yielded to it, in words, if anything did.
    pub fn precedence(&self) -> Option<String> {
        let named: Vec<String> = self
            .precedes
            .iter()
            .map(|yielded| {
                let Yielded {
                    rule,
                    subject,
                    severity,
                } = yielded;
                if *subject == self.subject {
                    format!("{rule} ({severity})")
                } else {
                    format!("{rule} of {subject} ({severity})")
                }
            })
            .collect();
        (!named.is_empty()).then(|| format!("takes precedence over {}", list_words(&named, "and")))
    }
}

#[cfg(test)]
mod tests {
    use super::{Details, Finding, LINEAR_SEARCH_MAX, Label, MAX_PLACES, Severity};
    use crate::source::{FileId, Place, Span};

    fn place(at: u32) -> Place {
        Place {
            file: FileId(at / 100),
            span: Span { start: at, end: at + 1 },
        }
    }

    fn finding() -> Finding {
        Details {
            rule: "a-rule",
            severity: Severity::Note,
            subject: String::new(),
            owner: None,
            message: Default::default(),
            primary: Label {
                place: place(0),
                text: Default::default(),
            },
            related: Vec::new(),
            beyond: Default::default(),
            help: Default::default(),
            fix: None,
            suggestion: None,
            fact: None,
            from: None,
            names: Default::default(),
            may_yield: true,
            precedes: Default::default(),
            references: &[],
        }
        .into()
    }

    fn starts(finding: &Finding) -> Vec<u32> {
        finding.related.iter().map(|label| label.place.span.start).collect()
    }

    #[test]
    fn a_place_is_named_once_however_many_there_are() {
        let many = u32::try_from(LINEAR_SEARCH_MAX + 10).unwrap_or_default();
        let places = (0..many).chain(0..many).chain(0..many);
        let finding = places.fold(finding(), |finding, at| finding.related(place(at), "here"));
        let finding = finding.related(place(1), "and here").finished();
        assert_eq!(starts(&finding), (1..many).chain([1]).collect::<Vec<u32>>());
        assert_eq!(finding.others(), starts(&finding).len(), "none is left out");
    }

    #[test]
    fn of_too_many_places_the_first_are_kept_and_the_others_counted() {
        let most = u32::try_from(MAX_PLACES).unwrap_or_default();
        let asked = std::cell::Cell::new(0);
        let text = || {
            asked.set(asked.get() + 1);
            "here".to_owned()
        };
        let places = (0..350).chain([0, 750, 999]);
        let finding = places.fold(finding(), |finding, at| finding.related_with(place(at), text));
        let finding = finding.finished();
        assert_eq!(starts(&finding), (1..=most).collect::<Vec<u32>>());
        assert_eq!(finding.others(), 351);
        assert!(asked.get() < MAX_PLACES + 5, "texts that are never shown are not made");
        let files: Vec<(u32, u32)> = finding
            .beyond
            .iter()
            .flat_map(|beyond| beyond.files())
            .map(|run| (run.start().0, run.end().0))
            .collect();
        assert_eq!(files, [(1, 3), (7, 7), (9, 9)]);
    }
}
