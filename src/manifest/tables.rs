//! The tables of entities, listed once: all code that goes through them uses this list.

use super::{Certificate, Control, Data, Declaration, Evidence, Identity, Owner, Profile, Report, Service, ThirdParty};
use crate::decode::keys_of;
use std::sync::LazyLock;

/// Calls a macro with each table, as the manifest names its field, and the type of its entries.
macro_rules! for_each_table {
    ($call:ident) => {
        $call! {
            owners: Owner,
            services: Service,
            profiles: Profile,
            identities: Identity,
            data: Data,
            reports: Report,
            certificates: Certificate,
            third_parties: ThirdParty,
            controls: Control,
            evidence: Evidence,
        }
    };
}

pub(crate) use for_each_table;

macro_rules! names {
    ($($field:ident: $entity:ident,)*) => {
        [$(<$entity<'static> as Declaration<'static>>::TABLE),*]
    };
}

macro_rules! keys {
    ($($field:ident: $entity:ident,)*) => {
        [$((<$entity<'static> as Declaration<'static>>::TABLE, keys_of::<$entity<'_>>())),*]
    };
}

/// What the tables are called, in the order of the manifest's reference.
pub const TABLES: [&str; 10] = for_each_table!(names);

/// The tables, and the keys that each of their entries may have.
pub static TABLES_WITH_KEYS: LazyLock<[(&str, &[&str]); 10]> = LazyLock::new(|| for_each_table!(keys));
