//! Why a run cannot be trusted, and what there is to show of it.

use crate::config::{ConfigError, ConfigProblem};
use crate::source::{Source, Span};
use crate::triage::BaselineError;
use crate::workspace::{PatternFault, RevisionError, RootError};
use std::fmt;

/// Why a run cannot be trusted. [`details`](Error::details) tells what is wrong, and where.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    // What each holds is the program's own: `details` tells it.
    /// There is no estate at the place that was named.
    #[doc(hidden)]
    Root(RootError),
    /// A revision of the git repository cannot be read.
    #[doc(hidden)]
    Revision(RevisionError),
    #[doc(hidden)]
    Config(ConfigError),
    /// A path pattern of the config is none.
    #[doc(hidden)]
    Pattern(PatternFault),
    #[doc(hidden)]
    Baseline(BaselineError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(error) => write!(f, "{error}"),
            Self::Revision(error) => write!(f, "{error}"),
            Self::Config(error) => write!(f, "{error}"),
            Self::Pattern(fault) => write!(f, "{fault}"),
            Self::Baseline(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(match self {
            Self::Root(error) => error,
            Self::Revision(error) => error,
            Self::Config(error) => error,
            Self::Pattern(fault) => fault,
            Self::Baseline(error) => error,
        })
    }
}

impl From<RootError> for Error {
    fn from(error: RootError) -> Self {
        Self::Root(error)
    }
}

impl From<RevisionError> for Error {
    fn from(error: RevisionError) -> Self {
        Self::Revision(error)
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<PatternFault> for Error {
    fn from(fault: PatternFault) -> Self {
        Self::Pattern(fault)
    }
}

impl From<BaselineError> for Error {
    fn from(error: BaselineError) -> Self {
        Self::Baseline(error)
    }
}

/// What an error is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What was asked for on the command line.
    Usage,
    /// The estate's root.
    Root,
    /// A config, or one that it extends.
    Config,
    /// The baseline.
    Baseline,
    /// Manifests that are not there, or could not be read where that matters.
    Manifests,
    /// What is to be written.
    Output,
    /// What is read from a terminal.
    Input,
}

impl Kind {
    /// As formats write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Root => "root",
            Self::Config => "config",
            Self::Baseline => "baseline",
            Self::Manifests => "manifests",
            Self::Output => "output",
            Self::Input => "input",
        }
    }
}

/// A place in a file that was read, and what is to be seen there.
#[derive(Debug, Clone)]
pub struct Spot<'e> {
    /// The file.
    pub source: &'e Source,
    /// Where in it.
    pub span: Span,
    /// What is to be seen there.
    pub label: String,
}

/// One thing that is wrong, as every format shows it.
#[derive(Debug)]
pub struct Detail<'e> {
    /// What it is about.
    pub kind: Kind,
    /// In one line.
    pub message: String,
    /// Further lines, of what else there is to know.
    pub notes: Vec<String>,
    /// The file that it is about, where that has no text to show.
    pub path: Option<String>,
    /// Where it stands, if it stands anywhere.
    pub spot: Option<Spot<'e>>,
    /// What to do about it.
    pub help: Option<String>,
    /// What decided it, elsewhere.
    pub related: Option<Spot<'e>>,
}

impl<'e> Detail<'e> {
    pub(crate) fn new(kind: Kind, message: impl fmt::Display) -> Self {
        Self {
            kind,
            message: shortened(message.to_string()),
            notes: Vec::new(),
            path: None,
            spot: None,
            help: None,
            related: None,
        }
    }

    #[must_use]
    pub(crate) fn of_path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    #[must_use]
    pub(crate) fn at(mut self, source: &'e Source, span: Span, label: impl Into<String>) -> Self {
        let label = shortened(label.into());
        self.spot = Some(Spot { source, span, label });
        self
    }
}

impl Detail<'_> {
    /// The message, with what its label adds to it.
    pub fn in_words(&self) -> String {
        match &self.spot {
            Some(spot) if !self.message.contains(&spot.label) => format!("{} ({})", self.message, spot.label),
            _ => self.message.clone(),
        }
    }
}

impl Error {
    /// Everything that is wrong, one by one.
    pub fn details(&self) -> Vec<Detail<'_>> {
        match self {
            Self::Root(error) => {
                let path = error.path().to_string_lossy();
                vec![Detail::new(Kind::Root, error).of_path(path)]
            }
            Self::Revision(error) => vec![Detail {
                help: error.help().map(str::to_owned),
                ..Detail::new(Kind::Root, error)
            }],
            Self::Config(ConfigError::Invalid(problems)) => problems.iter().map(of_config).collect(),
            Self::Config(ConfigError::Extends { source, span, why }) => {
                vec![Detail::new(Kind::Config, why).at(source, *span, why.label())]
            }
            Self::Config(error @ (ConfigError::Unreadable { path, .. } | ConfigError::NotUtf8 { path })) => {
                vec![Detail::new(Kind::Config, error).of_path(path)]
            }
            Self::Pattern(fault) => vec![Detail {
                help: fault.help().map(shortened),
                ..Detail::new(Kind::Config, fault.message())
            }],
            Self::Baseline(BaselineError::Invalid { source, fault }) => {
                vec![Detail::new(Kind::Baseline, &fault.kind).at(source, fault.span, fault.kind.label())]
            }
            Self::Baseline(error) => {
                let detail = Detail::new(Kind::Baseline, error);
                vec![match error.path() {
                    Some(path) => detail.of_path(path),
                    None => detail,
                }]
            }
        }
    }
}

/// In bytes. A longer line quotes something that was not written by hand.
const LONGEST: usize = 2_000;

fn shortened(mut text: String) -> String {
    if text.len() > LONGEST {
        let mut end = LONGEST;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text.push_str("...");
    }
    text
}

fn of_config(wrong: &ConfigProblem) -> Detail<'_> {
    let problem = &wrong.problem;
    let elsewhere = wrong.fixed.as_ref().map(|(source, span)| Spot {
        source,
        span: *span,
        label: "fixed here".to_owned(),
    });
    let related = problem.related.as_ref().map(|(span, label)| Spot {
        source: &wrong.source,
        span: *span,
        label: shortened(label.clone()),
    });
    Detail {
        help: problem.help.clone().map(shortened),
        related: elsewhere.or(related),
        ..Detail::new(Kind::Config, &problem.message).at(&wrong.source, problem.span, problem.label.clone())
    }
}
