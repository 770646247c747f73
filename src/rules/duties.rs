//! Duties that one identity should not hold together, and where they meet.

use crate::estate::{DependencyRef, Estate, IdentityRef, Located, Right, ServiceRef, Verbs, Who};
use crate::model::{Action, IdVec, Influence, ServiceId};
use crate::source::Place;
use std::collections::{BTreeMap, HashMap};

/// Doing something, and approving it.
pub type Duties = [Action; 2];

/// Choosing payees and paying them: the two conflict across services, too.
pub const PAYMENT: Duties = [Action::CreatePayee, Action::ReleasePayment];

pub const CONFLICTING: [Duties; 5] = [
    [Action::Deploy, Action::Approve],
    [Action::Approve, Action::ChangeFinancialRecord],
    PAYMENT,
    [Action::Deploy, Action::ReleasePayment],
    [Action::Deploy, Action::ChangeFinancialRecord],
];

/// Why two services count as one.
#[derive(Clone, Copy)]
enum Link<'e, 'a> {
    Owner,
    /// One of them depends on the other.
    Dependency(DependencyRef<'e, 'a>),
}

/// Both duties, the rights that grant them, and the service of each.
pub struct Conflict<'e, 'a> {
    pub duties: Duties,
    pub services: [ServiceRef<'e, 'a>; 2],
    pub rights: [Right<'e, 'a>; 2],
    link: Option<Link<'e, 'a>>,
}

impl Conflict<'_, '_> {
    pub fn is_on_one(&self) -> bool {
        self.link.is_none()
    }

    /// Why two services count as one.
    pub fn why(&self) -> &'static str {
        match self.link {
            Some(Link::Dependency(_)) => "one of which depends on the other",
            _ => "which have one owner",
        }
    }
}

/// Who holds which duties, and where.
pub struct Held {
    verbs: Verbs,
    /// By service, a bit for each duty that any identity holds there; others cannot conflict.
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

impl Held {
    pub fn new(estate: &Estate<'_>) -> Self {
        let mut held = Self {
            verbs: estate.verbs(),
            by_service: IdVec::filled(0, estate.services.len()),
            anywhere: 0,
        };
        for identity in estate.identities().filter(IdentityRef::is_active) {
            for right in identity.own_rights() {
                if let Some(service) = right.service {
                    let duties = DUTIES.into_iter().filter(|duty| held.granted(&right, *duty).is_some());
                    let bits = duties.map(bit).fold(0, |bits, duty| bits | duty);
                    held.by_service[service.index] |= bits;
                    held.anywhere |= bits;
                }
            }
        }
        held
    }

    /// Where a right grants a duty in production that no one else has to approve. Elsewhere nothing is released.
    pub fn granted<'e, 'a>(&self, right: &Right<'e, 'a>, duty: Action) -> Option<Located<'e, Action>> {
        let granted = self.verbs.granted(right, duty)?;
        let alone = right.is_production() && !right.access.value.second_approver.says_something();
        alone.then_some(granted)
    }

    pub fn may_meet(&self, duties: Duties) -> bool {
        let both = bit(duties[0]) | bit(duties[1]);
        let meet = |held: &u8| held & both == both;
        if duties == PAYMENT {
            meet(&self.anywhere)
        } else {
            self.by_service.iter().any(meet)
        }
    }

    /// What a right contributes to one of two duties: nothing where the two cannot meet.
    pub fn half<'e, 'a>(&self, right: &Right<'e, 'a>, duties: Duties, duty: Action) -> u8 {
        let both = bit(duties[0]) | bit(duties[1]);
        let may_meet = |service: ServiceRef<'_, '_>| duties == PAYMENT || self.by_service[service.index] & both == both;
        (right.service.is_some_and(may_meet) && self.granted(right, duty).is_some()).into()
    }

    /// Where two duties meet among rights.
    pub fn combine<'e, 'a>(&self, rights: &[Right<'e, 'a>], duties: Duties) -> Option<Vec<Conflict<'e, 'a>>> {
        let mut by_service: BTreeMap<ServiceRef<'e, 'a>, [Option<Right<'e, 'a>>; 2]> = BTreeMap::new();
        for right in rights {
            if let Some(service) = right.service {
                let known = by_service.entry(service).or_default();
                for (known, duty) in known.iter_mut().zip(duties) {
                    *known = known.or_else(|| self.granted(right, duty).map(|_| *right));
                }
            }
        }
        let mut conflicts = Vec::new();
        let mut apart: [BTreeMap<ServiceRef<'e, 'a>, Right<'e, 'a>>; 2] = Default::default();
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

    /// Payees of one service that another pays: for each of the first, the nearest of the second.
    fn across<'e, 'a>(&self, apart: &[BTreeMap<ServiceRef<'e, 'a>, Right<'e, 'a>>; 2]) -> Vec<Conflict<'e, 'a>> {
        let [payees, payments] = apart;
        if payees.is_empty() || payments.is_empty() {
            return Vec::new();
        }
        let mut linked: BTreeMap<ServiceRef<'e, 'a>, (ServiceRef<'e, 'a>, Link<'e, 'a>)> = BTreeMap::new();
        let sides = [(payees, payments, false), (payments, payees, true)];
        for (from, to, is_turned) in sides {
            for service in from.keys() {
                for dependency in service.dependencies() {
                    if dependency.influence == Some(Influence::Full) && to.contains_key(&dependency.on) {
                        let (payee, payment) = if is_turned {
                            (dependency.on, *service)
                        } else {
                            (*service, dependency.on)
                        };
                        linked.entry(payee).or_insert((payment, Link::Dependency(dependency)));
                    }
                }
            }
        }
        let mut by_owner: HashMap<Who<'e, 'a>, ServiceRef<'e, 'a>> = HashMap::new();
        for service in payments.keys() {
            if let Some(owner) = service.owner() {
                by_owner.entry(owner.who).or_insert(*service);
            }
        }
        for service in payees.keys() {
            let owner = service.owner();
            if let Some(payment) = owner.and_then(|owner| by_owner.get(&owner.who)) {
                linked.entry(*service).or_insert((*payment, Link::Owner));
            }
        }
        let conflict = |(payee, (payment, link)): (ServiceRef<'e, 'a>, (ServiceRef<'e, 'a>, Link<'e, 'a>))| Conflict {
            duties: PAYMENT,
            services: [payee, payment],
            rights: [payees[&payee], payments[&payment]],
            link: Some(link),
        };
        linked.into_iter().map(conflict).collect()
    }

    /// Whether both duties are held as part of everything.
    pub fn is_everything<'e, 'a>(&self, conflict: &Conflict<'e, 'a>) -> bool {
        let all = |(right, duty): (&Right<'e, 'a>, Action)| {
            let granted = self.granted(right, duty);
            granted.is_some_and(|granted| *granted.value == Action::All)
        };
        conflict.is_on_one() && conflict.rights.iter().zip(conflict.duties).all(all)
    }

    /// Where it is stated that two services belong together.
    pub fn links<'e, 'a>(&self, conflict: &Conflict<'e, 'a>) -> Vec<(Place, String)> {
        match conflict.link {
            None => Vec::new(),
            Some(Link::Dependency(dependency)) => {
                let (from, on) = (dependency.dependant, dependency.on);
                let label = format!("`{}` depends on `{}`", from.name(), on.name());
                vec![(dependency.stated_at(), label)]
            }
            Some(Link::Owner) => {
                let owned = conflict.services.iter().filter_map(|service| {
                    let owner = service.owner()?;
                    Some((owner.place, format!("`{}` owns `{}`", owner.name, service.name())))
                });
                owned.collect()
            }
        }
    }
}
