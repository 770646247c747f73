//! The references that rules and manifests cite: an id, and what it is about in our own words.

use super::catalogue::{self, Catalogue, Reference, Retired};
use super::catalogues;

/// The word in place of an id, if no standard requires it.
pub const PRACTICE: &str = "practice";
/// What that word means.
pub const PRACTICE_TITLE: &str = "What readers and preparers of reports ordinarily expect; no standard requires it";

/// An id in its catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub catalogue: &'static Catalogue,
    pub reference: &'static Reference,
}

impl Entry {
    pub fn is(self, other: Self) -> bool {
        self.is_beside(other) && self.reference.id == other.reference.id
    }

    /// Whether both are of one catalogue.
    pub fn is_beside(self, other: Self) -> bool {
        std::ptr::eq(self.catalogue, other.catalogue)
    }

    /// The series of the id: `CC6` of `CC6.4`.
    pub fn series(self) -> &'static str {
        catalogue::series(self.reference.id)
    }
}

/// Finds a cited id. Case does not matter, and a prefix is optional: `CSF GV.OC-05`,
/// `GV.OC-05`, `pci dss 8.6.3`.
pub fn find(cited: &str) -> Option<&'static Reference> {
    locate(cited).map(|entry| entry.reference)
}

/// Finds a cited id with its catalogue.
pub fn locate(cited: &str) -> Option<Entry> {
    let cited = plain(cited);
    catalogues::ALL.into_iter().find_map(|catalogue| {
        let reference = among(catalogue, &cited, catalogue.references, |reference| reference.id)?;
        Some(Entry { catalogue, reference })
    })
}

/// Finds an id of an earlier edition with its catalogue: `PR.AC-1`, and `PR.AC-01` too.
pub fn locate_retired(cited: &str) -> Option<(&'static Catalogue, &'static Retired)> {
    let cited = plain(cited).to_ascii_uppercase();
    let (catalogue, id) = shaped_like(&cited)?;
    Some((catalogue, catalogue.find_retired(id)?))
}

/// The catalogue that lists every id of the form of `text`, and the id without its prefix.
pub fn shaped_like(text: &str) -> Option<(&'static Catalogue, &str)> {
    catalogues::ALL.into_iter().find_map(|catalogue| {
        let shape = catalogue.shape?;
        let id = catalogue.without_prefix(text).find(|id| shape(id))?;
        Some((catalogue, id))
    })
}

/// The id of a fully listed catalogue that differs from `id` only in dots and dashes: `A.5.17` for `A5.17`.
pub fn differently_written(id: &str) -> Option<Entry> {
    let bare = |id: &str| id.replace(['.', '-'], "");
    let written = bare(id);
    let mut judged = catalogues::ALL
        .into_iter()
        .filter(|catalogue| catalogue.shape.is_some());
    judged.find_map(|catalogue| {
        let mut listed = catalogue.references.iter();
        let reference = listed.find(|reference| bare(reference.id) == written)?;
        Some(Entry { catalogue, reference })
    })
}

/// Every id as it may be cited, including retired ones.
pub fn names() -> impl Iterator<Item = String> {
    catalogues::ALL.into_iter().flat_map(|catalogue| {
        let ids = catalogue.references.iter().map(|reference| reference.id);
        let retired = catalogue.retired().iter().map(|retired| retired.id);
        let cited = |id| {
            [
                Some(catalogue.cite(id)),
                catalogue.prefix_needed.then(|| String::from(id)),
            ]
        };
        ids.chain(retired).flat_map(cited).flatten()
    })
}

fn among<T>(catalogue: &Catalogue, cited: &str, items: &'static [T], id: fn(&T) -> &'static str) -> Option<&'static T> {
    catalogue.without_prefix(cited).find_map(|written| {
        // `NHI7:2025` is as OWASP writes it.
        let edition = catalogue.version.and_then(|version| written.strip_suffix(version));
        let written = edition.and_then(|rest| rest.strip_suffix(':')).unwrap_or(written);
        items.iter().find(|item| id(item).eq_ignore_ascii_case(written))
    })
}

/// With single spaces, and without the word that distinguishes a revised standard from its predecessor.
fn plain(cited: &str) -> String {
    let words = cited.split_whitespace();
    let words: Vec<&str> = words.filter(|word| !word.eq_ignore_ascii_case("(revised)")).collect();
    words.join(" ")
}
