//! The owners that were named.

use crate::config::Settings;
use crate::decode::nearest;
use crate::estate::Estate;
use crate::finding::list_words;
use crate::model::NamespaceId;
use crate::triage;
use clap::Args;
use std::collections::BTreeSet;

/// So many are listed where none is near.
const MAX_LISTED: usize = 10;

#[derive(Args, Debug, Default)]
pub struct OwnerArgs {
    /// Report only what this owner owns; may be given more than once. What could not be read is reported all the same.
    #[arg(long = "owner", value_name = "OWNER", value_delimiter = ',')]
    pub owners: Vec<String>,
}

impl OwnerArgs {
    /// What the named owners are called in findings; an error, if one is no owner of the estate.
    pub fn called(&self, estate: &Estate<'_>, settings: &Settings<'_>) -> Result<BTreeSet<String>, String> {
        if self.owners.is_empty() {
            return Ok(BTreeSet::new());
        }
        let known = triage::owners(estate, settings);
        let called = self.owners.iter().map(|written| {
            let called = estate.owner_called(&(NamespaceId::UNNAMED, written.clone()));
            // One that may be declared in a place that could not be read is taken at its word; that place is reported.
            let is_owner = |called: &String| known.contains(called) || estate.may_hide(called);
            called.filter(is_owner).ok_or_else(|| unknown(written, &known))
        });
        called.collect()
    }
}

/// Says that there is no such owner, and who may be meant.
fn unknown(written: &str, known: &BTreeSet<String>) -> String {
    let names = || known.iter().map(String::as_str);
    let id = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    // Somebody who left out a namespace may have meant a name in any of them.
    let elsewhere = || names().find(|name| id(name) == id(written));
    let said = format!("there is no owner `{written}`");
    match elsewhere().or_else(|| nearest(written, names())) {
        Some(near) => format!("{said}; did you mean `{near}`?"),
        None if known.is_empty() => format!("{said}: the estate names no owner at all"),
        None => {
            let mut listed: Vec<String> = names().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
            if known.len() > MAX_LISTED {
                listed.push(format!("{} more", known.len() - MAX_LISTED));
            }
            format!("{said}; the estate has {}", list_words(&listed, "and"))
        }
    }
}
