//! Counts instead of findings: by family, by owner and by severity.

use super::columns::columns;
use super::fold::Item;
use super::markdown::code;
use super::tally::{Table, Tally};
use super::{Format, Shown, Style, closing_lines, markdown, safe, wrap};
use crate::finding::Finding;
use crate::rules::{self, Group};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The counts, as Markdown or as text.
pub fn render(format: Format, shown: &Shown<'_>, style: Style) -> String {
    match format {
        Format::Markdown => markdown::with(shown, |out, items| {
            let _ = write!(out, "\n{}", families(items).markdown());
        }),
        _ => text(shown, style),
    }
}

fn text(shown: &Shown<'_>, style: Style) -> String {
    let items: Vec<Item<'_>> = shown.listed().collect();
    let mut out = String::new();
    if !items.is_empty() {
        for table in [families(&items), owners(&items, str::to_owned)] {
            let _ = writeln!(out, "{}", columns(&table.head, &table.rows));
        }
    }
    if !style.quiet {
        for text in closing_lines(shown) {
            for line in wrap(&safe::line(&text), style.width) {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    out
}

fn families(items: &[Item<'_>]) -> Table {
    let mut tallies: BTreeMap<Option<Group>, Tally> = BTreeMap::new();
    for item in items {
        let family = rules::find(item.0.rule).map(|rule| rule.group);
        tallies.entry(family).or_default().add(item);
    }
    let named = tallies.into_iter();
    let named = named.map(|(family, tally)| (family.map_or("", Group::title).to_owned(), tally));
    Table::new("family", &named.collect::<Vec<_>>())
}

/// Tallies by owner. What nobody owns is last.
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

fn owners(items: &[Item<'_>], name: impl Fn(&str) -> String) -> Table {
    let mut by_owner = ByOwner::default();
    items.iter().for_each(|item| by_owner.of(item.0).add(item));
    by_owner.table(name)
}

/// How much each owner has, as Markdown.
pub fn owners_in_markdown(items: &[Item<'_>]) -> String {
    owners(items, code).markdown()
}

/// The same of what is upcoming, by the severity that it will have.
pub fn owners_of_upcoming(findings: &[Finding]) -> String {
    let mut by_owner = ByOwner::default();
    findings
        .iter()
        .for_each(|finding| by_owner.of(finding).add_severity(finding));
    by_owner.table(code).markdown()
}
