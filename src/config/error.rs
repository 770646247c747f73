//! Why a config cannot be used.

use crate::decode::Problem;
use crate::model::shortened;
use crate::source::{Source, Span};
use crate::workspace::ReadError;
use std::fmt;
use std::sync::Arc;

/// Why a config, or one that it extends, cannot be used.
#[derive(Debug)]
pub enum ConfigError {
    Unreadable {
        path: String,
        why: ReadError,
    },
    NotUtf8 {
        path: String,
    },
    /// What `extends` names at a place cannot be used.
    Extends {
        source: Box<Source>,
        span: Span,
        why: ExtendsFault,
    },
    /// Configs say what they cannot say.
    Invalid(Vec<ConfigProblem>),
}

/// Something that a config cannot say.
#[derive(Debug)]
pub struct ConfigProblem {
    pub source: Arc<Source>,
    pub problem: Problem,
    /// Where a farther config has fixed what it loosens.
    pub fixed: Option<(Arc<Source>, Span)>,
}

/// Why what `extends` names cannot be used.
#[derive(Debug)]
pub enum ExtendsFault {
    NoFile { name: String },
    Outside { name: String, of: &'static str },
    Circle { name: String },
    TooMany { most: usize },
    Unreadable { path: String, why: ReadError },
    NotUtf8 { path: String },
}

impl ExtendsFault {
    /// The words under the label.
    pub fn label(&self) -> &'static str {
        match self {
            Self::NoFile { .. } => "no such file",
            Self::Outside { .. } => "outside",
            Self::Circle { .. } => "extends itself",
            Self::TooMany { .. } => "too many",
            Self::Unreadable { .. } | Self::NotUtf8 { .. } => "cannot be read",
        }
    }
}

impl fmt::Display for ExtendsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFile { name } => write!(f, "there is no file \"{}\" beside this config", shortened(name)),
            Self::Outside { name, of } => write!(f, "\"{}\" is outside the {of}", shortened(name)),
            Self::Circle { name } => write!(f, "\"{}\" extends itself in a cycle", shortened(name)),
            Self::TooMany { most } => write!(f, "more than {most} configs in one chain of `extends`"),
            Self::Unreadable { path, why } => write!(f, "{path} cannot be read: {why}"),
            Self::NotUtf8 { path } => write!(f, "{path} cannot be read: it is not UTF-8 text"),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, why } => write!(f, "the config {path} cannot be read: {why}"),
            Self::NotUtf8 { path } => write!(f, "the config {path} cannot be read: it is not UTF-8 text"),
            Self::Extends { source, span, why } => write!(f, "{}: {why}", source.place(*span)),
            Self::Invalid(problems) => {
                for (at, ConfigProblem { source, problem, .. }) in problems.iter().enumerate() {
                    if at > 0 {
                        writeln!(f)?;
                    }
                    write!(f, "{}: {}", source.place(problem.span), problem.message)?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for ConfigError {}
