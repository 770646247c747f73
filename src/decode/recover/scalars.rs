//! Which value of a file an offset is in.

use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Every scalar of a file, by its place.
pub struct Scalars(Vec<Scalar>);

pub struct Scalar {
    pub span: Range<usize>,
    pub is_date: bool,
}

impl Scalars {
    pub fn of(table: &Spanned<DeTable<'_>>) -> Self {
        fn walk(value: &Spanned<DeValue<'_>>, found: &mut Vec<Scalar>) {
            match value.get_ref() {
                DeValue::Table(table) => table.values().for_each(|value| walk(value, found)),
                DeValue::Array(array) => array.iter().for_each(|element| walk(element, found)),
                scalar => found.push(Scalar {
                    span: value.span(),
                    is_date: matches!(scalar, DeValue::Datetime(_)),
                }),
            }
        }
        let mut found = Vec::new();
        table.get_ref().values().for_each(|value| walk(value, &mut found));
        found.sort_by_key(|scalar| scalar.span.start);
        Self(found)
    }

    /// The scalar that `offset` is in or at the end of.
    pub fn at(&self, offset: usize) -> Option<&Scalar> {
        let after = self.0.partition_point(|scalar| scalar.span.start <= offset);
        self.0[..after].last().filter(|scalar| offset <= scalar.span.end)
    }
}
