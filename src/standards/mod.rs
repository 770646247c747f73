//! The standards, their names and relations, in our own words.

pub mod attestation;
mod catalogue;
mod catalogues;
pub mod criteria;
pub mod editions;
mod framework;
pub mod itgc;
pub mod national;
pub mod reference;
mod series;

pub use catalogue::{Catalogue, Reference, Retired};
pub use catalogues::ALL as CATALOGUES;
pub use framework::Family;
pub use series::Series;

#[cfg(test)]
mod tests {
    use super::reference::{find, locate, names, shaped_like};
    use super::{CATALOGUES, Catalogue};
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

    /// The series of an earlier edition, and how many ids each has.
    type Earlier = &'static [(&'static str, u32)];

    const CSF_1_1: Earlier = &[
        ("ID.AM-", 6),
        ("ID.BE-", 5),
        ("ID.GV-", 4),
        ("ID.RA-", 6),
        ("ID.RM-", 3),
        ("ID.SC-", 5),
        ("PR.AC-", 7),
        ("PR.AT-", 5),
        ("PR.DS-", 8),
        ("PR.IP-", 12),
        ("PR.MA-", 2),
        ("PR.PT-", 5),
        ("DE.AE-", 5),
        ("DE.CM-", 8),
        ("DE.DP-", 5),
        ("RS.RP-", 1),
        ("RS.CO-", 5),
        ("RS.AN-", 5),
        ("RS.MI-", 3),
        ("RS.IM-", 2),
        ("RC.RP-", 1),
        ("RC.IM-", 2),
        ("RC.CO-", 3),
    ];
    const ANNEX_A_2013: Earlier = &[
        ("A.5.1.", 2),
        ("A.6.1.", 5),
        ("A.6.2.", 2),
        ("A.7.1.", 2),
        ("A.7.2.", 3),
        ("A.7.3.", 1),
        ("A.8.1.", 4),
        ("A.8.2.", 3),
        ("A.8.3.", 3),
        ("A.9.1.", 2),
        ("A.9.2.", 6),
        ("A.9.3.", 1),
        ("A.9.4.", 5),
        ("A.10.1.", 2),
        ("A.11.1.", 6),
        ("A.11.2.", 9),
        ("A.12.1.", 4),
        ("A.12.2.", 1),
        ("A.12.3.", 1),
        ("A.12.4.", 4),
        ("A.12.5.", 1),
        ("A.12.6.", 2),
        ("A.12.7.", 1),
        ("A.13.1.", 3),
        ("A.13.2.", 4),
        ("A.14.1.", 3),
        ("A.14.2.", 9),
        ("A.14.3.", 1),
        ("A.15.1.", 3),
        ("A.15.2.", 2),
        ("A.16.1.", 7),
        ("A.17.1.", 3),
        ("A.17.2.", 1),
        ("A.18.1.", 5),
        ("A.18.2.", 3),
    ];

    #[test]
    fn every_id_of_an_earlier_edition_has_successors_or_is_known_to_have_none() {
        let editions = [
            ("NIST Cybersecurity Framework 1.1", 108, CSF_1_1, &["DE.DP-2"][..]),
            ("Annex A of ISO/IEC 27001:2013", 114, ANNEX_A_2013, &[]),
        ];
        for (edition, count, series, without) in editions {
            let ids = series
                .iter()
                .flat_map(|(start, last)| (1..=*last).map(move |number| format!("{start}{number}")));
            let ids: BTreeSet<String> = ids.collect();
            assert_eq!(ids.len(), count, "{edition}");
            let mut editions = CATALOGUES.into_iter();
            let is_it = |catalogue: &&Catalogue| {
                let version = catalogue.earlier.as_ref().map(|earlier| earlier.version);
                version.is_some() && catalogue.edition(version) == edition
            };
            let catalogue = editions.find(is_it);
            let retired = catalogue.map(Catalogue::retired).unwrap_or_default();
            let known = retired.iter().map(|retired| retired.id);
            let known: BTreeSet<String> = known.chain(without.iter().copied()).map(str::to_owned).collect();
            assert_eq!(known, ids, "{edition}");
            assert_eq!(retired.len() + without.len(), count, "{edition}: each id once");
            assert!(retired.iter().all(|retired| !retired.successors.is_empty()));
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
