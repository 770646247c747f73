//! What an id that rules cite is about, for a terminal.

use super::page;
use crate::rules::{self, Rule};
use crate::standards::reference::{self, Entry};
use crate::standards::{Catalogue, Retired};
use std::fmt::Write;

/// An id: its catalogue, its subject, and the rules that refer to it.
pub fn terminal(entry: Entry, color: bool, width: usize) -> String {
    let Entry { catalogue, reference } = entry;
    let title = catalogue.cite(reference.id);
    let text = format!("# {title}\n\n{}.\n\n{}", reference.title, rules_about(&[entry]));
    let under = format!("{}, {}", catalogue.title(), catalogue.organization);
    page::set(&text, &under, color, width)
}

/// An id of an earlier edition: its successors, and the rules that refer to those.
pub fn retired_terminal(catalogue: &'static Catalogue, retired: &Retired, color: bool, width: usize) -> String {
    let successors = retired.successors.iter().filter_map(|id| catalogue.find(id));
    let successors: Vec<Entry> = successors.map(|reference| Entry { catalogue, reference }).collect();
    let mut text = format!(
        "# {}\n\nIts successors in {}:\n\n",
        catalogue.cite(retired.id),
        catalogue.title()
    );
    for Entry { reference, .. } in &successors {
        let _ = writeln!(text, "- {}: {}", catalogue.cite(reference.id), reference.title);
    }
    let _ = write!(text, "\n{}", rules_about(&successors));
    let edition = catalogue.edition(catalogue.earlier_version(retired.id));
    let under = format!("retired: {edition}, {}", catalogue.organization);
    page::set(&text, &under, color, width)
}

/// Ids that belong together, and the rules that refer to any of them.
pub fn series_terminal(first: Entry, color: bool, width: usize) -> String {
    let Entry { catalogue, reference } = first;
    let of_it = catalogue.series(reference.id);
    let entries: Vec<Entry> = of_it.map(|reference| Entry { catalogue, reference }).collect();
    let mut text = format!("# {}\n\n", catalogue.cite(first.series()));
    for Entry { reference, .. } in &entries {
        let _ = writeln!(text, "- {}: {}", catalogue.cite(reference.id), reference.title);
    }
    let _ = write!(text, "\n{}", rules_about(&entries));
    let under = format!("a series of {}, {}", catalogue.title(), catalogue.organization);
    page::set(&text, &under, color, width)
}

/// The word that stands where there is no id, and the rules of which that is all.
pub fn practice_terminal(color: bool, width: usize) -> String {
    let text = format!(
        "# {}\n\n{}.\n\n{}",
        reference::PRACTICE,
        reference::PRACTICE_TITLE,
        listed(|rule| rule.resting_on(rule.references) == [reference::PRACTICE])
    );
    page::set(&text, "no standard", color, width)
}

fn rules_about(entries: &[Entry]) -> String {
    listed(|rule| {
        let mut cited = rule.references.iter().filter_map(|id| reference::locate(id));
        cited.any(|cited| entries.iter().any(|entry| entry.is(cited)))
    })
}

fn listed(which: impl Fn(&Rule) -> bool) -> String {
    let mut out = String::from("## Rules that refer to it\n\n");
    let mut none = true;
    for rule in rules::all().filter(|rule| which(rule)) {
        let _ = writeln!(out, "- {} ({}): {}", rule.name, rule.severity, rule.summary);
        none = false;
    }
    if none {
        out.push_str("None in this version.\n");
    }
    out
}
