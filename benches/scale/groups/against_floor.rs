//! A check against the floor.

use crate::figure::{Figure, Unit};
use crate::measure::Result;
use crate::series::{Plan, Series};
use crate::subject::Subject;

/// Other files around each manifest, where there are many.
const MANY_OTHERS: usize = 11;

/// How many findings an estate is to have, so that a figure is about what it says.
enum Findings {
    /// Of a hundred manifests one at most, and some about the reports, whatever the size.
    Few,
    ThreeEach,
}

const ABOUT_REPORTS: usize = 40;

impl Findings {
    fn expect(&self, subject: &Subject) -> Result<()> {
        let (found, manifests) = (subject.findings(&["floor"])?, subject.made.manifests);
        let is_so = match self {
            Self::Few => found <= ABOUT_REPORTS + manifests / 100,
            Self::ThreeEach => found.abs_diff(manifests * 3) * 20 <= manifests * 3,
        };
        is_so
            .then_some(())
            .ok_or_else(|| format!("{found} findings in {manifests} manifests").into())
    }
}

pub fn check(plan: Plan) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (name, shape, findings, goal, what) in [
        (
            "products-10000",
            "products",
            Findings::Few,
            1.1,
            "estate of products, few findings",
        ),
        (
            "identities-10000",
            "identities",
            Findings::Few,
            1.1,
            "estate of identities, few findings",
        ),
        (
            "identities-10000-findings",
            "neglected-identities",
            Findings::ThreeEach,
            1.2,
            "estate of identities, 30,000 findings",
        ),
    ] {
        let subject = Subject::make(shape, plan.size(10_000), MANY_OTHERS)?;
        findings.expect(&subject)?;
        let series = Series::of(&mut [subject.check(&[]), subject.floor("floor")?], plan)?;
        let about = format!("10,000 manifests among 110,000 other files: {what}");
        figures.push(series.ratio(name, &about, Some(goal)));
        figures.push(series.milliseconds(&format!("{name}-time"), "the same, the check's own time", None, 0));
    }
    Ok(figures)
}

pub fn large_products(plan: Plan) -> Result<Vec<Figure>> {
    large(plan, "products")
}

pub fn large_identities(plan: Plan) -> Result<Vec<Figure>> {
    large(plan, "identities")
}

fn large(plan: Plan, kind: &str) -> Result<Vec<Figure>> {
    let sizes = [plan.size(10_000), plan.size(100_000)];
    let smaller = Subject::make(kind, sizes[0], MANY_OTHERS)?;
    let larger = Subject::make(kind, sizes[1], MANY_OTHERS)?;
    // The walk is less of it, which soclint is quicker at.
    let denser = Subject::make(kind, sizes[1], 1)?;
    Findings::Few.expect(&larger)?;
    let mut commands = [
        larger.check(&[]),
        larger.floor("floor")?,
        smaller.check(&[]),
        smaller.floor("floor")?,
        denser.check(&[]),
        denser.floor("floor")?,
    ];
    let series = Series::of(&mut commands, plan)?;
    let exponent = |name: &str, what: &str, goal, at: usize| {
        series.exponent(
            &format!("{kind}-{name}"),
            what,
            goal,
            [(at + 2, sizes[0]), (at, sizes[1])],
        )
    };
    Ok(vec![
        series.ratio(
            &format!("{kind}-100000"),
            "100,000 manifests among 1,100,000 other files, against the floor",
            Some(1.3),
        ),
        series.milliseconds(
            &format!("{kind}-100000-time"),
            "the same, the check's own time",
            None,
            0,
        ),
        series.figure(
            &format!("{kind}-100000-denser"),
            "100,000 manifests among as many other files, against the floor",
            Unit::Times,
            None,
            |times| times[4] / times[5],
        ),
        exponent(
            "growth",
            "growth of the check from 10,000 to 100,000 manifests",
            Some(1.03),
            0,
        ),
        exponent("growth-of-floor", "growth of the floor, for comparison", None, 1),
    ])
}

/// Once, whatever the plan says: it takes long.
pub fn million(plan: Plan) -> Result<Vec<Figure>> {
    let subject = Subject::make("products", plan.size(1_000_000), 1)?;
    let plan = Plan { rounds: 1, ..plan };
    let series = Series::of(&mut [subject.check(&[]), subject.floor("floor")?], plan)?;
    Ok(vec![
        series.ratio(
            "million",
            "1,000,000 manifests among as many other files, against the floor",
            None,
        ),
        series.milliseconds("million-time", "the same, the check's own time", None, 0),
        super::memory::of_bytes("million-memory", "the same, peak memory", None, &subject, plan)?,
    ])
}
