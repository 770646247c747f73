//! The ten risks of non-human identities, as OWASP ranked them in 2025.

use crate::standards::catalogue::{Catalogue, is_number, r};

pub static CATALOGUE: Catalogue = Catalogue {
    name: "OWASP Non-Human Identities Top 10",
    version: Some("2025"),
    organization: "OWASP",
    about: "The ten greatest risks that non-human identities bring",
    prefixes: &["OWASP", "OWASP NHI"],
    prefix_needed: false,
    whole: &["OWASP NHI 2025"],
    shape: Some(is_risk),
    earlier: None,
    references: &[
        r("NHI1", "Identities that stay active when no one needs them any more"),
        r("NHI2", "Secrets that leak into code, logs or chats"),
        r("NHI3", "Third parties whose identities give attackers access"),
        r("NHI4", "Outdated or weak authentication methods"),
        r("NHI5", "Identities with more rights than their work needs"),
        r("NHI6", "Cloud deployment with credentials or trust that others can use"),
        r("NHI7", "Secrets that stay unchanged for too long"),
        r(
            "NHI8",
            "Environments that are not separated because they share identities",
        ),
        r("NHI9", "One identity used for several applications"),
        r("NHI10", "People who work under a non-human identity"),
    ],
};

/// `NHI7`.
fn is_risk(id: &str) -> bool {
    id.strip_prefix("NHI").is_some_and(is_number)
}
