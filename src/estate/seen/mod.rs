//! What the repository shows, beside what is declared: which identity each thing seen is.

mod matching;
mod view;

pub use view::{Nobodys, SeenAs, SeenRef, SightingRef};

use super::Estate;
use crate::discover::{Discovered, Locator};
use crate::model::{IdVec, IdentityId};
use crate::source::{Place, Sources};
use crate::today::Held;
use jiff::civil::Date;
use matching::{Candidate, Candidates, DeclaredLocator};
use std::collections::HashSet;

/// Things seen, and whose they are.
#[derive(Default)]
pub struct SeenThings<'a> {
    discovered: Option<&'a Discovered>,
    /// The number of the first file that shows something.
    first_file: usize,
    declared: Vec<DeclaredLocator>,
    candidates: Vec<Candidates>,
    judged: Held<Judged>,
    /// The identities of which a locator means something that is seen.
    meant: HashSet<IdentityId>,
    /// The words of the manifests, in lower case, where an identity may have locators that could not be read.
    words: Option<HashSet<String>>,
}

/// Whose the things seen are, on a day.
#[derive(Default)]
pub struct Judged {
    /// For each thing, for each of its sightings.
    owners: Vec<Vec<Whose>>,
    /// The identities that are seen, in their order, and where.
    by_identity: Vec<Places>,
}

/// An identity, and where it is seen: which things, and which of their sightings.
type Places = (IdentityId, Vec<(u32, u32)>);

/// Whose something is, at one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Whose {
    #[default]
    Nobodys,
    /// By which of the declared locators.
    Ones(u32),
    /// Several active identities mean it equally specifically.
    Several(Vec<u32>),
}

impl<'a> SeenThings<'a> {
    /// Matches what is seen to what is declared.
    pub fn of(estate: &Estate<'_>, discovered: &'a Discovered, sources: &Sources) -> Self {
        let declared = matching::declared(estate);
        let candidates = matching::candidates(&discovered.things, &declared);
        let each = candidates
            .iter()
            .flat_map(|one| one.anywhere.iter().chain(one.here.iter().flatten()));
        let meant = each
            .map(|candidate| declared[candidate.declared as usize].identity)
            .collect();
        Self {
            discovered: Some(discovered),
            first_file: sources.first_shown(),
            candidates,
            meant,
            declared,
            words: matching::may_have_more(estate).then(|| words(sources)),
            ..Self::default()
        }
    }

    pub(super) fn own(&mut self, judged: Held<Judged>) {
        self.judged = judged;
    }

    /// Until when whose each thing is holds.
    pub(super) fn judged_until(&self) -> Date {
        self.judged.until
    }

    pub fn discovered(&self) -> Option<&'a Discovered> {
        self.discovered
    }

    /// Whether something is seen that a locator of an identity means, whoever's it is.
    pub fn may_be_seen(&self, identity: IdentityId) -> bool {
        self.meant.contains(&identity)
    }

    /// Whether a manifest has a word that an identity may have among the locators that could not be read.
    pub fn may_be_said(&self, word: &str) -> bool {
        let words = self.words.as_ref();
        words.is_some_and(|words| words.contains(&word.to_ascii_lowercase()))
    }

    /// How many things are seen.
    pub fn count(&self) -> usize {
        self.discovered.map_or(0, |discovered| discovered.things.len())
    }
}

/// Every word of the manifests, in lower case.
fn words(sources: &Sources) -> HashSet<String> {
    let is_of_none = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'));
    let texts = sources.iter().map(|(_, source)| source.text.as_str());
    let words = texts.flat_map(|text| text.split(is_of_none));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect()
}

