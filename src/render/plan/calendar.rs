//! A plan as a calendar to import.

use super::{days, line, title};
use crate::render::ics::{Calendar, Event};
use crate::views::Plan;
use jiff::civil::Date;

/// An event for each step. A plan that is drafted anew takes the place of the former one.
pub fn ics(plan: &Plan, as_of: Date) -> String {
    let mut calendar = Calendar::new(as_of);
    for step in &plan.steps {
        let mut description = vec![
            format!("{}.", step.about),
            format!("{}. {}.", days(step), step.length),
            format!("Involved: {}", step.involved.join(", ")),
        ];
        if !step.declare.is_empty() {
            description.push(format!("Declare by {}:", step.declare_by));
            description.extend(step.declare.iter().map(line));
        }
        calendar.add(&Event {
            name: &["plan", plan.target.as_str(), step.name],
            from: step.days.from,
            to: step.days.to,
            summary: &format!("{} ({})", step.name, title(plan)),
            description: &description,
            category: "plan",
            priority: 5,
        });
    }
    calendar.finish()
}
