//! Who may become a person.

use crate::estate::{Estate, IdentityRef, Name};
use crate::model::{IdVec, IdentityId};
use crate::source::Place;
use std::collections::VecDeque;

/// How an identity may come to act as a person.
#[derive(Debug, Clone, Copy)]
pub struct WayToHuman<'e, 'a> {
    /// Where the first step is stated.
    pub place: Place,
    /// The profile that states it, if one does.
    pub profile: Option<Name<'e>>,
    /// The identity that it becomes first.
    pub next: IdentityRef<'e, 'a>,
    /// The person at the end.
    pub human: IdentityRef<'e, 'a>,
}

impl<'a> Estate<'a> {
    /// For each identity, the shortest path to an active human that it may become, through active identities.
    /// A path ends at the first identity that `stops`: identities that may become that one add nothing.
    pub fn ways_to_humans<'e>(
        &'e self,
        stops: impl Fn(&IdentityRef<'e, 'a>) -> bool,
    ) -> IdVec<IdentityId, Option<WayToHuman<'e, 'a>>> {
        let mut becoming: IdVec<IdentityId, Vec<_>> = IdVec::filled(Vec::new(), self.identities.len());
        for identity in self.identities() {
            for name in identity.list(|i| &i.may_assume).iter() {
                let other = self.identity_named(name.namespace, name.value);
                if let Some(other) = other.filter(|other| identity.is_active() && other.is_active()) {
                    becoming[other.index].push((identity, name.place(), name.profile));
                }
            }
        }
        let mut ways: IdVec<IdentityId, Option<WayToHuman<'_, '_>>> = IdVec::filled(None, self.identities.len());
        let becomable = self
            .identities()
            .filter(|identity| !becoming[identity.index].is_empty());
        let humans = becomable.filter(IdentityRef::is_human);
        let mut queue: VecDeque<(IdentityRef<'_, '_>, IdentityRef<'_, '_>)> =
            humans.map(|human| (human, human)).collect();
        while let Some((next, human)) = queue.pop_front() {
            for (identity, place, profile) in &becoming[next.index] {
                if ways[identity.index].is_none() && !identity.is_human() {
                    ways[identity.index] = Some(WayToHuman {
                        place: *place,
                        profile: *profile,
                        next,
                        human,
                    });
                    if !stops(identity) {
                        queue.push_back((*identity, human));
                    }
                }
            }
        }
        ways
    }
}
