//! The actions that the right to do everything grants.

use super::{Located, Right};
use crate::estate::{Estate, IdentityRef};
use crate::model::{Action, IdentityId, ServiceId};
use std::collections::HashMap;

/// Who holds which actions by name on which service.
pub struct Verbs(HashMap<(ServiceId, Action), Holders>);

#[derive(Clone, Copy)]
struct Holders {
    first: IdentityId,
    several: bool,
}

impl Estate<'_> {
    /// What active identities may do by name, on each service.
    pub fn verbs(&self) -> Verbs {
        let mut verbs: HashMap<(ServiceId, Action), Holders> = HashMap::new();
        // The actions of others matter only where an identity may do everything.
        if !self.links.grants_everything {
            return Verbs(verbs);
        }
        for identity in self.identities().filter(IdentityRef::is_active) {
            for right in identity.own_rights() {
                let Some(service) = right.service else {
                    continue;
                };
                for action in right.access.value.actions.iter() {
                    let holders = verbs.entry((service.index, action.value)).or_insert(Holders {
                        first: identity.index,
                        several: false,
                    });
                    holders.several |= holders.first != identity.index;
                }
            }
        }
        Verbs(verbs)
    }
}

impl Verbs {
    /// Where a right grants an action: by name or, as `"*"`, on a service where that action means something: it has
    /// books, or another identity holds that very action by name.
    pub fn granted<'e>(&self, right: &Right<'e, '_>, action: Action) -> Option<Located<'e, Action>> {
        right.names(action).or_else(|| {
            let service = right.service?;
            let everything = right.names(Action::All)?;
            (service.body.has_books() || self.held_by_another(service.index, action, right.identity.index))
                .then_some(everything)
        })
    }

    fn held_by_another(&self, service: ServiceId, action: Action, identity: IdentityId) -> bool {
        let holders = self.0.get(&(service, action));
        holders.is_some_and(|holders| holders.several || holders.first != identity)
    }
}
