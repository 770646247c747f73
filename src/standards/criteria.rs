//! Trust services criteria as people write them, and which of them mean the same.

use super::{CATALOGUES, Reference, Series, reference};
use crate::model::Category;

/// A trust services criterion, or a series of them: `CC6.1`, `CC6`.
pub fn criterion(text: &str) -> Option<String> {
    let text = text.trim();
    let is_series = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric()) && Series::of(text).is_some();
    match reference::find(text) {
        Some(found) => Series::of(found.id).map(|_| found.id.to_owned()),
        None => is_series(text).then(|| text.to_ascii_uppercase()),
    }
}

fn series(criterion: &str) -> &str {
    criterion.split('.').next().unwrap_or(criterion)
}

/// Whether a stated text is a criterion, its whole series (`CC6`), or a part of the series that may include it
/// (`CC6.1-CC6.3`).
pub fn may_be(stated: &str, listed: &str) -> bool {
    match criterion(stated) {
        Some(stated) => stated == listed || series(&stated) == listed || stated == series(listed),
        None => {
            let start = stated.trim().get(..series(listed).len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(series(listed)))
        }
    }
}

/// The criteria of some categories, in order: the common ones, and the additional ones of each.
pub fn of_categories(categories: &[Category]) -> impl Iterator<Item = &'static Reference> {
    let is_of = |id: &str| match Series::of(id) {
        Some(Series::Common) => !categories.is_empty(),
        Some(Series::Of(category)) => categories.contains(&category),
        None => false,
    };
    let catalogue = CATALOGUES.iter().find(|catalogue| catalogue.find("CC6.1").is_some());
    let references = catalogue.map(|catalogue| catalogue.references).unwrap_or_default();
    references.iter().filter(move |reference| is_of(reference.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_criterion_is_met_by_itself_its_series_and_a_range_that_may_have_it() {
        for stated in ["CC6.1", "cc6.1", " CC6 ", "CC6.1-CC6.3"] {
            assert!(may_be(stated, "CC6.1"), "{stated}");
        }
        for stated in ["CC6.2", "CC7", "A1.1", "A.5.15", ""] {
            assert!(!may_be(stated, "CC6.1"), "{stated}");
        }
        assert!(may_be("CC6.1", "CC6"));
    }

    #[test]
    fn each_category_has_the_common_criteria_and_its_own() {
        let of = |categories: &[Category]| of_categories(categories).map(|of| of.id).collect::<Vec<&str>>();
        assert!(of(&[]).is_empty());
        let security = of(&[Category::Security]);
        assert_eq!(security.len(), 33, "{security:?}");
        assert!(security.iter().all(|id| id.starts_with("CC")));
        let both = of(&[Category::Availability, Category::Security]);
        assert_eq!(both.len(), 36, "{both:?}");
        assert!(both.contains(&"A1.2"));
    }
}
