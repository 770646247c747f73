//! A key that the config requires is absent.

use crate::decode::Val;
use crate::estate::{Entity, Table};
use crate::finding::{Finding, Severity};
use crate::manifest::{
    Certificate, Control, Data, Declaration, Evidence, Identity, Owner, Profile, Report, Service, TABLES_WITH_KEYS,
    ThirdParty, for_each_table,
};
use crate::model::Text;
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "required-key-missing",
    since: "0.1.0",
    group: Group::Governance,
    severity: Severity::Error,
    summary: "A key that the config requires is absent.",
    references: &["CSF GV.OC-04"],
    options: &[],
    yields_to: &[],
    page: include_str!("required_key_missing.md"),
    check: Check::Estate(check),
};

/// A key that must be stated, and where that is required.
struct Required<'c> {
    table: &'static str,
    key: &'c str,
    /// Its position among the keys of its table.
    at: usize,
    place: Place,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let Some(stated) = cx.settings.required() else {
        return Vec::new();
    };
    let file = stated.place.file;
    let required = stated.items.iter().filter_map(|key: &Val<Text<'_>>| {
        let (table, name) = key.value.as_str().split_once('.')?;
        let (table, keys) = TABLES_WITH_KEYS.iter().find(|(known, _)| *known == table)?;
        Some(Required {
            table,
            key: name,
            at: keys.iter().position(|key| *key == name)?,
            place: Place { file, span: key.span },
        })
    });
    required.flat_map(|required| missing(cx, &required)).collect()
}

fn missing(cx: &Context<'_, '_>, required: &Required<'_>) -> Vec<Finding> {
    if required.table == Identity::TABLE {
        return identities(cx, required);
    }
    macro_rules! of_table {
        ($($table:ident: $type:ident,)*) => {
            match required.table {
                $($type::TABLE => in_table(cx, &cx.$table, required),)*
                _ => Vec::new(),
            }
        };
    }
    for_each_table!(of_table)
}

fn in_table<'a, T: Declaration<'a>>(
    cx: &Context<'_, 'a>,
    table: &Table<'a, T>,
    required: &Required<'_>,
) -> Vec<Finding> {
    let lacking = table.iter().filter(|entity| lacks(cx, entity, required));
    lacking.map(|entity| finding(cx, entity, required)).collect()
}

/// An identity states what its profile states.
fn identities(cx: &Context<'_, '_>, required: &Required<'_>) -> Vec<Finding> {
    let lacking = cx.identities().filter(|identity| {
        let by_profile = || match identity.body.profile.get() {
            Some(profile) => match cx.profile_named(identity.namespace, profile) {
                Some(profile) => !lacks(cx, &profile, required),
                // An unresolved profile may state it.
                None => true,
            },
            None => identity.body.profile.is_unknown(),
        };
        lacks(cx, identity, required) && !by_profile()
    });
    lacking.map(|identity| finding(cx, &identity, required)).collect()
}

/// Whether the key is known to be absent. The owner of a file is that of each entity in it.
fn lacks<T>(cx: &Context<'_, '_>, entity: &Entity<'_, T>, required: &Required<'_>) -> bool {
    let by_file = required.key == "owner" && !cx.file(entity.file).owner.is_absent();
    entity.readable && entity.stated & (1 << required.at) == 0 && !by_file && !cx.may_hide(required.key)
}

fn finding<'a, T: Declaration<'a>>(cx: &Context<'_, 'a>, entity: &Entity<'a, T>, required: &Required<'_>) -> Finding {
    let Required { table, key, .. } = required;
    RULE.finding(
        cx.path(entity),
        entity.place(),
        format!("`{key}` is not stated"),
        format!(
            "`{}` does not state `{key}`, which the config requires for all {table}",
            cx.name(entity)
        ),
    )
    .fact(*key)
    .related(required.place, "required by the config")
    .help(match *key {
        "financial-impact" => "state `financial-impact`; `none` means that no one's books depend on it".to_owned(),
        key => format!("state `{key}`"),
    })
}
