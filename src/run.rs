//! The whole way, from a folder to the findings that count.

use crate::config::{self, Config, FailOn};
use crate::decode::Problem;
use crate::estate::{self, Estate};
use crate::manifest;
use crate::rules::{self, Context};
use crate::source::{Source, Sources};
use crate::triage::{self, Choice, Outcome};
use crate::workspace::{self, Repository, Root};
use jiff::civil::Date;
use rayon::prelude::*;
use std::fmt;

/// Why a run cannot be trusted.
#[derive(Debug)]
pub enum RunError {
    /// The config cannot be read at all.
    ConfigUnreadable { path: String, why: String },
    /// The config says something that it cannot say. Each problem with `path:line:column`.
    ConfigInvalid(Vec<(String, Problem)>),
    /// A glob of the config is none.
    Walk(workspace::WalkError),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConfigUnreadable { path, why } => {
                write!(f, "the config {path} cannot be read: {why}")
            }
            Self::ConfigInvalid(problems) => {
                for (at, (place, problem)) in problems.iter().enumerate() {
                    if at > 0 {
                        writeln!(f)?;
                    }
                    write!(f, "{place}: {}", problem.message)?;
                    if !problem.message.contains(&problem.label) {
                        write!(f, " ({})", problem.label)?;
                    }
                    if let Some(help) = &problem.help {
                        write!(f, "\n  help: {help}")?;
                    }
                }
                Ok(())
            }
            Self::Walk(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for RunError {}

/// Reads the config of a root.
pub fn read_config(root: &Root) -> Result<Option<Source>, RunError> {
    let Some(path) = &root.config else {
        return Ok(None);
    };
    let shown = workspace::relative(&root.dir, path).unwrap_or_else(|| path.to_string_lossy().into_owned());
    match workspace::read_bytes(path) {
        Ok(bytes) => Ok(Some(Source::from_bytes(shown, bytes))),
        Err(why) => Err(RunError::ConfigUnreadable { path: shown, why }),
    }
}

/// Checks what a config says, before anything else is read.
pub fn parse_config(source: Option<&Source>) -> Result<Option<Config<'_>>, RunError> {
    let Some(source) = source else {
        return Ok(None);
    };
    if !source.bad_bytes.is_empty() {
        return Err(RunError::ConfigUnreadable {
            path: source.path.clone(),
            why: "it is not UTF-8 text".into(),
        });
    }
    config::read(source, &rules::known_to_config(), rules::is_planned)
        .map(Some)
        .map_err(|problems| {
            let place = |problem: Problem| {
                let at = source.position(problem.span.start);
                (format!("{}:{}:{}", source.path, at.line, at.column), problem)
            };
            RunError::ConfigInvalid(problems.into_iter().map(place).collect())
        })
}

/// Reads every manifest that the config asks for.
pub fn read_sources(root: &Root, config: Option<&Config<'_>>) -> Result<Sources, RunError> {
    let list = |list: Option<&crate::decode::List<crate::decode::Text<'_>>>| -> Vec<String> {
        list.into_iter()
            .flat_map(|list| list.iter())
            .map(|glob| glob.value.as_str().to_owned())
            .collect()
    };
    let include = list(config.map(|config| &config.include));
    let exclude = list(config.map(|config| &config.exclude));
    let include: Vec<&str> = include.iter().map(String::as_str).collect();
    let exclude: Vec<&str> = exclude.iter().map(String::as_str).collect();
    workspace::read_manifests(root, &include, &exclude).map_err(RunError::Walk)
}

/// Links what the sources declare.
pub fn link(sources: &Sources, as_of: Date) -> Estate<'_> {
    let reads = sources.as_slice().par_iter().map(manifest::read).collect();
    estate::build(sources, reads, as_of)
}

/// Runs the rules and decides which findings count.
pub fn check(
    sources: &Sources,
    estate: &Estate<'_>,
    root: &Root,
    config: Option<&Config<'_>>,
    choice: &Choice,
    fail_on: Option<FailOn>,
) -> Outcome {
    let repository = Repository::new(root);
    let cx = Context {
        estate,
        sources,
        repository: &repository,
        config: config.zip(sources.config().map(|(file, _)| file)),
    };
    let findings = rules::run(&cx);
    let fail_on = fail_on
        .or_else(|| config.and_then(|config| config.fail_on.value()))
        .unwrap_or(FailOn::Error);
    triage::triage(findings, sources, estate, config, choice, fail_on)
}
