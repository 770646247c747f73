//! `soclint compare`: what is declared, covered, needed and found otherwise in one state of an estate than in another.

mod config;
mod counts;
mod coverage;
mod effect;
mod effective;
mod findings;
mod mentions;
mod period;
mod record;
mod rename;
mod resolve;
mod scope;

pub use config::ConfigChange;
pub use coverage::{CoverageChange, NeedChange};
pub use effect::Effect;
pub use findings::Findings;
pub use period::{Commit, Committed, Period, Walk};
pub use scope::{Change, EntityChange, KeyChange};

use crate::finding::{Finding, Severity};
use crate::session::{Linked, Session};
use crate::source::Sources;
use crate::triage::{Outcome, Waiver};
use config::Configured;
use coverage::Covering;
use findings::Judged;
use jiff::civil::Date;
use rayon::prelude::*;
use record::{File, Joined, State};
use std::sync::Arc;

/// What the working tree is called, which has no name of its own.
pub const WORKING_TREE: &str = "the working tree";

/// An estate that was judged.
#[derive(Clone, Copy)]
pub struct Ran<'c> {
    pub session: &'c Session,
    pub linked: &'c Linked<'c>,
    pub outcome: &'c Outcome,
}

/// A state that is compared, by the name by which it was asked for.
#[derive(Clone, Copy)]
pub struct Compared<'c> {
    pub name: &'c str,
    pub ran: Ran<'c>,
}

/// What differs between two states.
pub struct Comparison<'c> {
    pub as_of: Date,
    pub base: String,
    pub head: String,
    pub config: Vec<ConfigChange>,
    pub scope: Vec<EntityChange>,
    pub coverage: Vec<CoverageChange>,
    pub needs: Vec<NeedChange>,
    pub findings: Findings<'c>,
    /// The files in which the findings of the base lie, those of the head, and those of the head under the base's config.
    pub sources: [&'c Sources; 3],
    /// Those of the head.
    pub waivers: &'c [Waiver],
    /// The files of the base and of the head in which something could not be read.
    pub unread: [Vec<String>; 2],
}

impl<'c> Ran<'c> {
    fn judged(&self) -> Judged<'c> {
        Judged {
            outcome: self.outcome,
            sources: self.session.sources(),
        }
    }

    fn configured(&self) -> Configured {
        Configured::of(self.session.settings(), self.session.sources())
    }

    fn unread(&self) -> Vec<String> {
        let files = self.linked.unread(self.outcome).into_iter();
        let sources = self.session.sources();
        files.map(|file| sources.get(file).path.clone()).collect()
    }
}

/// What a session's files declare.
fn of_session(session: &Session) -> State {
    let files: Vec<_> = session.read_files().collect();
    let files: Vec<Arc<File>> = files
        .par_iter()
        .map(|(source, read)| Arc::new(File::of(source, read)))
        .collect();
    State::of(files)
}

/// The same, of which what is as in another session is as there.
fn of_session_beside(session: &Session, (other, known): (&Session, &State)) -> State {
    let files: Vec<_> = session.read_files().collect();
    let files: Vec<Arc<File>> = files
        .par_iter()
        .map(|(source, read)| {
            let same = known.file(&source.path).filter(|_| {
                let before = other.read_file(&source.path).map(|(before, _)| before);
                before.is_some_and(|before| before.text == source.text && before.no_text == source.no_text)
                    && source.unreadable.is_none()
                    && source.absent.is_none()
            });
            same.map_or_else(|| Arc::new(File::of(source, read)), Arc::clone)
        })
        .collect();
    State::of(files)
}

/// Whether an entity of a path, which is not known, may be declared in what could not be read.
fn hidden_in(state: &State, path: &str) -> bool {
    let id = path.rsplit_once('/').map_or(path, |(_, rest)| rest);
    let id = id.split_once('.').map_or(id, |(_, id)| id);
    !state.has(path) && state.may_hide(id)
}

/// Compares two states. `under_base` is the head as the base's config has it, where that is another one; with `all`, texts
/// count too.
pub fn compare<'c>(base: Compared<'c>, head: Compared<'c>, under_base: Option<Ran<'c>>, all: bool) -> Comparison<'c> {
    let (old, new) = (base.ran, head.ran);
    let was = of_session(old.session);
    let is = of_session_beside(new.session, (old.session, &was));
    let joined = Joined::of(&was, &is);
    let renames = rename::renames(&was, &is, &joined);
    let covering = [
        Covering::of(&old.linked.estate).renamed(&renames),
        Covering::of(&new.linked.estate),
    ];
    let before = |path: &str| renames.before(path).unwrap_or(path).to_owned();
    let coverage = coverage::coverage(
        &covering[0],
        &covering[1],
        (&|path| hidden_in(&was, &before(path)), &|path| hidden_in(&is, path)),
    );
    let under = under_base.map(|ran| ran.judged());
    Comparison {
        as_of: new.linked.estate.as_of.date(),
        base: base.name.to_owned(),
        head: head.name.to_owned(),
        config: config::config(&old.configured(), &new.configured()),
        scope: scope::scope(&was, &is, &joined, &renames, all),
        coverage,
        needs: coverage::needs(&covering[0], &covering[1]),
        findings: findings::findings(old.judged(), new.judged(), under, &renames),
        sources: [
            old.session.sources(),
            new.session.sources(),
            under_base.unwrap_or(new).session.sources(),
        ],
        waivers: &new.outcome.waivers,
        unread: [old.unread(), new.unread()],
    }
}

impl Comparison<'_> {
    /// Whether a finding of a severity is new, graver than it was, or not reported any more because of the config.
    pub fn fails_on(&self, severity: Severity) -> bool {
        let is_grave = |finding: &&Finding| finding.severity >= severity;
        let findings = &self.findings;
        let mut changed = findings.changed.iter();
        findings.new.iter().chain(&findings.hidden).any(is_grave)
            || changed.any(|(before, now)| is_grave(now) && now.severity > before.severity)
    }
}
