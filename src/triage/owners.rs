//! Whose a finding is: the owner of its subject.

use super::{Declared, Seen, waivers};
use crate::config::Settings;
use crate::estate::Estate;
use crate::finding::Finding;
use std::collections::BTreeSet;

/// The owner of a finding's subject: the entity's, or, where the subject is a file, the one that the file states.
pub fn of_finding(finding: &Finding, seen: Seen<'_, '_>) -> Option<String> {
    let file = finding.primary.place.file;
    let is_file = seen.sources.get(file).path == finding.subject;
    let owner = if is_file {
        seen.estate.owner_of_file(file)
    } else {
        seen.estate.owner_at(&finding.subject)
    };
    seen.estate.owner_called(&owner?)
}

/// The owner of a waiver: its own, else the one that its manifest states.
pub fn of_waiver(waiver: &Declared, estate: &Estate<'_>) -> Option<String> {
    let own = waiver.owner.as_ref().map(|owner| waiver.named(owner));
    estate.owner_called(&own.or_else(|| estate.owner_of_file(waiver.place.file))?)
}

/// What every owner of the estate is called.
pub fn owners(estate: &Estate<'_>, settings: &Settings<'_>) -> BTreeSet<String> {
    let mut names = estate.owners_called();
    let waivers = waivers::declared(estate, settings);
    names.extend(waivers.iter().filter_map(|waiver| of_waiver(waiver, estate)));
    names
}
