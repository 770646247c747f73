//! What is put right in a manifest's tree before it is decoded: what people mean by it, and TOML does not.

mod frameworks;
mod ids;

use super::{
    Certificate, Control, Data, Evidence, Identity, Owner, Profile, ProviderReport, Report, Service, ThirdParty,
};
use crate::decode::{Prepared, keys_of};
use std::sync::LazyLock;

/// A table, and the keys that each of its entries may have.
type Known = (&'static str, &'static [&'static str]);

/// The tables of entities.
static ENTITIES: LazyLock<[Known; 10]> = LazyLock::new(|| {
    [
        ("owners", keys_of::<Owner<'_>>()),
        ("services", keys_of::<Service<'_>>()),
        ("profiles", keys_of::<Profile<'_>>()),
        ("identities", keys_of::<Identity<'_>>()),
        ("data", keys_of::<Data<'_>>()),
        ("reports", keys_of::<Report<'_>>()),
        ("certificates", keys_of::<Certificate<'_>>()),
        ("third-parties", keys_of::<ThirdParty<'_>>()),
        ("controls", keys_of::<Control<'_>>()),
        ("evidence", keys_of::<Evidence<'_>>()),
    ]
});

static PROVIDER_REPORT: LazyLock<&[&str]> = LazyLock::new(keys_of::<ProviderReport<'_>>);

pub fn prepare(file: &mut Prepared<'_, '_>) {
    for (table, keys) in ENTITIES.iter() {
        ids::with_dots(file, table, keys);
    }
    for table in ["reports", "certificates"] {
        let keys = ENTITIES
            .iter()
            .find(|(name, _)| *name == table)
            .map_or(&[][..], |(_, keys)| keys);
        frameworks::of_entities(file, table, keys);
    }
    frameworks::of_providers(file, &PROVIDER_REPORT);
}
