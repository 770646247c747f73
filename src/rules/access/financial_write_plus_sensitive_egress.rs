//! One identity can both change financial records and take sensitive data out.

use crate::estate::{Chains, DataRef, IdentityRef, Located, Right, ServiceOwner, Verbs, Weight};
use crate::finding::{Finding, Severity};
use crate::model::{Action, Classification, DataKind};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::source::Span;
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    name: "financial-write-plus-sensitive-egress",
    since: "0.1.0",
    group: Group::Access,
    severity: Severity::Error,
    summary: "One identity can both change financial records and take sensitive data out.",
    references: &["CC6.3", "CC6.7", "AC-5"],
    options: &[],
    yields_to: &[YieldsTo::on_subject("leaver-with-access")],
    page: include_str!("financial_write_plus_sensitive_egress.md"),
    check: Check::Estate(check),
};

/// A right to change the books, a right to sensitive data, and how the data can leave.
struct Pair<'e, 'a> {
    change: Right<'e, 'a>,
    take: Right<'e, 'a>,
    data: DataRef<'e, 'a>,
    /// Where read data may be written to, if that is how it leaves, and the owner of that place.
    to: Option<(Right<'e, 'a>, ServiceOwner<'e, 'a>)>,
}

/// The rights that matter, in an estate.
struct Asked<'c, 'e, 'a> {
    cx: &'c Context<'e, 'a>,
    verbs: Verbs,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let asked = Asked {
        cx,
        verbs: cx.estate.verbs(),
    };
    let chains = cx.estate.chains();
    let mut found: Vec<(IdentityRef<'_, '_>, Finding)> = exporting(&asked, &chains);
    let named: HashSet<IdentityRef<'_, '_>> = found.iter().map(|(identity, _)| *identity).collect();
    let moving = moving(&asked, &chains);
    found.extend(moving.into_iter().filter(|(identity, _)| !named.contains(identity)));
    found.sort_by_key(|(identity, _)| *identity);
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// Identities that change the books and export.
fn exporting<'e, 'a>(asked: &Asked<'_, 'e, 'a>, chains: &Chains<'e, 'a>) -> Vec<(IdentityRef<'e, 'a>, Finding)> {
    let changes = |right: &Right<'e, 'a>| asked.changes(right).is_some().into();
    let takes = |right: &Right<'e, 'a>| {
        let exports = asked.takes(right, Action::Export).is_some() && asked.reaches_sensitive(right);
        exports.into()
    };
    let weight = |identity: &IdentityRef<'e, 'a>| match identity.is_human() || asked.cx.may_be_break_glass(*identity) {
        true => Weight::Light,
        false if identity.is_non_human() => Weight::Full,
        false => Weight::None,
    };
    let combining = chains.nearest_combining(changes, takes, |rights| exports(asked, rights), weight);
    let found = combining.into_iter().filter_map(|combining| {
        let finding = finding(asked, combining.identity, &combining.found)?;
        let severity = match weight(&combining.identity) {
            Weight::Full => RULE.severity,
            _ => Severity::Note,
        };
        Some((combining.identity, finding.severity(severity)))
    });
    found.collect()
}

/// Identities that change the books, export nothing, and may carry what they read to another owner's service.
fn moving<'e, 'a>(asked: &Asked<'_, 'e, 'a>, chains: &Chains<'e, 'a>) -> Vec<(IdentityRef<'e, 'a>, Finding)> {
    let changes = |right: &Right<'e, 'a>| asked.changes(right).is_some().into();
    let moves_out = |right: &Right<'e, 'a>| {
        let takes = |action| u8::from(asked.takes(right, action).is_some());
        let sensitive = || asked.reaches_sensitive(right);
        let taken = match takes(Action::Read) | takes(Action::Export) << 1 {
            0 => 0,
            taken if sensitive() => taken,
            _ => 0,
        };
        taken | takes(Action::Write) << 2
    };
    // Reading and writing is people's ordinary work.
    let weight = |identity: &IdentityRef<'e, 'a>| {
        if identity.is_non_human() && !asked.cx.may_be_break_glass(*identity) {
            Weight::Full
        } else {
            Weight::None
        }
    };
    let judge = |rights: &[Right<'e, 'a>]| match exports(asked, rights) {
        Some(_) => None,
        None => moves(asked, rights),
    };
    let combining = chains.nearest_combining(changes, moves_out, judge, weight);
    let found = combining.into_iter().filter_map(|combining| {
        let finding = finding(asked, combining.identity, &combining.found)?;
        Some((combining.identity, finding.severity(Severity::Note)))
    });
    found.collect()
}

