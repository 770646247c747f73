//! Which entities came, went or changed, key by key.

use super::counts;
use super::effective::{self, Around};
use super::mentions::mentions;
use super::record::{Entity, IDENTITIES, Joined, PROFILES, State};
use super::rename::Renames;
use super::resolve::Reader;
use crate::manifest::as_read::{AsRead, Keys};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

/// What became of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    Added,
    Removed,
    Changed,
    Renamed,
}

impl Change {
    pub const ALL: [Self; 4] = [Self::Added, Self::Removed, Self::Changed, Self::Renamed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Renamed => "renamed",
        }
    }
}

/// A key, and its whole value on either side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyChange {
    pub key: String,
    pub before: Option<AsRead>,
    pub after: Option<AsRead>,
}

/// An entity, a profile or a file that changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntityChange {
    /// The path of an entity as it is called now, or of a file.
    pub subject: String,
    pub change: Change,
    /// What it was called.
    pub from: Option<String>,
    pub keys: Vec<KeyChange>,
    /// Of a profile or a file, the entities for which something else holds now.
    pub reaches: Option<Vec<String>>,
}

/// What is said once for several entities, which keys of it changed, and for whom.
#[derive(Default)]
struct Reach {
    keys: BTreeSet<String>,
    entities: BTreeSet<String>,
}

/// A profile that an entity takes, by the path by which it is called now.
type Profile = Option<(String, Keys)>;

/// One side, and what its entities take from elsewhere.
#[derive(Clone, Copy)]
struct Side<'c> {
    reader: Reader<'c>,
    is_base: bool,
}

impl Side<'_> {
    /// What a path that holds now is called on this side.
    fn own_path<'p>(&'p self, now: &'p str) -> &'p str {
        let before = self.reader.renames.filter(|_| self.is_base);
        before.and_then(|renames| renames.before(now)).unwrap_or(now)
    }

    /// The keys of an entity, by the path by which it is called now.
    fn keys_at(&self, now: &str) -> Option<Keys> {
        let entity = self.reader.own.entities.get(self.own_path(now))?;
        Some(self.reader.keys(entity))
    }

    fn profile(&self, table: &str, own: &Keys) -> Profile {
        match own.get("profile") {
            Some(AsRead::Text(path)) if table == IDENTITIES => Some((path.clone(), self.keys_at(path)?)),
            _ => None,
        }
    }

    fn effective(&self, entity: &Entity) -> Keys {
        let own = self.reader.keys(entity);
        let (profile, file) = (self.profile(entity.record.table, &own), self.reader.shared(entity));
        let around = Around {
            profile: profile.as_ref().map(|(_, keys)| keys),
            file: &file,
        };
        effective::keys(entity.record.table, &own, around)
    }
}

/// Two states, and what was renamed between them.
pub struct Scope<'c> {
    base: Side<'c>,
    head: Side<'c>,
    renames: &'c Renames,
    /// Whether texts count too.
    all: bool,
    profiles: BTreeMap<String, Reach>,
    /// Of files, what they say on either side, too.
    files: BTreeMap<String, (Reach, [Keys; 2])>,
}

/// Everything that is declared otherwise.
pub fn scope(base: &State, head: &State, joined: &Joined<'_>, renames: &Renames, all: bool) -> Vec<EntityChange> {
    let side = |own, other, is_base| Side {
        reader: Reader {
            own,
            other,
            renames: Some(renames),
        },
        is_base,
    };
    let scope = Scope {
        base: side(base, head, true),
        head: side(head, base, false),
        renames,
        all,
        profiles: BTreeMap::new(),
        files: BTreeMap::new(),
    };
    scope.changes(joined)
}

