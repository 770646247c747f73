//! Why a run cannot be trusted.

use crate::decode::Problem;
use crate::workspace::{PatternFault, RootError};
use std::fmt;

/// Why a run cannot be trusted.
#[derive(Debug)]
pub enum Error {
    /// There is no estate at the place that was named.
    Root(RootError),
    /// The config cannot be read at all.
    ConfigUnreadable { path: String, why: String },
    /// The config says something that it cannot say. Each problem with `path:line:column`.
    ConfigInvalid(Vec<(String, Problem)>),
    /// What a config extends cannot be used. `path:line:column` and why.
    Extends { at: String, message: String },
    /// A path pattern of the config is none.
    Pattern(PatternFault),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(error) => write!(f, "{error}"),
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
            Self::Pattern(fault) => write!(f, "{fault}"),
        }
    }
}

impl std::error::Error for Error {}
