//! What is put right in a manifest's tree before it is decoded: what people mean by it, and TOML does not.

mod frameworks;
mod ids;
mod locators;

use super::{ProviderReport, TABLES_WITH_KEYS};
use crate::decode::{Prepared, keys_of};
use std::sync::LazyLock;

static PROVIDER_REPORT: LazyLock<&[&str]> = LazyLock::new(keys_of::<ProviderReport<'_>>);

pub fn prepare(file: &mut Prepared<'_, '_>) {
    for (table, keys) in TABLES_WITH_KEYS.iter() {
        ids::with_dots(file, table, keys);
    }
    for table in ["reports", "certificates"] {
        let keys = TABLES_WITH_KEYS
            .iter()
            .find(|(name, _)| *name == table)
            .map_or(&[][..], |(_, keys)| keys);
        frameworks::of_entities(file, table, keys);
    }
    frameworks::of_providers(file, &PROVIDER_REPORT);
    locators::of_identities(file);
}
