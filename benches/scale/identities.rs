//! An estate whose manifests are mostly about identities: a service and four service accounts in each, every duty of each
//! with its evidence, and source files in folders below.

use super::estate::Made;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// How well it is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Hardly anything is found.
    Well,
    /// Three findings in each manifest: two rotations are late, and one identity is not reviewed.
    Badly,
}

const ACCOUNTS: [&str; 4] = ["release", "backup", "reporting", "telemetry"];
const SERVICES_OF_A_UNIT: usize = 100;
const FILES_OF_A_FOLDER: usize = 6;

/// Writes so many manifests, with as many other files below each as asked for, into the empty folder `root`.
pub fn make(root: &Path, manifests: usize, others: usize, kept: Kept) -> io::Result<Made> {
    let mut made = Made::begin(root)?;
    made.write(root, "scope.toml", &reports())?;
    for at in 0..manifests.saturating_sub(1) {
        let folder = root.join(format!(
            "units/unit-{:04}/app-{:02}",
            at / SERVICES_OF_A_UNIT,
            at % SERVICES_OF_A_UNIT
        ));
        fs::create_dir_all(&folder)?;
        made.write(&folder, "scope.toml", &manifest(at, kept))?;
        for other in 0..others {
            let below = folder.join(format!("src/part_{}", other / FILES_OF_A_FOLDER));
            if other % FILES_OF_A_FOLDER == 0 {
                fs::create_dir_all(&below)?;
            }
            fs::write(
                below.join(format!("step_{other:02}.rs")),
                "pub fn step() -> bool {\n    true\n}\n",
            )?;
            made.others += 1;
        }
    }
    Ok(made)
}

/// Two reports in a row that cover every service, and what all of them store.
fn reports() -> String {
    let mut text = String::from(
        "[data.customer-records]
classification = \"restricted\"
kinds = \"personal\"
",
    );
    for (year, more) in [(2025, ""), (2026, "predecessor = \"soc2-2025\"\n")] {
        let _ = write!(
            text,
            "
[reports.soc2-{year}]
framework = \"soc2\"
type = 2
period = {{ from = {}-07-01, to = {year}-06-30 }}
issued = {year}-08-15
auditor = \"Example LLP\"
opinion = \"unmodified\"
categories = [\"security\", \"availability\"]
covers = \"*\"
system-description = {{ sections = [\"infrastructure\", \"software\", \"people\", \"procedures\", \"data\"], evidence = \"https://compliance.example.com/{year}\" }}
{more}",
            year - 1,
        );
    }
    text
}

fn manifest(at: usize, kept: Kept) -> String {
    let unit = at / SERVICES_OF_A_UNIT;
    let (one, other) = (at.saturating_sub(1 + at % 23), at.saturating_sub(1 + at % 41));
    let kind = ["saas", "internal-tool", "paas", "shared-platform"][at % 4];
    let mut text = format!(
        "owner = \"unit-{unit:04}\"

[services.app-{at}]
title = \"Application {at}\"
kind = \"{kind}\"
financial-impact = \"none\"
user-entities = {{ regions = [\"eu\", \"us\"] }}
commitments = \"availability\"
data = \"customer-records\"
depends-on = [\"app-{one}\", \"app-{other}\"]
claims = \"soc2-2026\"
"
    );
    for (nth, account) in ACCOUNTS.into_iter().enumerate() {
        let day = 10 + (at + nth) % 18;
        let is_late = kept == Kept::Badly && nth < 2;
        let rotated = if is_late { 2 + at % 4 } else { 7 + at % 3 };
        let reviewed = 1 + (at + nth) % 9;
        let _ = write!(
            text,
            "
[identities.app-{at}-{account}]
kind = \"service-account\"
credential = \"static-secret\"
store = \"vault\"
created = 2025-0{reviewed}-01
environments = \"production\"
access = {{ service = \"app-{at}\", actions = [\"read\", \"write\"] }}
rotation = {{ every = \"90d\", last = 2026-0{rotated}-{day}, mode = \"automatic\", evidence = \"https://vault.example.com/{at}/{nth}\" }}
"
        );
        if kept == Kept::Well || nth != 2 {
            let _ = writeln!(
                text,
                "review = {{ every = \"12mo\", last = 2026-0{reviewed}-{day}, evidence = \"https://tickets.example.com/{at}/{nth}\" }}"
            );
        }
        let _ = write!(
            text,
            "offboarding = {{ trigger = \"the application is retired\", evidence = \"https://wiki.example.com/{at}/{nth}\" }}
monitoring = {{ evidence = \"https://siem.example.com/{at}/{nth}\" }}
"
        );
    }
    text
}
