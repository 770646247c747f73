//! The estates that can be made, by name.

use super::estate::{self, Graph, Made};
use super::hostile::{self, Named, Waivers};
use super::identities::{self, Kept};
use super::measure::Result;
use super::{history, monorepo, sources};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

pub struct Shape {
    pub name: &'static str,
    /// What its size counts.
    pub size: &'static str,
    /// Writes one of a size into an empty folder, with as many other files around each manifest as asked for, where the
    /// shape has such.
    make: fn(&Path, usize, usize) -> Result<Made>,
}

macro_rules! shapes {
    ($($name:literal, $size:literal, $make:expr;)*) => {
        &[$(Shape { name: $name, size: $size, make: |root, size, others| {
            let make: fn(&Path, usize, usize) -> _ = $make;
            Ok(make(root, size, others)?)
        } }),*]
    };
}

#[allow(
    clippy::needless_question_mark,
    reason = "most give errors of the file system, one gives any"
)]
pub const SHAPES: &[Shape] = shapes! {
    // As companies have them.
    "products", "manifests", |root, size, others| estate::make(root, size, others, Graph::Woven);
    "identities", "manifests", |root, size, others| identities::make(root, size, others, Kept::Well);
    "neglected-identities", "manifests", |root, size, others| identities::make(root, size, others, Kept::Badly);
    "findings", "findings", |root, size, _| findings(root, size);
    "few-among-many", "manifests", |root, size, others| monorepo::make(root, size, size * others);
    "sources", "files", |root, size, _| sources::make(root, size);
    "history", "manifests", |root, size, others| history::make(root, size, others);
    // One thing to excess.
    "chain", "manifests", |root, size, others| estate::make(root, size, others, Graph::Chain);
    "fan-in", "manifests", |root, size, others| estate::make(root, size, others, Graph::FanIn);
    "fan-out", "manifests", |root, size, others| estate::make(root, size, others, Graph::FanOut);
    "one-file", "entries", |root, size, _| one_file(root, size);
    "waivers", "waivers", |root, size, _| hostile::waivers(root, size, Waivers::ByName);
    "waivers-alike", "waivers", |root, size, _| hostile::waivers(root, size, Waivers::Alike);
    "namespaces", "namespaces", |root, size, _| hostile::namespaces(root, size, false);
    "assumed", "identities", |root, size, _| hostile::assumed(root, size);
    "unknown-names", "services", |root, size, _| hostile::unknown_names(root, size);
    "dated", "identities", |root, size, _| hostile::dated(root, size);
    "evidence-files", "files", |root, size, _| hostile::evidence(root, size, Named::Files);
    "evidence-patterns", "files", |root, size, _| hostile::evidence(root, size, Named::Patterns);
    "evidence-one-pattern", "files", |root, size, _| hostile::evidence(root, size, Named::OnePattern);
    "evidence-folder", "files", |root, size, _| hostile::evidence(root, size, Named::Folder);
    "evidence-digests", "files", |root, size, _| hostile::evidence(root, size, Named::Digests);
    // Real products: what is declared is a pair of each with each.
    "namespaces-times-reports", "namespaces", |root, size, _| hostile::namespaces(root, size, true);
    "services-times-third-parties", "services", |root, size, _| hostile::third_parties(root, size);
    "clique", "services", |root, size, _| hostile::clique(root, size);
};

impl Shape {
    pub fn named(name: &str) -> Result<&'static Self> {
        let found = SHAPES.iter().find(|shape| shape.name == name);
        found.ok_or_else(|| format!("there is no shape \"{name}\"").into())
    }

    pub fn make(&self, root: &Path, size: usize, others: usize) -> Result<Made> {
        (self.make)(root, size, others)
    }
}

/// Entries of one file, five for each of its products: a service, what it stores data in, the data, an identity and
/// a control.
fn one_file(root: &Path, entries: usize) -> io::Result<Made> {
    let mut text = String::from("namespace = \"one\"\nowner = \"team-one\"\n");
    let products = entries / 5;
    for at in 0..products {
        let before = (at + products - 1) % products;
        let _ = write!(
            text,
            "
[services.product-{at}]
kind = \"saas\"
exposure = \"internal\"
financial-impact = \"own-books\"
depends-on = [\"store-{at}\", {{ service = \"product-{before}\", influence = \"telemetry\" }}]

[services.store-{at}]
kind = \"internal-tool\"
exposure = \"internal\"
data = \"records-{at}\"

[data.records-{at}]
classification = \"confidential\"
kinds = \"personal\"

[identities.deployer-{at}]
kind = \"ci-pipeline\"
credential = \"federated\"
access = {{ service = \"product-{at}\", actions = \"deploy\" }}
review = {{ every = \"6mo\", last = 2026-08-{day:02}, evidence = \"https://tickets.example.com/{at}\" }}
offboarding = {{ trigger = \"it is retired\", evidence = \"https://wiki.example.com/{at}\" }}
monitoring = {{ evidence = \"https://siem.example.com/{at}\" }}

[controls.reviewed-{at}]
area = \"change\"
every = \"1mo\"
criteria = \"CC8.1\"
design = \"https://wiki.example.com/review/{at}\"
",
            day = 1 + at % 28,
        );
    }
    let mut made = Made::begin(root)?;
    made.write(root, "scope.toml", &text)?;
    Ok(made)
}

/// The folders of an estate with many findings, as many in each.
pub const PARTS: [&str; 4] = ["east", "north", "south", "west"];
/// Its one manifest in which nothing is found.
pub const CLEAN: &str = "clean.scope.toml";

const FINDINGS_OF_AN_IDENTITY: usize = 7;
const IDENTITIES_OF_A_MANIFEST: usize = 7;
/// One of them is about the manifest's service.
const FINDINGS_OF_A_MANIFEST: usize = 1 + IDENTITIES_OF_A_MANIFEST * FINDINGS_OF_AN_IDENTITY;

fn findings(root: &Path, findings: usize) -> io::Result<Made> {
    let mut made = Made::begin(root)?;
    let clean = "[reports.soc2-2026]
framework = \"soc2\"
type = 1
as-of = 2026-06-30
issued = 2026-08-15
auditor = \"Example LLP\"
opinion = \"unmodified\"
categories = [\"security\", \"availability\"]
covers = \"*/*\"
system-description = { sections = [\"infrastructure\", \"software\", \"people\", \"procedures\", \"data\"], evidence = \"https://compliance.example.com/2026\" }
";
    made.write(root, CLEAN, clean)?;
    for at in 0..findings / FINDINGS_OF_A_MANIFEST {
        let folder = root.join(PARTS[at % PARTS.len()]).join(format!("unit-{:03}", at / 100));
        std::fs::create_dir_all(&folder)?;
        made.write(&folder, &format!("product-{at:05}.scope.toml"), &neglected(at))?;
    }
    Ok(made)
}

/// A service that moves money and claims SOC 2 only, and neglected keys: no owner, rotation, safe place,
/// review, end or monitoring, and they may administer.
fn neglected(at: usize) -> String {
    let mut text = format!(
        "namespace = \"unit-{at:05}\"

[services.product]
title = \"product {at}\"
kind = \"payments\"
financial-impact = \"direct\"
user-entities = {{ regions = \"eu\" }}
claims = \"/soc2-2026\"
"
    );
    for identity in 0..IDENTITIES_OF_A_MANIFEST {
        let _ = write!(
            text,
            "
[identities.key-{identity}]
kind = \"api-key\"
credential = \"static-secret\"
store = \"config-file\"
access = {{ service = \"product\", actions = \"admin\" }}
"
        );
    }
    text
}
