//! Findings in groups, for people: by owner, by rule or by file.

use super::fold::Item;
use super::tally::Tally;
use super::{Shown, path_in_repository};
use crate::rules;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What findings are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// The owner of the subject; findings without an owner come last.
    Owner,
    /// The rule; rules with a more severe finding are first.
    Rule,
    /// The file.
    File,
}

/// What the findings of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// What has none is last.
    Owner(Option<String>),
    Rule(&'static str),
    File(String),
}

pub struct Group<'r> {
    pub heading: Heading,
    pub items: Vec<Item<'r>>,
}

/// The groups, each with its findings in the order in which they came.
pub fn groups<'r>(shown: &Shown<'r>, by: GroupBy, items: impl IntoIterator<Item = Item<'r>>) -> Vec<Group<'r>> {
    let order: BTreeMap<&str, usize> = rules::all().map(|rule| rule.name).zip(0..).collect();
    let mut groups: BTreeMap<(bool, Option<usize>, Heading), Vec<Item<'r>>> = BTreeMap::new();
    for item in items {
        let finding = item.0;
        let key = match by {
            GroupBy::Owner => (
                finding.owner.is_none(),
                None,
                Heading::Owner(finding.owner.as_deref().map(str::to_owned)),
            ),
            GroupBy::Rule => (false, order.get(finding.rule).copied(), Heading::Rule(finding.rule)),
            GroupBy::File => {
                let source = shown.sources.get(finding.primary.place.file);
                (false, None, Heading::File(path_in_repository(shown, source)))
            }
        };
        groups.entry(key).or_default().push(item);
    }
    let groups = groups
        .into_iter()
        .map(|((.., heading), items)| Group { heading, items });
    let mut groups: Vec<Group<'r>> = groups.collect();
    if by == GroupBy::Rule {
        groups.sort_by_key(|group| group.items.iter().map(weight).min());
    }
    groups
}

/// The most severe first, and what is waived last.
pub fn weight((finding, waiver): &Item<'_>) -> impl Ord + use<> {
    (waiver.is_some(), Reverse(finding.severity))
}

impl Group<'_> {
    /// "team-x: 3 errors, 1 warning and 0 notes".
    pub fn title(&self) -> String {
        let name = match &self.heading {
            Heading::Owner(Some(owner)) => owner,
            Heading::Owner(None) => "no owner",
            Heading::Rule(rule) => rule,
            Heading::File(path) => path,
        };
        format!("{name}: {}", Tally::of(&self.items))
    }
}
