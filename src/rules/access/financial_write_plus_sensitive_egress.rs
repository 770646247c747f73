//! One identity can both change financial records and take sensitive data out.

use crate::estate::{IdentityRef, Right};
use crate::finding::{Finding, Severity};
use crate::manifest::{Action, Classification, DataKind};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "financial-write-plus-sensitive-egress",
    since: "0.1.0",
    group: Group::Access,
    severity: Severity::Error,
    summary: "One identity can both change financial records and take sensitive data out.",
    references: &["CC6.3", "CC6.7", "AC-5"],
    options: &[],
    yields_to: &[],
    page: include_str!("financial_write_plus_sensitive_egress.md"),
    check: Check::Estate(check),
};

/// A right to change the books, a right to export, and the sensitive data that it takes out.
struct Pair<'e, 'a> {
    write: Right<'e, 'a>,
    export: Right<'e, 'a>,
    data: usize,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let halves = |right: &Right<'_, '_>| {
        let exports = may(right, &[Action::Export]) && right.data().iter().any(|data| sensitivity(cx, *data).is_some());
        (may(right, &Action::FINANCIAL), exports)
    };
    let combining = cx.estate.nearest_combining(halves, |rights| combine(cx, rights));
    combining
        .into_iter()
        .filter_map(|combining| finding(cx, combining.identity, &combining.found))
        .collect()
}

/// Whether a right grants one of the actions in production. What lies elsewhere is neither the books nor, for all
/// that is said, the data themselves.
fn may(right: &Right<'_, '_>, actions: &[Action]) -> bool {
    right.is_production() && right.grants(actions).is_some()
}

fn combine<'e, 'a>(cx: &Context<'_, '_>, rights: &[Right<'e, 'a>]) -> Option<Pair<'e, 'a>> {
    // What cannot be told apart for want of a service is not judged.
    let known = || rights.iter().filter(|right| right.service.is_some());
    let writes: Vec<Written<'e, 'a>> = known()
        .filter(|right| may(right, &Action::FINANCIAL))
        .map(|right| Written {
            right: *right,
            data: right.data(),
            uncertain: right.data_uncertain(),
        })
        .collect();
    for export in known().filter(|right| may(right, &[Action::Export])) {
        for data in export
            .data()
            .into_iter()
            .filter(|data| sensitivity(cx, *data).is_some())
        {
            if let Some(write) = writes.iter().find(|write| !write.is_one_duty_with(export, data)) {
                return Some(Pair {
                    write: write.right,
                    export: *export,
                    data,
                });
            }
        }
    }
    None
}

/// A right to change the books, and the data that it may change.
struct Written<'e, 'a> {
    right: Right<'e, 'a>,
    data: Vec<usize>,
    uncertain: bool,
}

impl Written<'_, '_> {
    /// Exporting what it writes, where it writes it, is one duty. Where the data is not stated, it may be that.
    fn is_one_duty_with(&self, export: &Right<'_, '_>, data: usize) -> bool {
        let same = self.data.contains(&data) || self.data.is_empty() || self.uncertain;
        self.right.service == export.service && same
    }
}

/// What makes a data category one that must not leave unseen.
fn sensitivity(cx: &Context<'_, '_>, data: usize) -> Option<(Span, &'static str)> {
    let body = &cx.data.get(data).body;
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

fn finding<'a>(cx: &Context<'_, 'a>, identity: IdentityRef<'_, 'a>, pair: &Pair<'_, 'a>) -> Option<Finding> {
    let entity = identity.entity();
    let write = pair.write.grants(&Action::FINANCIAL)?;
    let export = pair.export.grants(&[Action::Export])?;
    let data = cx.data.get(pair.data);
    let (span, sensitive) = sensitivity(cx, pair.data)?;
    let on = |right: &Right<'_, '_>| {
        right
            .service
            .map(|service| format!(" on `{}`", cx.name(cx.services.get(service))))
            .unwrap_or_default()
    };
    let through = |right: &Right<'_, 'a>| match right.identity.index == identity.index {
        true => String::new(),
        false => format!(" as `{}`", cx.name(right.identity.entity())),
    };
    let message = format!(
        "`{}` may {}{}{} and export the {sensitive} data `{}`{}{}: a single credential is enough to change the books and to take these data out",
        cx.name(entity),
        words::action(*write.value),
        on(&pair.write),
        through(&pair.write),
        cx.name(data),
        on(&pair.export),
        through(&pair.export),
    );
    let label = format!("may {}{}", words::action(*write.value), on(&pair.write));
    let mut finding = RULE
        .finding(cx.path(entity), write.place(), label, message)
        .related(export.place(), format!("may export{}", on(&pair.export)))
        .related(data.at(span), format!("`{}` is {sensitive}", cx.name(data)));
    for assumed in [&pair.write.identity, &pair.export.identity] {
        if assumed.index != identity.index {
            finding = finding.related(
                assumed.entity().place(),
                format!("`{}` may become this identity", cx.name(entity)),
            );
        }
    }
    Some(finding.help("split the identity in two, one for each duty, or take one of the two actions away"))
}
