//! Peak memory of a check.

use crate::figure::{Figure, Unit};
use crate::measure::Result;
use crate::series::{self, Plan};
use crate::subject::Subject;

pub fn all(plan: Plan) -> Result<Vec<Figure>> {
    let size = plan.size(10_000);
    let products = Subject::make("products", size, 0)?;
    let identities = Subject::make("identities", size, 0)?;
    let neglected = Subject::make("neglected-identities", size, 0)?;
    let one_file = Subject::make("one-file", plan.size(50_000), 0)?;
    Ok(vec![
        of_bytes(
            "memory-products",
            "10,000 manifests of products",
            Some(5.0),
            &products,
            plan,
        )?,
        of_bytes(
            "memory-identities",
            "10,000 manifests of identities",
            Some(5.0),
            &identities,
            plan,
        )?,
        of_a_finding(&neglected, &identities, plan)?,
        of_bytes(
            "memory-one-file",
            "one file of 8 MB with 50,000 entries",
            Some(8.0),
            &one_file,
            plan,
        )?,
    ])
}

/// The peak as a multiple of the manifests' bytes.
pub fn of_bytes(name: &str, what: &str, goal: Option<f64>, subject: &Subject, plan: Plan) -> Result<Figure> {
    let bytes = subject.made.manifest_bytes as f64;
    let peaks = series::peaks(&subject.check(&[]), plan)?;
    let multiples = peaks.iter().map(|peak| peak / bytes).collect();
    Ok(series::value(name, what, Unit::TimesTheBytes, goal, multiples))
}

/// What a run with 30,000 findings takes beyond one over as many manifests without any, for each finding.
fn of_a_finding(neglected: &Subject, well_kept: &Subject, plan: Plan) -> Result<Figure> {
    let findings = neglected.findings(&[])? as f64;
    let with = series::peaks(&neglected.check(&[]), plan)?;
    let without = series::peaks(&well_kept.check(&[]), plan)?;
    let each = with
        .iter()
        .zip(without)
        .map(|(with, without)| (with - without) / findings);
    Ok(series::value(
        "memory-finding",
        "a finding, of 30,000 in 10,000 manifests",
        Unit::Bytes,
        Some(800.0),
        each.collect(),
    ))
}
