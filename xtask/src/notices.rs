//! Whose work is in the released program besides soclint's own, and under which terms: `THIRD-PARTY-NOTICES.txt`.
//!
//! It is made from what cargo resolves for the targets of `deny.toml` and the files that come with each crate, so it
//! takes the crates of every target; the suite, which has to run without a network, does not check it.

use crate::cases::project;
use crate::generated::Artefact;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const PATH: &str = "THIRD-PARTY-NOTICES.txt";
const RULE: &str = "--------------------------------------------------------------------------------";
const HEAD: &str = "\
Third-party notices

The released programs of soclint hold code of the crates below, each under the terms that follow the list. Where a
crate leaves a choice of terms and the MIT licence is among them, it is taken under that. The programs also hold the
standard library of Rust, by the Rust Project's contributors, under the MIT licence or the Apache License 2.0.
`cargo xtask gen` writes this file.
";

/// A crate of the program: its name and version, and the terms that it states.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Crate {
    name: String,
    version: String,
    terms: String,
}

pub fn artefact() -> Result<Artefact, String> {
    let folders = folders()?;
    let mut list = String::new();
    // What is the same to the letter stands once.
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in crates()? {
        let id = format!("{} {}", one.name, one.version);
        let folder = folders.get(&id).ok_or_else(|| format!("{id}: it has no folder"))?;
        let files = files(folder, &one.terms)?;
        if files.is_empty() {
            let text = without_a_file(folder, &one.terms)
                .ok_or_else(|| format!("{id}: no file says its terms ({})", one.terms))?;
            texts.entry(plain(&text)).or_default().push(id.clone());
        }
        for file in files {
            let text = std::fs::read_to_string(folder.join(&file)).map_err(|error| format!("{id}, {file}: {error}"))?;
            let of_file = texts.entry(plain(&text)).or_default();
            if of_file.last() != Some(&id) {
                of_file.push(id.clone());
            }
        }
        let _ = writeln!(list, "  {id}: {}", one.terms);
    }
    // In the order of the first crate that each is of.
    let mut texts: Vec<(Vec<String>, String)> = texts.into_iter().map(|(text, ids)| (ids, text)).collect();
    texts.sort();
    let mut out = format!("{HEAD}\n{list}");
    for (ids, text) in texts {
        let _ = write!(out, "\n{RULE}\n{}\n{RULE}\n\n{text}", ids.join(", "));
    }
    Ok(Artefact {
        path: PATH.to_owned(),
        text: out,
    })
}

/// The terms of a crate that ships no file of them, and states in its package that they are MIT's: those, by its authors.
fn without_a_file(folder: &Path, terms: &str) -> Option<String> {
    if !terms.split([' ', '/', '(', ')']).any(|one| one == "MIT") {
        return None;
    }
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let manifest: toml::Table = toml::from_str(&manifest).ok()?;
    let package = manifest.get("package")?;
    let authors = package
        .get("authors")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten();
    let mut by: Vec<&str> = authors.filter_map(toml::Value::as_str).collect();
    if by.is_empty() {
        by.extend(package.get("repository").and_then(toml::Value::as_str));
    }
    let own = std::fs::read_to_string(project().join("LICENSE-MIT")).ok()?;
    let granted = own.find("Permission is hereby granted")?;
    Some(format!(
        "The package states the MIT licence and ships no file of its terms. By {}.\n\n{}",
        by.join(", "),
        &own[granted..]
    ))
}

/// What is linked into the program, of any target that is released.
fn crates() -> Result<BTreeSet<Crate>, String> {
    let mut found = BTreeSet::new();
    for target in targets()? {
        let tree = cargo(&[
            "tree",
            "--locked",
            "--package=soclint",
            "--edges=normal,no-proc-macro",
            "--prefix=none",
            "--no-dedupe",
            "--format={p}|{l}",
            "--target",
            &target,
        ])?;
        for line in tree.lines() {
            let (package, terms) = line.split_once('|').ok_or_else(|| format!("cargo tree: {line}"))?;
            let mut words = package.split(' ');
            let (Some(name), Some(version)) = (words.next(), words.next()) else {
                return Err(format!("cargo tree: {line}"));
            };
            if name != "soclint" {
                found.insert(Crate {
                    name: name.to_owned(),
                    version: version.trim_start_matches('v').to_owned(),
                    terms: terms.to_owned(),
                });
            }
        }
    }
    Ok(found)
}

/// As `deny.toml` has them.
fn targets() -> Result<Vec<String>, String> {
    let text = std::fs::read_to_string(project().join("deny.toml")).map_err(|error| format!("deny.toml: {error}"))?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| format!("deny.toml: {error}"))?;
    let targets = table.get("graph").and_then(|graph| graph.get("targets"));
    let targets = targets.and_then(toml::Value::as_array).into_iter().flatten();
    let targets: Vec<String> = targets
        .filter_map(|target| target.as_str())
        .map(str::to_owned)
        .collect();
    (!targets.is_empty())
        .then_some(targets)
        .ok_or_else(|| "deny.toml: there are no targets".to_owned())
}

/// Where the source of each crate lies.
fn folders() -> Result<BTreeMap<String, PathBuf>, String> {
    let text = cargo(&["metadata", "--locked", "--format-version=1"])?;
    let metadata: Value = serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))?;
    let mut folders = BTreeMap::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        let folder = Path::new(text("manifest_path")).parent().unwrap_or(Path::new(""));
        folders.insert(format!("{} {}", text("name"), text("version")), folder.to_owned());
    }
    Ok(folders)
}

fn cargo(args: &[&str]) -> Result<String, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(args).current_dir(project()).output();
    let output = output.map_err(|error| format!("cargo {}: {error}", args[0]))?;
    if !output.status.success() {
        return Err(format!(
            "cargo {}: {}",
            args[0],
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("cargo {}: {error}", args[0]))
}

/// The files of a crate that state terms or names, also those of code in it that others wrote.
fn files(folder: &Path, terms: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let entries = std::fs::read_dir(&current).map_err(|error| format!("{}: {error}", current.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| format!("{}: {error}", current.display()))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            if path.is_dir() {
                folders.push(path);
            } else if ["licen", "unlicense", "copying", "copyright", "notice"]
                .iter()
                .any(|start| name.starts_with(start))
            {
                let inside = path.strip_prefix(folder).unwrap_or(&path);
                found.push(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    let is_choice = terms.contains(" OR ") || terms.contains('/');
    if is_choice
        && let Some(taken) = ["mit", "apache"]
            .into_iter()
            .find(|terms| found.iter().any(|file| is_of(file, terms)))
    {
        let others = ["mit", "apache", "unlicense", "zlib", "gpl"];
        found.retain(|file| is_of(file, taken) || !others.iter().any(|terms| is_of(file, terms)));
    }
    Ok(found)
}

/// Whether a file is the text of one of the terms that may be chosen: `LICENSE-MIT`, say.
fn is_of(file: &str, terms: &str) -> bool {
    !file.contains('/') && file.to_lowercase().contains(terms)
}

/// With line ends and blanks at the ends of lines as everywhere in this project.
fn plain(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim_matches('\n'))
}
