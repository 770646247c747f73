//! Where the boundary runs of what reports speak about.

use super::Estate;
use crate::decode::Field;
use crate::manifest::Scope;
use crate::model::ServiceId;

impl Estate<'_> {
    /// Whether a service is surely out of scope.
    pub fn is_excluded(&self, service: ServiceId) -> bool {
        self.services.get(service).body.scope.value() == Some(Scope::Out)
    }

    /// Whether a carved-out organization runs a service for us, or may do so: what could not be read might say it.
    pub fn may_be_operated_by_carved_out(&self, service: ServiceId) -> bool {
        let service = self.services.get(service);
        match &service.body.operated_by {
            Field::Absent => false,
            Field::Unknown(_) => true,
            Field::Known(name) => {
                let third_party = self
                    .third_parties
                    .resolve(&self.namespaces, service.namespace, &name.value);
                third_party.is_none_or(|third_party| self.may_be_carved_out(third_party))
            }
        }
    }
}
