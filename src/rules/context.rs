//! The context of a rule.

use super::{OptionKind, Rule};
use crate::calendar;
use crate::config::{Set, Settings};
use crate::decode::Val;
use crate::discover::Discovered;
use crate::estate::{BreakGlass, Estate, IdentityRef};
use crate::manifest::is_same_store;
use crate::model::{Duration, IdentityKind, Text};
use crate::source::{Place, Sources};
use crate::today::Today;
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
    /// The option `longest` of a rule, or its default.
    pub fn longest(settings: &Settings<'_>, rule: &Rule) -> Self {
        let otherwise = rule.default_of(OptionKind::Longest);
        Self::set(settings.longest(rule.name), otherwise)
    }

    /// The option `longest` of a rule for a kind of identity, or its default.
    pub fn longest_for(settings: &Settings<'_>, rule: &Rule, kind: IdentityKind) -> Self {
        let otherwise = rule.default_of(OptionKind::LongestByKind);
        Self::set(settings.longest_for(rule.name, kind), otherwise)
    }

    /// The option `season` of a rule, or its default.
    pub fn season(settings: &Settings<'_>, rule: &Rule) -> Self {
        Self::set(settings.season(rule.name), rule.default_of(OptionKind::Season))
    }

    /// An interval that something states for itself, as far as a stated longest one lets it hold.
    pub fn own(as_of: &Today, own: Duration, longest: Option<Set<Duration>>) -> Self {
        match longest.filter(|longest| as_of.is_sooner(longest.value, own)) {
            Some(Set { value, place }) => Self { value, option: place },
            None => Self {
                value: own,
                option: None,
            },
        }
    }

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

impl<'e, 'a> Context<'e, 'a> {
    /// What the repository shows, if the config asks for that to be compared with what is declared.
    pub fn compared(&self) -> Option<&'a Discovered> {
        self.estate.seen.discovered().filter(|_| self.settings.discovers())
    }
}

impl<'e> Context<'e, '_> {
    /// The option `longest` of a rule, or its default.
    pub fn longest(&self, rule: &Rule) -> Limit {
        Limit::longest(self.settings, rule)
    }

    /// The option `longest` of a rule for a kind of identity, or its default.
    pub fn longest_for(&self, rule: &Rule, kind: IdentityKind) -> Limit {
        Limit::longest_for(self.settings, rule, kind)
    }

    /// The interval that something states for itself, up to the option `longest` that a config sets for the rule; the
    /// default of the option is not a limit.
    pub fn own_interval(&self, own: Duration, longest: Option<Set<Duration>>) -> Limit {
        Limit::own(&self.as_of, own, longest)
    }

    /// The option `season` of a rule, or its default.
    pub fn season(&self, rule: &Rule) -> Limit {
        Limit::season(self.settings, rule)
    }

    /// The option `from` of a rule, where a config states it.
    pub fn from(&self, rule: &Rule) -> Option<Set<Duration>> {
        self.settings.from(rule.name)
    }

    /// The option `tolerate` of a rule, in days.
    pub fn tolerated_days(&self, rule: &Rule) -> (u32, Option<Place>) {
        match self.settings.tolerate(rule.name) {
            Some(Set { value, place }) => (value, place),
            None => (rule.default_of(OptionKind::Tolerate).days, None),
        }
    }

    /// How long an exemption may last from now on, where the config requires exemptions to end, and that option.
    pub fn exemptions_end_within(&self) -> Option<(Duration, Option<Place>)> {
        let end = self.settings.exemptions_end();
        end.value.then(|| (self.settings.longest_term().value, end.place))
    }

    /// Whether an identity is, or may be, a completely declared emergency login.
    pub fn may_be_break_glass(&self, identity: IdentityRef<'_, '_>) -> bool {
        let ends_within = self.exemptions_end_within().map(|(term, _)| term);
        identity.break_glass(ends_within) != BreakGlass::No
    }

    /// The sanctioned secret stores, when the config lists them, and where.
    pub fn sanctioned_stores(&self) -> Option<(&'e [Val<Text<'e>>], Place)> {
        let stores = self.settings.secret_stores()?;
        Some((stores.items, stores.place))
    }

    /// Whether the config lists a secret store, however it is spelt.
    pub fn is_listed_store(&self, name: &str) -> bool {
        self.sanctioned_stores()
            .is_some_and(|(stores, _)| stores.iter().any(|listed| is_same_store(&listed.value, name)))
    }
}
