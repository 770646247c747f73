//! The owners that were named.

use super::args::OwnerArgs;
use super::failure::Usage;
use crate::config::Settings;
use crate::estate::Estate;
use crate::model::{NamespaceId, nearest};
use crate::triage;
use std::collections::BTreeSet;

/// The named owners as findings name them; an error if the estate has no such owner.
pub fn called(args: &OwnerArgs, estate: &Estate<'_>, settings: &Settings<'_>) -> Result<BTreeSet<String>, Usage> {
    if args.owners.is_empty() {
        return Ok(BTreeSet::new());
    }
    let known = triage::owners(estate, settings);
    let called = args.owners.iter().map(|written| {
        let called = estate.owner_called(&(NamespaceId::UNNAMED, written.clone()));
        // An owner that may be declared in an unreadable place is accepted; that place is reported.
        let is_owner = |called: &String| known.contains(called) || estate.may_hide(called);
        called.filter(is_owner).ok_or_else(|| unknown(written, &known))
    });
    called.collect()
}

/// There is no such owner, and who may be meant.
fn unknown(written: &str, known: &BTreeSet<String>) -> Usage {
    let names = || known.iter().map(String::as_str);
    let id = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    // A name without a namespace may be meant in any of them.
    let elsewhere = || names().find(|name| id(name) == id(written));
    Usage::UnknownOwner {
        name: written.to_owned(),
        near: elsewhere().or_else(|| nearest(written, names())).map(str::to_owned),
        known: known.iter().cloned().collect(),
    }
}
