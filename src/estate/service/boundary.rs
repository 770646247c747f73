//! Where the boundary runs of what reports speak about.

use crate::decode::Field;
use crate::estate::ServiceRef;
use crate::model::Scope;

impl ServiceRef<'_, '_> {
    /// Whether it is surely out of scope.
    pub fn is_excluded(self) -> bool {
        self.body.scope.value() == Some(Scope::Out)
    }

    /// Whether a carved-out organization runs it for us, or may do so: what could not be read might say it.
    pub fn may_be_operated_by_carved_out(self) -> bool {
        match &self.body.operated_by {
            Field::Absent => false,
            Field::Unknown(_) => true,
            Field::Known(name) => {
                let third_party = self.estate.third_party_named(self.namespace, &name.value);
                third_party.is_none_or(|third_party| third_party.may_be_carved_out())
            }
        }
    }
}
