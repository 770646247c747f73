//! One identity can both change financial records and take sensitive data out.

use crate::estate::{IdentityRef, Right};
use crate::finding::{Finding, Severity};
use crate::manifest::{Action, Classification, DataKind};
use crate::rules::{Context, Group, Rule, words};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "financial-write-plus-sensitive-egress",
    group: Group::Access,
    severity: Severity::Error,
    summary: "One identity can both change financial records and take sensitive data out.",
    references: &["CC6.3", "CC6.7", "AC-5"],
    options: &[],
    page: include_str!("financial_write_plus_sensitive_egress.md"),
    check,
};

/// A right to change the books, a right to export, and the sensitive data that it takes out.
struct Pair<'e, 'a> {
    write: Right<'e, 'a>,
    export: Right<'e, 'a>,
    data: usize,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let halves = |right: &Right<'_, '_>| {
        let exports = right.grants(&[Action::Export]).is_some()
            && right.data().iter().any(|data| sensitivity(cx, *data).is_some());
        (right.grants(&Action::FINANCIAL).is_some(), exports)
    };
    let combining = cx.estate.nearest_combining(halves, |rights| combine(cx, rights));
    combining
        .into_iter()
        .filter_map(|combining| finding(cx, combining.identity, &combining.found))
        .collect()
}

fn combine<'e, 'a>(cx: &Context<'_, '_>, rights: &[Right<'e, 'a>]) -> Option<Pair<'e, 'a>> {
    let writes: Vec<(Right<'e, 'a>, Vec<usize>)> = rights
        .iter()
        .filter(|right| right.grants(&Action::FINANCIAL).is_some())
        .map(|right| (*right, right.data()))
        .collect();
    for export in rights.iter().filter(|right| right.grants(&[Action::Export]).is_some()) {
        for data in export
            .data()
            .into_iter()
            .filter(|data| sensitivity(cx, *data).is_some())
        {
            // Exporting what it writes, where it writes it, is one duty.
            let same_duty = |write: &Right<'_, '_>, written: &[usize]| {
                write.service.is_some() && write.service == export.service && written.contains(&data)
            };
            if let Some((write, _)) = writes.iter().find(|(write, written)| !same_duty(write, written)) {
                return Some(Pair {
                    write: *write,
                    export: *export,
                    data,
                });
            }
        }
    }
    None
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
        "`{}` may {}{}{} and export the {sensitive} data `{}`{}{}: one identity could change the books and take out what would show it",
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
