//! Entries as text: with ids that nothing else has, and a profile for what several have in common.

use super::append::Added;
use super::draft::Draft;
use super::keys::Keys;
use crate::estate::Estate;
use crate::model::NamespaceId;
use crate::starter::id::id_of;
use crate::starter::text::{key, quoted};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// So many entries with the same keys have a profile.
const MIN_SHARING: usize = 3;
/// What several have in common beside these.
const OFTEN_OWN: [&str; 2] = ["environments", "owner"];

/// What holds for a manifest, as far as entries depend on it.
#[derive(Debug, Default)]
pub struct Around {
    pub namespace: NamespaceId,
    /// Its owner of whatever states none.
    pub owner: Option<String>,
    /// The only service that it declares.
    pub service: Option<String>,
    /// The profiles of its namespace, with what they state.
    pub profiles: Vec<(String, toml::Table)>,
}

/// Ids that are taken, in what is declared and in what was just added.
pub struct Ids<'e, 'a> {
    estate: &'e Estate<'a>,
    taken: BTreeSet<(&'static str, NamespaceId, String)>,
}

/// More variants are not tried.
const MAX_VARIANTS: usize = 10_000;

impl<'e, 'a> Ids<'e, 'a> {
    pub fn new(estate: &'e Estate<'a>) -> Self {
        Self {
            estate,
            taken: BTreeSet::new(),
        }
    }

    /// The first of some ids that is free.
    fn free(&mut self, kind: &'static str, namespace: NamespaceId, ids: impl Iterator<Item = String>) -> String {
        let mut ids = ids.peekable();
        let first = ids.peek().cloned().unwrap_or_default();
        let is_free = |id: &String| {
            let is_declared = match kind {
                "profiles" => self.estate.profiles.find(namespace, id).is_some(),
                _ => self.estate.identities.find(namespace, id).is_some(),
            };
            !is_declared && !self.estate.may_hide(id) && !self.taken.contains(&(kind, namespace, id.clone()))
        };
        let free = ids.take(MAX_VARIANTS).find(is_free).unwrap_or(first);
        self.taken.insert((kind, namespace, free.clone()));
        free
    }

    fn of_identity(&mut self, namespace: NamespaceId, locator: &str) -> String {
        let parts: Vec<String> = parts(locator).map(id_part).filter(|part| !part.is_empty()).collect();
        let last = parts.last().cloned().unwrap_or_else(|| "identity".to_owned());
        let before = parts.len().checked_sub(2).map(|at| format!("{}-{last}", parts[at]));
        let scheme = id_part(locator.split(':').next().unwrap_or_default());
        let whole = format!("{scheme}-{last}");
        let numbered = (2..).map(|n| format!("{whole}-{n}"));
        let ids = std::iter::once(last)
            .chain(before)
            .chain([whole.clone()])
            .chain(numbered);
        self.free("identities", namespace, ids.filter(|id| crate::model::is_id(id)))
    }

