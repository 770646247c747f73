//! What the standards are called and how they relate, in our own words.

mod catalogue;
mod catalogues;
pub mod editions;
mod framework;
pub mod itgc;
pub mod national;
pub mod reference;
pub mod regions;
mod series;

pub use catalogue::{Catalogue, Retired};
pub use catalogues::ALL as CATALOGUES;
pub use framework::Family;
pub use reference::Reference;
pub use series::Series;

#[cfg(test)]
mod tests {
    use super::CATALOGUES;
    use super::reference::{find, locate, names, shaped_like};
    use std::collections::BTreeSet;

    #[test]
    fn every_id_is_found_as_it_is_cited_and_in_one_catalogue_only() {
        let mut seen = BTreeSet::new();
        for catalogue in CATALOGUES {
            for reference in catalogue.references {
                assert!(
                    seen.insert(reference.id.to_lowercase()),
                    "{} is in two catalogues",
                    reference.id
                );
                for cited in [
                    reference.id.to_owned(),
                    catalogue.cite(reference.id),
                    reference.id.to_lowercase(),
                ] {
                    let found = locate(&cited).filter(|entry| std::ptr::eq(entry.catalogue, catalogue));
                    assert_eq!(found.map(|entry| entry.reference), Some(reference), "{cited}");
                }
                assert!((10..=100).contains(&reference.title.len()), "{}", reference.title);
                assert!(!reference.title.ends_with('.'), "{}", reference.title);
            }
        }
        assert!(find("CC6.9").is_none() && find("").is_none() && find("CSF").is_none());
        assert!(names().all(|name| locate(&name).is_some() || super::reference::locate_retired(&name).is_some()));
    }

    #[test]
    fn every_id_has_the_shape_of_its_own_catalogue_or_of_none() {
        for catalogue in CATALOGUES {
            for reference in catalogue.references {
                let shaped = shaped_like(reference.id).map(|(like, id)| (like.name, id));
                let own = catalogue.shape.map(|_| (catalogue.name, reference.id));
                assert_eq!(shaped, own, "{}", reference.id);
            }
        }
        for text in [
            "AC-2", "8.6.3", "CO1", "C5:2020", "CC6", "A.5", "cc6.1", "DSS05.04", "PR.AC", "", "é", "NHI",
        ] {
            assert!(shaped_like(text).is_none(), "{text}");
        }
        for (text, id) in [
            ("A.9.2.5", "A.9.2.5"),
            ("PR.AC-1", "PR.AC-1"),
            ("nist csf PR.AC-1", "PR.AC-1"),
            ("NHI11", "NHI11"),
        ] {
            assert_eq!(shaped_like(text).map(|(_, id)| id), Some(id), "{text}");
        }
    }

    #[test]
    fn what_came_in_the_place_of_an_id_is_there() {
        for catalogue in CATALOGUES {
            for retired in catalogue.retired() {
                assert!(catalogue.find(retired.id).is_none(), "{}", retired.id);
                assert!(catalogue.earlier_version(retired.id).is_some(), "{}", retired.id);
                assert!(
                    retired.successors.iter().all(|id| catalogue.find(id).is_some()),
                    "{}",
                    retired.id
                );
            }
            let earlier = |id| catalogue.earlier_version(id).is_some();
            assert!(
                !catalogue.references.iter().any(|reference| earlier(reference.id)),
                "{}",
                catalogue.name
            );
        }
    }
}
