//! `soclint advise`: which reports a service needs, why, and what would change that.
//!
//! Whether something is missing is what the rules find, before waivers and the baseline, and never a second opinion; what
//! is recommended is what, declared as planned, ends those findings and begins no other.

mod answers;
mod beside;
mod contents;
mod declare;
mod families;
mod found;
mod framework;
mod needs;
mod period;
mod recommend;

pub use declare::{additions, number};

use super::{Chosen, Judged};
use crate::finding::Severity;
use crate::model::{Category, Framework, Purpose, ReportType, SubjectMatter};
use crate::source::Place;
use crate::standards::Family;
use crate::triage::Outcome;
use jiff::civil::Date;

/// What is advised, service by service.
pub struct Advice {
    pub services: Vec<ServiceAdvice>,
    /// Files of which something could not be read, each once.
    pub incomplete: Vec<String>,
    /// What could not be read in them.
    pub unread: Vec<Because>,
    pub notes: Vec<String>,
}

/// What is advised for one service.
pub struct ServiceAdvice {
    /// Its path.
    pub subject: String,
    /// The name by which messages call it.
    pub name: String,
    pub title: Option<String>,
    pub place: Place,
    pub answers: [Answer; 3],
    /// Whether no rule finds an error or a warning about its reports.
    pub nothing_missing: bool,
    pub families: [FamilyAdvice; 2],
    /// Declarations that contradict each other, which no further report would settle.
    pub corrections: Vec<Correction>,
    pub recommendations: Vec<Recommendation>,
    pub not_recommended: Vec<NotRecommended>,
}

/// A question, and what is declared about it.
pub struct Answer {
    pub question: &'static str,
    pub because: Vec<Because>,
}

/// A fact, what it rests on, and where it is declared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Because {
    pub text: String,
    pub reference: Option<&'static str>,
    pub place: Option<Place>,
}

impl Because {
    fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            reference: None,
            place: None,
        }
    }

    fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    fn citing(mut self, reference: &'static str) -> Self {
        self.reference = Some(reference);
        self
    }
}

/// How a family of reports stands to a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Covered,
    Planned,
    Missing,
    Consider,
    NotNeeded,
    Unknown,
}

impl State {
    pub const ALL: [Self; 6] = [
        Self::Covered,
        Self::Planned,
        Self::Missing,
        Self::Consider,
        Self::NotNeeded,
        Self::Unknown,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Planned => "planned",
            Self::Missing => "missing",
            Self::Consider => "consider",
            Self::NotNeeded => "not-needed",
            Self::Unknown => "unknown",
        }
    }
}

pub struct FamilyAdvice {
    pub family: Family,
    pub state: State,
    /// What a waiver or the baseline suppresses of what is missing: "waived until 2027-01-31".
    pub held: Option<String>,
    pub because: Vec<Because>,
}

impl Family {
    /// As formats write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Icfr => "icfr",
            Self::TrustServices => "trust-services",
        }
    }
}

/// A declaration to correct.
pub struct Correction {
    pub rule: &'static str,
    pub severity: Severity,
    /// What does not fit.
    pub text: String,
    /// What to do.
    pub help: String,
    pub place: Place,
    pub held: Option<String>,
}

/// How much a recommendation matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Something is missing without it.
    Needed,
    /// Readers may ask for it.
    Consider,
}

impl Weight {
    pub const ALL: [Self; 2] = [Self::Needed, Self::Consider];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::Consider => "consider",
        }
    }
}

/// A period, or the day of a report of type 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    Over(Date, Date),
    On(Date),
}

/// A report or certificate that is recommended.
pub struct Recommendation {
    pub weight: Weight,
    pub framework: Framework,
    pub also: Vec<Framework>,
    pub subject_matter: Option<SubjectMatter>,
    /// Criteria other than the trust services criteria.
    pub suitable_criteria: Option<&'static str>,
    pub categories: Vec<Category>,
    /// The paths of the services that it is to cover.
    pub covers: Vec<String>,
    /// The id that it would have.
    pub id: String,
    pub namespace: String,
    pub report_type: Option<ReportType>,
    pub when: Option<Dated>,
    /// The period of the report of type 2 that follows one of type 1.
    pub then: Option<(Date, Date)>,
    pub carve_out: Vec<Because>,
    pub needed: Vec<Because>,
    pub exists: Vec<Because>,
    pub because: Vec<Because>,
    pub would_change: Vec<Because>,
    /// The purposes for which the service has to claim it.
    pub claim_for: Vec<Purpose>,
    /// Drafts of objectives: ids, and what each says.
    pub objectives: Vec<(&'static str, &'static str)>,
}

/// A framework that is not recommended, and why.
pub struct NotRecommended {
    pub framework: Framework,
    pub because: Vec<Because>,
}

/// What was found of an estate: as `check` reports it, and before waivers and the baseline.
pub struct Both<'o> {
    pub reported: &'o Outcome,
    pub bare: &'o Outcome,
}

impl<'v> Judged<'v, '_> {
    pub fn advice(&self, both: &Both<'v>, chosen: &Chosen) -> Advice {
        let found = found::NamedIn::of(self.estate, both);
        let mut services = Vec::new();
        let mut all = 0;
        for service in self.estate.services() {
            all += 1;
            let subject = service.path();
            let owner = self.owner(&subject);
            if chosen.has_service(&subject) && chosen.has_owner(owner.as_ref()) {
                services.push(recommend::advice(self, service, &found));
            }
        }
        services.sort_by(|one, other| one.subject.cmp(&other.subject));
        let left_out = (services.len() < all)
            .then(|| format!("{} of {all} services; the others were not asked for", services.len()));
        Advice {
            services,
            incomplete: self.incomplete(false),
            unread: unread(both.bare),
            notes: left_out.into_iter().collect(),
        }
    }
}

fn unread(outcome: &Outcome) -> Vec<Because> {
    let findings = outcome.findings.iter();
    let findings = findings.filter(|finding| crate::rules::is_reading_error(finding.rule));
    findings
        .map(|finding| Because::new(finding.message.clone()).at(finding.primary.place))
        .collect()
}
