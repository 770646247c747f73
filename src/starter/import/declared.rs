//! A control that is declared, against what rows say of it.

use super::entry::Entry;
use super::keys::Key;
use super::values::one_line;
use crate::decode::{Field, List, Val};
use crate::manifest::{Control, from_root};
use crate::model::Text;
use std::collections::HashSet;

impl Entry {
    /// The keys in which a declared control does not say what this one says; what it says beside is its own.
    pub fn differing(&self, declared: &Control<'_>, around: &Around<'_>) -> Vec<&'static str> {
        let text = |wanted: &Option<String>, stated: &Field<Text<'_>>| {
            wanted
                .as_deref()
                .is_none_or(|wanted| stated.get().is_some_and(|stated| one_line(stated.as_str()) == wanted))
        };
        let owner = match &*declared.owner {
            Field::Absent => self.owner.as_deref().is_none_or(|owner| around.owner == Some(owner)),
            stated => text(&self.owner, stated),
        };
        let all = |wanted: &[String], stated: Option<HashSet<String>>| match stated {
            Some(stated) => wanted.iter().all(|text| stated.contains(text)),
            None => wanted.is_empty(),
        };
        let evidence = |wanted: &[String], stated: Option<HashSet<String>>| {
            let wanted = wanted.iter().map(|text| from_root(around.written_for, text));
            all(&wanted.collect::<Vec<_>>(), stated)
        };
        let place = |text: &Text<'_>| from_root(around.folder, text.as_str());
        let as_it_is = |text: &Text<'_>| text.as_str().trim().to_owned();
        let same = [
            ("title", text(&self.title, &declared.title)),
            ("owner", owner),
            ("area", self.area.is_none_or(|area| declared.area.value() == Some(area))),
            (
                "effective",
                self.effective
                    .is_none_or(|day| declared.effective.value().is_some_and(|stated| stated.0 == day)),
            ),
            (
                "every",
                self.every.is_none_or(|every| declared.every.value() == Some(every)),
            ),
            (
                "criteria",
                all(&self.criteria, stated(&declared.criteria, |text| Some(as_it_is(text)))),
            ),
            ("catalogue", text(&self.catalogue, &declared.catalogue)),
            (
                "design",
                evidence(&self.design, stated(&declared.design, |one| one.at.get().map(place))),
            ),
            (
                "operating",
                evidence(
                    &self.operating,
                    stated(&declared.operating, |one| one.at.get().map(place)),
                ),
            ),
            ("inherited-from", text(&self.inherited_from, &declared.inherited_from)),
            (
                "reports",
                all(
                    &self.reports,
                    stated(&declared.reports, |one| one.report.get().map(as_it_is)),
                ),
            ),
        ];
        same.iter().filter(|(_, same)| !same).map(|(key, _)| *key).collect()
    }
}

/// Whether a declared control states a key.
pub fn states(declared: &Control<'_>, key: Key) -> bool {
    match key {
        Key::Id | Key::Status => true,
        Key::Title | Key::Description => !declared.title.is_absent(),
        Key::Owner => !declared.owner.is_absent(),
        Key::Area => !declared.area.is_absent(),
        Key::Effective => !declared.effective.is_absent(),
        Key::Every => !declared.every.is_absent(),
        Key::Criteria => !declared.criteria.is_surely_empty(),
        Key::Catalogue => !declared.catalogue.is_absent(),
        Key::Design => !declared.design.is_surely_empty(),
        Key::Operating => !declared.operating.is_surely_empty(),
        Key::InheritedFrom => !declared.inherited_from.is_absent(),
        Key::Reports => !declared.reports.is_surely_empty(),
    }
}

/// What holds where a control is declared.
pub struct Around<'c> {
    /// The owner of whatever states none.
    pub owner: Option<&'c str>,
    /// The folder of its manifest.
    pub folder: &'c str,
    /// That of the manifest for which the other's places are written.
    pub written_for: &'c str,
}

/// What a list states, by its texts; `None` if nothing.
fn stated<T>(list: &List<T>, text: impl Fn(&T) -> Option<String>) -> Option<HashSet<String>> {
    let texts: HashSet<String> = list.iter().filter_map(|Val { value, .. }| text(value)).collect();
    (!texts.is_empty()).then_some(texts)
}
