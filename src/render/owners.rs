//! How much each owner has.

use super::fold::Item;
use super::markdown_text::code;
use super::tally::{Table, Tally};
use crate::finding::Finding;
use std::collections::BTreeMap;

/// Tallies by owner; findings without an owner come last.
#[derive(Default)]
struct ByOwner<'r>(BTreeMap<(bool, Option<&'r str>), Tally>);

impl<'r> ByOwner<'r> {
    fn of(&mut self, finding: &'r Finding) -> &mut Tally {
        let owner = finding.owner.as_deref();
        self.0.entry((owner.is_none(), owner)).or_default()
    }

    fn table(self, name: impl Fn(&str) -> String) -> Table {
        let named = self.0.into_iter();
        let named = named.map(|((_, owner), tally)| (owner.map_or_else(|| "no owner".to_owned(), &name), tally));
        Table::new("owner", &named.collect::<Vec<_>>())
    }
}

pub fn owners(items: &[Item<'_>], name: impl Fn(&str) -> String) -> Table {
    let mut by_owner = ByOwner::default();
    items.iter().for_each(|item| by_owner.of(item.0).add(item));
    by_owner.table(name)
}

/// How much each owner has, as Markdown.
pub fn in_markdown(items: &[Item<'_>]) -> String {
    owners(items, code).markdown()
}

/// The same of what is upcoming, by the severity that it will have.
pub fn of_upcoming(findings: &[Finding]) -> String {
    let mut by_owner = ByOwner::default();
    findings
        .iter()
        .for_each(|finding| by_owner.of(finding).add_severity(finding));
    by_owner.table(code).markdown()
}