impl<'e, 'a> Asked<'_, 'e, 'a> {
    /// Where a right grants changing the books. What is outside production is neither the books nor, as far as is
    /// stated, the data itself.
    fn changes(&self, right: &Right<'e, 'a>) -> Option<Located<'e, Action>> {
        let mut financial = Action::FINANCIAL.into_iter();
        right.is_production().then_some(())?;
        financial.find_map(|action| self.verbs.granted(right, action))
    }

    /// Where a right grants reading, writing or exporting; for these, the right to do everything counts on any service.
    fn takes(&self, right: &Right<'e, 'a>, action: Action) -> Option<Located<'e, Action>> {
        right.is_production().then_some(())?;
        right.grants(&[action])
    }

    fn reaches_sensitive(&self, right: &Right<'e, 'a>) -> bool {
        right.data().iter().any(|data| sensitivity(*data).is_some())
    }
}

/// Rights that cannot be told apart for lack of a service are not checked.
fn known<'r, 'e, 'a>(rights: &'r [Right<'e, 'a>]) -> impl Iterator<Item = &'r Right<'e, 'a>> {
    rights.iter().filter(|right| right.service.is_some())
}

fn exports<'e, 'a>(asked: &Asked<'_, 'e, 'a>, rights: &[Right<'e, 'a>]) -> Option<Pair<'e, 'a>> {
    let changed = changed(asked, rights);
    known(rights)
        .filter(|right| asked.takes(right, Action::Export).is_some())
        .find_map(|export| taken(&changed, *export))
}

fn moves<'e, 'a>(asked: &Asked<'_, 'e, 'a>, rights: &[Right<'e, 'a>]) -> Option<Pair<'e, 'a>> {
    let changed = changed(asked, rights);
    let owned = |right: &Right<'e, 'a>| right.service?.owner();
    let mut owners = HashSet::new();
    let written: Vec<(Right<'e, 'a>, ServiceOwner<'_, '_>)> = known(rights)
        .filter(|right| asked.takes(right, Action::Write).is_some())
        .filter_map(|right| Some((*right, owned(right)?)))
        .filter(|(_, owner)| owners.insert(owner.who))
        .collect();
    let reads = known(rights).filter(|right| asked.takes(right, Action::Read).is_some());
    reads
        .filter_map(|read| Some((read, owned(read)?)))
        .find_map(|(read, owner)| {
            let elsewhere = |(_, other): &&(_, ServiceOwner<'_, '_>)| !owner.who.may_be(other.who);
            let to = *written.iter().find(elsewhere)?;
            let pair = taken(&changed, *read)?;
            Some(Pair { to: Some(to), ..pair })
        })
}

/// The first sensitive data that a right can take out, where changing the books is a separate duty.
fn taken<'e, 'a>(changed: &[Changed<'e, 'a>], take: Right<'e, 'a>) -> Option<Pair<'e, 'a>> {
    let sensitive = take.data().into_iter();
    let mut sensitive = sensitive.filter(|data| sensitivity(*data).is_some());
    sensitive.find_map(|data| {
        let change = changed.iter().find(|change| !change.is_one_duty_with(&take, data))?;
        Some(Pair {
            change: change.right,
            take,
            data,
            to: None,
        })
    })
}

/// A right to change the books, and the data that it may change.
struct Changed<'e, 'a> {
    right: Right<'e, 'a>,
    data: Vec<DataRef<'e, 'a>>,
    uncertain: bool,
}

fn changed<'e, 'a>(asked: &Asked<'_, 'e, 'a>, rights: &[Right<'e, 'a>]) -> Vec<Changed<'e, 'a>> {
    let changing = known(rights).filter(|right| asked.changes(right).is_some());
    let changed = changing.map(|right| Changed {
        right: *right,
        data: right.data(),
        uncertain: right.data_uncertain(),
    });
    changed.collect()
}

