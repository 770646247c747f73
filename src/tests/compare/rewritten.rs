//! Manifests rewritten at random: in another order, in other files and spellings, with comments, without profiles.

use crate::manifest::TABLES;
use crate::session::Session;
use crate::source::Source;
use std::path::Path;
use toml::{Table, Value};

/// The same numbers for the same seed, everywhere (SplitMix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below another, which is not 0.
    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most as u64).unwrap()
    }

    pub fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

#[derive(Clone)]
pub struct Entity {
    pub table: String,
    pub id: String,
    pub keys: Vec<(String, Value)>,
}

impl Entity {
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.keys.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub fn path(&self, namespace: &str) -> String {
        match namespace {
            "" => format!("{}.{}", self.table, self.id),
            namespace => format!("{namespace}/{}.{}", self.table, self.id),
        }
    }
}

/// A manifest in pieces.
#[derive(Clone)]
pub struct Manifest {
    pub path: String,
    pub top: Vec<(String, Value)>,
    pub organization: Option<Value>,
    pub entities: Vec<Entity>,
    pub waivers: Vec<Value>,
}

impl Manifest {
    fn read(source: &Source) -> Option<Self> {
        let table: Table = source.text.parse().ok()?;
        let mut manifest = Self {
            path: source.path.clone(),
            top: Vec::new(),
            organization: None,
            entities: Vec::new(),
            waivers: Vec::new(),
        };
        for (key, value) in table {
            match (key.as_str(), value) {
                ("organization", value) => manifest.organization = Some(value),
                ("waivers", Value::Array(waivers)) => manifest.waivers = waivers,
                (table, Value::Table(entities)) if TABLES.contains(&table) => {
                    for (id, keys) in entities {
                        let Value::Table(keys) = keys else { return None };
                        manifest.entities.push(Entity {
                            table: table.to_owned(),
                            id,
                            keys: keys.into_iter().collect(),
                        });
                    }
                }
                (_, value) => manifest.top.push((key, value)),
            }
        }
        Some(manifest)
    }

    pub fn namespace(&self) -> String {
        let stated = self.top.iter().find(|(key, _)| key == "namespace");
        stated
            .and_then(|(_, value)| value.as_str())
            .unwrap_or_default()
            .to_owned()
    }

    fn top(&self, key: &str) -> Option<&Value> {
        self.top.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub fn text(&self, mut comment: impl FnMut() -> bool) -> String {
        let mut out = String::new();
        for (key, value) in &self.top {
            out.push_str(&format!("{key} = {value}\n"));
        }
        if let Some(organization) = &self.organization {
            out.push_str(&format!("organization = {organization}\n"));
        }
        if !self.waivers.is_empty() {
            out.push_str(&format!("waivers = {}\n", Value::Array(self.waivers.clone())));
        }
        for entity in &self.entities {
            if comment() {
                out.push_str("\n# Something to explain\n");
            }
            out.push_str(&format!("\n[{}.{}]\n", entity.table, Value::String(entity.id.clone())));
            for (key, value) in &entity.keys {
                out.push_str(&format!("{} = {value}\n", Value::String(key.clone())));
            }
        }
        out
    }
}

/// Manifests of an estate in pieces, and what is needed to read it.
#[derive(Clone)]
pub struct Estate {
    pub manifests: Vec<Manifest>,
    pub configs: Vec<(String, String)>,
    pub folder: Option<std::path::PathBuf>,
}

impl Estate {
    /// Of an estate whose every file can be read without a remark, and in which nothing is declared twice or in the table of
    /// something else.
    pub fn of(case: &Path, session: &Session) -> Option<Self> {
        let files: Vec<_> = session.read_files().collect();
        let is_plain = files
            .iter()
            .all(|(source, read)| read.problems.is_empty() && source.unreadable.is_none() && source.absent.is_none());
        let manifests = files.iter().map(|(source, _)| Manifest::read(source));
        let manifests = manifests.collect::<Option<Vec<Manifest>>>().filter(|_| is_plain)?;
        let paths = manifests.iter().flat_map(|manifest| {
            let namespace = manifest.namespace();
            let entities = manifest.entities.iter();
            entities.map(move |entity| entity.path(&namespace).replace("certificates.", "reports."))
        });
        let mut known = std::collections::HashSet::new();
        let is_once = paths.into_iter().all(|path| known.insert(path));
        let is_in_place = files.iter().all(|(_, read)| {
            let mut certificates = read.manifest.certificates.iter();
            !read.manifest.reports.iter().any(|report| report.body.is_misfiled())
                && !certificates.any(|one| one.body.is_misfiled() || one.body.poses_as_report())
        });
        if !(is_once && is_in_place) {
            return None;
        }
        Some(Self {
            manifests,
            configs: session
                .sources()
                .configs()
                .iter()
                .map(|config| (config.path.clone(), config.text.clone()))
                .collect(),
            folder: case.is_dir().then(|| case.to_owned()),
        })
    }

    pub fn session(&self, random: &mut Random) -> Session {
        let source = |(path, text): (&String, String)| Source::new(path.clone(), text);
        let manifests = self
            .manifests
            .iter()
            .map(|manifest| source((&manifest.path, manifest.text(|| random.one_in(5)))))
            .collect();
        let configs = self
            .configs
            .iter()
            .map(|(path, text)| source((path, text.clone())))
            .collect();
        match &self.folder {
            Some(folder) => Session::of_texts_in(folder, manifests, configs).unwrap(),
            None => Session::of_texts(manifests, configs).unwrap(),
        }
    }