/// Decides whose each thing is, on the estate's day.
pub fn judge(estate: &Estate<'_>) -> Judged {
    let seen = &estate.seen;
    let Some(discovered) = seen.discovered else {
        return Judged::default();
    };
    let mut by_identity: IdVec<IdentityId, Vec<(u32, u32)>> =
        estate.identities().map(|_| Vec::new()).collect::<Vec<_>>().into();
    let mut owners = Vec::with_capacity(discovered.things.len());
    for ((at, thing), candidates) in (0_u32..).zip(&discovered.things).zip(&seen.candidates) {
        let mut of_thing = Vec::with_capacity(thing.sightings.len());
        for (place, sighting) in (0_u32..).zip(&thing.sightings) {
            let here = candidates.here.get(place as usize).map_or(&[][..], Vec::as_slice);
            let own = |candidate: &Candidate| {
                let name = thing.locators.get(candidate.name as usize);
                name.is_some_and(|name| is_own(sighting, name))
            };
            let whose = seen.whose(estate, &candidates.anywhere, here, own);
            if let Whose::Ones(declared) = whose {
                let identity = seen.declared[declared as usize].identity;
                by_identity[identity].push((at, place));
            }
            of_thing.push(whose);
        }
        owners.push(of_thing);
    }
    let by_identity = estate.identities().map(|identity| {
        let places = std::mem::take(&mut by_identity[identity.index]);
        (identity.index, places)
    });
    let by_identity = by_identity.filter(|(_, places)| !places.is_empty()).collect();
    Judged { owners, by_identity }
}

/// Whether a name is one of what is seen at a place, and not only of another member of its group.
fn is_own(seen: &crate::discover::Seen, name: &Locator) -> bool {
    let sighting = &seen.sighting;
    let names = std::iter::once(&sighting.locator).chain(&sighting.also);
    names.filter_map(|own| Locator::read(own)).any(|own| own == *name)
}

impl SeenThings<'_> {
    /// Whose something is at a place: the most specific locator wins, and of equally specific ones that of an active
    /// identity.
    fn whose(
        &self,
        estate: &Estate<'_>,
        anywhere: &[Candidate],
        here: &[Candidate],
        is_own: impl Fn(&Candidate) -> bool,
    ) -> Whose {
        let Some(best) = anywhere.iter().chain(here).map(|candidate| candidate.specificity).max() else {
            return Whose::Nobodys;
        };
        let declared = |candidate: &Candidate| &self.declared[candidate.declared as usize];
        let is_active = |candidate: &Candidate| estate.identity(declared(candidate).identity).is_active();
        let is_best = |candidate: &&Candidate| candidate.specificity == best;
        let from_here = here.iter().filter(is_best).map(|candidate| (candidate, true));
        let from_anywhere = anywhere
            .iter()
            .filter(is_best)
            .map(|candidate| (candidate, is_own(candidate)));
        let mut best: Vec<(&Candidate, bool)> = from_here.chain(from_anywhere).collect();
        // One is meant whether or not it is active.
        if best.len() > 1 && best.iter().any(|(candidate, _)| is_active(candidate)) {
            best.retain(|(candidate, _)| is_active(candidate));
        }
        // Of several members of one group, each by a name of its own, the one whose name this is.
        if best.iter().any(|(_, own)| *own) {
            best.retain(|(_, own)| *own);
        }
        let mut numbers: Vec<u32> = best.iter().map(|(candidate, _)| candidate.declared).collect();
        numbers.sort_unstable();
        numbers.dedup_by_key(|number| self.declared[*number as usize].identity);
        match numbers.as_slice() {
            [] => Whose::Nobodys,
            [one] => Whose::Ones(*one),
            [first, ..] => {
                let all_by_one_name = best.iter().any(|(one, _)| {
                    best.iter()
                        .any(|(other, _)| one.name == other.name && declared(one).identity != declared(other).identity)
                });
                let is_active = best.first().is_some_and(|(candidate, _)| is_active(candidate));
                if all_by_one_name && is_active {
                    Whose::Several(numbers)
                } else {
                    Whose::Ones(*first)
                }
            }
        }
    }

    fn place(&self, file: usize, span: crate::source::Span) -> Place {
        Place {
            file: crate::source::FileId::at(self.first_file + file),
            span,
        }
    }
}