impl Scope<'_> {
    fn changes(mut self, joined: &Joined<'_>) -> Vec<EntityChange> {
        let is_told = |entity: &Entity| entity.record.table != PROFILES;
        let (base, head) = (self.base.reader.own, self.head.reader.own);
        let mut changes = Vec::new();
        let named = self.named_otherwise(joined);
        for (path, before, now) in joined.both.iter().filter(|(_, _, now)| is_told(now)) {
            if is_alike(before, now, &named) {
                continue;
            }
            let keys = self.differing(path, before, now);
            if !keys.is_empty() {
                changes.push(EntityChange {
                    subject: (*path).to_owned(),
                    change: Change::Changed,
                    from: None,
                    keys,
                    reaches: None,
                });
            }
        }
        for (path, now) in joined.come.iter().filter(|(_, entity)| is_told(entity)) {
            let from = self.renames.before(path);
            match from.and_then(|from| Some((from, base.entities.get(from)?))) {
                Some((from, before)) => changes.push(EntityChange {
                    subject: (*path).to_owned(),
                    change: Change::Renamed,
                    from: Some(from.to_owned()),
                    keys: self.differing(path, before, now),
                    reaches: None,
                }),
                None if base.may_hide(&now.record.id) => {}
                None => changes.push(self.alone(path, now, Change::Added)),
            }
        }
        for (path, entity) in joined.gone.iter().filter(|(_, entity)| is_told(entity)) {
            if self.renames.now(path).is_none() && !head.may_hide(&entity.record.id) {
                changes.push(self.alone(path, entity, Change::Removed));
            }
        }
        self.add_reaching(&mut changes);
        changes.sort_by(|one, other| (&one.subject, one.change).cmp(&(&other.subject, other.change)));
        changes
    }

    /// The ids of which a mention may mean something else than it did: of what came or went, and of profiles that are not
    /// what they were.
    fn named_otherwise(&self, joined: &Joined<'_>) -> HashSet<String> {
        let alone = joined.gone.iter().chain(&joined.come);
        let mut ids: HashSet<String> = alone.map(|(_, entity)| entity.record.id.clone()).collect();
        for (_, before, now) in &joined.both {
            if now.record.table == PROFILES
                && !is_untouched(before, now)
                && self.base.reader.keys(before) != self.head.reader.keys(now)
            {
                ids.insert(now.record.id.clone());
            }
        }
        // A profile that names what is called otherwise says the same by another word.
        for (_, _, now) in &joined.both {
            if now.record.table == PROFILES && mentions(&now.record.keys, &|id| ids.contains(id)) {
                ids.insert(now.record.id.clone());
            }
        }
        ids
    }

    /// An entity that only one side has.
    fn alone(&self, path: &str, entity: &Entity, change: Change) -> EntityChange {
        let is_added = change == Change::Added;
        let side = if is_added { &self.head } else { &self.base };
        let told = side.effective(entity).into_iter();
        let is_own = |key: &str| key != "owner" || effective::states_owner(entity.record.table);
        let told = told.filter(|(key, _)| is_own(key) && counts::is_told(key, self.all));
        let keys = told.map(|(key, value)| {
            let (before, after) = if is_added {
                (None, Some(value))
            } else {
                (Some(value), None)
            };
            KeyChange {
                key: key.into_owned(),
                before,
                after,
            }
        });
        EntityChange {
            subject: path.to_owned(),
            change,
            from: None,
            keys: keys.collect(),
            reaches: None,
        }
    }

    /// The keys of an entity that changed by themselves. What changed by a profile or a file is noted there.
    fn differing(&mut self, path: &str, before: &Entity, now: &Entity) -> Vec<KeyChange> {
        let table = now.record.table;
        let (own_before, own_now) = (self.base.reader.keys(before), self.head.reader.keys(now));
        let profiles = [
            self.base.profile(table, &own_before),
            self.head.profile(table, &own_now),
        ];
        let files = [self.base.reader.shared(before), self.head.reader.shared(now)];
        let same_profile = match &profiles {
            [Some((base, _)), Some((head, _))] => base == head,
            _ => false,
        };
        let same_file = before.file.path == now.file.path;
        // What holds with own keys of one side, and the profile and the file of one side each.
        let holds = |own: &Keys, profile: usize, file: usize| {
            let around = Around {
                profile: profiles[profile].as_ref().map(|(_, keys)| keys),
                file: &files[file],
            };
            effective::keys(table, own, around)
        };
        let (was, is) = (holds(&own_before, 0, 0), holds(&own_now, 1, 1));
        let names: BTreeSet<String> = was.keys().chain(is.keys()).map(|key| key.to_string()).collect();
        let differs = |key: &str, one: &Keys, other: &Keys| !counts::same(key, one.get(key), other.get(key), self.all);
        let names: Vec<String> = names.into_iter().filter(|key| differs(key, &was, &is)).collect();
        if names.is_empty() {
            return Vec::new();
        }
        let side = |same: bool, own: usize, asked: usize| if same { asked } else { own };
        let with = |asked: usize| {
            [
                holds(&own_before, side(same_profile, 0, asked), side(same_file, 0, asked)),
                holds(&own_now, side(same_profile, 1, asked), side(same_file, 1, asked)),
            ]
        };
        let (with_old, with_new) = (with(0), with(1));
        let by_profile = [
            [holds(&own_now, 0, 1), holds(&own_now, 1, 1)],
            [holds(&own_before, 0, 0), holds(&own_before, 1, 0)],
        ];
        let by_file = [
            [holds(&own_now, 1, 0), holds(&own_now, 1, 1)],
            [holds(&own_before, 0, 0), holds(&own_before, 0, 1)],
        ];
        let mut own = Vec::new();
        let mut reached = Vec::new();
        for key in names {
            let any = |pairs: &[[Keys; 2]; 2]| pairs.iter().any(|[one, other]| differs(&key, one, other));
            let is_of_profile = same_profile && any(&by_profile);
            let is_of_file = same_file && any(&by_file);
            let is_own = differs(&key, &with_old[0], &with_old[1]) || differs(&key, &with_new[0], &with_new[1]);
            // Who is asked about a report is told of its file alone.
            let is_of_table = key != "owner" || effective::states_owner(table);
            if is_of_table && (is_own || !(is_of_profile || is_of_file)) {
                own.push(KeyChange {
                    before: was.get(&*key).cloned(),
                    after: is.get(&*key).cloned(),
                    key: key.clone(),
                });
            }
            reached.push((key, is_of_profile, is_of_file));
        }
        let profile = profiles[1].as_ref().map(|(path, _)| path.clone());
        for (key, is_of_profile, is_of_file) in reached {
            let of_profile = profile.as_ref().filter(|_| is_of_profile);
            let of_profile = of_profile.map(|profile| self.profiles.entry(profile.clone()).or_default());
            let of_file = is_of_file.then(|| {
                let entry = self.files.entry(now.file.path.clone());
                let (reach, _) = entry.or_insert_with(|| (Reach::default(), files.clone()));
                reach
            });
            for reach in of_profile.into_iter().chain(of_file) {
                reach.keys.insert(key.clone());
                reach.entities.insert(path.to_owned());
            }
        }
        own
    }

    /// Adds what changed in profiles and files, each once.
    fn add_reaching(&mut self, changes: &mut Vec<EntityChange>) {
        let profiles = std::mem::take(&mut self.profiles).into_iter();
        let profiles = profiles.map(|(path, reach)| {
            let sides = [&self.base, &self.head].map(|side| side.keys_at(&path).unwrap_or_default());
            (path, reach, sides)
        });
        let files = std::mem::take(&mut self.files).into_iter();
        let files = files.map(|(path, (reach, sides))| (path, reach, sides));
        let all: Vec<(String, Reach, [Keys; 2])> = profiles.chain(files).collect();
        for (subject, reach, [base, head]) in all {
            let keys = reach.keys.into_iter().map(|key| KeyChange {
                before: base.get(&*key).cloned(),
                after: head.get(&*key).cloned(),
                key,
            });
            let from = self.renames.before(&subject).map(str::to_owned);
            changes.push(EntityChange {
                change: if from.is_some() {
                    Change::Renamed
                } else {
                    Change::Changed
                },
                from,
                keys: keys.collect(),
                reaches: Some(reach.entities.into_iter().collect()),
                subject,
            });
        }
    }
}

/// Whether an entity, and its file, were not read anew.
fn is_untouched(before: &Entity, now: &Entity) -> bool {
    Arc::ptr_eq(&before.record, &now.record) && Arc::ptr_eq(&before.file, &now.file)
}

/// Whether an entity says the same by the same words, which mean the same: nothing of it has to be looked at.
fn is_alike(before: &Entity, now: &Entity, named: &HashSet<String>) -> bool {
    let (old, new) = (&before.file, &now.file);
    let says_the_same = || {
        before.record.keys == now.record.keys
            && old.namespace == new.namespace
            && old.folder() == new.folder()
            && old.shared == new.shared
    };
    let is_named = |id: &str| named.contains(id);
    (is_untouched(before, now) || says_the_same())
        // Most files mention none of them, which is known without looking at each of their entities.
        && (!new.mentioned.has_any(named) || !(mentions(&now.record.keys, &is_named) || mentions(&new.shared, &is_named)))
}
