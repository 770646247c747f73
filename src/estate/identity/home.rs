//! Where an identity is at home.

use super::StatedAt;
use crate::estate::{IdentityRef, ServiceRef};
use crate::model::ServiceKind;
use crate::source::Place;

/// The services in which an identity is at home: those it names as such, otherwise those it has access to.
pub struct Homes<'e, 'a> {
    /// Each service, and where it is named.
    pub services: Vec<(ServiceRef<'e, 'a>, Place)>,
    /// Whether there may be more than are known.
    pub uncertain: bool,
}

impl<'e, 'a> IdentityRef<'e, 'a> {
    pub fn homes(&self) -> Homes<'e, 'a> {
        let stated = self.list(|i| &i.services);
        let mut homes = Homes {
            services: Vec::new(),
            uncertain: stated.damaged,
        };
        if stated.list.is_some_and(|list| list.stated) {
            for name in stated.iter() {
                match self.estate.service_named(name.namespace, name.value) {
                    Some(service) => homes.services.push((service, name.place())),
                    None => homes.uncertain = true,
                }
            }
            return homes;
        }
        homes.uncertain |= self.list(|i| &i.access).damaged;
        for right in self.own_rights() {
            match (right.service, right.access.value.service.known()) {
                (Some(service), Some(name)) => homes.services.push((service, right.access.at(name.span))),
                _ => homes.uncertain = true,
            }
        }
        homes
    }

    /// Whether it is, or may be, the declared identity of a shared platform, at home in one.
    pub fn may_be_shared_platform(&self) -> bool {
        let is_shared = |(service, _): &(ServiceRef<'_, '_>, Place)| {
            let kind = &service.body.kind;
            !service.readable || kind.is_unknown() || kind.value() == Some(ServiceKind::SharedPlatform)
        };
        self.may_be_platform() && {
            let homes = self.homes();
            homes.uncertain || homes.services.iter().any(is_shared)
        }
    }

    /// Whether it is, or may be, declared to be the identity of a platform.
    pub fn may_be_platform(&self) -> bool {
        match self.stated(|i| &i.platform) {
            StatedAt::Absent => false,
            StatedAt::Unknown => true,
            StatedAt::Known(platform) => *platform.value,
        }
    }
}
