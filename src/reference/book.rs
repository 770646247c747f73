//! Tables, their keys and what these take.

/// Which file is spoken about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum File {
    Manifest,
    Config,
}

/// All that can be in a file.
#[derive(Debug)]
pub struct Book {
    pub file: File,
    /// The first is the file itself; then each table comes before those in it.
    pub tables: Vec<Table>,
    pub lists: Vec<List>,
    pub forms: Vec<Form>,
}

#[derive(Debug)]
pub struct Table {
    /// As the schema calls it.
    pub name: String,
    pub about: String,
    /// Where it is. The first is its home: none is nearer to the top.
    pub places: Vec<Place>,
    pub keys: Vec<Key>,
}

/// Where a table is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The keys that lead to it; none to the file itself.
    pub path: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub key: String,
    /// Whether the tables of this key are told by ids, as `[services.payroll]` is.
    pub by_id: bool,
    pub many: bool,
}

#[derive(Debug)]
pub struct Key {
    pub name: String,
    /// What it says, without its default.
    pub about: String,
    /// What holds where it is not stated.
    pub default: Option<String>,
    pub required: bool,
    pub takes: Takes,
}

/// What a key takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Takes {
    pub of: Of,
    /// Whether it takes a list, too.
    pub many: bool,
    /// Whether a text stands for the table that states only the reference.
    pub shorthand: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    Text,
    Bool,
    /// A word of the closed list that has this name.
    Word(String),
    /// A value of the form that has this name, such as a date.
    Form(String),
    /// The table that has this name.
    Table(String),
    /// Such tables, by id.
    ById(String),
    /// Words of the closed list that has this name, by names that others give.
    WordsByName(String),
    /// A rule's name.
    Rule,
    /// Severities, by rule.
    Severities,
    /// Severities and options, by rule.
    Settings,
}

/// A closed list of words.
#[derive(Debug)]
pub struct List {
    pub name: String,
    pub about: String,
    pub words: Vec<Word>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it is written, with quotes if it takes some.
    pub written: String,
    pub about: String,
}

/// A value of a certain form.
#[derive(Debug)]
pub struct Form {
    pub name: String,
    pub about: String,
}

impl Book {
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    pub fn list(&self, name: &str) -> Option<&List> {
        self.lists.iter().find(|list| list.name == name)
    }

    pub fn form(&self, name: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.name == name)
    }

    /// The table that a key's values are, if they are tables.
    pub fn inner(&self, key: &Key) -> Option<&Table> {
        match &key.takes.of {
            Of::Table(name) | Of::ById(name) => self.table(name),
            _ => None,
        }
    }

    /// The closed list whose words a key takes.
    pub fn words(&self, key: &Key) -> Option<&List> {
        match &key.takes.of {
            Of::Word(name) => self.list(name),
            _ => None,
        }
    }
}

impl Table {
    pub fn is_file(&self) -> bool {
        self.home().path.is_empty()
    }

    pub fn home(&self) -> &Place {
        &self.places[0]
    }

    pub fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Whether so many other tables have it that it belongs to none of them. A profile is an identity.
    pub fn is_shared(&self) -> bool {
        let roots = self.places.iter().filter_map(|place| place.path.first());
        let mut roots: Vec<&str> = roots
            .map(|step| step.key.as_str())
            .filter(|root| *root != "profiles")
            .collect();
        roots.sort_unstable();
        roots.dedup();
        roots.len() > 2
    }

    /// What it is called: its path, or its name where it is shared.
    pub fn title(&self, file: File) -> String {
        match (self.is_file(), file) {
            (true, File::Manifest) => "manifest".to_owned(),
            (true, File::Config) => "config".to_owned(),
            _ if self.is_shared() => hyphenated(&self.name),
            _ => self.home().dotted(),
        }
    }
}

impl Place {
    /// `identities.rotation`.
    pub fn dotted(&self) -> String {
        let keys: Vec<&str> = self.path.iter().map(|step| step.key.as_str()).collect();
        keys.join(".")
    }

    /// `[identities.<id>.rotation]`, `[[waivers]]`.
    pub fn header(&self) -> String {
        let mut parts = Vec::new();
        for step in &self.path {
            parts.push(step.key.as_str());
            if step.by_id {
                parts.push("<id>");
            }
        }
        let path = parts.join(".");
        if self.path.last().is_some_and(|step| step.many) {
            format!("[[{path}]]")
        } else {
            format!("[{path}]")
        }
    }

    pub(super) fn then(&self, key: &Key) -> Self {
        let mut path = self.path.clone();
        path.push(Step {
            key: key.name.clone(),
            by_id: matches!(key.takes.of, Of::ById(_)),
            many: key.takes.many,
        });
        Self { path }
    }
}

/// `EvidenceReference` as `evidence-reference`.
pub fn hyphenated(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
