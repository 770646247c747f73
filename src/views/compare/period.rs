//! What was declared otherwise over a period, commit by commit: the relevant changes that an auditor asks for.

use super::config::{self, ConfigChange, Configured};
use super::coverage::{self, CoverageChange, Covering, NeedChange};
use super::record::{File, Joined, State};
use super::rename::{self, Renames};
use super::scope::{self, Change, EntityChange};
use super::{hidden_in, of_session};
use crate::session::Session;
use jiff::civil::Date;
use std::sync::Arc;

/// A commit in which something was declared otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    pub id: String,
    /// The committer's day, in UTC.
    pub day: Date,
}

/// A change, and the commits that made it, by their places among those of the period.
#[derive(Debug, Clone, PartialEq)]
pub struct Committed<T> {
    pub change: T,
    pub commits: Vec<usize>,
}

/// What was declared otherwise over a period.
#[derive(Debug, Default)]
pub struct Period {
    pub commits: Vec<Commit>,
    pub config: Vec<Committed<ConfigChange>>,
    pub scope: Vec<Committed<EntityChange>>,
    pub coverage: Vec<Committed<CoverageChange>>,
    pub needs: Vec<Committed<NeedChange>>,
    /// What could not be told, in sentences.
    pub notes: Vec<String>,
}

/// The way through a period.
pub struct Walk {
    state: State,
    configured: Configured,
    all: bool,
    pub period: Period,
}

impl Period {
    /// In the order of their subjects, and of the commits that made them first.
    fn sort(&mut self) {
        self.scope
            .sort_by(|one, other| (&one.change.subject, &one.commits).cmp(&(&other.change.subject, &other.commits)));
        self.config
            .sort_by(|one, other| (&one.change.key, &one.commits).cmp(&(&other.change.key, &other.commits)));
        self.coverage
            .sort_by(|one, other| (&one.change, &one.commits).cmp(&(&other.change, &other.commits)));
        self.needs
            .sort_by(|one, other| (&one.change, &one.commits).cmp(&(&other.change, &other.commits)));
    }
}

impl Walk {
    /// What was found on the way.
    pub fn finish(mut self) -> Period {
        self.period.sort();
        self.period
    }

    /// From what was declared before; from nothing, where there was nothing.
    pub fn new(before: Option<&Session>, all: bool) -> Self {
        Self {
            state: before.map_or_else(State::default, of_session),
            configured: before.map_or_else(Configured::default, configured),
            all,
            period: Period::default(),
        }
    }

    /// One commit further, in which some files differ.
    pub fn step(&mut self, commit: Commit, sessions: (Option<&Session>, &Session), changed: &[String]) {
        let (before, now) = sessions;
        let read = |path: &String| {
            let file = now
                .read_file(path)
                .map(|(source, read)| Arc::new(File::of(source, read)));
            (path.clone(), file)
        };
        let state = self.state.with(changed.iter().map(read).collect());
        let joined = Joined::of(&self.state, &state);
        let renames = rename::renames(&self.state, &state, &joined);
        let scope = scope::scope(&self.state, &state, &joined, &renames, self.all);
        let configured = configured(now);
        let config = config::config(&self.configured, &configured);
        let (coverage, needs) = if scope.iter().any(may_cover) {
            self.covered((before, now), (&state, &renames), commit.day)
        } else {
            (Vec::new(), Vec::new())
        };
        self.state = state;
        self.configured = configured;
        if scope.is_empty() && config.is_empty() && coverage.is_empty() && needs.is_empty() {
            return;
        }
        let at = self.period.commits.len();
        self.period.commits.push(commit);
        add(&mut self.period.scope, scope, at);
        add(&mut self.period.config, config, at);
        add(&mut self.period.coverage, coverage, at);
        add(&mut self.period.needs, needs, at);
    }

    /// What is covered otherwise by a commit, both sides as of its day, so that nothing is told of a day's passing.
    fn covered(
        &self,
        (before, now): (Option<&Session>, &Session),
        (state, renames): (&State, &Renames),
        day: Date,
    ) -> (Vec<CoverageChange>, Vec<NeedChange>) {
        let was = match before {
            Some(session) => Covering::of(&session.link(day).estate, Some(renames)),
            None => Covering::default(),
        };
        let is = Covering::of(&now.link(day).estate, None);
        let may_be_before = |path: &str| hidden_in(&self.state, renames.before(path).unwrap_or(path));
        let may_be_now = |path: &str| hidden_in(state, path);
        (
            coverage::coverage(&was, &is, (&may_be_before, &may_be_now)),
            coverage::needs(&was, &is),
        )
    }
}

/// Whether a change may change what covers what, or what is needed.
fn may_cover(change: &EntityChange) -> bool {
    const OF_SERVICES: [&str; 4] = ["scope", "claims", "assurance-for", "lifecycle"];
    const OF_REPORTS: [&str; 3] = ["name", "auditor", "audience"];
    let is_of = |table: &str| {
        let rest = change
            .subject
            .rsplit_once('/')
            .map_or(&*change.subject, |(_, rest)| rest);
        rest.strip_prefix(table).is_some_and(|rest| rest.starts_with('.'))
    };
    let is_changed = change.change == Change::Changed;
    let mut keys = change.keys.iter().map(|key| key.key.as_str());
    if is_of("services") {
        return !is_changed || keys.any(|key| OF_SERVICES.contains(&key));
    }
    let is_report = is_of("reports") || is_of("certificates");
    is_report && (!is_changed || keys.any(|key| !OF_REPORTS.contains(&key)))
}

fn configured(session: &Session) -> Configured {
    Configured::of(session.settings(), session.sources())
}

/// Adds what a commit changed: to what another changed alike, else by itself.
fn add<T: PartialEq>(all: &mut Vec<Committed<T>>, changes: Vec<T>, commit: usize) {
    for change in changes {
        match all.iter_mut().find(|made| made.change == change) {
            Some(made) => made.commits.push(commit),
            None => all.push(Committed {
                change,
                commits: vec![commit],
            }),
        }
    }
}
