//! Estates in which one thing is repeated to an extent that nobody means, to see how the time grows with it.

use super::estate::Made;
use jiff::ToSpan as _;
use jiff::civil::date;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Entities of one file, where there are several.
const OF_A_FILE: usize = 250;
const OWNER: &str = "owner = \"team-one\"\n";

/// A report that covers what the pattern says.
fn report(covers: &str) -> String {
    format!(
        "
[reports.soc2-2026]
framework = \"soc2\"
type = 2
period = {{ from = 2025-07-01, to = 2026-06-30 }}
issued = 2026-08-15
auditor = \"Example LLP\"
opinion = \"unmodified\"
categories = [\"security\", \"availability\"]
covers = \"{covers}\"
system-description = {{ evidence = \"https://compliance.example.com/2026\" }}
"
    )
}

fn service(name: &str) -> String {
    format!("\n[services.{name}]\nkind = \"saas\"\nfinancial-impact = \"none\"\nclaims = \"soc2-2026\"\n")
}

/// Writes the entities numbered up to `size`, as many to a file as fit.
fn spread(made: &mut Made, root: &Path, size: usize, entity: impl Fn(usize) -> String) -> io::Result<()> {
    for first in (0..size).step_by(OF_A_FILE) {
        let folder = root.join(format!("part-{:04}", first / OF_A_FILE));
        fs::create_dir_all(&folder)?;
        let entities = (first..size.min(first + OF_A_FILE)).map(&entity);
        made.write(
            &folder,
            "scope.toml",
            &format!("{OWNER}{}", entities.collect::<String>()),
        )?;
    }
    Ok(())
}

/// Writes a manifest of its own for each number.
fn apart(made: &mut Made, root: &Path, size: usize, manifest: impl Fn(usize) -> String) -> io::Result<()> {
    for at in 0..size {
        let folder = root.join(format!("part-{at:05}"));
        fs::create_dir_all(&folder)?;
        made.write(&folder, "scope.toml", &manifest(at))?;
    }
    Ok(())
}

/// Which subject the waiver of each key names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Waivers {
    ByName,
    /// By a pattern that begins as every other one.
    Alike,
}

/// Keys that nobody reviews, and a waiver of that for each.
pub fn waivers(root: &Path, size: usize, which: Waivers) -> io::Result<Made> {
    let mut made = Made::begin(root)?;
    spread(&mut made, root, size, |at| {
        let star = if which == Waivers::Alike { "*" } else { "" };
        format!(
            "
[identities.key-{at}]
kind = \"api-key\"
credential = \"static-secret\"
store = \"config-file\"

[[waivers]]
rule = \"nhi-without-access-review\"
subject = \"identities.key-{star}{at}\"
reason = \"the first review is under way\"
owner = \"team-one\"
approved-by = \"person-one\"
expires = 2026-12-31
"
        )
    })?;
    Ok(made)
}

/// Namespaces, each with a service and a report of its own that covers this namespace by a pattern, or every one.
pub fn namespaces(root: &Path, size: usize, covers_all: bool) -> io::Result<Made> {
    let mut made = Made::begin(root)?;
    apart(&mut made, root, size, |at| {
        let covers = if covers_all {
            "*/app".to_owned()
        } else {
            format!("space-{at:06}*/app")
        };
        format!(
            "namespace = \"space-{at:06}\"\n{OWNER}{}{}",
            service("app"),
            report(&covers)
        )
    })?;
    Ok(made)
}

/// Services, and as many third parties that support all of them.
pub fn third_parties(root: &Path, size: usize) -> io::Result<Made> {
    let mut made = Made::begin(root)?;
    let services = (0..size).map(|at| service(&format!("app-{at}")));
    made.write(
        root,
        "scope.toml",
        &format!("{OWNER}{}{}", report("*"), services.collect::<String>()),
    )?;
    let parties = (0..size).map(|at| format!("\n[third-parties.party-{at}]\nrole = \"vendor\"\nsupports = \"*\"\n"));
    made.write(
        root,
        "parties.scope.toml",
        &format!("{OWNER}{}", parties.collect::<String>()),
    )?;
    Ok(made)
}

/// Services, each of which depends on all others.
pub fn clique(root: &Path, size: usize) -> io::Result<Made> {
    let mut made = Made::begin(root)?;
    let mut text = format!("{OWNER}{}", report("*"));
    for at in 0..size {
        let others = (0..size)
            .filter(|other| *other != at)
            .map(|other| format!("\"app-{other}\", "));
        let _ = writeln!(
            text,
            "{}commitments = \"availability\"\ndepends-on = [{}]",
            service(&format!("app-{at}")),
            others.collect::<String>()
        );
    }
    made.write(root, "scope.toml", &text)?;
    Ok(made)
}

/// Identities, each of which may assume the next, and which write to one of two services.
pub fn assumed(root: &Path, size: usize) -> io::Result<Made> {
    let mut made = Made::begin(root)?;
    made.write(
        root,
        "scope.toml",
        &format!("{OWNER}\n[services.money]\nkind = \"payments\"\nfinancial-impact = \"direct\"\n\n[services.tickets]\nkind = \"saas\"\nfinancial-impact = \"none\"\n"),
    )?;
    spread(&mut made, root, size, |at| {
        let service = if at % 2 == 0 { "tickets" } else { "money" };
        let next = match at + 1 < size {
            true => format!("may-assume = \"bot-{}\"\n", at + 1),
            false => String::new(),
        };
        format!(
            "
[identities.bot-{at}]
kind = \"service-account\"
credential = \"federated\"
access = {{ service = \"{service}\", actions = [\"read\", \"write\"] }}
{next}"
        )
    })?;
    Ok(made)
}

/// Services that claim, and depend on, what nothing is called.
pub fn unknown_names(root: &Path, size: usize) -> io::Result<Made> {
    let mut made = Made::begin(root)?;
    spread(&mut made, root, size, |at| {
        format!(
            "
[services.app-{at}]
kind = \"saas\"
financial-impact = \"none\"
claims = \"missing-report-{at}\"
depends-on = [\"missing-{at}\"]
"
        )
    })?;
    Ok(made)
}

/// Identities whose duties end on many different days, to look ahead at.
pub fn dated(root: &Path, size: usize) -> io::Result<Made> {
    const DONE_WITHIN_DAYS: usize = 700;
    const ENDS_WITHIN_DAYS: usize = 1_700;
    let (first, today) = (date(2024, 8, 1), date(2026, 10, 1));
    let mut made = Made::begin(root)?;
    spread(&mut made, root, size, |at| {
        // Primes, so that days are met in no order.
        let after = |days: usize| i64::try_from(days).unwrap_or(0).days();
        let done = first.saturating_add(after(at * 6_151 % DONE_WITHIN_DAYS));
        let ends = today.saturating_add(after(at * 98_317 % ENDS_WITHIN_DAYS));
        let (rotation, review) = (30 + at % 640, 1 + at % 12);
        format!(
            "
[identities.bot-{at}]
kind = \"service-account\"
credential = \"static-secret\"
store = \"vault\"
created = {done}
expires = {ends}
rotation = {{ every = \"{rotation}d\", last = {done}, mode = \"automatic\", evidence = \"https://vault.example.com/{at}\" }}
review = {{ every = \"{review}mo\", last = {done}, evidence = \"https://tickets.example.com/{at}\" }}
offboarding = {{ trigger = \"it is retired\", evidence = \"https://wiki.example.com/{at}\" }}
monitoring = {{ evidence = \"https://siem.example.com/{at}\" }}
"
        )
    })?;
    Ok(made)
}

/// How entries of evidence name the files of one folder, as many as there are entries.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Each file by its own name.
    Files,
    /// Each by a pattern of its own, which one file matches.
    Patterns,
    /// All by one pattern, which every file matches.
    OnePattern,
    /// All by the folder.
    Folder,
    /// Files of a megabyte, each with its digest.
    Digests,
}

pub fn evidence(root: &Path, size: usize, named: Named) -> io::Result<Made> {
    const LARGE: usize = 1_000_000;
    let mut made = Made::begin(root)?;
    let folder = root.join("evidence");
    fs::create_dir_all(&folder)?;
    let mut text = format!("{OWNER}{}{}", report("*"), service("app"));
    for at in 0..size {
        let mut content = format!("evidence number {at}\n").into_bytes();
        let mut digest = String::new();
        if named == Named::Digests {
            content = content.repeat(LARGE / content.len());
            let bytes = Sha256::digest(&content);
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            digest = format!("sha256 = \"{hex}\"\n");
        }
        fs::write(folder.join(format!("log-{at:06}.md")), content)?;
        made.others += 1;
        let place = match named {
            Named::Files | Named::Digests => format!("log-{at:06}.md"),
            Named::Patterns => format!("log-{at:06}*.md"),
            Named::OnePattern => "*.md".to_owned(),
            Named::Folder => String::new(),
        };
        let _ = write!(
            text,
            "\n[evidence.log-{at}]\nkind = \"log\"\nat = \"./evidence/{place}\"\n{digest}"
        );
    }
    made.write(root, "scope.toml", &text)?;
    Ok(made)
}
