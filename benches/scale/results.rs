//! The results file: one JSON file of one commit on one machine, to which each run adds the groups that it measured.

use super::figure::{Figure, Group, Machine, Results};
use super::groups;
use super::measure::{self, Result};
use super::subject;
use std::path::Path;
use std::process::Command;

/// Where a run stands: the commit, the program and the machine, and no figures yet.
pub fn begin(quick: bool) -> Result<Results> {
    let program = subject::program();
    let version = Command::new(&program).arg("--version").output();
    let version = version.map_err(|error| format!("{}: {error}", program.display()))?;
    let build = match std::env::var_os(subject::PROGRAM) {
        Some(_) => format!("named by {}", subject::PROGRAM),
        None => {
            let folder = program.parent().and_then(Path::file_name).unwrap_or_default();
            folder.to_string_lossy().into_owned()
        }
    };
    Ok(Results {
        commit: git(&["rev-parse", "HEAD"])?,
        changed: !git(&[
            "status",
            "--porcelain",
            "--",
            "src",
            "benches/scale.rs",
            "benches/scale",
            "Cargo.lock",
        ])?
        .is_empty(),
        program: String::from_utf8(version.stdout)?.trim().to_owned(),
        build,
        quick,
        machine: machine(),
        groups: Vec::new(),
    })
}

fn git(arguments: &[&str]) -> Result<String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()?;
    if !output.status.success() {
        return Err(format!("git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn machine() -> Machine {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    // `name : value`, as Linux writes it.
    let value = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_once(':'))
            .map(|(_, value)| value.trim().to_owned())
    };
    let kib = value(&read("/proc/meminfo"), "MemTotal").and_then(|value| value.split(' ').next()?.parse::<u64>().ok());
    let kernel = read("/proc/sys/kernel/osrelease");
    Machine {
        cores: measure::cores(),
        model: value(&read("/proc/cpuinfo"), "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
        memory_bytes: kib.unwrap_or(0) * 1024,
        kernel: format!("{} {}", std::env::consts::OS, kernel.trim()).trim().to_owned(),
    }
}

pub fn group(of: &groups::Group, mut figures: Vec<Figure>, quick: bool) -> Group {
    for figure in &mut figures {
        figure.met = if quick { None } else { figure.judged() };
    }
    Group {
        name: of.name.to_owned(),
        title: of.title.to_owned(),
        taken: jiff::Timestamp::now().strftime("%Y-%m-%d").to_string(),
        figures,
    }
}

/// What the file has, if there is one: it must be of this commit, program and machine.
pub fn open(path: &Path, now: Results) -> Result<Results> {
    if !path.exists() {
        return Ok(now);
    }
    let stored: Results = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    match stored.is_of(&now) {
        true => Ok(stored),
        false => Err(format!(
            "{} has figures of another commit, program or machine ({}, {}): name another file",
            path.display(),
            stored.commit,
            stored.program
        )
        .into()),
    }
}

/// Puts a group in its place among the others, instead of an earlier one of the same name.
pub fn add(results: &mut Results, group: Group) {
    results.groups.retain(|one| one.name != group.name);
    results.groups.push(group);
    let place = |name: &str| groups::GROUPS.iter().position(|group| group.name == name);
    results.groups.sort_by_key(|group| place(&group.name));
}

pub fn write(path: &Path, results: &Results) -> Result<()> {
    std::fs::write(path, serde_json::to_string_pretty(results)? + "\n")?;
    Ok(())
}
