//! The series of the 2017 trust services criteria, and the category that each belongs to.

use crate::model::Category;

/// The part of the criteria that a criterion belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// CC: part of every category.
    Common,
    /// The additional criteria of a category.
    Of(Category),
}

impl Series {
    /// The series that an id such as `CC6.1` or `PI1.3` belongs to, if it has the form of one.
    pub fn of(id: &str) -> Option<Self> {
        let id = id.trim();
        let digits = id.find(|c: char| !c.is_ascii_alphabetic())?;
        let (letters, rest) = id.split_at(digits);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number: u8 = rest[..end].parse().ok()?;
        if rest[end..].starts_with(char::is_alphanumeric) {
            return None;
        }
        match (letters.to_ascii_uppercase().as_str(), number) {
            ("CC", _) => Some(Self::Common),
            ("A", 1) => Some(Self::Of(Category::Availability)),
            ("C", 1) => Some(Self::Of(Category::Confidentiality)),
            ("PI", 1) => Some(Self::Of(Category::ProcessingIntegrity)),
            ("P", 1..=8) => Some(Self::Of(Category::Privacy)),
            _ => None,
        }
    }

    /// The name of a category's series.
    pub const fn name(category: Category) -> &'static str {
        match category {
            Category::Security => "CC",
            Category::Availability => "A1",
            Category::ProcessingIntegrity => "PI1",
            Category::Confidentiality => "C1",
            Category::Privacy => "P1 to P8",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Series;
    use crate::model::Category;

    #[test]
    fn an_id_tells_its_series() {
        assert_eq!(Series::of("CC6.1"), Some(Series::Common));
        assert_eq!(Series::of("cc6"), Some(Series::Common));
        assert_eq!(Series::of("A1.2"), Some(Series::Of(Category::Availability)));
        assert_eq!(Series::of("PI1.5"), Some(Series::Of(Category::ProcessingIntegrity)));
        assert_eq!(Series::of("P8.1"), Some(Series::Of(Category::Privacy)));
        for id in ["A.5.15", "A2.1", "P9.1", "PR.AA-05", "C", "", "é1", "A1x", "C999"] {
            assert_eq!(Series::of(id), None, "{id}");
        }
    }
}
