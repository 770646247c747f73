//! What is seen and declared by nobody, and what a first manifest says of it.

use super::Linked;
use crate::rules;
use crate::starter::{self, Declared, Draft, Entries, Facts, Owners, Place};
use crate::triage;
use crate::workspace;

impl Linked<'_> {
    /// An entry for each identity that is seen, has to be declared, and is not; as far as it is seen in a file that is asked for.
    pub fn undeclared(&self, is_asked_for: impl Fn(&str) -> bool) -> Vec<Draft> {
        let (settings, sources) = (self.session.settings(), self.session.sources());
        let things = self.estate.seen_things();
        let undeclared = things.filter_map(|thing| rules::undeclared(&self.estate, settings, thing));
        let here = undeclared.filter(|nobodys| {
            let mut own = nobodys.thing.sightings().filter(|sighting| sighting.is_nobodys());
            own.any(|sighting| is_asked_for(&sources.get(sighting.place().file).path))
        });
        let drafts = here.flat_map(|nobodys| starter::drafts(nobodys, settings, sources, None));
        drafts.collect()
    }

    /// All that a first manifest says: of the whole estate, or of a folder.
    pub fn first_facts(&self, place: &Place<'_>, declared: &Declared) -> Facts {
        let root = &self.session.root().dir;
        let mut facts = starter::look(place, declared);
        let folder = workspace::relative(root, place.dir).unwrap_or_default();
        let is_vendored = |path: &str| facts.vendored.iter().any(|folder| triage::lies_in(path, folder));
        let drafts =
            self.undeclared(|path| (folder.is_empty() || triage::lies_in(path, &folder)) && !is_vendored(path));
        let prefix = match workspace::relative(place.repository, root) {
            Some(prefix) if !prefix.is_empty() => prefix + "/",
            _ => String::new(),
        };
        let owners = Owners::of(place.repository, prefix);
        facts.entries = Entries::of(drafts, &facts, &owners, &self.estate, self.session.sources());
        facts
    }
}
