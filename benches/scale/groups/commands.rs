//! Other commands, and a check with discovery.

use crate::figure::{Figure, Unit};
use crate::history;
use crate::measure::Result;
use crate::series::{self, Plan, Series};
use crate::subject::{AS_OF, Subject};

pub fn discovery(plan: Plan) -> Result<Vec<Figure>> {
    let subject = Subject::make("sources", plan.size(50_000), 0)?;
    subject.findings(&["scan"])?;
    let mut commands = [subject.check(&[]), subject.floor("scan")?];
    let series = Series::of(&mut commands, plan)?;
    let about = "50,000 files, among them 2,000 workflows and 5,000 of Terraform";
    let peaks = series::peaks(&commands[0], plan)?;
    Ok(vec![
        series.ratio(
            "discovery",
            &format!("{about}, against walking, reading and searching them for words that matter"),
            None,
        ),
        series.milliseconds("discovery-time", "the same, the check's own time", None, 0),
        series::value(
            "discovery-memory",
            "the same, peak memory",
            Unit::Megabytes,
            None,
            peaks.iter().map(|bytes| bytes / 1e6).collect(),
        ),
    ])
}

pub fn all(plan: Plan) -> Result<Vec<Figure>> {
    let mut figures = forecast(plan)?;
    figures.extend(compare(plan)?);
    figures.extend(page(plan)?);
    Ok(figures)
}

fn forecast(plan: Plan) -> Result<Vec<Figure>> {
    let subject = Subject::make("identities", plan.size(10_000), 0)?;
    let mut figures = Vec::new();
    for (name, until, what) in [
        (
            "forecast-quarter",
            "2026-12-31",
            "`soclint forecast`, three months ahead",
        ),
        ("forecast-year", "2027-09-30", "`soclint forecast`, a year ahead"),
    ] {
        let command = subject.soclint(&["forecast", "--as-of", AS_OF, "--until", until]);
        figures.push(Series::of(&mut [command], plan)?.milliseconds(name, what, None, 0));
    }
    Ok(figures)
}

fn compare(plan: Plan) -> Result<Vec<Figure>> {
    let subject = Subject::make("history", plan.size(10_000), plan.size(500))?;
    let (from, to) = (history::FROM.to_string(), history::TO.to_string());
    let period = subject.soclint(&["compare", "--from", &from, "--to", &to, "--format", "json"]);
    let states = subject.soclint(&["compare", "HEAD~1", "--as-of", AS_OF, "--format", "json"]);
    Ok(vec![
        Series::of(&mut [states], plan)?.milliseconds(
            "compare-states",
            "`soclint compare HEAD~1`: a revision and the working tree",
            None,
            0,
        ),
        Series::of(&mut [period], plan)?.milliseconds(
            "compare-period",
            "`soclint compare --from .. --to ..`: 500 commits",
            None,
            0,
        ),
    ])
}

fn page(plan: Plan) -> Result<Vec<Figure>> {
    let subject = Subject::make("neglected-identities", plan.size(10_000), 0)?;
    let file = subject.beside("page.html");
    let output = file.to_str().ok_or("a folder whose name is no text")?;
    let command = subject.soclint(&["page", "--as-of", AS_OF, "--output", output]);
    let series = Series::of(&mut [command], plan)?;
    let size = std::fs::metadata(&file)?.len() as f64 / 1e6;
    Ok(vec![
        series.milliseconds("page-time", "`soclint page`, with 30,000 findings", Some(2_000.0), 0),
        series::value("page-size", "its size", Unit::Megabytes, Some(5.0), vec![size]),
    ])
}
