//! Names of the catalogue that have no rule yet. A waiver may name them already.

const PLANNED: &[&str] = &[
    "icfr-report-cited-for-security",
    "hosting-without-both-families",
    "control-plane-without-security-assurance",
    "framework-region-mismatch",
    "sec-issuer-without-icfr-objectives",
    "itgc-objectives-missing",
    "icfr-without-financial-impact",
    "attestation-criteria-missing",
    "combined-report-crosses-families",
    "report-for-wrong-audience",
    "report-incomplete",
    "type-2-period-unusually-long",
    "impossible-report-dates",
    "operating-effectiveness-overclaimed",
    "type-1-cited-for-audit",
    "bridge-letter-misused",
    "user-year-overlap-short",
    "modified-opinion-relied-on",
    "common-criteria-missing",
    "category-criteria-mismatch",
    "retired-standard",
    "unknown-control-reference",
    "certificate-incomplete",
    "certificate-expired",
    "extension-without-isms",
    "report-covers-nothing",
    "claim-predates-service",
    "in-scope-depends-on-excluded",
    "exclusion-without-rationale",
    "excluded-service-claimed",
    "offering-contradicted",
    "influence-understated",
    "report-without-system-description",
    "unclaimed-service",
    "objective-without-control",
    "control-younger-than-period",
    "readiness-not-evidenced",
    "operating-evidence-without-design",
    "evidence-outside-period",
    "evidence-cadence-gap",
    "identical-evidence-set",
    "evidence-unowned",
    "evidence-changed",
    "evidence-expired",
    "nhi-long-lived-credential",
    "nhi-without-access-review",
    "nhi-outlives-its-purpose",
    "nhi-reused",
    "nhi-interactive-login",
    "nhi-weak-authentication",
    "conflicting-duties",
    "identity-intersection-undocumented",
    "carve-out-without-csocs",
    "subservice-report-unfit",
    "cuec-unowned",
    "vendor-operates-key-control",
    "oauth-grant-ungoverned",
    "commitment-without-category",
    "agent-without-accountable-human",
    "agent-in-financial-processing-undescribed",
];

/// Whether a name belongs to a rule that is in the catalogue, and not in this version.
pub fn is_planned(name: &str) -> bool {
    PLANNED.contains(&name)
}

/// The names of every rule of the catalogue, here or planned.
pub fn names() -> impl Iterator<Item = &'static str> {
    super::all().map(|rule| rule.name).chain(PLANNED.iter().copied())
}
