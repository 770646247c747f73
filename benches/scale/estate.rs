//! An estate of a given size: the same bytes every time, and as clean as a well-kept estate.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// What a team's domain is about.
struct Domain {
    name: &'static str,
    kind: &'static str,
    /// What its five manifests are about.
    products: [&'static str; MANIFESTS_OF_A_TEAM],
}

const MANIFESTS_OF_A_TEAM: usize = 5;

const DOMAINS: [Domain; 8] = [
    Domain {
        name: "payroll",
        kind: "payroll-hr",
        products: ["gross-to-net", "time-sheets", "benefits", "pay-slips", "year-end"],
    },
    Domain {
        name: "payments",
        kind: "payments",
        products: ["ledger", "payouts", "direct-debit", "settlement", "refunds"],
    },
    Domain {
        name: "billing",
        kind: "billing",
        products: ["invoicing", "metering", "dunning", "price-plans", "credit-notes"],
    },
    Domain {
        name: "tax",
        kind: "transaction-processing",
        products: ["withholding", "filing", "certificates", "rates", "corrections"],
    },
    Domain {
        name: "lending",
        kind: "financial-service",
        products: ["scoring", "contracts", "instalments", "collections", "interest"],
    },
    Domain {
        name: "fulfilment",
        kind: "fulfilment",
        products: ["orders", "stock", "shipping", "returns", "suppliers"],
    },
    Domain {
        name: "hosting",
        kind: "paas",
        products: ["clusters", "databases", "queues", "storage", "networks"],
    },
    Domain {
        name: "crm",
        kind: "saas",
        products: ["contacts", "campaigns", "tickets", "surveys", "reports"],
    },
];

/// Which other product a product depends on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Graph {
    /// Another team's: chains that are long, meet again and sometimes come back.
    Woven,
    /// The next one, to the very last.
    Chain,
    /// One platform, as all do.
    FanIn,
    /// None; one platform depends on all.
    FanOut,
}

/// What was written.
#[derive(Default, Clone, Copy)]
pub struct Made {
    pub manifests: usize,
    pub manifest_bytes: u64,
    pub others: usize,
}

/// Writes an estate of `manifests` manifests, with as many other files around each as asked for, into the empty
/// folder `root`.
pub fn make(root: &Path, manifests: usize, others: usize, graph: Graph) -> io::Result<Made> {
    let mut made = Made::begin(root)?;
    let has_platform = matches!(graph, Graph::FanIn | Graph::FanOut);
    let products = manifests.saturating_sub(1 + usize::from(has_platform));
    let teams = products.div_ceil(MANIFESTS_OF_A_TEAM);
    made.write(root, "compliance.scope.toml", &reports(teams, has_platform))?;
    if has_platform {
        let on: Vec<usize> = match graph {
            Graph::FanOut => (0..products).collect(),
            _ => Vec::new(),
        };
        made.write(root, "platform.scope.toml", &platform(&on))?;
    }
    for team in 0..teams {
        let domain = &DOMAINS[team % DOMAINS.len()];
        let folder = root.join(domain.name).join(format!("team-{team:04}"));
        fs::create_dir_all(&folder)?;
        for (product, name) in domain.products.iter().enumerate() {
            let at = team * MANIFESTS_OF_A_TEAM + product;
            if at < products {
                let on = match graph {
                    Graph::Woven => Some(reference((team * 7 + product * 13 + 1) % teams * MANIFESTS_OF_A_TEAM)),
                    Graph::Chain => (at + 1 < products).then(|| reference(at + 1)),
                    Graph::FanIn => Some(PLATFORM.to_owned()),
                    Graph::FanOut => None,
                };
                made.write(&folder, &format!("{name}.scope.toml"), &manifest(at, on))?;
            }
        }
        for other in 0..MANIFESTS_OF_A_TEAM * others {
            let (name, text) = other_file(team, other);
            fs::write(folder.join(name), text)?;
            made.others += 1;
        }
    }
    Ok(made)
}

impl Made {
    /// The root of a repository without a manifest.
    pub fn begin(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root.join(".git"))?;
        fs::write(root.join(".gitignore"), "target/\nnode_modules/\n*.log\n")?;
        Ok(Self::default())
    }

    pub fn write(&mut self, folder: &Path, name: &str, text: &str) -> io::Result<()> {
        fs::write(folder.join(name), text)?;
        self.manifests += 1;
        self.manifest_bytes += text.len() as u64;
        Ok(())
    }
}

