//! Our own choices as clap takes them from the command line, with what its help says of each.

use crate::config::FailOn;
use crate::render::{Format, GroupBy};
use clap::ValueEnum;
use clap::builder::PossibleValue;

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Pretty => "For people: each finding with the text it is about",
            Self::Concise => "One line for each finding",
            Self::Json => "For programs; documented and versioned",
            Self::Sarif => "SARIF 2.1.0, for code review",
            Self::Github => "Workflow commands, which GitHub Actions turns into annotations",
            Self::Gitlab => "A Code Quality report, for GitLab's merge requests",
            Self::Junit => "JUnit XML, as Jenkins and most build servers read it",
            Self::Markdown => "A summary for a job or a comment: tables of findings by rule",
        };
        Some(PossibleValue::new(self.as_str()).help(help))
    }
}

impl ValueEnum for GroupBy {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Owner, Self::Rule, Self::File]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Owner => {
                PossibleValue::new("owner").help("The owner of the subject; findings without an owner come last")
            }
            Self::Rule => PossibleValue::new("rule").help("The rule; rules with a more severe finding are first"),
            Self::File => PossibleValue::new("file").help("The file"),
        })
    }
}

impl ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Error, Self::Warning, Self::Note, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Error => "Errors only",
            Self::Warning => "Warnings and errors",
            Self::Note => "Every finding",
            Self::Never => "Findings never fail the run",
        };
        Some(PossibleValue::new(self.as_str()).help(help))
    }
}
