//! What packages are called, and which folders hold a service.

use super::id::id_of;
use super::{entries, read};
use crate::model::is_id;
use serde::Deserialize;
use std::path::Path;

/// Where services lie beside each other.
const FOLDERS: [&str; 3] = ["services", "apps", PACKAGES];
/// Most of these are libraries: one is a service only if something starts it.
const PACKAGES: &str = "packages";

/// Reads a package's name from its file.
type NameIn = fn(&str) -> Option<String>;

const PACKAGE_FILES: [(&str, NameIn); 5] = [
    ("package.json", package_json),
    ("Cargo.toml", cargo),
    ("go.mod", go),
    ("pyproject.toml", python),
    ("pom.xml", maven),
];
const BUILD_FILES: [&str; 6] = [
    "Dockerfile",
    "Containerfile",
    "build.gradle",
    "build.gradle.kts",
    "requirements.txt",
    "Gemfile",
];
const CODE: [&str; 15] = [
    "c", "cc", "cpp", "cs", "ex", "go", "java", "js", "kt", "php", "py", "rb", "rs", "scala", "ts",
];
const CODE_FOLDERS: [&str; 4] = ["src", "cmd", "app", "lib"];

/// A package's name, without the scope or path before it, and the file that says so.
pub fn package(folder: &Path) -> Option<(String, &'static str)> {
    PACKAGE_FILES.into_iter().find_map(|(file, name_in)| {
        let name = name_in(&read(&folder.join(file))?)?;
        let mut parts = name.rsplit('/');
        let mut last = parts.next()?;
        // Go's modules end with their major version.
        if file == "go.mod" && last.strip_prefix('v').is_some_and(|rest| rest.parse::<u32>().is_ok()) {
            last = parts.next()?;
        }
        is_id(last).then(|| (last.to_owned(), file))
    })
}

/// The folders of services, from the root.
pub fn service_folders(root: &Path) -> Vec<String> {
    let below = |parent: &'static str| {
        let folder = root.join(parent);
        let names = entries(&folder).into_iter().filter(|(_, is_folder)| *is_folder);
        let holding = names.filter(move |(name, _)| match parent {
            PACKAGES => is_started(&folder.join(name)),
            _ => holds_code(&folder.join(name)),
        });
        holding.map(move |(name, _)| format!("{parent}/{name}"))
    };
    FOLDERS.into_iter().flat_map(below).collect()
}

fn holds_code(folder: &Path) -> bool {
    entries(folder).iter().any(|(name, is_folder)| {
        if *is_folder {
            CODE_FOLDERS.contains(&name.as_str())
        } else {
            let is_built = BUILD_FILES.contains(&name.as_str()) || PACKAGE_FILES.iter().any(|(file, _)| file == name);
            is_built || name.rsplit_once('.').is_some_and(|(_, ending)| CODE.contains(&ending))
        }
    })
}

fn is_started(folder: &Path) -> bool {
    let started = || -> Option<bool> {
        let package: PackageJson = serde_json::from_str(&read(&folder.join("package.json"))?).ok()?;
        Some(package.scripts?.get("start")?.is_string())
    };
    entries(folder).iter().any(|(name, _)| name == "Dockerfile") || started().unwrap_or_default()
}

/// What of it is of another type says nothing.
#[derive(Deserialize)]
struct PackageJson {
    name: Option<serde_json::Value>,
    scripts: Option<serde_json::Value>,
}

fn package_json(text: &str) -> Option<String> {
    let package: PackageJson = serde_json::from_str(text).ok()?;
    Some(package.name?.as_str()?.to_owned())
}

fn toml_text(text: &str, keys: &[&str]) -> Option<String> {
    let table: toml::Table = toml::from_str(text).ok()?;
    let (first, rest) = keys.split_first()?;
    let value = rest.iter().try_fold(table.get(*first)?, |value, key| value.get(key))?;
    Some(value.as_str()?.to_owned())
}

fn cargo(text: &str) -> Option<String> {
    toml_text(text, &["package", "name"])
}

fn python(text: &str) -> Option<String> {
    toml_text(text, &["project", "name"]).or_else(|| toml_text(text, &["tool", "poetry", "name"]))
}

fn go(text: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.trim().strip_prefix("module "))?;
    Some(line.split_whitespace().next()?.trim_matches('"').to_owned())
}

/// The project's own `artifactId`: not its parent's, and not that of what it depends on.
fn maven(text: &str) -> Option<String> {
    let mut rest = text;
    let mut open: Vec<&str> = Vec::new();
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
            continue;
        }
        let (tag, behind) = after.split_once('>')?;
        rest = behind;
        let name = tag.split_whitespace().next().unwrap_or_default();
        if tag.starts_with('/') {
            open.pop();
        } else if !tag.starts_with(['?', '!']) && !tag.ends_with('/') {
            if open == ["project"] && name == "artifactId" {
                return Some(behind.split_once('<')?.0.trim().to_owned());
            }
            open.push(name);
        }
    }
    None
}

/// The id of a service in a folder: its package's name, else the folder's.
pub fn id_in(folder: &Path, name: &str) -> (String, Option<&'static str>) {
    match package(folder) {
        Some((id, file)) => (id, Some(file)),
        None => (id_of(name), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_called_what_its_file_says() {
        let maven_file = "<?xml version=\"1.0\"?><!-- <artifactId>no</artifactId> --><project xmlns=\"x\"><parent><artifactId>up</artifactId>\
                          </parent><packaging/><artifactId> hl7-router </artifactId><dependencies/></project>";
        for (file, text, id) in [
            ("package.json", r#"{"name": "@acme/web"}"#, Some("web")),
            ("package.json", r#"{"name": ["web"]}"#, None),
            ("package.json", r#"{"name": "not an id"}"#, None),
            ("package.json", "{", None),
            ("Cargo.toml", "[package]\nname = \"ledger\"\n", Some("ledger")),
            ("Cargo.toml", "[workspace]\n", None),
            ("go.mod", "// x\nmodule github.com/acme/ledger/v2\n", Some("ledger")),
            ("go.mod", "module ledger\n", Some("ledger")),
            ("pyproject.toml", "[project]\nname = \"etl\"\n", Some("etl")),
            ("pyproject.toml", "[tool.poetry]\nname = \"etl\"\n", Some("etl")),
            ("pom.xml", maven_file, Some("hl7-router")),
            ("pom.xml", "<project><artifactId>${x}</artifactId>", None),
            ("pom.xml", "<project><dependencies><artifactId>x</artifactId>", None),
        ] {
            let folder = tempfile::tempdir().map_err(|error| error.to_string());
            let folder = folder.as_ref().map(tempfile::TempDir::path);
            let written = folder.map(|folder| std::fs::write(folder.join(file), text));
            assert!(matches!(written, Ok(Ok(()))));
            let found = folder.ok().and_then(package);
            assert_eq!(found.as_ref().map(|(id, _)| id.as_str()), id, "{file} {text}");
        }
    }
}