/// The reports that every team of a domain claims.
fn reports(teams: usize, has_platform: bool) -> String {
    let mut text = String::new();
    for Domain { name, .. } in DOMAINS.iter().take(teams) {
        let covers = match has_platform {
            true => format!("[\"{name}-*/*\", \"{PLATFORM}\"]"),
            false => format!("\"{name}-*/*\""),
        };
        for (family, more) in [
            ("soc1", "also = \"isae3402\""),
            (
                "soc2",
                "categories = [\"security\", \"availability\", \"confidentiality\"]",
            ),
        ] {
            let _ = write!(
                text,
                "[reports.{family}-{name}-2026]
framework = \"{family}\"
{more}
type = 2
period = {{ from = 2025-07-01, to = 2026-06-30 }}
issued = 2026-08-15
auditor = \"Example LLP\"
opinion = \"unmodified\"
covers = {covers}
system-description = {{ evidence = \"https://compliance.example.com/{family}/{name}/2026\" }}

"
            );
        }
    }
    text
}

const PLATFORM: &str = "platform/core";

/// What all products depend on, or what depends on them.
fn platform(on: &[usize]) -> String {
    let mut text = String::from(
        "namespace = \"platform\"
owner = \"team-platform\"

[services.core]
kind = \"shared-platform\"
exposure = \"internal\"
financial-impact = \"indirect\"
commitments = [\"availability\", \"confidentiality\"]
depends-on = [
",
    );
    for at in on {
        let _ = writeln!(text, "  \"{}\",", reference(*at));
    }
    text.push_str("]\n");
    text
}

fn namespace(team: usize) -> String {
    format!("{}-{team:04}", DOMAINS[team % DOMAINS.len()].name)
}

/// How others name a product.
fn reference(at: usize) -> String {
    let (team, product) = (at / MANIFESTS_OF_A_TEAM, at % MANIFESTS_OF_A_TEAM);
    format!(
        "{}/{}",
        namespace(team),
        DOMAINS[team % DOMAINS.len()].products[product]
    )
}

/// What a team declares about one product, which may depend on another.
fn manifest(at: usize, on: Option<String>) -> String {
    let (team, product) = (at / MANIFESTS_OF_A_TEAM, at % MANIFESTS_OF_A_TEAM);
    let Domain {
        name: domain,
        kind,
        products,
    } = &DOMAINS[team % DOMAINS.len()];
    let (name, beside) = (products[product], products[(product + 1) % products.len()]);
    let own = namespace(team);
    let on = on.map_or_else(String::new, |on| format!(", \"{on}\""));
    let month = 4 + at % 5;
    let day = 1 + at % 28;
    // Few things are late: a key that was not rotated, here and there.
    let rotated = if at % 300 == 299 {
        "2026-01-15".to_owned()
    } else {
        format!("2026-08-{day:02}")
    };
    let mut text = format!(
        "namespace = \"{own}\"
owner = \"team-{team:04}\"

[services.{name}]
title = \"{name}\"
kind = \"{kind}\"
since = 20{year}-0{month}-{day:02}
financial-impact = \"direct\"
user-entities = {{ regions = [\"eu\", \"us\"], fiscal-year-ends = \"12-31\" }}
commitments = [\"availability\", \"confidentiality\"]
data = \"{name}-records\"
depends-on = [\"{name}-store\"{on}]
claims = [
  \"soc2-{domain}-2026\",
  {{ report = \"soc1-{domain}-2026\", for = \"financial-statement-audit\", level = \"operating\" }},
]

[services.{name}-store]
kind = \"internal-tool\"
exposure = \"internal\"
financial-impact = \"indirect\"
data = \"{name}-records\"
",
        year = 12 + at % 12,
    );
    if product + 1 < products.len() && at.is_multiple_of(3) {
        let _ = writeln!(
            text,
            "depends-on = {{ service = \"{beside}-store\", influence = \"telemetry\" }}"
        );
    }
    let _ = write!(
        text,
        "
[data.{name}-records]
classification = \"restricted\"
kinds = [\"financial-record\", \"personal\"]

[identities.{name}-deployer]
kind = \"ci-pipeline\"
credential = \"static-secret\"
store = \"vault\"
access = {{ service = \"{name}\", actions = \"deploy\" }}
locators = \"github-secret:DEPLOY_{team:04}_{product}\"
rotation = {{ every = \"90d\", last = {rotated}, mode = \"automatic\", evidence = \"https://vault.example.com/audit/{at}\" }}
review = {{ every = \"6mo\", last = 2026-0{month}-{day:02}, by = \"team-security\", evidence = \"https://tickets.example.com/REV-{at}\" }}
offboarding = {{ trigger = \"{name} is retired\", evidence = \"https://wiki.example.com/{own}/end\" }}
monitoring = {{ evidence = \"https://siem.example.com/rules/{at}\" }}

[controls.{name}-reconciled]
area = \"processing\"
effective = 2024-01-01
every = \"1mo\"
criteria = \"PI1.3\"
design = \"https://wiki.example.com/{own}/{name}\"
operating = \"https://evidence.example.com/2026/{at}\"
reports = {{ report = \"soc1-{domain}-2026\", population = \"all monthly runs\" }}
"
    );
    text
}

/// A small file that is not a manifest.
fn other_file(team: usize, at: usize) -> (String, String) {
    let name = match at % 5 {
        0 => format!("handler_{at:02}.rs"),
        1 => format!("notes-{at:02}.md"),
        2 => format!("values-{at:02}.yaml"),
        3 => format!("settings-{at:02}.toml"),
        _ => format!("case_{at:02}.json"),
    };
    (name, format!("{{ \"team\": {team}, \"file\": {at} }}\n"))
}
