//! Things seen, as rules see them.

use super::Whose;
use crate::discover::{Demand, Fact, Power, Seen, Sighting, Thing, Untold, What};
use crate::estate::{Estate, IdentityRef};
use crate::source::Place;

/// A thing that the repository shows.
#[derive(Clone, Copy)]
pub struct SeenRef<'e, 'a> {
    estate: &'e Estate<'a>,
    index: u32,
    thing: &'e Thing,
}

/// One place at which something is seen.
#[derive(Clone, Copy)]
pub struct SightingRef<'e, 'a> {
    pub seen: SeenRef<'e, 'a>,
    index: u32,
    at: &'e Seen,
}

/// Where something is no identity's.
#[derive(Clone, Copy)]
pub struct Nobodys<'e, 'a> {
    pub thing: SeenRef<'e, 'a>,
    /// The place to point at.
    pub first: SightingRef<'e, 'a>,
    /// How it is called: where an identity has the secret of another deployment environment, this one's is meant.
    pub locator: &'e str,
}

/// Whose something is at a place.
pub enum SeenAs<'e, 'a> {
    /// No identity has a locator that means it.
    Nobody,
    /// An identity, and its locator.
    One(IdentityRef<'e, 'a>, Place),
    /// Active identities that mean it equally specifically, each with its locator.
    Several(Vec<(IdentityRef<'e, 'a>, Place)>),
}

impl<'a> Estate<'a> {
    /// Everything that is seen, in the order of the locators.
    pub fn seen_things(&self) -> impl Iterator<Item = SeenRef<'_, 'a>> {
        (0..self.seen.count()).filter_map(|at| self.seen_thing(at))
    }

    pub fn seen_thing(&self, at: usize) -> Option<SeenRef<'_, 'a>> {
        let thing = self.seen.discovered?.things.get(at)?;
        Some(SeenRef {
            estate: self,
            index: u32::try_from(at).ok()?,
            thing,
        })
    }

    /// Uses of secrets whose names cannot be told, each with its place.
    pub fn untold_uses(&self) -> impl Iterator<Item = (Place, &Untold)> {
        let untold = self
            .seen
            .discovered
            .into_iter()
            .flat_map(|discovered| &discovered.untold);
        untold.map(|(file, untold)| (self.seen.place(*file, untold.span), untold))
    }

    /// Parts of files that could not be read, and may show more.
    pub fn unread_sources(&self) -> impl Iterator<Item = Place> + '_ {
        let discovered = self.seen.discovered.into_iter();
        let unread = discovered.flat_map(|discovered| &discovered.unread);
        unread.map(|(file, part)| self.seen.place(*file, part.span))
    }

    /// A place in a file that shows something.
    pub fn place_in_shown(&self, file: usize, span: crate::source::Span) -> Place {
        self.seen.place(file, span)
    }
}

impl<'e, 'a> SeenRef<'e, 'a> {
    pub fn thing(self) -> &'e Thing {
        self.thing
    }

    /// The path by which messages, waivers and baselines name what is not declared.
    pub fn path(self) -> String {
        format!("seen({})", self.thing.locator)
    }

    pub fn sightings(self) -> impl Iterator<Item = SightingRef<'e, 'a>> {
        let sightings = (0_u32..).zip(&self.thing.sightings);
        sightings.map(move |(index, at)| SightingRef { seen: self, index, at })
    }

    /// Where it is no identity's, if anywhere.
    pub fn nobodys(self) -> Option<Nobodys<'e, 'a>> {
        let is_demanded = self.thing.demand != Demand::Shown;
        let is_all = self.sightings().all(SightingRef::is_nobodys);
        // Of a group, what gives it its name, or what else is demanded, is told; of a secret of a deployment environment, the
        // place that is nobody's.
        let is_meant = |sighting: &SightingRef<'e, 'a>| {
            let one = sighting.sighting();
            one.demand != Demand::Shown || one.locator == self.thing.locator || !is_demanded
        };
        let mut nobodys = self.sightings().filter(|sighting| sighting.is_nobodys());
        let first = nobodys
            .find(is_meant)
            .or_else(|| self.sightings().next().filter(|_| is_all))?;
        let narrow = first.of_environment().filter(|_| !is_all);
        Some(Nobodys {
            thing: self,
            first,
            locator: narrow.unwrap_or(&self.thing.locator),
        })
    }

    /// The most that it is granted anywhere.
    pub fn power(self) -> Option<Power> {
        let facts = self.thing.sightings.iter().flat_map(|seen| &seen.sighting.facts);
        let powers = facts.filter_map(|fact| match &fact.what {
            What::Power(power, _) => Some(*power),
            _ => None,
        });
        powers.max()
    }
}

impl<'e, 'a> SightingRef<'e, 'a> {
    pub fn sighting(self) -> &'e Sighting {
        &self.at.sighting
    }

    /// Whether no identity has it here.
    pub fn is_nobodys(self) -> bool {
        matches!(self.owner(), SeenAs::Nobody)
    }

    /// The locator that means it in one deployment environment alone, if it is a secret of one.
    pub fn of_environment(self) -> Option<&'e str> {
        let also = self.at.sighting.also.iter().map(String::as_str);
        also.into_iter()
            .find(|also| also.starts_with("github-secret:") && also.contains('/'))
    }

    /// What is seen here.
    pub fn thing(self) -> &'e Thing {
        self.seen.thing
    }

    /// Where the name stands.
    pub fn place(self) -> Place {
        self.seen.estate.seen.place(self.at.file, self.at.sighting.span)
    }

    /// Where a fact of it stands.
    pub fn place_of(self, fact: &Fact) -> Place {
        self.seen.estate.seen.place(self.at.file, fact.span)
    }

    /// Whose it is here.
    pub fn owner(self) -> SeenAs<'e, 'a> {
        let (estate, seen) = (self.seen.estate, &self.seen.estate.seen);
        let declared = |number: &u32| {
            let declared = &seen.declared[*number as usize];
            (estate.identity(declared.identity), declared.place)
        };
        let whose = seen.judged.get(&estate.as_of).owners.get(self.seen.index as usize);
        match whose.and_then(|whose| whose.get(self.index as usize)) {
            None | Some(Whose::Nobodys) => SeenAs::Nobody,
            Some(Whose::Ones(number)) => {
                let (identity, place) = declared(number);
                SeenAs::One(identity, place)
            }
            Some(Whose::Several(numbers)) => SeenAs::Several(numbers.iter().map(declared).collect()),
        }
    }
}

impl<'e, 'a> IdentityRef<'e, 'a> {
    /// The places at which it is seen, by file and place within each thing.
    pub fn sightings(self) -> impl Iterator<Item = SightingRef<'e, 'a>> {
        let estate = self.estate;
        let by_identity = &estate.seen.judged.get(&estate.as_of).by_identity;
        let found = by_identity.binary_search_by_key(&self.index, |(identity, _)| *identity);
        let places = found.map_or(&[][..], |at| by_identity[at].1.as_slice());
        places.iter().filter_map(move |(thing, place)| {
            let seen = estate.seen_thing(*thing as usize)?;
            let at = seen.thing.sightings.get(*place as usize)?;
            Some(SightingRef {
                seen,
                index: *place,
                at,
            })
        })
    }

    /// What is told of it where it is seen.
    pub fn seen_facts(self) -> impl Iterator<Item = (SightingRef<'e, 'a>, &'e Fact)> {
        self.sightings().flat_map(|sighting| {
            let facts = sighting.sighting().facts.iter();
            facts.map(move |fact| (sighting, fact))
        })
    }
}
