//! Which entities came, went or changed, key by key.

use super::counts;
use super::effective::{self, Around};
use super::record::{Entity, IDENTITIES, PROFILES, State};
use super::rename::Renames;
use super::resolve::{Reader, mentions};
use crate::manifest::as_read::{AsRead, Keys};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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
#[derive(Debug, Clone, PartialEq)]
pub struct KeyChange {
    pub key: String,
    pub before: Option<AsRead>,
    pub after: Option<AsRead>,
}

/// An entity, a profile or a file that changed.
#[derive(Debug, Clone, PartialEq)]
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

/// One side, and what its entities take from elsewhere.
struct Side<'c> {
    reader: Reader<'c>,
    profiles: HashMap<String, Keys>,
    files: HashMap<String, Keys>,
}

/// A profile that an entity takes, as it is called now.
type Profile<'k> = Option<(&'k str, &'k Keys)>;

impl<'c> Side<'c> {
    fn new(reader: Reader<'c>) -> Self {
        let mut profiles = HashMap::new();
        let mut files = HashMap::new();
        for (path, entity) in &reader.own.entities {
            if entity.record.table == PROFILES {
                let now = reader.renames.and_then(|renames| renames.now(path)).unwrap_or(path);
                profiles.insert(now.to_owned(), reader.keys(entity));
            }
            if !files.contains_key(&entity.file.path) {
                files.insert(entity.file.path.clone(), reader.shared(entity));
            }
        }
        Self {
            reader,
            profiles,
            files,
        }
    }

