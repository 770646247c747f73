//! Counts instead of findings: by family, by owner and by severity.

use super::columns::columns;
use super::fold::Item;
use super::owners::owners;
use super::tally::{Table, Tally};
use super::{Format, Shown, Style, closing, markdown};
use crate::rules::{self, Group};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes the counts, as Markdown or as text.
pub fn write(out: &mut dyn Write, format: Format, shown: &Shown<'_>, style: Style) -> io::Result<()> {
    match format {
        Format::Markdown => markdown::with(out, shown, |out, items| write!(out, "\n{}", families(items).markdown())),
        _ => text(out, shown, style),
    }
}

fn text(out: &mut dyn Write, shown: &Shown<'_>, style: Style) -> io::Result<()> {
    let items: Vec<Item<'_>> = shown.listed().collect();
    if !items.is_empty() {
        for table in [families(&items), owners(&items, str::to_owned)] {
            writeln!(out, "{}", columns(&table.head, &table.rows))?;
        }
    }
    if !style.quiet {
        closing(out, shown, style)?;
    }
    Ok(())
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
