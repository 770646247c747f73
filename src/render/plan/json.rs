//! A plan as JSON.

use crate::render::json_text;
use crate::views::{Plan, Step, Year};
use serde::Serialize;

/// The document's version: it changes when something is taken away or means something else.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'p> {
    version: u32,
    plan: &'static str,
    start: String,
    about: &'p [String],
    steps: Vec<Item<'p>>,
    years: Vec<Fit<'p>>,
    notes: &'p [String],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'p> {
    step: &'p str,
    from: String,
    to: String,
    typical: bool,
    length: &'p str,
    about: &'p str,
    involved: &'p [&'static str],
    declare_by: String,
    declare: Vec<Line<'p>>,
    references: &'p [&'static str],
}

/// The value as TOML has it.
#[derive(Serialize)]
struct Line<'p> {
    key: &'p str,
    value: &'p str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Fit<'p> {
    services: &'p [String],
    from: String,
    to: String,
    days: i64,
    covered: i64,
    left: i64,
    enough: bool,
}

pub fn json(plan: &Plan) -> String {
    json_text(&Document {
        version: VERSION,
        plan: plan.target.as_str(),
        start: plan.start.to_string(),
        about: &plan.about,
        steps: plan.steps.iter().map(item).collect(),
        years: plan.years.iter().map(fit).collect(),
        notes: &plan.notes,
    })
}

fn item(step: &Step) -> Item<'_> {
    let lines = step.declare.iter().map(|declared| Line {
        key: &declared.key,
        value: &declared.value,
    });
    Item {
        step: step.name,
        from: step.days.from.to_string(),
        to: step.days.to.to_string(),
        typical: step.is_typical,
        length: &step.length,
        about: &step.about,
        involved: step.involved,
        declare_by: step.declare_by.to_string(),
        declare: lines.collect(),
        references: step.rests_on,
    }
}

fn fit(year: &Year) -> Fit<'_> {
    Fit {
        services: &year.services,
        from: year.year.from.to_string(),
        to: year.year.to.to_string(),
        days: year.year.days(),
        covered: year.covered,
        left: year.left,
        enough: year.is_enough,
    }
}
