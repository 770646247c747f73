//! Counts instead of findings: by family, by owner and by severity.

use super::columns::columns;
use super::fold::Item;
use super::owners::owners;
use super::tally::{Table, Tally};
use super::{Format, Shown, Style, closing_lines, markdown, safe, wrap};
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
