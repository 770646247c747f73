//! Processes that take turns, and what their times say.

use super::figure::{Figure, Spread, Unit};
use super::measure::{self, Result, Run, Watch};
use std::process::Command;
use std::time::{Duration, Instant};

/// How much is measured.
#[derive(Clone, Copy)]
pub struct Plan {
    pub rounds: usize,
    /// What every size is divided by: 1, or more to see that all works.
    pub divisor: usize,
}

/// After this time no further round begins; the figure says how many there were.
const LIMIT: Duration = Duration::from_secs(600);
/// Runs of which the peak memory is taken; it hardly varies.
const MEMORY_RUNS: usize = 3;

impl Plan {
    /// A size, made smaller where all is; of less than two there is no estate.
    pub fn size(self, size: usize) -> usize {
        (size / self.divisor).max(2)
    }

    /// How often what is memory or a size is measured.
    pub fn memory_runs(self) -> usize {
        MEMORY_RUNS.min(self.rounds)
    }
}

/// Times of processes that took turns.
pub struct Series {
    /// Of each round, the run of each command.
    rounds: Vec<Vec<Run>>,
    other_work: Option<f64>,
}

impl Series {
    /// Runs each once to warm up, and then all in turn, every second round the other way round: what drifts, drifts for all.
    pub fn of(commands: &mut [Command], plan: Plan) -> Result<Self> {
        for command in commands.iter_mut() {
            measure::run(command)?;
        }
        measure::settle();
        let (watch, start) = (Watch::begin()?, Instant::now());
        let mut rounds = Vec::new();
        while rounds.len() < plan.rounds && (rounds.is_empty() || start.elapsed() < LIMIT) {
            let is_backwards = rounds.len() % 2 == 1;
            let mut runs = if is_backwards {
                commands
                    .iter_mut()
                    .rev()
                    .map(measure::run)
                    .collect::<Result<Vec<_>>>()?
            } else {
                commands.iter_mut().map(measure::run).collect::<Result<Vec<_>>>()?
            };
            if is_backwards {
                runs.reverse();
            }
            rounds.push(runs);
        }
        Ok(Self {
            rounds,
            other_work: watch.other_work()?,
        })
    }

    /// A figure made of each round's times, in seconds, in the order of the commands.
    pub fn figure(&self, name: &str, what: &str, unit: Unit, goal: Option<f64>, of: impl Fn(&[f64]) -> f64) -> Figure {
        let spread = |time: fn(&Run) -> f64| {
            let of_round = |runs: &Vec<Run>| of(&runs.iter().map(time).collect::<Vec<f64>>());
            Some(Spread::of(self.rounds.iter().map(of_round).collect()))
        };
        Figure {
            name: name.to_owned(),
            what: what.to_owned(),
            unit,
            goal,
            processor: spread(|run| run.processor),
            wall: spread(|run| run.wall),
            value: None,
            rounds: self.rounds.len(),
            other_work: self.other_work,
            met: None,
        }
    }

    /// The first command as a multiple of the second.
    pub fn ratio(&self, name: &str, what: &str, goal: Option<f64>) -> Figure {
        self.figure(name, what, Unit::Times, goal, |times| times[0] / times[1])
    }

    /// The power of the size with which time grows from one command to another, each with its size.
    pub fn exponent(&self, name: &str, what: &str, goal: Option<f64>, from_to: [(usize, usize); 2]) -> Figure {
        let [(from, small), (to, large)] = from_to;
        let growth = (large as f64 / small as f64).ln();
        self.figure(name, what, Unit::Exponent, goal, |times| {
            (times[to] / times[from]).ln() / growth
        })
    }

    /// How long one command takes.
    pub fn milliseconds(&self, name: &str, what: &str, goal: Option<f64>, at: usize) -> Figure {
        self.figure(name, what, Unit::Milliseconds, goal, |times| times[at] * 1e3)
    }

    /// Wall time, as a multiple of what it would be if all cores shared the processor time of a command. Where all work
    /// is shared out it is 1; where one core does it all, the number of cores.
    pub fn sharing(&self, name: &str, what: &str, goal: Option<f64>, at: usize) -> Figure {
        let cores = measure::cores() as f64;
        let of_round = |runs: &Vec<Run>| runs[at].wall * cores / runs[at].processor;
        Figure {
            other_work: self.other_work,
            ..value(
                name,
                what,
                Unit::Times,
                goal,
                self.rounds.iter().map(of_round).collect(),
            )
        }
    }
}

/// What is no time, from some runs.
pub fn value(name: &str, what: &str, unit: Unit, goal: Option<f64>, all: Vec<f64>) -> Figure {
    Figure {
        name: name.to_owned(),
        what: what.to_owned(),
        unit,
        goal,
        processor: None,
        wall: None,
        rounds: all.len(),
        value: Some(Spread::of(all)),
        other_work: None,
        met: None,
    }
}

/// The peak memory of a command in bytes, of some runs.
pub fn peaks(command: &Command, plan: Plan) -> Result<Vec<f64>> {
    (0..plan.memory_runs()).map(|_| measure::peak(command)).collect()
}
