//! What is advised, as text: one outline, set for a terminal and in Markdown, and JSON with all of it.

mod json;
mod markdown;
mod outline;
mod text;

pub use json::{json, schema};
pub use markdown::markdown;
pub use text::text;

use crate::model::{Framework, SubjectMatter};
use crate::views::{Advice, Recommendation, type_number};

/// Said once, and wherever what is advised may be read alone.
const CAVEAT: &str =
    "This follows from what is declared, and from what readers ordinarily ask for. It is no legal or audit advice.";

/// "SOC 1 type 2, combined with ISAE 3402".
fn title(one: &Recommendation) -> String {
    let mut title = one.framework.title().to_owned();
    if let Some(about) = one.subject_matter {
        title.push_str(match about {
            SubjectMatter::FinancialReporting => " on controls relevant to financial reporting (AAF 01/20)",
            SubjectMatter::TrustServices => " on the trust services criteria",
            SubjectMatter::Security | SubjectMatter::Other => "",
        });
    }
    if let Some(criteria) = one.suitable_criteria {
        title.push_str(&format!(" on {criteria}"));
    }
    if let Some(report_type) = one.report_type {
        title.push_str(&format!(" type {}", type_number(report_type)));
    }
    if one.framework.is_certificate() {
        title.push_str(" certificate");
    }
    for also in &one.also {
        title.push_str(&format!(", combined with {}", also.title()));
    }
    title
}

/// Frameworks that are not recommended for the same reasons, together.
fn titles(frameworks: &[Framework]) -> String {
    let titles: Vec<&str> = frameworks.iter().map(|framework| framework.title()).collect();
    crate::model::list_words(&titles, "or")
}

/// What is said of an estate without a service, or where none was asked for.
fn is_empty(advice: &Advice) -> bool {
    advice.services.is_empty()
}