    /// In another order, and in other files of the same folders.
    pub fn moved(&self, random: &mut Random) -> Self {
        let mut other = self.clone();
        other.manifests = self
            .manifests
            .iter()
            .flat_map(|manifest| {
                let mut one = manifest.clone();
                one.entities
                    .iter_mut()
                    .for_each(|entity| random.shuffle(&mut entity.keys));
                random.shuffle(&mut one.entities);
                let mut second = Manifest {
                    path: format!("{}x{}.scope.toml", folder_of(&one.path), random.below(10_000)),
                    organization: None,
                    entities: Vec::new(),
                    waivers: Vec::new(),
                    ..one.clone()
                };
                if random.one_in(2) {
                    second.entities = one.entities.split_off(one.entities.len() / 2);
                    if random.one_in(2) {
                        second.waivers = std::mem::take(&mut one.waivers);
                    }
                }
                [one, second]
            })
            .filter(|manifest| {
                !manifest.entities.is_empty() || manifest.organization.is_some() || !manifest.waivers.is_empty()
            })
            .collect();
        other
    }

    /// What files and profiles say for several, said by each itself; lists of one, references and durations in other words.
    pub fn respelt(&self, random: &mut Random) -> Self {
        let mut other = self.clone();
        let profiles: Vec<(String, String, Entity)> = self
            .manifests
            .iter()
            .flat_map(|manifest| {
                let (folder, namespace) = (folder_of(&manifest.path), manifest.namespace());
                let profiles = manifest.entities.iter().filter(|entity| entity.table == "profiles");
                profiles.map(move |entity| (folder.clone(), namespace.clone(), entity.clone()))
            })
            .collect();
        for manifest in &mut other.manifests {
            let (folder, namespace) = (folder_of(&manifest.path), manifest.namespace());
            for entity in manifest
                .entities
                .iter_mut()
                .filter(|entity| entity.table == "identities")
            {
                let named = entity.get("profile").and_then(Value::as_str).map(str::to_owned);
                let profile = profiles.iter().find(|(from, within, profile)| {
                    *from == folder && *within == namespace && Some(&profile.id) == named.as_ref()
                });
                if let Some((.., profile)) = profile
                    && random.one_in(2)
                {
                    take_in(entity, profile);
                }
            }
            let owner = manifest.top("owner").cloned();
            let may_state = |entity: &Entity| match entity.table.as_str() {
                "identities" => entity.get("profile").is_none(),
                table => ["services", "data", "third-parties", "controls", "evidence"].contains(&table),
            };
            if let Some(owner) = owner
                && manifest.entities.iter().all(may_state)
                && manifest.waivers.is_empty()
            {
                manifest.top.retain(|(key, _)| key != "owner");
                for entity in &mut manifest.entities {
                    if entity.get("owner").is_none() {
                        entity.keys.push(("owner".to_owned(), owner.clone()));
                    }
                }
            }
            for entity in &mut manifest.entities {
                for (key, value) in &mut entity.keys {
                    respell(&entity.table, key, value, random);
                }
            }
        }
        other
    }
}

pub fn folder_of(path: &str) -> String {
    path.rsplit_once('/')
        .map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}

/// States a profile's keys on an identity itself.
fn take_in(identity: &mut Entity, profile: &Entity) {
    const PARTS: [&str; 6] = ["rotation", "review", "offboarding", "monitoring", "oauth", "agent"];
    identity.keys.retain(|(key, _)| key != "profile");
    for (key, value) in &profile.keys {
        if key == "keep" {
            continue;
        }
        match identity.keys.iter_mut().find(|(own, _)| own == key) {
            None => identity.keys.push((key.clone(), value.clone())),
            Some((_, Value::Table(own))) if PARTS.contains(&key.as_str()) => {
                for (name, value) in value.as_table().into_iter().flatten() {
                    own.entry(name.clone()).or_insert_with(|| value.clone());
                }
            }
            Some(_) => {}
        }
    }
}

/// The first key of a list's tables, where a text stands for a table.
fn first_key(table: &str, key: &str) -> Option<&'static str> {
    Some(match (table, key) {
        ("services", "depends-on") | ("identities" | "profiles", "access") => "service",
        ("services", "third-parties") => "third-party",
        ("services", "claims") | ("controls", "reports") => "report",
        _ => return None,
    })
}

fn respell(table: &str, key: &str, value: &mut Value, random: &mut Random) {
    if let Some(first) = first_key(table, key) {
        let mut items = match &mut *value {
            Value::Array(items) => std::mem::take(items),
            other => vec![other.clone()],
        };
        for item in &mut items {
            if let Value::String(text) = item
                && random.one_in(2)
            {
                *item = Value::Table(Table::from_iter([(first.to_owned(), Value::String(text.clone()))]));
            }
        }
        random.shuffle(&mut items);
        *value = Value::Array(items);
        return;
    }
    match &mut *value {
        Value::Array(items) if items.len() == 1 && !items[0].is_array() && random.one_in(2) => {
            let one = items.remove(0);
            *value = one;
        }
        Value::Array(items) => random.shuffle(items),
        Value::Table(keys) => {
            for (key, value) in keys {
                respell(table, key, value, random);
            }
        }
        Value::String(text) if ["every", "valid-for"].contains(&key) => {
            *text = match text.as_str() {
                "12mo" => "1y".to_owned(),
                "1y" => "P1Y".to_owned(),
                "6mo" => "P6M".to_owned(),
                "90d" => "P90D".to_owned(),
                other => other.to_owned(),
            };
        }
        Value::String(text)
            if ["kind", "scope", "status", "lifecycle", "exposure"].contains(&key) && table != "evidence" =>
        {
            *text = text.to_uppercase().replace('-', " ");
        }
        _ => {}
    }
}
