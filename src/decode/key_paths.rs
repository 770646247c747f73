//! Which keys lead to a place.

use super::problem::Problem;
use super::tree::Value;
use crate::source::Span;
use std::collections::HashMap;

/// Notes for each problem the keys that lead to what it is about: one value may occur twice in an entity, and be wrong
/// twice.
pub fn name_keys(tree: &Value<'_>, problems: &mut [Problem]) {
    let mut wanted: HashMap<Span, Vec<usize>> = HashMap::new();
    for (at, problem) in problems.iter().enumerate() {
        if problem.keys.is_none() && problem.span.start < problem.span.end {
            wanted.entry(problem.span).or_default().push(at);
        }
    }
    if !wanted.is_empty() {
        let mut search = Search {
            wanted,
            problems,
            keys: Vec::new(),
        };
        search.look_at(tree);
    }
}

struct Search<'s> {
    wanted: HashMap<Span, Vec<usize>>,
    problems: &'s mut [Problem],
    keys: Vec<&'s str>,
}

impl<'s> Search<'s> {
    /// No deeper than values nest.
    fn look_at(&mut self, value: &'s Value<'_>) {
        match value {
            Value::Table(table) => {
                for (key, item) in table.in_order() {
                    self.keys.push(&key.text);
                    self.note(key.span);
                    self.note(item.span);
                    self.look_at(&item.value);
                    self.keys.pop();
                }
            }
            Value::List(list) => {
                for item in &list.items {
                    self.note(item.span);
                    self.look_at(&item.value);
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, span: Span) {
        for at in self.wanted.remove(&span).unwrap_or_default() {
            let problem = &mut self.problems[at];
            // The entity is the subject.
            let from = if problem.entity.is_some() && self.keys.len() > 2 {
                2
            } else {
                0
            };
            problem.keys = Some(self.keys[from..].join("."));
        }
    }
}
