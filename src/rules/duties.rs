//! Duties that one identity should not hold together, and where they meet.

use crate::estate::{At, Halves, IdentityRef, Right, Verbs, Who};
use crate::manifest::{Action, Influence};
use crate::model::{IdVec, ServiceId};
use crate::rules::Context;
use crate::source::Place;
use std::collections::{BTreeMap, HashMap};

/// To do something, and to let it pass.
pub type Duties = [Action; 2];

/// Who pays is not the one who says whom: the two meet on two services as well.
pub const PAYMENT: Duties = [Action::CreatePayee, Action::ReleasePayment];

pub const CONFLICTING: [Duties; 5] = [
    [Action::Deploy, Action::Approve],
    [Action::Approve, Action::ChangeFinancialRecord],
    PAYMENT,
    [Action::Deploy, Action::ReleasePayment],
    [Action::Deploy, Action::ChangeFinancialRecord],
];

/// Why two services are as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Owner,
    /// Which of them depends on the other, and in which entry.
    Dependency {
        from: ServiceId,
        entry: usize,
    },
}

/// Both duties, the rights that grant them, and the service of each.
pub struct Conflict<'e, 'a> {
    pub duties: Duties,
    pub services: [ServiceId; 2],
    pub rights: [Right<'e, 'a>; 2],
    link: Option<Link>,
}

impl Conflict<'_, '_> {
    pub fn is_on_one(&self) -> bool {
        self.link.is_none()
    }

    /// Why two services count as one.
    pub fn why(&self) -> &'static str {
        match self.link {
            Some(Link::Dependency { .. }) => "of which one depends on the other",
            _ => "which have one owner",
        }
    }
}

/// Who holds which duties, and where.
pub struct Held<'c, 'e, 'a> {
    cx: &'c Context<'e, 'a>,
    verbs: Verbs,
    /// By service, a bit for each duty that anybody holds there; others can conflict with nothing.
    by_service: IdVec<ServiceId, u8>,
    /// The same for all services together.
    anywhere: u8,
}

const DUTIES: [Action; 5] = [
    Action::Deploy,
    Action::Approve,
    Action::ChangeFinancialRecord,
    Action::CreatePayee,
    Action::ReleasePayment,
];

fn bit(duty: Action) -> u8 {
    DUTIES.iter().position(|known| *known == duty).map_or(0, |at| 1 << at)
}

impl<'c, 'e, 'a> Held<'c, 'e, 'a> {
    pub fn new(cx: &'c Context<'e, 'a>) -> Self {
        let mut held = Self {
            cx,
            verbs: cx.estate.verbs(),
            by_service: IdVec::filled(0, cx.services.len()),
            anywhere: 0,
        };
        for identity in cx.estate.identities_view().filter(IdentityRef::is_active) {
            for right in identity.own_rights() {
                if let Some(service) = right.service {
                    let duties = DUTIES.into_iter().filter(|duty| held.granted(&right, *duty).is_some());
                    let bits = duties.map(bit).fold(0, |bits, duty| bits | duty);
                    held.by_service[service] |= bits;
                    held.anywhere |= bits;
                }
            }
        }
        held
    }

