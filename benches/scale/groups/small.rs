//! Few manifests: alone, and in a large repository.

use crate::figure::Figure;
use crate::measure::Result;
use crate::monorepo::NARROW_CONFIG;
use crate::series::{Plan, Series};
use crate::subject::Subject;

/// Short runs vary more, and cost less.
const MORE_ROUNDS: usize = 4;

pub fn all(plan: Plan) -> Result<Vec<Figure>> {
    let ten = Subject::make("products", 10, 11)?;
    let more = Plan {
        rounds: plan.rounds * MORE_ROUNDS,
        ..plan
    };
    let series = Series::of(&mut [ten.check(&[]), ten.floor("floor")?], more)?;
    let about = "ten manifests among 110 other files, the whole process";
    let mut figures = vec![
        series.milliseconds("ten-manifests", about, Some(3.0), 0),
        // How much of it is the machine's: starting a process, and listing the folders.
        series.ratio("ten-manifests-floor", "the same, against the floor", None),
    ];
    figures.extend(among(plan, 20, 50_000, Some(1.1))?);
    figures.extend(among(plan, 500, 300_000, None)?);
    Ok(figures)
}

fn among(plan: Plan, manifests: usize, files: usize, goal: Option<f64>) -> Result<Vec<Figure>> {
    let count = plan.size(manifests);
    let subject = Subject::make("few-among-many", count, plan.size(files) / count)?;
    subject.findings(&["walk", "list"])?;
    let narrow = subject.beside(NARROW_CONFIG);
    let narrow = narrow.to_str().ok_or("a folder whose name is no text")?;
    let mut commands = [
        subject.check(&[]),
        subject.floor("walk")?,
        subject.floor("list")?,
        subject.check(&["--root", ".", "--config", narrow]),
    ];
    let series = Series::of(&mut commands, plan)?;
    let name = format!("{manifests}-among-{files}");
    let about = format!("{manifests} manifests among {} files", thousands(files));
    let against = |other: usize, end: &str, what: &str, goal| {
        series.figure(
            &format!("{name}-{end}"),
            &format!("{about}{what}"),
            crate::figure::Unit::Times,
            goal,
            |times| times[0] / times[other],
        )
    };
    Ok(vec![
        against(1, "walk", ", against the walk alone", goal),
        against(2, "list", ", against listing every folder, without ignore files", None),
        series.milliseconds(
            &format!("{name}-time"),
            &format!("{about}, the check's own time"),
            None,
            0,
        ),
        against(3, "narrow", ", against the same with a narrow `include`", None),
        series.milliseconds(
            &format!("{name}-narrow-time"),
            &format!("{about}, with a narrow `include`"),
            None,
            3,
        ),
    ])
}

fn thousands(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", thousands(number / 1_000), number % 1_000),
    }
}
