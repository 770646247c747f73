//! A table of an identity that its profile may complete: `rotation.last` with the profile's `every`.

use super::{Located, LocatedList, StatedAt, read};
use crate::decode::{Field, List, OneOrTable, Rare};
use crate::estate::{Entity, Estate, IdentityRef};
use crate::manifest::{EvidenceRef, Identity, Rotation};
use crate::model::{Date, RotationMode, Stated, Text};
use crate::source::Place;

/// A table of an identity in effect: each key its own, otherwise its profile's.
pub struct Part<'e, T> {
    own: StatedAt<'e, T>,
    shared: StatedAt<'e, T>,
}

impl<'e, 'a> IdentityRef<'e, 'a> {
    /// A table whose keys are merged separately: `rotation`, `review`, `offboarding`, `monitoring`, `oauth`, `agent`.
    pub fn part<T>(&self, key: impl for<'x> Fn(&'x Identity<'a>) -> &'x Rare<T>) -> Part<'e, T>
    where
        T: 'e,
        'a: 'e,
    {
        let entity: &'e Entity<'a, Identity<'a>> = self.entity();
        if !entity.readable {
            return Part {
                own: StatedAt::Unknown,
                shared: StatedAt::Unknown,
            };
        }
        Part {
            own: read(key(&entity.body), entity.file, entity.namespace, None),
            shared: match self.profile() {
                Stated::Absent => StatedAt::Absent,
                Stated::Unknown => StatedAt::Unknown,
                Stated::Known(profile) => {
                    let entity = profile.entity();
                    read(key(&entity.body.0), entity.file, entity.namespace, Some(profile.name()))
                }
            },
        }
    }
}

impl<'e, T> Part<'e, T> {
    /// What is stated under a key: its own value, otherwise its profile's.
    pub fn stated<U>(&self, key: impl Fn(&'e T) -> &'e Field<U>) -> StatedAt<'e, U> {
        for table in [&self.own, &self.shared] {
            match table {
                StatedAt::Absent => {}
                StatedAt::Unknown => return StatedAt::Unknown,
                StatedAt::Known(table) => match read(key(table.value), table.file, table.namespace, table.profile) {
                    StatedAt::Absent => {}
                    stated => return stated,
                },
            }
        }
        StatedAt::Absent
    }

    /// What is listed under a key: its own list, otherwise its profile's.
    pub fn list<U>(&self, key: impl Fn(&'e T) -> &'e List<U>) -> Option<LocatedList<'e, U>> {
        for table in [&self.own, &self.shared] {
            match table {
                StatedAt::Absent => {}
                StatedAt::Unknown => return None,
                StatedAt::Known(table) if !key(table.value).stated => {}
                StatedAt::Known(table) => {
                    let list = key(table.value);
                    return Some(LocatedList {
                        file: table.file,
                        namespace: table.namespace,
                        list: Some(list),
                        damaged: list.damaged,
                        profile: table.profile,
                    });
                }
            }
        }
        let any = self.own.known().or(self.shared.known())?;
        Some(LocatedList {
            file: any.file,
            namespace: any.namespace,
            list: None,
            damaged: false,
            profile: any.profile,
        })
    }

    /// Whether neither has the table.
    pub fn is_absent(&self) -> bool {
        self.own.is_absent() && self.shared.is_absent()
    }

    /// Whether nothing is known about the table although it may be stated.
    pub fn is_unknown(&self) -> bool {
        self.own.is_unknown() || self.own.is_absent() && self.shared.is_unknown()
    }

    /// The table: the identity's own, otherwise its profile's.
    pub fn at(&self) -> Option<Located<'e, T>> {
        self.own.known().or(self.shared.known())
    }

    /// Its place.
    pub fn place(&self) -> Option<Place> {
        self.at().map(|at| at.place())
    }
}

impl<'e, 'a, T> Part<'e, T>
where
    'a: 'e,
{
    /// Whether evidence is named under a key; a value that could not be read counts.
    pub fn names_evidence(&self, key: impl Fn(&'e T) -> &'e List<OneOrTable<EvidenceRef<'a>>>) -> bool {
        !self.is_absent()
            && self
                .list(key)
                .is_none_or(|evidence| evidence.damaged || evidence.iter().any(|item| item.value.at.says_something()))
    }
}

impl Part<'_, Rotation<'_>> {
    /// Whether it is declared, with a reason, that there is nothing to rotate. A value that could not be read may state so.
    pub fn does_not_apply(&self) -> bool {
        match self.stated(|rotation| &rotation.mode) {
            StatedAt::Absent => false,
            StatedAt::Unknown => true,
            StatedAt::Known(mode) => {
                *mode.value == RotationMode::NotApplicable && self.stated(|rotation| &rotation.reason).explains()
            }
        }
    }

    /// Whether it is declared that a system rotates the credential.
    pub fn is_automatic(&self) -> bool {
        self.stated(|rotation| &rotation.mode).value() == Some(RotationMode::Automatic)
    }
}

impl StatedAt<'_, Text<'_>> {
    /// Whether it is stated and not blank; a value that could not be read counts.
    pub fn says_something(&self) -> bool {
        match self {
            Self::Absent => false,
            Self::Unknown => true,
            Self::Known(text) => text.value.says_something(),
        }
    }

    /// Whether it is stated and explains something; a value that could not be read counts.
    pub fn explains(&self) -> bool {
        match self {
            Self::Absent => false,
            Self::Unknown => true,
            Self::Known(text) => text.value.explains(),
        }
    }
}

impl Estate<'_> {
    /// The date of a past event; a future date counts as not stated.
    pub fn happened_by_now<'e>(&self, day: StatedAt<'e, Date>) -> StatedAt<'e, Date> {
        match day {
            StatedAt::Known(day) if day.value.0 > self.as_of => StatedAt::Absent,
            day => day,
        }
    }
}
