//! Who may become a person.

use super::{Estate, IdentityRef, Name};
use crate::model::{IdVec, IdentityId};
use crate::source::Place;
use std::collections::VecDeque;

/// How an identity comes to act as a person.
#[derive(Debug, Clone, Copy)]
pub struct WayToHuman<'e> {
    /// Where the first step is stated.
    pub place: Place,
    /// The profile that states it, if one does.
    pub profile: Option<Name<'e>>,
    /// The identity that it becomes first.
    pub next: IdentityId,
    /// The person it ends at.
    pub human: IdentityId,
}

impl<'a> Estate<'a> {
    /// For each identity, the shortest way to an active human that it may become, over active identities.
    /// A way ends at the first identity that `stops`: who may become that one adds nothing.
    pub fn ways_to_humans<'e>(
        &'e self,
        stops: impl Fn(&IdentityRef<'e, 'a>) -> bool,
    ) -> IdVec<IdentityId, Option<WayToHuman<'e>>> {
        let active = |index: IdentityId| Some(self.identity(index)).filter(IdentityRef::is_active);
        let mut becoming: IdVec<IdentityId, Vec<_>> = IdVec::filled(Vec::new(), self.identities.len());
        for identity in self.identities.ids().filter_map(active) {
            for name in identity.list(|i| &i.may_assume).iter() {
                let other = self.identities.resolve(&self.namespaces, name.namespace, name.value);
                if let Some(other) = other.and_then(active) {
                    becoming[other.index].push((identity.index, name.place(), name.profile));
                }
            }
        }
        let mut ways: IdVec<IdentityId, Option<WayToHuman<'_>>> = IdVec::filled(None, self.identities.len());
        let humans = self.identities.ids().filter_map(active).filter(IdentityRef::is_human);
        let mut queue: VecDeque<(IdentityId, IdentityId)> = humans.map(|human| (human.index, human.index)).collect();
        while let Some((next, human)) = queue.pop_front() {
            for (identity, place, profile) in &becoming[next] {
                let one = self.identity(*identity);
                if ways[*identity].is_none() && !one.is_human() {
                    ways[*identity] = Some(WayToHuman {
                        place: *place,
                        profile: *profile,
                        next,
                        human,
                    });
                    if !stops(&one) {
                        queue.push_back((*identity, human));
                    }
                }
            }
        }
        ways
    }
}
