//! The least that reading an estate costs: a parallel walk, then reading and a typed TOML parse of each file.
//!
//! The types are what one would write for these manifests with serde and nothing else: keys are refused when they
//! are not known, and what a label could point at is `Spanned`.

use ignore::{WalkBuilder, WalkState};
use rayon::Scope;
use rayon::prelude::*;
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use toml::Spanned;
use toml::value::Datetime;

type Entities<T> = BTreeMap<Spanned<String>, T>;
type Said<T> = Option<Spanned<T>>;
type List<T> = Option<Spanned<OneOrMany<T>>>;

macro_rules! table {
    ($name:ident { $($(#[$meta:meta])* $key:ident: $type:ty),* $(,)? }) => {
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        #[expect(dead_code, reason = "only parsed")]
        struct $name { $($(#[$meta])* $key: $type),* }
    };
}

macro_rules! words {
    ($name:ident { $($word:ident),* $(,)? }) => {
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case")]
        enum $name { $($word),* }
    };
}

table!(Manifest {
    namespace: Said<String>,
    owner: Said<String>,
    #[serde(default)] services: Entities<Service>,
    #[serde(default)] data: Entities<Data>,
    #[serde(default)] identities: Entities<Identity>,
    #[serde(default)] controls: Entities<Control>,
    #[serde(default)] reports: Entities<Report>,
});
table!(Service {
    title: Said<String>,
    kind: Said<ServiceKind>,
    since: Said<Datetime>,
    exposure: Said<Exposure>,
    financial_impact: Said<FinancialImpact>,
    user_entities: Said<UserEntities>,
    commitments: List<Category>,
    data: List<String>,
    depends_on: List<OrTable<Dependency>>,
    claims: List<OrTable<Claim>>,
});
table!(UserEntities {
    regions: List<String>,
    fiscal_year_ends: List<String>,
});
table!(Dependency {
    service: Said<String>,
    influence: Said<Influence>,
});
table!(Claim {
    report: Said<String>,
    r#for: Said<Purpose>,
    level: Said<Level>,
});
table!(Data {
    classification: Said<Classification>,
    kinds: List<DataKind>,
});
table!(Identity {
    kind: Said<IdentityKind>,
    credential: Said<Credential>,
    store: Said<String>,
    created: Said<Datetime>,
    environments: List<String>,
    access: List<Access>,
    locators: List<String>,
    rotation: Said<Recurring>,
    review: Said<Recurring>,
    offboarding: Said<Recurring>,
    monitoring: Said<Recurring>,
});
table!(Access {
    service: Said<String>,
    actions: List<Action>,
});
table!(Recurring {
    every: Said<String>,
    last: Said<Datetime>,
    mode: Said<RotationMode>,
    by: Said<String>,
    trigger: Said<String>,
    evidence: List<OrTable<Place>>,
});
table!(Place {
    at: Said<String>,
    collected: Said<Datetime>,
});
table!(Control {
    area: Said<Area>,
    effective: Said<Datetime>,
    every: Said<String>,
    criteria: List<String>,
    design: List<OrTable<Place>>,
    operating: List<OrTable<Place>>,
    reports: List<OrTable<ControlLink>>,
});
table!(ControlLink {
    report: Said<String>,
    population: Said<String>,
});
table!(Report {
    framework: Said<Framework>,
    also: List<Framework>,
    r#type: Said<u8>,
    period: Said<Period>,
    as_of: Said<Datetime>,
    issued: Said<Datetime>,
    auditor: Said<String>,
    opinion: Said<Opinion>,
    categories: List<Category>,
    covers: List<String>,
    predecessor: Said<String>,
    system_description: Said<SystemDescription>,
});
table!(SystemDescription {
    sections: List<String>,
    evidence: List<OrTable<Place>>,
});
table!(Period {
    from: Said<Datetime>,
    to: Said<Datetime>,
});

words!(ServiceKind {
    PayrollHr,
    Payments,
    Billing,
    TransactionProcessing,
    FinancialService,
    Fulfilment,
    Paas,
    Saas,
    InternalTool,
    SharedPlatform,
});
words!(Exposure { External, Internal });
words!(FinancialImpact {
    Direct,
    Indirect,
    OwnBooks,
    None
});
words!(Category {
    Security,
    Availability,
    Confidentiality
});
words!(Influence { Full, Telemetry });
words!(Purpose {
    FinancialStatementAudit
});
words!(Level { Design, Operating });
words!(Classification {
    Public,
    Internal,
    Confidential,
    Restricted
});
words!(DataKind {
    FinancialRecord,
    Personal
});
words!(IdentityKind {
    ApiKey,
    CiPipeline,
    ServiceAccount
});
words!(Credential {
    StaticSecret,
    Federated
});
words!(Action {
    Read,
    Write,
    Deploy,
    Admin
});
words!(RotationMode { Automatic, Manual });
words!(Area {
    Change,
    Processing,
    Operations
});
words!(Framework { Soc1, Soc2, Isae3402 });
words!(Opinion { Unmodified, Qualified });

/// A value that stands for a list of one, or a list.
#[expect(dead_code, reason = "only parsed")]
enum OneOrMany<T> {
    One(T),
    Many(Vec<Spanned<T>>),
}

/// Text that stands for a table with one key, or the table.
#[expect(dead_code, reason = "only parsed")]
enum OrTable<T> {
    Text(String),
    Table(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrManyVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
            type Value = OneOrMany<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or a list")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                T::deserialize(StrDeserializer::new(text)).map(OneOrMany::One)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(OneOrMany::One)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut many = Vec::with_capacity(seq.size_hint().unwrap_or(0));
                while let Some(one) = seq.next_element()? {
                    many.push(one);
                }
                Ok(OneOrMany::Many(many))
            }
        }
        deserializer.deserialize_any(OneOrManyVisitor(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrTable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OrTableVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for OrTableVisitor<T> {
            type Value = OrTable<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text or a table")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(OrTable::Text(text.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(OrTable::Table)
            }
        }
        deserializer.deserialize_any(OrTableVisitor(PhantomData))
    }
}

/// Reads every manifest under `root`, and says how many there were.
pub fn run(root: &Path) -> Result<usize, String> {
    walk(root).into_par_iter().map(|path| read(&path).map(|_| 1)).sum()
}

fn read(path: &Path) -> Result<(String, Manifest), String> {
    let told = |error: &dyn fmt::Display| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| told(&error))?;
    let manifest = toml::from_str(&text).map_err(|error| told(&error))?;
    Ok((text, manifest))
}

/// As soclint walks: hidden folders, the ignore files from the root down and no others, as many threads.
pub fn walk(root: &Path) -> Vec<PathBuf> {
    let found = Mutex::new(Vec::new());
    WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .threads(rayon::current_num_threads())
        .filter_entry(|entry| entry.file_name() != ".git")
        .build_parallel()
        .run(|| {
            Box::new(|entry| {
                if let Ok(entry) = entry
                    && is_manifest(entry.file_name())
                {
                    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                    found.push(entry.into_path());
                }
                WalkState::Continue
            })
        });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn is_manifest(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name == b"scope.toml" || name.ends_with(b".scope.toml")
}

/// Lists every folder, whatever ignore files say, and says how many manifests there were: less than any walk that
/// heeds them can take.
pub fn list(root: &Path) -> usize {
    let found = AtomicUsize::new(0);
    rayon::scope(|scope| list_in(scope, root.to_owned(), &found));
    found.into_inner()
}

fn list_in<'s>(scope: &Scope<'s>, folder: PathBuf, found: &'s AtomicUsize) {
    let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if name != ".git" {
                let folder = folder.join(name);
                scope.spawn(move |scope| list_in(scope, folder, found));
            }
        } else if is_manifest(&name) {
            found.fetch_add(1, Ordering::Relaxed);
        }
    }
}
