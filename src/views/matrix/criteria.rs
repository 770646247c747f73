//! The criteria that a report is about, and which of its controls serve them.

use crate::estate::{ControlRef, ReportRef};
use crate::manifest::NotRelevant;
use crate::model::{Category, Text};
use crate::standards::criteria::{criterion, may_be, of_categories};
use crate::standards::{Family, reference};
use std::collections::{BTreeMap, BTreeSet};

/// A criterion of a report.
pub struct Criterion {
    /// As it is cited, or as it is written.
    pub id: String,
    /// Whether it is a trust services criterion, or a series of them.
    is_known: bool,
}

/// Where the criteria of a report come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It lists them.
    Listed,
    /// It lists none; they are those of its categories.
    Categories,
    /// It states neither; they are those that its controls state.
    Controls,
    /// It is about objectives alone.
    None,
}

impl Criterion {
    fn of(text: &str) -> Self {
        match criterion(text) {
            Some(id) => Self { id, is_known: true },
            None => Self {
                id: text.trim().to_owned(),
                is_known: false,
            },
        }
    }

    /// What it is about, in our own words.
    pub fn title(&self) -> Option<&'static str> {
        reference::find(&self.id).map(|reference| reference.title)
    }

    /// Whether a control that states a text as its criterion serves it; `is_foreign` if that is of a catalogue it names.
    fn is_served_by(&self, text: &str, is_foreign: bool) -> bool {
        // Criteria of another catalogue are not trust services criteria.
        !(self.is_known && is_foreign) && self.is_written(text)
    }

    pub fn is_written(&self, text: &str) -> bool {
        match self.is_known {
            true => may_be(text, &self.id),
            false => text.trim().eq_ignore_ascii_case(&self.id),
        }
    }

    /// Whether the description declares it not relevant, and why.
    pub fn is_left_out_by(&self, left_out: &NotRelevant<'_>) -> bool {
        let is_named = match self.is_known {
            true => left_out.names(&self.id),
            false => left_out.id.get().is_some_and(|id| self.is_written(id)),
        };
        is_named && left_out.excuses()
    }
}

/// The criteria of a report, each once, and where they come from.
pub fn of_report(report: ReportRef<'_, '_>, controls: &[ControlRef<'_, '_>]) -> (Vec<Criterion>, Source) {
    let body = &report.entity().body;
    let is_listed = !body.criteria.is_surely_empty();
    let is_of_criteria = report.is_of(Family::TrustServices) || body.objectives.is_empty();
    let categories: Vec<Category> = body.categories.iter().map(|category| category.value).collect();
    let (mut texts, source): (Vec<&str>, Source) = if is_listed {
        (
            body.criteria.iter().map(|id| id.value.as_str()).collect(),
            Source::Listed,
        )
    } else if report.is_of(Family::Icfr) || !is_of_criteria {
        (Vec::new(), Source::None)
    } else if report.is_of(Family::TrustServices) && !categories.is_empty() {
        let ids = of_categories(&categories).map(|reference| reference.id);
        (ids.collect(), Source::Categories)
    } else {
        let stated = controls
            .iter()
            .flat_map(|control| control.entity().body.criteria.iter());
        let mut stated: Vec<&str> = stated.map(|id| id.value.as_str()).collect();
        stated.sort_unstable();
        (stated, Source::Controls)
    };
    if source != Source::None {
        let left_out = body.not_relevant.iter();
        texts.extend(
            left_out
                .filter_map(|left_out| left_out.value.id.get())
                .map(Text::as_str),
        );
    }
    let mut seen = BTreeSet::new();
    let criteria = texts.into_iter().map(Criterion::of);
    let criteria = criteria.filter(|criterion| !criterion.id.is_empty() && seen.insert(criterion.id.to_lowercase()));
    (criteria.collect(), source)
}

/// The controls of a report by what they state as their criteria, each text once.
pub struct Stated<'v, 'a>(BTreeMap<(&'v str, bool), Vec<ControlRef<'v, 'a>>>);

impl<'v, 'a> Stated<'v, 'a> {
    pub fn of(controls: &[ControlRef<'v, 'a>]) -> Self {
        let mut stated: BTreeMap<(&str, bool), Vec<ControlRef<'_, '_>>> = BTreeMap::new();
        for control in controls {
            let is_foreign = control.has_catalogue();
            for id in control.entity().body.criteria.iter() {
                stated
                    .entry((id.value.as_str(), is_foreign))
                    .or_default()
                    .push(*control);
            }
        }
        Self(stated)
    }

    /// The controls that are declared to serve a criterion, in their order.
    pub fn serving(&self, criterion: &Criterion) -> BTreeSet<ControlRef<'v, 'a>> {
        let stated = self.0.iter();
        let serving = stated.filter(|((text, is_foreign), _)| criterion.is_served_by(text, *is_foreign));
        serving.flat_map(|(_, controls)| controls).copied().collect()
    }
}
