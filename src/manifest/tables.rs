//! The tables of entities, listed once: whoever goes through all of them does so by this list.

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
