//! What the words mean that are not plain English, in our own words.

mod assurance;
mod controls;
mod identities;
mod linter;
mod standards;

use super::name;

/// A term, and what it means.
#[derive(Debug)]
pub struct Term {
    /// As it is in a sentence.
    pub name: &'static str,
    /// Other ways in which people write or say it.
    pub also: &'static [&'static str],
    pub means: &'static str,
    /// Where to read on: whatever else can be asked for.
    pub see: &'static [&'static str],
}

/// A chapter of the glossary.
#[derive(Debug)]
pub struct Chapter {
    pub title: &'static str,
    pub terms: &'static [Term],
}

pub const CHAPTERS: &[Chapter] = &[
    Chapter {
        title: "Reports and those who read them",
        terms: assurance::TERMS,
    },
    Chapter {
        title: "Controls and criteria",
        terms: controls::TERMS,
    },
    Chapter {
        title: "Identities and access",
        terms: identities::TERMS,
    },
    Chapter {
        title: "Standards and those who set them",
        terms: standards::TERMS,
    },
    Chapter {
        title: "Words of soclint",
        terms: linter::TERMS,
    },
];

pub fn all() -> impl Iterator<Item = &'static Term> {
    CHAPTERS.iter().flat_map(|chapter| chapter.terms)
}

/// The term that a name means, however it is written.
pub fn find(written: &str) -> Option<&'static Term> {
    all().find(|term| term.names().any(|known| name::is_same(known, written)))
}

impl Term {
    /// Its name, and the other ways to write it.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.also.iter().copied())
    }

    /// The chapter in which it stands.
    pub fn chapter(&'static self) -> Option<&'static Chapter> {
        let is_in = |chapter: &&Chapter| chapter.terms.iter().any(|term| std::ptr::eq(term, self));
        CHAPTERS.iter().find(is_in)
    }
}
