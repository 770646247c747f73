//! Which declarations name something.

use crate::estate::Estate;
use crate::manifest::{
    Certificate, Control, Data, Declaration, Evidence, Identity, Owner, Profile, Report, Service, Target, ThirdParty,
    for_each_table,
};
use crate::model::NamespaceId;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

/// For each thing that references of a kind name, the paths of what names it, in their order.
pub fn named_by<K: Eq + Hash>(
    estate: &Estate<'_>,
    wanted: Target,
    find: impl Fn(NamespaceId, &str) -> Option<K>,
) -> HashMap<K, BTreeSet<String>> {
    let mut all: HashMap<K, BTreeSet<String>> = HashMap::new();
    macro_rules! each {
        ($($table:ident: $type:ident,)*) => {$(
            for entity in estate.$table.iter() {
                Declaration::references(&*entity.body, &mut |target, name| {
                    if target == wanted
                        && let Some(named) = find(entity.namespace, &name.value)
                    {
                        all.entry(named).or_default().insert(estate.path::<$type<'_>>(entity));
                    }
                });
            }
        )*};
    }
    for_each_table!(each);
    all
}
