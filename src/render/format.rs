//! The formats of findings.

use crate::model::list_words;

/// A format of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: each finding with the text it is about.
    Pretty,
    /// One line for each finding.
    Concise,
    /// For programs; documented and versioned.
    Json,
    /// SARIF 2.1.0, for code review.
    Sarif,
    /// Workflow commands, which GitHub Actions turns into annotations.
    Github,
    /// A Code Quality report, for GitLab's merge requests.
    Gitlab,
    /// JUnit XML, as Jenkins and most build servers read it.
    Junit,
    /// A summary for a job or a comment: tables of findings by rule.
    Markdown,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 8] = [
        Self::Pretty,
        Self::Concise,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Markdown,
    ];

    /// As it is asked for.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pretty => "pretty",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
        }
    }

    /// Whether people read it as it is printed, and not what a program makes of it.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Pretty | Self::Concise | Self::Markdown)
    }

    /// Every format's name, as a sentence lists them.
    pub fn names() -> String {
        list_words(&Self::ALL.map(Self::as_str), "or")
    }
}