    fn of_profile(&mut self, namespace: NamespaceId, keys: &Keys) -> String {
        let word = |key: &str| keys.get(key).and_then(|values| values.first()).cloned();
        let (store, kind, credential) = (word("store"), word("kind"), word("credential"));
        let first = store.or_else(|| kind.clone()).unwrap_or_else(|| "shared".to_owned());
        let with = |more: &Option<String>| more.as_ref().map(|more| format!("{first}-{more}"));
        let numbered = (2..).map(|n| format!("{first}-{n}"));
        let ids = [Some(first.clone()), with(&kind), with(&credential)];
        self.free("profiles", namespace, ids.into_iter().flatten().chain(numbered))
    }
}

/// The parts of a locator, the last of which is its name.
fn parts(locator: &str) -> impl Iterator<Item = &str> {
    let is_address = locator.starts_with("terraform:");
    // The host of an account's address is that of everyone.
    let host = locator.find('@').filter(|_| !locator.contains(':'));
    let locator = &locator[..host.unwrap_or(locator.len())];
    locator.split(move |c| matches!(c, ':' | '/') || is_address && c == '.')
}

fn id_part(text: &str) -> String {
    if !text.contains(|c: char| c.is_ascii_alphanumeric()) {
        return String::new();
    }
    id_of(&text.to_ascii_lowercase().replace('_', "-"))
}

/// The text of entries, in their order, and before them that of the profiles that they need.
pub fn write(drafts: Vec<Draft>, around: &Around, ids: &mut Ids<'_, '_>) -> (String, Added) {
    let mut added = Added::default();
    let (mut profiles, mut entries) = (String::new(), String::new());
    let mut profile_of: BTreeMap<Keys, Option<(String, Keys)>> = BTreeMap::new();
    for (core, members) in sharing(&drafts) {
        let known = existing(&members, around);
        for (keys, known) in members.iter().zip(&known) {
            profile_of.insert((*keys).clone(), known.clone());
        }
        let rest: Vec<&Keys> = members
            .iter()
            .zip(&known)
            .filter(|(_, known)| known.is_none())
            .map(|(keys, _)| *keys)
            .collect();
        if rest.len() < MIN_SHARING || core.len() < 2 {
            continue;
        }
        let first = rest[0].clone();
        let shared = rest.iter().fold(first, |shared, keys| shared.shared(keys));
        let id = ids.of_profile(around.namespace, &shared);
        let _ = write!(profiles, "\n[profiles.{}]\n{}", key(&id), lines(&shared));
        added.profiles.push(id.clone());
        for keys in rest {
            profile_of.insert(keys.clone(), Some((id.clone(), shared.clone())));
        }
    }
    for draft in drafts {
        let id = ids.of_identity(around.namespace, &draft.locator);
        let profile = profile_of.get(&draft.keys).and_then(Option::as_ref);
        entry(&mut entries, &id, &draft, profile);
        added.identities.push((id, draft.locator));
    }
    (profiles + &entries, added)
}

/// The keys of entries, by what they have in common beside what is often an entry's own.
fn sharing(drafts: &[Draft]) -> BTreeMap<Keys, Vec<&Keys>> {
    let mut groups: BTreeMap<Keys, Vec<&Keys>> = BTreeMap::new();
    for draft in drafts {
        let mut core = draft.keys.clone();
        OFTEN_OWN.iter().for_each(|key| core.set(key, Vec::new()));
        groups.entry(core).or_default().push(&draft.keys);
    }
    groups
}

/// For each of some keys, the profile that is there and states most of them, and nothing else.
fn existing(members: &[&Keys], around: &Around) -> Vec<Option<(String, Keys)>> {
    let fitting = |keys: &&Keys| {
        let stated = around.profiles.iter().filter_map(|(id, table)| {
            let stated = keys.stated(table).filter(|stated| stated.len() > 1)?;
            Some((stated.len(), id, stated))
        });
        // Of several, the first by name.
        let best = stated.max_by(|(one, id, _), (other, other_id, _)| one.cmp(other).then(other_id.cmp(id)));
        best.map(|(_, id, stated)| (id.clone(), stated))
    };
    members.iter().map(fitting).collect()
}

fn lines(keys: &Keys) -> String {
    let line = |(key, values): (&str, &[String])| match values {
        [one] => format!("{key} = {}\n", quoted(one)),
        several => {
            let several: Vec<String> = several.iter().map(|value| quoted(value)).collect();
            format!("{key} = [{}]\n", several.join(", "))
        }
    };
    keys.iter().map(line).collect()
}

fn entry(out: &mut String, id: &str, draft: &Draft, profile: Option<&(String, Keys)>) {
    out.push('\n');
    if draft.is_asked_for {
        out.push_str(
            "# By its name it may be no credential: if it is none, take it out here and name it in `[[discover.ignore]]` of the\n\
             # config, with the reason.\n",
        );
    }
    if !draft.shows_kind {
        out.push_str("# No file shows its kind: say another where it is one.\n");
    }
    let _ = writeln!(out, "[identities.{}]", key(id));
    let own = match profile {
        None => draft.keys.clone(),
        Some((profile, stated)) => {
            let _ = writeln!(out, "profile = {}", quoted(profile));
            draft.keys.without(stated)
        }
    };
    let _ = writeln!(out, "{}locators = {}", lines(&own), quoted(&draft.locator));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_of_a_locator_is_the_name() {
        for (locator, all) in [
            ("github-secret:NPM_TOKEN", "github-secret npm-token"),
            (
                "github-secret:production/NPM_TOKEN",
                "github-secret production npm-token",
            ),
            (
                "terraform:infra/pay/module.a.aws_iam_user.x_y",
                "terraform infra pay module a aws-iam-user x-y",
            ),
            ("arn:aws:iam::*:role/deploy", "arn aws iam role deploy"),
            ("deployer@x.iam.gserviceaccount.com", "deployer"),
            ("k8s:*/builder", "k8s builder"),
            ("registry:npm.example.com", "registry npm.example.com"),
        ] {
            let parts: Vec<String> = parts(locator).map(id_part).filter(|part| !part.is_empty()).collect();
            assert_eq!(parts.join(" "), all, "{locator}");
        }
    }
}
