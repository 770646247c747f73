//! What is measured, as the results file holds it. The bench writes it; `cargo xtask gen` makes the book's table of it.

use serde::{Deserialize, Serialize};

/// Of fewer alternating rounds, no ratio is said to meet its goal.
pub const LEAST_ROUNDS: usize = 15;
/// By how much more wall time may miss a ratio that processor time keeps: other work moves it more.
const WALL_ALLOWANCE: f64 = 0.1;

/// The figures of one commit on one machine.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Results {
    pub commit: String,
    /// Whether sources differed from that commit.
    pub changed: bool,
    /// What `soclint --version` says.
    pub program: String,
    /// The profile that it was built with, or that it was named by `SOCLINT`.
    pub build: String,
    /// Everything small, to prove that the bench works: no goal is judged.
    pub quick: bool,
    pub machine: Machine,
    pub groups: Vec<Group>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Machine {
    pub cores: usize,
    pub model: String,
    pub memory_bytes: u64,
    pub kernel: String,
}

/// Figures that are measured together.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Group {
    pub name: String,
    pub title: String,
    /// The day, UTC.
    pub taken: String,
    pub figures: Vec<Figure>,
}

/// One figure. A time has `processor` and `wall`; what is no time has `value`.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Figure {
    pub name: String,
    pub what: String,
    pub unit: Unit,
    /// The most that it may be.
    pub goal: Option<f64>,
    pub processor: Option<Spread>,
    pub wall: Option<Spread>,
    pub value: Option<Spread>,
    /// How often each side was run, in turn.
    pub rounds: usize,
    /// The share of the machine's processor time that went to neither the bench nor its children meanwhile.
    pub other_work: Option<f64>,
    pub met: Option<bool>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// One time as a multiple of another.
    Times,
    /// The power of the size with which it grows.
    Exponent,
    Milliseconds,
    /// Of memory, as a multiple of the manifests' bytes.
    TimesTheBytes,
    Bytes,
    Megabytes,
}

/// The median of the rounds, and the quartiles.
#[derive(Serialize, Deserialize, PartialEq, Debug, Clone, Copy)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Spread {
    pub lower: f64,
    pub median: f64,
    pub upper: f64,
}

impl Spread {
    /// Of at least one number.
    pub fn of(mut all: Vec<f64>) -> Self {
        all.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| {
            let exact = share * all.len().saturating_sub(1) as f64;
            let (below, part) = (exact.floor() as usize, exact.fract());
            let low = all.get(below).copied().unwrap_or(f64::NAN);
            let high = all.get(below + 1).copied().unwrap_or(low);
            low + (high - low) * part
        };
        Self {
            lower: at(0.25),
            median: at(0.5),
            upper: at(0.75),
        }
    }
}

impl Figure {
    /// Whether it meets its goal, if it has one. A ratio or an exponent does so by processor time, when wall time comes
    /// close; an absolute time by processor time, which depends less on what else runs. `None` too where a ratio that
    /// would meet it is one of too few rounds.
    pub fn judged(&self) -> Option<bool> {
        let goal = self.goal?;
        let within = |spread: Option<Spread>, limit: f64| spread.is_some_and(|spread| spread.median <= limit);
        match self.unit {
            Unit::Times | Unit::Exponent if self.value.is_none() => {
                let is_met = within(self.processor, goal) && within(self.wall, goal + WALL_ALLOWANCE);
                (!is_met || self.rounds >= LEAST_ROUNDS).then_some(is_met)
            }
            Unit::Milliseconds => Some(within(self.processor, goal)),
            _ => Some(within(self.value, goal)),
        }
    }
}

impl Results {
    /// Whether figures of `other` may stand beside these.
    pub fn is_of(&self, other: &Self) -> bool {
        let about = |of: &Self| {
            (
                of.commit.clone(),
                of.changed,
                of.program.clone(),
                of.build.clone(),
                of.quick,
            )
        };
        about(self) == about(other) && self.machine == other.machine
    }
}
