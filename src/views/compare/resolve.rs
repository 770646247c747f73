//! References as the paths of what they name, so that the same is the same from whichever file.

use super::record::{Entity, State, path_of};
use super::rename::Renames;
use crate::manifest::as_read::{AsRead, Keys};
use crate::manifest::{Reading, Target, from_root, reading};

/// One side of a comparison, and what helps to read it.
#[derive(Clone, Copy)]
pub struct Reader<'c> {
    pub own: &'c State,
    /// What is declared there alone is still known by its path: that something went is told once, of itself.
    pub other: &'c State,
    /// What is called otherwise on the other side; followed on the base's.
    pub renames: Option<&'c Renames>,
}

impl Reader<'_> {
    /// The keys of an entity, as they count.
    pub fn keys(&self, entity: &Entity) -> Keys {
        self.table(&entity.record.keys, &entity.file.namespace, entity.file.folder())
    }

    /// What a file says for its entities.
    pub fn shared(&self, entity: &Entity) -> Keys {
        self.table(&entity.file.shared, &entity.file.namespace, entity.file.folder())
    }

    fn table(&self, keys: &Keys, namespace: &str, folder: &str) -> Keys {
        let each = keys.iter();
        each.map(|(key, value)| (key.clone(), self.value(value, namespace, folder)))
            .collect()
    }

    fn value(&self, value: &AsRead, namespace: &str, folder: &str) -> AsRead {
        match value {
            AsRead::Reference(target, text) => AsRead::Text(self.named(*target, text, namespace, folder)),
            AsRead::List(items) => {
                let items = items.iter();
                AsRead::list(items.map(|item| self.value(item, namespace, folder)).collect())
            }
            AsRead::Table(keys) => AsRead::Table(self.table(keys, namespace, folder)),
            other => other.clone(),
        }
    }

    /// The path of what a text names; the text itself, where it names nothing.
    pub fn named(&self, target: Target, text: &str, namespace: &str, folder: &str) -> String {
        let tables: &[&'static str] = match target {
            Target::Owner => &["owners"],
            Target::Service => &["services"],
            Target::Services => {
                if text.contains('*') {
                    return glob(text, namespace);
                }
                &["services"]
            }
            Target::Profile => &["profiles"],
            Target::Identity => &["identities"],
            Target::Data => &["data"],
            Target::Assurance => &["reports", "certificates"],
            Target::ThirdParty => &["third-parties"],
            Target::Control => &["controls"],
            Target::Place => return place(text, folder),
            Target::Evidence => match reading(text) {
                Reading::Path(_) | Reading::Elsewhere { .. } | Reading::Faulty(_) => return place(text, folder),
                Reading::NoPlace => &["evidence"],
            },
        };
        let path = self.find(tables, text, namespace);
        match path {
            Some(path) => match self.renames.and_then(|renames| renames.now(&path)) {
                Some(now) => now.to_owned(),
                None => path,
            },
            None => text.to_owned(),
        }
    }

    fn find(&self, tables: &[&'static str], text: &str, namespace: &str) -> Option<String> {
        let namespaces: &[&str] = match text.split_once('/') {
            Some((named, _)) => &[named],
            None => &[namespace, ""],
        };
        let id = text.split_once('/').map_or(text, |(_, id)| id);
        for state in [self.own, self.other] {
            for namespace in namespaces {
                for table in tables {
                    let path = path_of(namespace, table, id);
                    if state.has(&path) {
                        return Some(path);
                    }
                }
            }
        }
        None
    }
}

/// A pattern of services, by the path that it is a pattern of.
fn glob(text: &str, namespace: &str) -> String {
    match text.split_once('/') {
        Some((namespace, id)) => path_of(namespace, "services", id),
        None => path_of(namespace, "services", text),
    }
}

fn place(text: &str, folder: &str) -> String {
    match reading(text) {
        Reading::Elsewhere { scheme } => {
            let rest = text.get(scheme.len()..).unwrap_or_default();
            format!("{}{rest}", scheme.to_ascii_lowercase())
        }
        _ => from_root(folder, text),
    }
}
