//! Which entity of its kind: a number that stands for nothing else.

use std::fmt::Debug;
use std::hash::Hash;

/// A number of an entity, counted in the order of the estate's files.
pub trait Id: Copy + Debug + Default + Eq + Ord + Hash + Send + Sync + 'static {
    /// Entities are far fewer than `u32::MAX`.
    fn at(index: usize) -> Self;
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $crate::model::Id for $name {
            fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

pub(crate) use ids;

ids! {
    OwnerId,
    ServiceId,
    ProfileId,
    IdentityId,
    DataId,
    ReportId,
    CertificateId,
    /// A report or a certificate: reports are counted first.
    AssuranceId,
    ThirdPartyId,
    ControlId,
    EvidenceId,
    WaiverId,
    /// A namespace; the first is the unnamed one.
    NamespaceId,
}

impl From<ReportId> for AssuranceId {
    fn from(report: ReportId) -> Self {
        Self(report.0)
    }
}

impl NamespaceId {
    pub const UNNAMED: Self = Self(0);
}
