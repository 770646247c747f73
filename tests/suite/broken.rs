//! Manifests that cannot be read, or not wholly: every problem is found, each once, and nothing hides another.

use crate::expect;
use crate::tool::project;

#[test]
fn every_broken_manifest_gives_exactly_the_findings_that_it_names() {
    let mut all = Vec::new();
    for kind in std::fs::read_dir(project().join("fixtures/broken")).expect("fixtures") {
        all.extend(expect::cases(&kind.expect("an entry").path()));
    }
    all.sort();
    assert!(all.len() > 150, "only {} cases were found", all.len());
    let failures = expect::failures(&all);
    assert!(
        failures.is_empty(),
        "{} of {} cases:\n{}",
        failures.len(),
        all.len(),
        failures.join("\n")
    );
}

#[test]
fn accepted_manifests_expect_nothing() {
    let cases = expect::cases(&project().join("fixtures/broken/accepted"));
    assert!(!cases.is_empty());
    for case in cases {
        assert_eq!(expect::expectations(&case), 0, "{} expects a finding", case.display());
    }
}
