//! An estate that is measured, and the processes that run over it.

use super::estate::Made;
use super::measure::Result;
use super::shapes::Shape;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// As of when every estate is checked.
pub const AS_OF: &str = "2026-09-30";

/// The program that is measured: the one that cargo built with the bench, or the one that `SOCLINT` names.
pub fn program() -> PathBuf {
    std::env::var_os(PROGRAM).map_or_else(|| env!("CARGO_BIN_EXE_soclint").into(), PathBuf::from)
}

pub const PROGRAM: &str = "SOCLINT";

/// An estate in a folder of its own, gone when this is dropped.
pub struct Subject {
    pub made: Made,
    folder: TempDir,
}

impl Subject {
    pub fn make(shape: &str, size: usize, others: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        Ok(Self {
            made: Shape::named(shape)?.make(&folder.path().join("estate"), size, others)?,
            folder,
        })
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("estate")
    }

    /// A file beside the estate.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn soclint(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(self.root());
        command
    }

    /// A check as scripts run it, with further options and paths.
    pub fn check(&self, more: &[&str]) -> Command {
        let mut command = self.soclint(&["check", "--as-of", AS_OF, "--quiet"]);
        if !more.contains(&"--format") {
            command.args(["--format", "concise"]);
        }
        command.args(more);
        command
    }

    /// This program as the floor of something: `floor`, `walk`, `list` or `scan`.
    pub fn floor(&self, of: &str) -> Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(of).arg(self.root()).current_dir(self.root());
        Ok(command)
    }

    /// Makes sure that a check, and each of the floors, reads every manifest, and tells the number of findings.
    pub fn findings(&self, floors: &[&str]) -> Result<usize> {
        let output = self.check(&["--format", "json"]).output()?;
        let json: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let mut read = vec![json["summary"]["files"].to_string()];
        for floor in floors {
            let output = self.floor(floor)?.output()?;
            if !output.status.success() {
                return Err(String::from_utf8_lossy(&output.stderr).into());
            }
            read.push(String::from_utf8(output.stdout)?.trim().to_owned());
        }
        let made = self.made.manifests;
        if read.iter().any(|read| *read != made.to_string()) {
            return Err(format!("of {made} manifests, check and {floors:?} read {read:?}").into());
        }
        Ok(json["findings"].as_array().map_or(0, Vec::len))
    }
}
