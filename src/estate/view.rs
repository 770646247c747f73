//! Entities as rules see them: each with its estate, so that its links can be followed.

use crate::estate::{Entity, Estate, Name};
use crate::manifest::{Certificate, Control, Data, Evidence, Identity, Owner, Profile, Report, Service, ThirdParty};
use crate::model::{
    CertificateId, ControlId, DataId, EvidenceId, IdentityId, NamespaceId, OwnerId, ProfileId, ReportId, ServiceId,
    ThirdPartyId,
};
use std::ops::Deref;

/// What all views have in common: they are compared by the entity they refer to.
macro_rules! view {
    ($view:ident, $id:ident) => {
        impl<'e, 'a> $view<'e, 'a> {
            pub(in crate::estate) const fn new(estate: &'e Estate<'a>, index: $id) -> Self {
                Self { estate, index }
            }
        }

        impl PartialEq for $view<'_, '_> {
            fn eq(&self, other: &Self) -> bool {
                self.index == other.index
            }
        }

        impl Eq for $view<'_, '_> {}

        impl PartialOrd for $view<'_, '_> {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $view<'_, '_> {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.index.cmp(&other.index)
            }
        }

        impl std::hash::Hash for $view<'_, '_> {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.index.hash(state);
            }
        }

        impl std::fmt::Debug for $view<'_, '_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.index, f)
            }
        }
    };
}

pub(in crate::estate) use view;

macro_rules! views {
    ($($(#[$doc:meta])* $view:ident: $type:ident, $id:ident, $table:ident, $one:ident, $named:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $view<'e, 'a> {
            pub(in crate::estate) estate: &'e Estate<'a>,
            pub index: $id,
        }

        view!($view, $id);

        impl<'e, 'a> $view<'e, 'a> {
            /// The declaration, for the lifetime of the estate.
            pub fn entity(self) -> &'e Entity<'a, $type<'a>> {
                self.estate.$table.get(self.index)
            }

            /// The display name in messages: the id, with its namespace if it has one.
            pub fn name(self) -> Name<'e> {
                self.estate.name(self.entity())
            }

            /// The path by which messages, waivers and baselines name it.
            pub fn path(self) -> String {
                self.estate.path(self.entity())
            }
        }

        impl<'a> Deref for $view<'_, 'a> {
            type Target = Entity<'a, $type<'a>>;
            fn deref(&self) -> &Self::Target {
                self.entity()
            }
        }

        impl<'a> Estate<'a> {
            /// All of one kind, in their order.
            pub fn $table(&self) -> impl DoubleEndedIterator<Item = $view<'_, 'a>> + Clone {
                self.$table.enumerate().map(|(index, _)| self.$one(index))
            }

            pub fn $one(&self, index: $id) -> $view<'_, 'a> {
                $view::new(self, index)
            }

            /// The one that a reference names, when it is written in `from`.
            pub fn $named(&self, from: NamespaceId, reference: &str) -> Option<$view<'_, 'a>> {
                let found = self.$table.resolve(&self.namespaces, from, reference);
                found.map(|index| self.$one(index))
            }
        }
    )*};
}

views! {
    /// An owner of an estate.
    OwnerRef: Owner, OwnerId, owners, owner, owner_named;
    /// A service of an estate.
    ServiceRef: Service, ServiceId, services, service, service_named;
    /// A profile of an estate.
    ProfileRef: Profile, ProfileId, profiles, profile, profile_named;
    /// An identity of an estate: its own keys, otherwise its profile's.
    IdentityRef: Identity, IdentityId, identities, identity, identity_named;
    /// A data category of an estate.
    DataRef: Data, DataId, data, data_category, data_named;
    /// A report of an estate.
    ReportRef: Report, ReportId, reports, report, report_named;
    /// A certificate of an estate.
    CertificateRef: Certificate, CertificateId, certificates, certificate, certificate_named;
    /// A third party of an estate.
    ThirdPartyRef: ThirdParty, ThirdPartyId, third_parties, third_party, third_party_named;
    /// A control of an estate.
    ControlRef: Control, ControlId, controls, control, control_named;
    /// An evidence entry of an estate.
    EvidenceEntryRef: Evidence, EvidenceId, evidence, evidence_entry, evidence_entry_named;
}
