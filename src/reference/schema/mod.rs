//! The JSON Schemas of manifests and of the config, as `schemas/` has them.
//!
//! They are made from the types that read the files. A build without the feature `schema` takes those that were made so
//! before, and says the same.

#[cfg(feature = "schema")]
mod from_types;

/// Where editors read a schema from. It is that of this version, so that one which is published never changes.
pub fn address(name: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let repository = env!("CARGO_PKG_REPOSITORY");
    match repository.strip_prefix("https://github.com/") {
        Some(path) => format!("https://raw.githubusercontent.com/{path}/v{version}/schemas/{name}.schema.json"),
        None => format!("{repository}/raw/v{version}/schemas/{name}.schema.json"),
    }
}

/// The schema of manifests.
pub fn manifest() -> String {
    #[cfg(feature = "schema")]
    return from_types::manifest();
    #[cfg(not(feature = "schema"))]
    include_str!("../../../schemas/manifest.schema.json").to_owned()
}

/// The schema of the config.
pub fn config() -> String {
    #[cfg(feature = "schema")]
    return from_types::config();
    #[cfg(not(feature = "schema"))]
    include_str!("../../../schemas/config.schema.json").to_owned()
}
