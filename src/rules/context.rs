//! What a rule sees.

use super::{OptionKind, Rule};
use crate::calendar;
use crate::config::{Set, Settings};
use crate::decode::{Duration, Text, Val};
use crate::estate::Estate;
use crate::manifest::IdentityKind;
use crate::source::{Place, Sources};
use crate::workspace::Repository;
use jiff::civil::Date;
use std::ops::Deref;

pub struct Context<'e, 'a> {
    pub estate: &'e Estate<'a>,
    pub sources: &'e Sources,
    pub repository: &'e Repository,
    pub settings: &'e Settings<'e>,
}

impl<'a> Deref for Context<'_, 'a> {
    type Target = Estate<'a>;
    fn deref(&self) -> &Estate<'a> {
        self.estate
    }
}

/// A limit, and the option that set it.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    pub value: Duration,
    pub option: Option<Place>,
}

impl Limit {
    /// The last day on which something done on `last` is recent enough.
    pub fn due(&self, last: Date) -> Date {
        calendar::plus(last, self.value)
    }
}

impl Limit {
    fn set(set: Option<Set<Duration>>, otherwise: Duration) -> Self {
        match set {
            Some(Set { value, place }) => Self { value, option: place },
            None => Self {
                value: otherwise,
                option: None,
            },
        }
    }
}

impl<'e> Context<'e, '_> {
    /// The option `longest` of a rule, or what holds without it.
    pub fn longest(&self, rule: &Rule) -> Limit {
        let otherwise = rule.default_of(OptionKind::Longest);
        Limit::set(self.settings.longest(rule.name), otherwise)
    }

    /// The option `longest` of a rule for a kind of identity, or what holds without it.
    pub fn longest_for(&self, rule: &Rule, kind: IdentityKind) -> Limit {
        let otherwise = rule.default_of(OptionKind::LongestByKind);
        Limit::set(self.settings.longest_for(rule.name, kind), otherwise)
    }

    /// The option `tolerate` of a rule, in days.
    pub fn tolerated_days(&self, rule: &Rule) -> (u32, Option<Place>) {
        match self.settings.tolerate(rule.name) {
            Some(Set { value, place }) => (value, place),
            None => (rule.default_of(OptionKind::Tolerate).days, None),
        }
    }

    /// The sanctioned secret stores, when the config lists them, and where.
    pub fn sanctioned_stores(&self) -> Option<(&'e [Val<Text<'e>>], Place)> {
        let (stores, file, span) = self.settings.secret_stores()?;
        Some((stores, Place { file, span }))
    }
}
