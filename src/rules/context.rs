//! What a rule sees.

use crate::calendar;
use crate::config::Config;
use crate::decode::{Duration, Field, Text};
use crate::estate::Estate;
use crate::manifest::IdentityKind;
use crate::source::{FileId, Place, Sources};
use crate::workspace::Repository;
use jiff::civil::Date;
use std::ops::Deref;

pub struct Context<'e, 'a> {
    pub estate: &'e Estate<'a>,
    pub sources: &'e Sources,
    pub repository: &'e Repository,
    /// The config, and the file it stands in.
    pub config: Option<(&'e Config<'e>, FileId)>,
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

impl<'e> Context<'e, '_> {
    fn setting(&self, rule: &str) -> Option<(&'e crate::config::RuleSetting, FileId)> {
        let (config, file) = self.config?;
        let entry = config.rules.0.iter().find(|entry| entry.id.as_str() == rule)?;
        Some((&entry.body.0, file))
    }

    /// The option `longest` of a rule, or what holds without it.
    pub fn longest(&self, rule: &str, otherwise: Duration) -> Limit {
        let set = self.setting(rule).and_then(|(setting, file)| {
            let longest = setting.longest.get()?.0.default.known()?;
            Some(Limit {
                value: longest.value,
                option: Some(Place {
                    file,
                    span: longest.span,
                }),
            })
        });
        set.unwrap_or(Limit {
            value: otherwise,
            option: None,
        })
    }

    /// The option `longest` of a rule for a kind of identity, or what holds without it.
    pub fn longest_for(&self, rule: &str, kind: IdentityKind, otherwise: Duration) -> Limit {
        let set = self.setting(rule).and_then(|(setting, file)| {
            let (value, span) = setting.longest.get()?.0.of(kind)?;
            Some(Limit {
                value,
                option: Some(Place { file, span }),
            })
        });
        set.unwrap_or(Limit {
            value: otherwise,
            option: None,
        })
    }

    /// The option `tolerate` of a rule, in days.
    pub fn tolerated_days(&self, rule: &str) -> (u32, Option<Place>) {
        let set = self.setting(rule).and_then(|(setting, file)| {
            let days = setting.tolerate.known()?;
            Some((days.value.0, Some(Place { file, span: days.span })))
        });
        set.unwrap_or((0, None))
    }

    /// The sanctioned secret stores, when the config lists them, and where.
    pub fn sanctioned_stores(&self) -> Option<(&'e [crate::decode::Val<Text<'e>>], Place)> {
        let (config, file) = self.config?;
        let stores = match &config.policy {
            Field::Known(policy) => &policy.value.secret_stores,
            _ => return None,
        };
        stores.stated.then_some((
            stores.items.as_slice(),
            Place {
                file,
                span: stores.span,
            },
        ))
    }
}
