//! What estates may look like, beside one as companies have it.

use super::estate::{self, Graph, Made};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As companies have it.
    Estate,
    /// Each service depends on the next, all in one chain.
    Chain,
    /// One service that all depend on.
    FanIn,
    /// One service that depends on all.
    FanOut,
    /// One file with everything.
    OneFile,
    /// Many findings in every manifest.
    Findings,
    /// Few manifests, and many workflows, Terraform and cluster files, with discovery on.
    Sources,
}

use Shape::{Chain, Estate, FanIn, FanOut, Findings, OneFile, Sources};

impl Shape {
    pub const OTHER_THAN_ESTATES: [Self; 6] = [Chain, FanIn, FanOut, OneFile, Findings, Sources];

    pub fn all() -> impl Iterator<Item = Self> {
        [Estate].into_iter().chain(Self::OTHER_THAN_ESTATES)
    }

    pub fn named(name: &str) -> Result<Self, String> {
        Self::all()
            .find(|shape| shape.name() == name)
            .ok_or_else(|| format!("there is no shape \"{name}\""))
    }

    pub fn name(self) -> &'static str {
        match self {
            Estate => "estate",
            Chain => "chain",
            FanIn => "fan-in",
            FanOut => "fan-out",
            OneFile => "one-file",
            Findings => "findings",
            Sources => "sources",
        }
    }

    /// Two sizes, to see the growth: of manifests, entries or findings.
    pub fn sizes(self) -> [usize; 2] {
        match self {
            Estate | Chain | FanIn | FanOut => [1_000, 10_000],
            OneFile => [5_000, 50_000],
            Findings => [10_000, 100_000],
            Sources => [10_000, 50_000],
        }
    }

    /// Writes one of this size into the empty folder `root`.
    pub fn make(self, root: &Path, size: usize, others: usize) -> io::Result<Made> {
        match self {
            Estate => estate::make(root, size, others, Graph::Woven),
            Chain => estate::make(root, size, others, Graph::Chain),
            FanIn => estate::make(root, size, others, Graph::FanIn),
            FanOut => estate::make(root, size, others, Graph::FanOut),
            OneFile => one_file(root, size),
            Findings => findings(root, size),
            Sources => super::sources::make(root, size),
        }
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
