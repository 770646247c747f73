//! Locators in another spelling than the canonical one: they are read as they are meant.

use super::frameworks::for_each_entity;
use crate::decode::tree::{Item, Value};
use crate::decode::{Fault, Prepared, Problem, Repair};
use crate::model::{Locator, shortened};

pub fn of_identities(file: &mut Prepared<'_, '_>) {
    let mut problems = Vec::new();
    let table = "identities";
    for_each_entity(file.table, table, |id, _, entity| {
        let Some(at) = entity.find("locators") else { return };
        let mut read = |item: &Item<'_>| {
            if let Value::Text(written) = &item.value
                && let Some(respelt) = Locator::respelt(written)
            {
                let shown = shortened(&respelt);
                let message = format!(
                    "this locator is written \"{}\"; it is read as \"{shown}\"",
                    shortened(written)
                );
                let problem = Problem::new(
                    Fault::NonCanonicalSpelling,
                    item.span,
                    message,
                    format!("read as \"{shown}\""),
                )
                .with_help(format!("write \"{shown}\""))
                .in_entity(table, id);
                let is_plain = !respelt.contains(['"', '\\']) && !respelt.contains(char::is_control);
                problems.push(if is_plain {
                    problem.with_fix(Repair::Replace(format!("\"{respelt}\"")))
                } else {
                    problem
                });
            }
        };
        match &entity.entries[at].1.value {
            Value::List(list) => list.items.iter().for_each(&mut read),
            _ => read(&entity.entries[at].1),
        }
    });
    file.problems.append(&mut problems);
}
