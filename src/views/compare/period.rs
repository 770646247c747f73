//! What was declared otherwise over a period, commit by commit: the relevant changes that an auditor asks for.

use super::config::{self, ConfigChange, Configured};
use super::coverage::{self, CoverageChange, Covering, NeedChange};
use super::record::{File, Joined, State};
use super::rename::{self, Renames};
use super::scope::{self, EntityChange};
use super::{hidden_in, of_session};
use crate::session::Session;
use jiff::civil::Date;
use std::cmp::Ordering;
use std::collections::BTreeMap;
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
    /// What is declared before a commit, and with it; in between the same.
    states: [State; 2],
    configured: Configured,
    /// How things stood when they were last looked at; nothing that decides it has changed since.
    covering: Option<Covering>,
    all: bool,
    commits: Vec<Commit>,
    config: Made<ConfigChange>,
    scope: Made<EntityChange>,
    coverage: Made<CoverageChange>,
    needs: Made<NeedChange>,
    /// What could not be told, in sentences.
    pub notes: Vec<String>,
}

/// Changes, each once, and the commits that made them.
struct Made<T>(BTreeMap<T, Vec<usize>>);

impl<T> Default for Made<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Ord> Made<T> {
    fn add(&mut self, changes: Vec<T>, commit: usize) {
        for change in changes {
            self.0.entry(change).or_default().push(commit);
        }
    }

    /// In the order of what they are about, and of the commits that made them first.
    fn sorted(self, about: impl Fn(&T, &T) -> Ordering) -> Vec<Committed<T>> {
        let each = self.0.into_iter();
        let mut all: Vec<Committed<T>> = each.map(|(change, commits)| Committed { change, commits }).collect();
        all.sort_by(|one, other| about(&one.change, &other.change).then_with(|| one.commits.cmp(&other.commits)));
        all
    }
}

impl Walk {
    /// What was found on the way.
    pub fn finish(self) -> Period {
        Period {
            commits: self.commits,
            config: self.config.sorted(|one, other| one.key.cmp(&other.key)),
            scope: self.scope.sorted(|one, other| one.subject.cmp(&other.subject)),
            coverage: self.coverage.sorted(Ord::cmp),
            needs: self.needs.sorted(Ord::cmp),
            notes: self.notes,
        }
    }

    /// From what was declared before; from nothing, where there was nothing.
    pub fn new(before: Option<&Session>, all: bool) -> Self {
        let state = before.map_or_else(State::default, of_session);
        Self {
            states: [state.clone(), state],
            configured: before.map_or_else(Configured::default, configured),
            covering: None,
            all,
            commits: Vec::new(),
            config: Made::default(),
            scope: Made::default(),
            coverage: Made::default(),
            needs: Made::default(),
            notes: Vec::new(),
        }
    }

    /// One commit further, in which some files differ.
    pub fn step(&mut self, commit: Commit, sessions: (Option<&Session>, &Session), changed: &[String]) {
        let (_, now) = sessions;
        let read = |path: &String| {
            let file = now
                .read_file(path)
                .map(|(source, read)| Arc::new(File::of(source, read)));
            (path.clone(), file)
        };
        let changed: Vec<(String, Option<Arc<File>>)> = changed.iter().map(read).collect();
        self.states[1].take(&changed);
        let (was, is) = (&self.states[0], &self.states[1]);
        let joined = Joined::of_files(was, is, changed.iter().map(|(path, _)| path.as_str()));
        let renames = rename::renames(was, is, &joined);
        let scope = scope::scope(was, is, &joined, &renames, self.all);
        let configured = configured(now);
        let config = config::config(&self.configured, &configured);
        let is_covered_alike = |(path, file): &(String, Option<Arc<File>>)| {
            coverage::deciding(was.file(path)) == coverage::deciding(file.as_ref())
        };
        let (coverage, needs) = if changed.iter().all(is_covered_alike) {
            (Vec::new(), Vec::new())
        } else {
            let covered = covered((self.covering.take(), sessions), (was, is, &renames), commit.day);
            self.covering = Some(covered.0);
            covered.1
        };
        self.states[0].take(&changed);
        self.configured = configured;
        if scope.is_empty() && config.is_empty() && coverage.is_empty() && needs.is_empty() {
            return;
        }
        let at = self.commits.len();
        self.commits.push(commit);
        self.config.add(config, at);
        self.scope.add(scope, at);
        self.coverage.add(coverage, at);
        self.needs.add(needs, at);
    }
}

/// How things stand with a commit, and what is covered otherwise by it: both sides as of its day, so that nothing is told of
/// a day's passing.
fn covered(
    (known, (before, now)): (Option<Covering>, (Option<&Session>, &Session)),
    (was, is, renames): (&State, &State, &Renames),
    day: Date,
) -> (Covering, (Vec<CoverageChange>, Vec<NeedChange>)) {
    let base = match (known.filter(|known| known.holds_on(day)), before) {
        (Some(known), _) => known,
        (None, Some(session)) => Covering::of(&session.link_coverage(day)),
        (None, None) => Covering::default(),
    };
    let base = base.renamed(renames);
    let head = Covering::of(&now.link_coverage(day));
    let may_be_before = |path: &str| hidden_in(was, renames.before(path).unwrap_or(path));
    let may_be_now = |path: &str| hidden_in(is, path);
    let told = (
        coverage::coverage(&base, &head, (&may_be_before, &may_be_now)),
        coverage::needs(&base, &head),
    );
    (head, told)
}

fn configured(session: &Session) -> Configured {
    Configured::of(session.settings(), session.sources())
}