impl Changed<'_, '_> {
    /// Taking out what it writes, where it writes it, is one duty. Where the data is not stated, that may be the case.
    fn is_one_duty_with(&self, take: &Right<'_, '_>, data: DataRef<'_, '_>) -> bool {
        let same = self.data.contains(&data) || self.data.is_empty() || self.uncertain;
        self.right.service == take.service && same
    }
}

/// What makes a data category sensitive.
fn sensitivity(data: DataRef<'_, '_>) -> Option<(Span, &'static str)> {
    let body = &data.body;
    if let Some(classification) = body
        .classification
        .known()
        .filter(|c| c.value == Classification::Restricted)
    {
        return Some((classification.span, "restricted"));
    }
    body.kinds.iter().find_map(|kind| match kind.value {
        DataKind::Personal => Some((kind.span, "personal")),
        DataKind::SpecialCategory => Some((kind.span, "special-category")),
        DataKind::Cardholder => Some((kind.span, "cardholder")),
        _ => None,
    })
}

fn finding<'e, 'a>(asked: &Asked<'_, 'e, 'a>, identity: IdentityRef<'e, 'a>, pair: &Pair<'e, 'a>) -> Option<Finding> {
    let change = asked.changes(&pair.change)?;
    let verb = match pair.to {
        Some(_) => Action::Read,
        None => Action::Export,
    };
    let take = asked.takes(&pair.take, verb)?;
    let data = pair.data;
    let (span, sensitive) = sensitivity(pair.data)?;
    let service = |right: &Right<'_, '_>| {
        let service = right.service.map(|service| service.name());
        service.map_or_else(String::new, |name| format!(" `{name}`"))
    };
    let on = |right: &Right<'_, '_>| match right.service {
        Some(_) => format!(" on{}", service(right)),
        None => String::new(),
    };
    let who = |right: &Right<'_, 'a>| {
        if right.identity == identity {
            String::new()
        } else {
            format!("`{}` ", right.identity.name())
        }
    };
    let through = |right: &Right<'_, 'a>| {
        if right.identity == identity {
            String::new()
        } else {
            format!(" as `{}`", right.identity.name())
        }
    };
    let name = identity.name();
    let may = format!(
        "`{name}` may {}{}{} and {} the {sensitive} data `{}`{}{}",
        words::action(*change.value),
        on(&pair.change),
        through(&pair.change),
        verb.as_str(),
        data.name(),
        on(&pair.take),
        through(&pair.take),
    );
    let message = match (&pair.to, identity.is_human()) {
        (Some((write, owner)), _) => format!(
            "{may}, and may write{}{}, a service of `{}`: a single credential is enough to change the books and to move this data there",
            on(write),
            through(write),
            owner.name
        ),
        (None, true) => format!("{may}: one person can change the books and take this data out"),
        (None, false) => {
            format!("{may}: a single credential is enough to change the books and to take this data out")
        }
    };
    let label = format!("may {}{}", words::action(*change.value), on(&pair.change));
    let mut finding = RULE
        .finding(identity.path(), change.place(), label, message)
        .related(
            take.place(),
            take.label(format!("{}may {}{}", who(&pair.take), verb.as_str(), on(&pair.take))),
        )
        .related(data.at(span), format!("`{}` is {sensitive}", data.name()));
    let mut assumed = vec![pair.change.identity, pair.take.identity];
    if let Some((write, owner)) = &pair.to {
        let written = asked.takes(write, Action::Write)?;
        finding = finding
            .related(
                written.place(),
                written.label(format!("{}may write{}", who(write), on(write))),
            )
            .related(owner.place, format!("`{}` owns{}", owner.name, service(write)));
        assumed.push(write.identity);
    }
    for assumed in assumed {
        if assumed != identity {
            let label = format!("`{name}` may assume `{}`", assumed.name());
            finding = finding.related(assumed.place(), label);
        }
    }
    Some(finding.help(if identity.is_human() {
        "give the two duties to two people, or remove one of the two actions"
    } else {
        "split the identity in two, one for each duty, or remove one of the two actions"
    }))
}
