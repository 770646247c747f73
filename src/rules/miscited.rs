//! Assurance cited for purposes that it does not serve.

use super::{Rule, words};
use crate::estate::{AssuranceRef, Cited, ServiceRef};
use crate::finding::Finding;
use crate::model::{Purpose, list_words};
use std::fmt;

/// A purpose, and what is cited for it.
pub type Miscited<'e, 'a> = (Purpose, Cited<'e, 'a>);

/// The purposes of a service for which only irrelevant assurance is cited.
pub fn miscited<'e, 'a>(
    service: ServiceRef<'e, 'a>,
    purposes: [Purpose; 2],
    is_irrelevant: impl Fn(AssuranceRef<'e, 'a>) -> bool,
) -> Vec<Miscited<'e, 'a>> {
    if !service.readable || !service.body.is_in_use() {
        return Vec::new();
    }
    let cited = purposes.into_iter().filter_map(|purpose| {
        let cited = service.cited_for(purpose)?;
        let all = cited.claims.iter().all(|(_, report)| is_irrelevant(*report));
        (all && !cited.claims.is_empty()).then_some((purpose, cited))
    });
    cited.collect()
}

/// A finding about the first of them, with the others related; without its help. `named` gives the name of a purpose,
/// and `asks` the rest of the sentence that begins with it.
pub fn finding(
    rule: &Rule,
    service: ServiceRef<'_, '_>,
    miscited: Vec<Miscited<'_, '_>>,
    named: impl Fn(Purpose) -> String,
    asks: fmt::Arguments<'_>,
) -> Option<Finding> {
    let mut miscited = miscited.into_iter();
    let (purpose, cited) = miscited.next()?;
    let titles: Vec<String> = cited
        .claims
        .iter()
        .map(|(_, report)| words::assurance(*report))
        .collect();
    let message = format!(
        "readers of `{}` need assurance for {}, but the only assurance cited for it is {}",
        service.name(),
        named(purpose),
        list_words(&titles, "and")
    );
    let label = format!("{} {asks}", named(purpose));
    let mut finding = rule.finding(service.path(), cited.stated, label, message);
    for (place, report) in cited.claims {
        let label = format!("{} is about {}", report.title(), words::subject_matter(report));
        finding = finding.related(place, label);
    }
    for (purpose, cited) in miscited {
        let label = format!("also for {}, with nothing else cited", named(purpose));
        finding = finding.related(cited.stated, label);
    }
    Some(finding)
}
