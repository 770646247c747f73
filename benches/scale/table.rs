//! The figures as tables of the book, and as lines of a terminal.

use super::figure::{Figure, Results, Spread, Unit};
use std::fmt::Write as _;

/// Everything that the results hold, goals that are missed too.
pub fn markdown(results: &Results) -> String {
    let machine = &results.machine;
    let figures = || results.groups.iter().flat_map(|group| &group.figures);
    let mut days: Vec<&str> = results.groups.iter().map(|group| group.taken.as_str()).collect();
    days.sort_unstable();
    days.dedup();
    let mut out = format!(
        "{} of commit `{}`{}, build `{}`, measured {} on {} cores (`{}`), {:.0} GB, `{}`. Goals met: {} of {}.\n",
        results.program,
        results.commit.get(..12).unwrap_or(&results.commit),
        if results.changed { " with changes" } else { "" },
        results.build,
        days.join(", "),
        machine.cores,
        machine.model,
        machine.memory_bytes as f64 / 1e9,
        machine.kernel,
        figures().filter(|figure| figure.met == Some(true)).count(),
        figures().filter(|figure| figure.goal.is_some()).count(),
    );
    for group in &results.groups {
        let _ = write!(
            out,
            "\n**{}**\n\n| | goal | processor time, or what is measured | wall time | rounds | other work | |\n| --- | --- | --- | --- | --- | --- | --- |\n",
            group.title
        );
        for figure in &group.figures {
            let measured = figure.value.or(figure.processor);
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} | {} |",
                figure.what,
                figure.goal.map_or_else(String::new, |goal| number(goal, figure.unit)),
                measured.map_or_else(String::new, |spread| range(spread, figure.unit)),
                figure
                    .wall
                    .map_or_else(String::new, |spread| range(spread, figure.unit)),
                figure.rounds,
                percent(figure),
                verdict(figure),
            );
        }
    }
    out
}

/// One figure, as it is printed when it was measured.
pub fn line(figure: &Figure) -> String {
    let mut out = format!("{:<38}", figure.name);
    if let Some(measured) = figure.value.or(figure.processor) {
        let _ = write!(out, " {}", range(measured, figure.unit));
    }
    if let Some(wall) = figure.wall {
        let _ = write!(out, "; by wall {}", range(wall, figure.unit));
    }
    let _ = write!(out, "; {} rounds", figure.rounds);
    if figure.other_work.is_some() {
        let _ = write!(out, ", other work {}", percent(figure));
    }
    if let Some(goal) = figure.goal {
        let _ = write!(out, "; goal {} {}", number(goal, figure.unit), verdict(figure));
    }
    out
}

fn verdict(figure: &Figure) -> &'static str {
    match figure.met {
        Some(true) => "met",
        Some(false) => "**missed**",
        None if figure.goal.is_some() => "not judged",
        None => "",
    }
}

fn percent(figure: &Figure) -> String {
    figure
        .other_work
        .map_or_else(String::new, |share| format!("{:.0} %", share * 100.0))
}

fn range(spread: Spread, unit: Unit) -> String {
    let median = number(spread.median, unit);
    match spread.lower == spread.upper {
        true => median,
        false => format!(
            "{median} ({} to {})",
            bare(spread.lower, unit),
            bare(spread.upper, unit)
        ),
    }
}

fn number(value: f64, unit: Unit) -> String {
    let bare = bare(value, unit);
    match unit {
        Unit::Times | Unit::Exponent => bare,
        Unit::Milliseconds => format!("{bare} ms"),
        Unit::TimesTheBytes => format!("{bare} times the bytes"),
        Unit::Bytes => format!("{bare} bytes"),
        Unit::Megabytes => format!("{bare} MB"),
    }
}

fn bare(value: f64, unit: Unit) -> String {
    match unit {
        // Without the sign of a zero.
        Unit::Times | Unit::Exponent => format!("{:.2}", (value * 100.0).round() / 100.0 + 0.0),
        Unit::Milliseconds if value < 100.0 => format!("{value:.1}"),
        Unit::TimesTheBytes | Unit::Megabytes => format!("{value:.1}"),
        Unit::Milliseconds | Unit::Bytes => format!("{value:.0}"),
    }
}
