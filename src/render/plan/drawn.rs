//! A plan for terminals: its steps on an axis, and then each in words; or words alone.

use super::{EXAMPLES, days, end, line, title};
use crate::calendar::Period;
use crate::render::safe;
use crate::render::timeline::Drawing;
use crate::render::timeline::axis::{ASCII, Axis, Marks, UNICODE};
use crate::render::timeline::drawn::folded;
use crate::views::{Plan, Stage, Step, When};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Between two columns.
const GAP: usize = 2;
const INDENT: usize = 3;

pub fn drawn(plan: &Plan, drawing: Drawing) -> String {
    let width = drawing.style.width;
    let mut out = String::new();
    prose(&mut out, &title(plan), (0, width));
    out.push('\n');
    for about in &plan.about {
        prose(&mut out, &format!("{about}."), (0, width));
    }
    if !drawing.style.narrated {
        chart(&mut out, plan, drawing);
    }
    for (at, step) in plan.steps.iter().enumerate() {
        let _ = writeln!(out);
        words(&mut out, at + 1, step, width);
    }
    out.push('\n');
    prose(&mut out, EXAMPLES, (0, width));
    for note in &plan.notes {
        prose(&mut out, note, (0, width));
    }
    out
}

fn prose(out: &mut String, text: &str, (indent, width): (usize, usize)) {
    for line in folded(text, width.saturating_sub(indent)) {
        let _ = writeln!(out, "{:indent$}{line}", "");
    }
}

fn stage(step: &Step) -> Stage {
    if step.is_typical { Stage::Ahead } else { Stage::Settled }
}

fn chart(out: &mut String, plan: &Plan, drawing: Drawing) {
    let marks: &Marks = if drawing.unicode { &UNICODE } else { &ASCII };
    let names = plan.steps.iter().map(|step| step.name.width()).max().unwrap_or(0);
    let width = drawing.style.width;
    let names = names.min(width / 2);
    let of_days = days_width(width, names);
    let axis = Axis {
        period: Period {
            from: plan.start,
            to: end(plan),
        },
        columns: width.saturating_sub(names + GAP + of_days).clamp(8, 80),
        marks,
    };
    let indent = names + GAP;
    let legend = format!(
        "{} typical length; {} bounded by a standard",
        Marks::at(marks.bars, Stage::Ahead),
        Marks::at(marks.bars, Stage::Settled)
    );
    let _ = writeln!(out);
    prose(out, &legend, (0, width));
    let _ = writeln!(out, "\n{:indent$}{}", "", axis.years());
    for step in &plan.steps {
        let when = When::period(step.days);
        // A day before the axis is none of it: nothing stands for today.
        let bar = axis.line(when, stage(step), jiff::civil::Date::MIN);
        let dates = if of_days > 0 { days(step) } else { String::new() };
        for (at, name) in folded(step.name, names).iter().enumerate() {
            let blank = indent.saturating_sub(name.width());
            let rest = if at == 0 {
                format!("{bar}{:GAP$}{dates}", "")
            } else {
                String::new()
            };
            let _ = writeln!(out, "{}", format!("{name}{:blank$}{rest}", "").trim_end());
        }
    }
}

/// How much room there is for the days behind the axis; they stand below in any case.
fn days_width(width: usize, names: usize) -> usize {
    const DAYS: usize = "2027-01-04 to 2027-01-17".len() + GAP;
    let enough = width.saturating_sub(names + GAP + DAYS) >= 20;
    if enough { DAYS } else { 0 }
}

fn words(out: &mut String, number: usize, step: &Step, width: usize) {
    let _ = writeln!(out, "{number}. {}: {}", step.name, days(step));
    let mut put = |text: &str| prose(out, text, (INDENT, width));
    put(&format!("{}.", step.length));
    put(&format!("{}.", step.about));
    put(&format!("involved: {}", step.involved.join("; ")));
    if !step.rests_on.is_empty() {
        put(&format!("references: {}", step.rests_on.join("; ")));
    }
    if step.declare.is_empty() {
        return;
    }
    put(&format!("declare by {}:", step.declare_by));
    for declared in &step.declare {
        // A line of a manifest is copied, and so never broken.
        let _ = writeln!(out, "{:INDENT$}  {}", "", safe::line(&line(declared)));
    }
}
