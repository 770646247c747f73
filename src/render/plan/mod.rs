//! A plan: one module for each format, and what they share.

mod calendar;
mod drawn;
mod json;
mod markdown;
mod schema;

pub use calendar::ics;
pub use drawn::drawn;
pub use json::json;
pub use markdown::markdown;
pub use schema::schema;

use crate::views::{Declared, Plan, Step};
use jiff::civil::Date;

fn title(plan: &Plan) -> String {
    let what = match plan.target.family() {
        Some(_) => "report",
        None => "certificate",
    };
    format!("The way to a first {} {what}, from {}", plan.target.title(), plan.start)
}

/// "2027-01-04 to 2027-01-17".
fn days(step: &Step) -> String {
    format!("{} to {}", step.days.from, step.days.to)
}

/// A line of a manifest.
fn line(declared: &Declared) -> String {
    format!("{} = {}", declared.key, declared.value)
}

/// The last day of all.
fn end(plan: &Plan) -> Date {
    plan.steps.iter().map(|step| step.days.to).max().unwrap_or(plan.start)
}

const EXAMPLES: &str = "The values are examples, but for the days and the kind of the report or certificate: each line is one of a manifest, and a later one takes the place of an earlier one with the same key.";