    /// Where a right grants a duty in production that nobody else has to agree to. Elsewhere nothing is released.
    pub fn granted(&self, right: &Right<'e, 'a>, duty: Action) -> Option<At<'e, Action>> {
        let granted = self.verbs.granted(right, duty)?;
        let alone = right.is_production() && !right.access.value.second_approver.says_something();
        alone.then_some(granted)
    }

    pub fn may_meet(&self, duties: Duties) -> bool {
        let both = bit(duties[0]) | bit(duties[1]);
        let meet = |held: &u8| held & both == both;
        match duties == PAYMENT {
            true => meet(&self.anywhere),
            false => self.by_service.iter().any(meet),
        }
    }

    pub fn halves(&self, right: &Right<'e, 'a>, duties: Duties) -> Halves {
        let both = bit(duties[0]) | bit(duties[1]);
        let may_meet = |service: ServiceId| duties == PAYMENT || self.by_service[service] & both == both;
        match right.service.is_some_and(may_meet) {
            true => (
                self.granted(right, duties[0]).is_some().into(),
                self.granted(right, duties[1]).is_some().into(),
            ),
            false => (0, 0),
        }
    }

    /// Where two duties come together among rights.
    pub fn combine(&self, rights: &[Right<'e, 'a>], duties: Duties) -> Option<Vec<Conflict<'e, 'a>>> {
        let mut by_service: BTreeMap<ServiceId, [Option<Right<'e, 'a>>; 2]> = BTreeMap::new();
        for right in rights {
            if let Some(service) = right.service {
                let known = by_service.entry(service).or_default();
                for (known, duty) in known.iter_mut().zip(duties) {
                    *known = known.or_else(|| self.granted(right, duty).map(|_| *right));
                }
            }
        }
        let mut conflicts = Vec::new();
        let mut apart: [BTreeMap<ServiceId, Right<'e, 'a>>; 2] = Default::default();
        for (service, held) in by_service {
            match held {
                [Some(one), Some(other)] => conflicts.push(Conflict {
                    duties,
                    services: [service; 2],
                    rights: [one, other],
                    link: None,
                }),
                [Some(one), None] => drop(apart[0].insert(service, one)),
                [None, Some(other)] => drop(apart[1].insert(service, other)),
                [None, None] => {}
            }
        }
        if duties == PAYMENT {
            conflicts.extend(self.across(&apart));
        }
        (!conflicts.is_empty()).then_some(conflicts)
    }

    /// Payees of one service that are paid by another: for each of the first, the nearest of the second.
    fn across(&self, apart: &[BTreeMap<ServiceId, Right<'e, 'a>>; 2]) -> Vec<Conflict<'e, 'a>> {
        let [payees, payments] = apart;
        if payees.is_empty() || payments.is_empty() {
            return Vec::new();
        }
        let estate = self.cx.estate;
        let mut linked: BTreeMap<ServiceId, (ServiceId, Link)> = BTreeMap::new();
        let sides = [(payees, payments, false), (payments, payees, true)];
        for (from, to, is_turned) in sides {
            for service in from.keys() {
                for edge in estate.dependencies(*service) {
                    if edge.influence == Some(Influence::Full) && to.contains_key(&edge.to) {
                        let (payee, payment) = if is_turned {
                            (edge.to, *service)
                        } else {
                            (*service, edge.to)
                        };
                        let dependency = Link::Dependency {
                            from: *service,
                            entry: edge.entry,
                        };
                        linked.entry(payee).or_insert((payment, dependency));
                    }
                }
            }
        }
        let mut by_owner: HashMap<Who<'_>, ServiceId> = HashMap::new();
        for service in payments.keys() {
            if let Some(owner) = estate.owner_of_service(*service) {
                by_owner.entry(owner.who).or_insert(*service);
            }
        }
        for service in payees.keys() {
            let owner = estate.owner_of_service(*service);
            if let Some(payment) = owner.and_then(|owner| by_owner.get(&owner.who)) {
                linked.entry(*service).or_insert((*payment, Link::Owner));
            }
        }
        let conflict = |(payee, (payment, link)): (ServiceId, (ServiceId, Link))| Conflict {
            duties: PAYMENT,
            services: [payee, payment],
            rights: [payees[&payee], payments[&payment]],
            link: Some(link),
        };
        linked.into_iter().map(conflict).collect()
    }

    /// Whether both duties are held as part of everything.
    pub fn is_everything(&self, conflict: &Conflict<'e, 'a>) -> bool {
        let all = |(right, duty): (&Right<'e, 'a>, Action)| {
            let granted = self.granted(right, duty);
            granted.is_some_and(|granted| *granted.value == Action::All)
        };
        conflict.is_on_one() && conflict.rights.iter().zip(conflict.duties).all(all)
    }

    /// Where it is stated that two services belong together.
    pub fn links(&self, conflict: &Conflict<'e, 'a>) -> Vec<(Place, String)> {
        let cx = self.cx;
        match conflict.link {
            None => Vec::new(),
            Some(Link::Dependency { from, entry }) => {
                let service = cx.services.get(from);
                let span = service.body.depends_on.items[entry].span;
                let other = conflict.services.into_iter().find(|other| *other != from);
                let other = other.map(|other| cx.name(cx.services.get(other)));
                let label = other.map(|other| format!("`{}` depends on `{other}`", cx.name(service)));
                label.map(|label| (service.at(span), label)).into_iter().collect()
            }
            Some(Link::Owner) => {
                let owned = conflict.services.iter().filter_map(|service| {
                    let owner = cx.owner_of_service(*service)?;
                    let name = cx.name(cx.services.get(*service));
                    Some((owner.place, format!("`{}` owns `{name}`", owner.name)))
                });
                owned.collect()
            }
        }
    }
}
