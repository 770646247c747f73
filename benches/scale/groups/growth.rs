//! How time grows with what is there too often.

use crate::figure::{Figure, Unit};
use crate::measure::Result;
use crate::series::{self, Plan, Series};
use crate::subject::Subject;

const GOAL: Option<f64> = Some(1.2);

/// A shape, and two sizes of it.
struct Case {
    shape: &'static str,
    sizes: [usize; 2],
    what: &'static str,
    options: &'static [&'static str],
}

const fn case(shape: &'static str, sizes: [usize; 2], what: &'static str) -> Case {
    Case {
        shape,
        sizes,
        what,
        options: &[],
    }
}

const LINKS: [Case; 9] = [
    case(
        "chain",
        [2_500, 10_000],
        "services in one chain, each depending on the next",
    ),
    case("fan-in", [2_500, 10_000], "services that depend on one"),
    case("fan-out", [2_500, 10_000], "services on which one depends"),
    case("one-file", [12_500, 50_000], "entries of one file"),
    case("waivers", [5_000, 20_000], "findings, each waived by name"),
    case(
        "waivers-alike",
        [1_000, 4_000],
        "findings, each waived by a pattern that begins as all do",
    ),
    case(
        "namespaces",
        [1_000, 4_000],
        "namespaces, each covered by a pattern of its own",
    ),
    case(
        "assumed",
        [5_000, 20_000],
        "identities, each of which may assume the next",
    ),
    case("unknown-names", [5_000, 20_000], "services that name what is not there"),
];

const EVIDENCE: [Case; 4] = [
    case("evidence-files", [2_500, 10_000], "files of one folder, each named"),
    case(
        "evidence-patterns",
        [500, 2_000],
        "patterns over one folder of as many files, each matching one",
    ),
    case(
        "evidence-one-pattern",
        [250, 1_000],
        "times the same pattern over one folder of as many files",
    ),
    case(
        "evidence-folder",
        [500, 2_000],
        "times the same folder of as many files",
    ),
];

const HORIZON: [Case; 2] = [
    Case {
        options: &["--horizon", "1y"],
        ..case("dated", [500, 2_000], "identities with many days, `--horizon 1y`")
    },
    Case {
        options: &["--horizon", "5y"],
        ..case("dated", [250, 1_000], "identities with many days, `--horizon 5y`")
    },
];

const PRODUCTS: [Case; 3] = [
    case(
        "namespaces-times-reports",
        [400, 1_600],
        "reports, each covering as many namespaces",
    ),
    case(
        "services-times-third-parties",
        [500, 2_000],
        "third parties, each supporting as many services",
    ),
    case("clique", [100, 400], "services, each depending on all others"),
];

pub fn links(plan: Plan) -> Result<Vec<Figure>> {
    all(&LINKS, plan)
}

pub fn evidence(plan: Plan) -> Result<Vec<Figure>> {
    let mut figures = all(&EVIDENCE, plan)?;
    let [smaller, larger] = pair("evidence-digests", [plan.size(100), plan.size(400)])?;
    let series = Series::of(&mut [smaller.check(&[]), larger.check(&[])], plan)?;
    let sizes = [plan.size(100), plan.size(400)];
    figures.push(series.exponent(
        "evidence-digests",
        "exponent from 100 to 400 files of a megabyte, each with its SHA-256",
        GOAL,
        [(0, sizes[0]), (1, sizes[1])],
    ));
    figures.push(series.sharing(
        "evidence-digests-shared",
        "400 of these: wall time, as a multiple of the processor time shared by all cores",
        Some(1.25),
        1,
    ));
    Ok(figures)
}

pub fn horizon(plan: Plan) -> Result<Vec<Figure>> {
    all(&HORIZON, plan)
}

/// Time grows with the pairs, which are the square; memory must not.
pub fn products(plan: Plan) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for case in PRODUCTS {
        let sizes = case.sizes.map(|size| plan.size(size));
        let [smaller, larger] = pair(case.shape, sizes)?;
        let mut commands = [smaller.check(&[]), larger.check(&[])];
        let series = Series::of(&mut commands, plan)?;
        figures.push(series.exponent(case.shape, &case.growth_of(), None, [(0, sizes[0]), (1, sizes[1])]));
        let peaks = commands.iter().map(|command| series::peaks(command, plan));
        let peaks = peaks.collect::<Result<Vec<_>>>()?;
        let growth = (sizes[1] as f64 / sizes[0] as f64).ln();
        let exponents = peaks[0]
            .iter()
            .zip(&peaks[1])
            .map(|(small, large)| (large / small).ln() / growth);
        figures.push(series::value(
            &format!("{}-memory-growth", case.shape),
            "the same, exponent of peak memory",
            Unit::Exponent,
            GOAL,
            exponents.collect(),
        ));
        figures.push(series::value(
            &format!("{}-memory", case.shape),
            &format!("peak memory at {}", case.sizes[1]),
            Unit::Megabytes,
            None,
            peaks[1].iter().map(|bytes| bytes / 1e6).collect(),
        ));
    }
    Ok(figures)
}

fn all(cases: &[Case], plan: Plan) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for case in cases {
        let sizes = case.sizes.map(|size| plan.size(size));
        let [smaller, larger] = pair(case.shape, sizes)?;
        let series = Series::of(&mut [smaller.check(case.options), larger.check(case.options)], plan)?;
        let name = format!("{}{}", case.shape, case.options.concat().replace("--", "-"));
        figures.push(series.exponent(&name, &case.growth_of(), GOAL, [(0, sizes[0]), (1, sizes[1])]));
        figures.push(series.milliseconds(
            &format!("{name}-time"),
            &format!("the same, time at {}", case.sizes[1]),
            None,
            1,
        ));
    }
    Ok(figures)
}

impl Case {
    fn growth_of(&self) -> String {
        format!("exponent from {} to {} {}", self.sizes[0], self.sizes[1], self.what)
    }
}

fn pair(shape: &str, sizes: [usize; 2]) -> Result<[Subject; 2]> {
    Ok([Subject::make(shape, sizes[0], 0)?, Subject::make(shape, sizes[1], 0)?])
}
