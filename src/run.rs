//! The whole way, from a folder to the findings that count.

use crate::config::{self, ChainError, Layer, Settings};
use crate::decode::{Problem, Text, Val};
use crate::estate::{self, Estate};
use crate::rules;
use crate::source::{Source, Sources, Span};
use crate::workspace::{self, Root};
use jiff::civil::Date;
use std::fmt;

/// Why a run cannot be trusted.
#[derive(Debug)]
pub enum RunError {
    /// The config cannot be read at all.
    ConfigUnreadable { path: String, why: String },
    /// The config says something that it cannot say. Each problem with `path:line:column`.
    ConfigInvalid(Vec<(String, Problem)>),
    /// What a config extends cannot be used. `path:line:column` and why.
    Extends { at: String, message: String },
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
            Self::Extends { at, message } => write!(f, "{at}: {message}"),
            Self::Walk(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for RunError {}

/// Reads the config of a root and those that it extends, the nearest first.
pub fn read_configs(root: &Root) -> Result<Vec<Source>, RunError> {
    config::read_chain(root).map_err(|error| match error {
        ChainError::Unreadable { path, why } => RunError::ConfigUnreadable { path, why },
        ChainError::Extends { at, message } => RunError::Extends { at, message },
    })
}

/// Checks what the configs say, before anything else is read.
pub fn parse_configs(sources: &[Source]) -> Result<Settings<'_>, RunError> {
    let known = rules::known_to_config();
    let mut layers = Vec::new();
    let mut wrong = Vec::new();
    for source in sources {
        let (config, problems) = config::read(source, &known);
        layers.push(Layer { config });
        wrong.extend(problems.into_iter().map(|problem| {
            let at = source.position(problem.span.start);
            (format!("{}:{}:{}", source.path, at.line, at.column), problem)
        }));
    }
    if !wrong.is_empty() {
        return Err(RunError::ConfigInvalid(wrong));
    }
    let settings = Settings::new(layers);
    let place = |layer: usize, span: Span| {
        let source = &sources[layer];
        let at = source.position(span.start);
        format!("{}:{}:{}", source.path, at.line, at.column)
    };
    let loosened = config::loosened(&settings, &known).into_iter().map(|loosened| {
        let fixed = place(loosened.fixed.0, loosened.fixed.1);
        (place(loosened.at.0, loosened.at.1), loosened.problem(&fixed))
    });
    let loosened: Vec<(String, Problem)> = loosened.collect();
    match loosened.is_empty() {
        true => Ok(settings),
        false => Err(RunError::ConfigInvalid(loosened)),
    }
}

/// Reads every manifest that the settings ask for. `tell` is told how many there are before they are read.
pub fn read_sources(root: &Root, settings: &Settings<'_>, tell: impl FnOnce(usize)) -> Result<Sources, RunError> {
    let include = settings.include().map(|(globs, ..)| globs).unwrap_or_default();
    let exclude = settings.exclude().map(|(globs, ..)| globs).unwrap_or_default();
    let texts =
        |globs: &[Val<Text<'_>>]| -> Vec<String> { globs.iter().map(|glob| glob.value.as_str().to_owned()).collect() };
    workspace::read_manifests(root, &texts(include), &texts(exclude), tell).map_err(RunError::Walk)
}

/// Reads what the sources declare, and links it.
pub fn link(sources: &Sources, as_of: Date) -> Estate<'_> {
    estate::build(sources, as_of)
}
