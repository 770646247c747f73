//! One identity can both change financial records and take sensitive data out.

use crate::estate::{Combining, DataRef, Halves, IdentityRef, Located, Right, ServiceOwner, Weight};
use crate::finding::{Finding, Severity};
use crate::model::{Action, Classification, DataKind};
use crate::rules::{Check, Context, Group, Rule, YieldsTo, words};
use crate::source::Span;
use std::collections::{BTreeMap, HashSet};

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
    check: Check::Several(&[Check::ActiveIdentity(alone), Check::Estate(chained)]),
};

/// A right to change the books, a right to sensitive data, and how the data can leave.
struct Pair<'e, 'a> {
    change: Right<'e, 'a>,
    take: Right<'e, 'a>,
    data: DataRef<'e, 'a>,
    /// Where read data may be written to, if that is how it leaves, and the owner of that place.
    to: Option<(Right<'e, 'a>, ServiceOwner<'e, 'a>)>,
}

/// One of the two ways in which data leaves, where an identity has it by itself or in chains.
struct Way {
    halves: fn(&Right<'_, '_>) -> Halves,
    judge: for<'e, 'a> fn(&[Right<'e, 'a>]) -> Option<Pair<'e, 'a>>,
    weight: fn(&Context<'_, '_>, &IdentityRef<'_, '_>) -> Weight,
    /// Where an identity of full weight has it.
    severity: Severity,
}

/// Identities that change the books and export; and those that export nothing, and may carry what they read to another
/// owner's service. What has the first is not looked at for the second.
const WAYS: [Way; 2] = [
    Way {
        halves: |right| {
            let exports = takes(right, Action::Export).is_some() && reaches_sensitive(right);
            (changes(right).is_some().into(), exports.into())
        },
        judge: exports,
        weight: |cx, identity| match identity.is_human() || cx.may_be_break_glass(*identity) {
            true => Weight::Light,
            false if identity.is_non_human() => Weight::Full,
            false => Weight::None,
        },
        severity: Severity::Error,
    },
    Way {
        halves: |right| {
            let takes = |action| u8::from(takes(right, action).is_some());
            let taken = match takes(Action::Read) | takes(Action::Export) << 1 {
                0 => 0,
                taken if reaches_sensitive(right) => taken,
                _ => 0,
            };
            (changes(right).is_some().into(), taken | takes(Action::Write) << 2)
        },
        judge: |rights| match exports(rights) {
            Some(_) => None,
            None => moves(rights),
        },
        // Reading and writing is people's ordinary work.
        weight: |cx, identity| match identity.is_non_human() && !cx.may_be_break_glass(*identity) {
            true => Weight::Full,
            false => Weight::None,
        },
        severity: Severity::Note,
    },
];

impl Way {
    fn finding<'e, 'a>(&self, cx: &Context<'_, '_>, found: &Combining<'e, 'a, Pair<'e, 'a>>) -> Option<Finding> {
        let finding = finding(found.identity, &found.found)?;
        let severity = match (self.weight)(cx, &found.identity) {
            Weight::Full => self.severity,
            _ => Severity::Note,
        };
        Some(finding.severity(severity))
    }
}

/// Those that act as no other, and as which no other acts.
fn alone(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    // Most change no books, and so have neither.
    if identity.may_be_chained() || identity.own_rights().all(|right| changes(&right).is_none()) {
        return None;
    }
    let mut ways = WAYS.iter();
    ways.find_map(|way| {
        let found = identity.combining(way.halves, way.judge, |identity| (way.weight)(cx, identity));
        way.finding(cx, &found?)
    })
}

fn chained(cx: &Context<'_, '_>) -> Vec<Finding> {
    let Some(chains) = cx.estate.chains() else {
        return Vec::new();
    };
    let mut found: BTreeMap<IdentityRef<'_, '_>, Finding> = BTreeMap::new();
    for way in &WAYS {
        for combining in chains.nearest_combining(way.halves, way.judge, |identity| (way.weight)(cx, identity)) {
            if let Some(finding) = way.finding(cx, &combining) {
                found.entry(combining.identity).or_insert(finding);
            }
        }
    }
    found.into_values().collect()
}

/// Where a right grants changing the books. What is outside production is neither the books nor, as far as is stated, the
/// data itself.
fn changes<'e>(right: &Right<'e, '_>) -> Option<Located<'e, Action>> {
    right.is_production().then_some(())?;
    Action::FINANCIAL.into_iter().find_map(|action| right.means(action))
}

/// Where a right grants reading, writing or exporting; for these, the right to do everything counts on any service.
fn takes<'e>(right: &Right<'e, '_>, action: Action) -> Option<Located<'e, Action>> {
    right.is_production().then_some(())?;
    right.grants(&[action])
}

fn reaches_sensitive(right: &Right<'_, '_>) -> bool {
    right.data().iter().any(|data| sensitivity(*data).is_some())
}

/// Rights that cannot be told apart for lack of a service are not checked.
fn known<'r, 'e, 'a>(rights: &'r [Right<'e, 'a>]) -> impl Iterator<Item = &'r Right<'e, 'a>> {
    rights.iter().filter(|right| right.service.is_some())
}

fn exports<'e, 'a>(rights: &[Right<'e, 'a>]) -> Option<Pair<'e, 'a>> {
    let changed = changed(rights);
    known(rights)
        .filter(|right| takes(right, Action::Export).is_some())
        .find_map(|export| taken(&changed, *export))
}

fn moves<'e, 'a>(rights: &[Right<'e, 'a>]) -> Option<Pair<'e, 'a>> {
    let changed = changed(rights);
    let owned = |right: &Right<'e, 'a>| right.service?.owner();
    let mut owners = HashSet::new();
    let written: Vec<(Right<'e, 'a>, ServiceOwner<'_, '_>)> = known(rights)
        .filter(|right| takes(right, Action::Write).is_some())
        .filter_map(|right| Some((*right, owned(right)?)))
        .filter(|(_, owner)| owners.insert(owner.who))
        .collect();
    let reads = known(rights).filter(|right| takes(right, Action::Read).is_some());
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

fn changed<'e, 'a>(rights: &[Right<'e, 'a>]) -> Vec<Changed<'e, 'a>> {
    let changing = known(rights).filter(|right| changes(right).is_some());
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

fn finding<'e, 'a>(identity: IdentityRef<'e, 'a>, pair: &Pair<'e, 'a>) -> Option<Finding> {
    let change = changes(&pair.change)?;
    let verb = match pair.to {
        Some(_) => Action::Read,
        None => Action::Export,
    };
    let take = takes(&pair.take, verb)?;
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
        let written = takes(write, Action::Write)?;
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
