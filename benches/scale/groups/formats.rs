//! Writing many findings, in each format.

use crate::figure::{Figure, Unit};
use crate::measure::Result;
use crate::series::{Plan, Series};
use crate::shapes;
use crate::subject::Subject;

const PRETTY: &str = "pretty";
const FORMATS: [&str; 7] = ["concise", PRETTY, "json", "github", "gitlab", "junit", "markdown"];
/// A run that writes all that it finds takes at most twice as long as one that finds as much and writes none of it.
const GOAL: Option<f64> = Some(2.0);

pub fn all(plan: Plan) -> Result<Vec<Figure>> {
    let subject = Subject::make("findings", plan.size(100_000), 0)?;
    let found = subject.findings(&[])?;
    // All is found, whatever is named; this names a manifest that nothing is found in.
    let mut commands = vec![subject.check(&[shapes::CLEAN])];
    commands.extend(FORMATS.map(|format| subject.check(&["--format", format])));
    // A SARIF run has at most 25,000 results, as code scanning takes them: four runs write all, each its part. What is
    // left of two times is surer the sooner one comes after the other.
    for part in shapes::PARTS {
        commands.push(subject.check(&["--format", "sarif", part]));
        commands.push(subject.check(&[shapes::CLEAN]));
    }
    for (command, expected) in [(0, 0), (1, found)] {
        let written = String::from_utf8_lossy(&commands[command].output()?.stdout)
            .lines()
            .count();
        if written != expected {
            return Err(format!("{written} lines written, not {expected}").into());
        }
    }
    let series = Series::of(&mut commands, plan)?;
    let mut figures = vec![series.milliseconds("finding", "finding them, and writing none", None, 0)];
    for (format, at) in FORMATS.into_iter().zip(1..) {
        let drawn = if format == PRETTY {
            ", of which it draws 1000"
        } else {
            ""
        };
        figures.push(series.figure(
            &format!("writing-{format}"),
            &format!("finding and writing them, `--format {format}`{drawn}"),
            Unit::Times,
            GOAL,
            |times| times[at] / times[0],
        ));
    }
    let first_part = 1 + FORMATS.len();
    figures.push(series.figure(
        "writing-sarif",
        "finding and writing them, `--format sarif`, in four runs of which the finding counts once",
        Unit::Times,
        GOAL,
        |times| {
            let pairs = times[first_part..].chunks_exact(2);
            let [with, without] = pairs.fold([0.0; 2], |sum, pair| [sum[0] + pair[0], sum[1] + pair[1]]);
            let parts = shapes::PARTS.len() as f64;
            1.0 + parts * (with - without) / without
        },
    ));
    figures.push(drawing(plan)?);
    Ok(figures)
}

/// What drawing costs, where all is drawn.
fn drawing(plan: Plan) -> Result<Figure> {
    let subject = Subject::make("findings", plan.size(1_000), 0)?;
    let found = subject.findings(&[])?;
    let mut commands = [subject.check(&[shapes::CLEAN]), subject.check(&["--format", PRETTY])];
    let series = Series::of(&mut commands, plan)?;
    Ok(series.figure(
        "drawing",
        &format!("finding {found} and drawing all of them, `--format {PRETTY}`, against finding them"),
        Unit::Times,
        None,
        |times| times[1] / times[0],
    ))
}
