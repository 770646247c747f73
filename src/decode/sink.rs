//! The collector that keeps every problem of a file while it is decoded.

use super::dialect::Dialect;
use super::problem::{Fault, Problem};
use super::tree::Value;
use crate::source::Span;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// Collects the problems of one file while it is decoded.
pub struct Sink<'s> {
    problems: RefCell<Vec<Problem>>,
    /// The table and the id that are being read.
    entity: RefCell<Option<(&'s str, &'s str)>>,
    damage: Vec<Span>,
    /// What is read.
    pub text: &'s str,
    pub dialect: &'s Dialect,
    /// Which problem is about the date at a place.
    dates: HashMap<Span, usize>,
    lost: RefCell<Vec<String>>,
    /// Which of its known keys the table that was read last states, a bit each.
    pub stated: Cell<u64>,
}

impl<'s> Sink<'s> {
    pub fn new(text: &'s str, dialect: &'s Dialect, problems: Vec<Problem>, mut damage: Vec<Span>) -> Self {
        // Disjoint and sorted, so that a value is looked up quickly however damaged the file is.
        damage.sort_unstable();
        let mut disjoint: Vec<Span> = Vec::with_capacity(damage.len());
        for span in damage {
            match disjoint.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => disjoint.push(span),
            }
        }
        let is_date = |problem: &Problem| problem.fault == Fault::InvalidDate;
        let dates = problems.iter().enumerate().filter(|(_, problem)| is_date(problem));
        Self {
            dates: dates.map(|(at, problem)| (problem.span, at)).collect(),
            problems: RefCell::new(problems),
            entity: RefCell::new(None),
            damage: disjoint,
            text,
            dialect,
            lost: RefCell::new(Vec::new()),
            stated: Cell::new(0),
        }
    }

    pub fn report(&self, mut problem: Problem) {
        if problem.entity.is_none() {
            problem.entity = self.entity();
        }
        self.problems.borrow_mut().push(problem);
    }

    pub fn enter(&self, table: &'s str, id: &'s str) {
        *self.entity.borrow_mut() = Some((table, id));
    }

    /// The table of entities that is being read.
    pub fn table(&self) -> Option<&'s str> {
        self.entity.borrow().map(|(table, _)| table)
    }

    /// Whether the entity of this id is being read.
    pub fn is_at(&self, id: &str) -> bool {
        self.entity.borrow().is_some_and(|(_, own)| own == id)
    }

    fn entity(&self) -> Option<(String, String)> {
        let (table, id) = (*self.entity.borrow())?;
        Some((table.to_owned(), id.to_owned()))
    }

    pub fn leave(&self) {
        *self.entity.borrow_mut() = None;
    }

    /// Whether the value at `span` was already reported as unreadable. If it is a date that does not exist,
    /// the report learns which entity it is in; a syntax error belongs to the file.
    pub fn is_damaged(&self, span: Span) -> bool {
        let before = self
            .damage
            .partition_point(|error| error.start < span.end || error.start == span.start);
        let damaged = self.damage[..before].last().is_some_and(|error| error.overlaps(span));
        if damaged
            && let Some(date) = self.dates.get(&span)
            && let Some(problem) = self.problems.borrow_mut().get_mut(*date)
        {
            problem.entity = self.entity();
        }
        damaged
    }

    /// Whether all of a list or a table is where nothing could be read.
    pub fn is_all_damaged(&self, span: Span) -> bool {
        let before = self.damage.partition_point(|error| error.start <= span.start);
        self.damage[..before]
            .last()
            .is_some_and(|error| span.end <= error.end && !span.range().is_empty())
    }

    /// Remembers names that may have been declared in what was not read as a table of entities.
    pub fn lose_names(&self, names: String) {
        self.lost.borrow_mut().push(names);
    }

    /// Remembers the entities under a misspelt table, by the table that was probably meant and their ids.
    pub fn lose_table(&self, meant: &str, value: &Value<'_>) {
        if let Value::Table(table) = value {
            let ids = table.entries.iter().map(|(id, _)| &*id.text);
            let names: Vec<&str> = std::iter::once(meant).chain(ids).collect();
            self.lost.borrow_mut().push(names.join(" "));
        }
    }

    pub fn finish(&self) -> (Vec<Problem>, Vec<String>) {
        (self.problems.take(), self.lost.take())
    }
}
