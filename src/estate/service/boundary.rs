//! The boundary of what reports cover.

use crate::decode::Field;
use crate::estate::ServiceRef;
use crate::model::Scope;

impl ServiceRef<'_, '_> {
    /// Whether it is known to be out of scope.
    pub fn is_excluded(self) -> bool {
        self.body.scope.value() == Some(Scope::Out)
    }

    /// Whether a carved-out organization operates it, or may do so: a value that could not be read might state it.
    pub fn may_be_operated_by_carved_out(self) -> bool {
        match &*self.body.operated_by {
            Field::Absent => false,
            Field::Unknown(_) => true,
            Field::Known(name) => {
                let third_party = self.estate.third_party_named(self.namespace, &name.value);
                third_party.is_none_or(|third_party| third_party.may_be_carved_out())
            }
        }
    }
}