    fn profile(&self, table: &str, own: &Keys) -> Profile<'_> {
        match own.get("profile") {
            Some(AsRead::Text(path)) if table == IDENTITIES => {
                let (path, keys) = self.profiles.get_key_value(path)?;
                Some((path.as_str(), keys))
            }
            _ => None,
        }
    }

    fn file(&self, entity: &Entity) -> &Keys {
        static NOTHING: Keys = Keys::new();
        self.files.get(&entity.file.path).unwrap_or(&NOTHING)
    }

    fn effective(&self, entity: &Entity) -> Keys {
        let own = self.reader.keys(entity);
        let around = Around {
            profile: self.profile(entity.record.table, &own).map(|(_, keys)| keys),
            file: self.file(entity),
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
    files: BTreeMap<String, Reach>,
}

/// Everything that is declared otherwise.
pub fn scope(base: &State, head: &State, renames: &Renames, all: bool) -> Vec<EntityChange> {
    let side = |own, other| {
        Side::new(Reader {
            own,
            other,
            renames: Some(renames),
        })
    };
    let mut scope = Scope {
        base: side(base, head),
        head: side(head, base),
        renames,
        all,
        profiles: BTreeMap::new(),
        files: BTreeMap::new(),
    };
    scope.changes(base, head)
}

impl Scope<'_> {
    fn changes(&mut self, base: &State, head: &State) -> Vec<EntityChange> {
        let told = |entity: &Entity| entity.record.table != PROFILES;
        let mut changes = Vec::new();
        let moved: HashSet<&str> = base.ids_beyond(head).union(&head.ids_beyond(base)).copied().collect();
        let touched = self.touched_profiles();
        for (path, now) in head.entities.iter().filter(|(_, entity)| told(entity)) {
            let from = self.renames.before(path);
            let before = base.entities.get(from.unwrap_or(path));
            let Some(before) = before else {
                if !base.may_hide(&now.record.id) {
                    changes.push(self.alone(path, now, Change::Added));
                }
                continue;
            };
            let keys = if is_alike(before, now, &moved, &touched) {
                Vec::new()
            } else {
                self.differing(path, before, now)
            };
            if from.is_some() || !keys.is_empty() {
                changes.push(EntityChange {
                    subject: path.clone(),
                    change: if from.is_some() { Change::Renamed } else { Change::Changed },
                    from: from.map(str::to_owned),
                    keys,
                    reaches: None,
                });
            }
        }
        for (path, entity) in base.entities.iter().filter(|(_, entity)| told(entity)) {
            let is_gone = !head.has(path) && self.renames.now(path).is_none();
            if is_gone && !head.may_hide(&entity.record.id) {
                changes.push(self.alone(path, entity, Change::Removed));
            }
        }
        self.add_reaching(&mut changes);
        changes.sort_by(|one, other| (&one.subject, one.change).cmp(&(&other.subject, other.change)));
        changes
    }

    /// The ids of profiles that are not what they were.
    fn touched_profiles(&self) -> HashSet<String> {
        let (base, head) = (&self.base.profiles, &self.head.profiles);
        let differs = |path: &&String| base.get(*path) != head.get(*path);
        let touched = base.keys().chain(head.keys()).filter(differs);
        let id = |path: &String| path.split_once("profiles.").map_or(path.as_str(), |(_, id)| id).to_owned();
        let mut ids: HashSet<String> = touched.map(id).collect();
        // One that is called otherwise is named otherwise.
        let renamed = self.renames.iter().flat_map(|(base, head)| [base, head]);
        ids.extend(
            renamed
                .filter_map(|path| path.split_once("profiles."))
                .map(|(_, id)| id.to_owned()),
        );
        ids
    }

    /// An entity that only one side has.
    fn alone(&self, path: &str, entity: &Entity, change: Change) -> EntityChange {
        let is_added = change == Change::Added;
        let side = if is_added { &self.head } else { &self.base };
        let told = side.effective(entity).into_iter();
        let told = told.filter(|(key, _)| counts::is_told(key, self.all));
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
        let files = [self.base.file(before), self.head.file(now)];
        let same_profile = match profiles {
            [Some((base, _)), Some((head, _))] => base == head,
            _ => false,
        };
        let same_file = before.file.path == now.file.path;
        // What holds with own keys of one side, and the profile and the file of one side each.
        let holds = |own: &Keys, profile: usize, file: usize| {
            let around = Around {
                profile: profiles[profile].map(|(_, keys)| keys),
                file: files[file],
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
            let is_own =
                differs(&key, &with_old[0], &with_old[1]) || differs(&key, &with_new[0], &with_new[1]);
            if is_own || !(is_of_profile || is_of_file) {
                own.push(KeyChange {
                    before: was.get(&*key).cloned(),
                    after: is.get(&*key).cloned(),
                    key: key.clone(),
                });
            }
            reached.push((key, is_of_profile, is_of_file));
        }
        let profile = profiles[1].map(|(path, _)| path.to_owned());
        for (key, is_of_profile, is_of_file) in reached {
            let of_profile = profile.as_ref().filter(|_| is_of_profile);
            let of_profile = of_profile.map(|profile| self.profiles.entry(profile.clone()).or_default());
            let of_file = is_of_file.then(|| self.files.entry(now.file.path.clone()).or_default());
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
        let profiles = profiles.map(|(path, reach)| (path, reach, &self.base.profiles, &self.head.profiles));
        let files = std::mem::take(&mut self.files).into_iter();
        let files = files.map(|(path, reach)| (path, reach, &self.base.files, &self.head.files));
        for (subject, reach, base, head) in profiles.chain(files) {
            let value = |keys: Option<&Keys>, key: &str| keys.and_then(|keys| keys.get(key)).cloned();
            let keys = reach.keys.into_iter().map(|key| KeyChange {
                before: value(base.get(&subject), &key),
                after: value(head.get(&subject), &key),
                key,
            });
            let from = self.renames.before(&subject).map(str::to_owned);
            changes.push(EntityChange {
                change: if from.is_some() { Change::Renamed } else { Change::Changed },
                from,
                keys: keys.collect(),
                reaches: Some(reach.entities.into_iter().collect()),
                subject,
            });
        }
    }
}

/// Whether an entity says the same by the same words, which mean the same: nothing of it has to be looked at.
fn is_alike(before: &Entity, now: &Entity, moved: &HashSet<&str>, touched: &HashSet<String>) -> bool {
    let (old, new) = (&before.file, &now.file);
    before.record.keys == now.record.keys
        && old.namespace == new.namespace
        && old.folder() == new.folder()
        && old.shared == new.shared
        && !mentions(&now.record.keys, &|id| moved.contains(id) || touched.contains(id))
        && !mentions(&new.shared, &|id| moved.contains(id))
}
