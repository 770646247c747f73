//! An estate of a given size: the same bytes every time, and as clean as estates are that somebody looks after.

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
/// Source files, pages and settings that stand around each manifest.
const OTHERS_PER_MANIFEST: usize = 11;

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

/// What was written.
pub struct Made {
    pub manifests: usize,
    pub manifest_bytes: u64,
    pub others: usize,
}

/// Writes an estate of `manifests` manifests, and of eleven times as many other files, into the empty folder `root`.
pub fn make(root: &Path, manifests: usize) -> io::Result<Made> {
    let mut made = Made {
        manifests: 0,
        manifest_bytes: 0,
        others: 0,
    };
    fs::create_dir_all(root.join(".git"))?;
    fs::write(root.join(".gitignore"), "target/\nnode_modules/\n*.log\n")?;
    let teams = manifests.saturating_sub(1).div_ceil(MANIFESTS_OF_A_TEAM);
    made.write(root, "compliance.scope.toml", &reports(teams))?;
    for team in 0..teams {
        let domain = &DOMAINS[team % DOMAINS.len()];
        let folder = root.join(domain.name).join(format!("team-{team:04}"));
        fs::create_dir_all(&folder)?;
        for (product, name) in domain.products.iter().enumerate() {
            if made.manifests < manifests {
                let text = manifest(team, teams, product);
                made.write(&folder, &format!("{name}.scope.toml"), &text)?;
            }
        }
        for other in 0..MANIFESTS_OF_A_TEAM * OTHERS_PER_MANIFEST {
            let (name, text) = other_file(team, other);
            fs::write(folder.join(name), text)?;
            made.others += 1;
        }
    }
    Ok(made)
}

impl Made {
    fn write(&mut self, folder: &Path, name: &str, text: &str) -> io::Result<()> {
        fs::write(folder.join(name), text)?;
        self.manifests += 1;
        self.manifest_bytes += text.len() as u64;
        Ok(())
    }
}

/// The reports that every team of a domain claims.
fn reports(teams: usize) -> String {
    let mut text = String::new();
    for Domain { name, .. } in DOMAINS.iter().take(teams) {
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
covers = \"{name}-*/*\"
system-description = {{ evidence = \"https://compliance.example.com/{family}/{name}/2026\" }}

"
            );
        }
    }
    text
}

fn namespace(team: usize) -> String {
    format!("{}-{team:04}", DOMAINS[team % DOMAINS.len()].name)
}

/// What one team declares about one product.
fn manifest(team: usize, teams: usize, product: usize) -> String {
    let at = team * MANIFESTS_OF_A_TEAM + product;
    let Domain {
        name: domain,
        kind,
        products,
    } = &DOMAINS[team % DOMAINS.len()];
    let (name, beside) = (products[product], products[(product + 1) % products.len()]);
    let own = namespace(team);
    // Another team's product: chains that are long, meet again and sometimes come back.
    let far = (team * 7 + product * 13 + 1) % teams;
    let depended = DOMAINS[far % DOMAINS.len()].products[0];
    let far = namespace(far);
    let month = 4 + at % 5;
    let day = 1 + at % 28;
    // Few things are late: a key that nobody rotated, here and there.
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
depends-on = [\"{name}-store\", \"{far}/{depended}\"]
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

/// A small file that is no manifest.
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
