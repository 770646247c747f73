//! Whole processes, each in turn, and how long they take.

use super::estate::Made;
use super::shapes::{self, Shape};
use std::error::Error;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const SOCLINT: &str = env!("CARGO_BIN_EXE_soclint");
/// What SARIF has at most, for code scanning takes no more of a run.
pub const RESULTS: usize = 25_000;

/// The commands that are compared take turns until this time is spent.
const BUDGET: Duration = Duration::from_secs(6);
const LEAST_ROUNDS: usize = 3;
const MAX_ROUNDS: usize = 31;
/// In bytes of manifests.
const MAX_KEPT: u64 = 500_000_000;
/// Runs from which the peak memory is taken; it hardly varies.
const MEMORY_RUNS: usize = 3;

/// What was measured of one estate.
pub struct Row {
    pub shape: Shape,
    /// Manifests, entries or findings, as the shape has it.
    pub size: usize,
    pub made: Made,
    pub findings: usize,
    pub check: Duration,
    pub floor: Duration,
    /// The floor when it keeps in memory what it read, where there is memory for that.
    pub keep: Option<Duration>,
    /// The floor's walk alone, without reading.
    pub walk: Duration,
    /// In bytes, if it can be measured here.
    pub check_peak: Option<u64>,
    pub keep_peak: Option<u64>,
}

impl Row {
    pub fn times(&self, floor: Duration) -> f64 {
        self.check.as_secs_f64() / floor.as_secs_f64()
    }

    pub fn micros_each(&self) -> f64 {
        self.check.as_secs_f64() * 1e6 / self.size as f64
    }

    /// A peak as a multiple of the manifests' bytes.
    pub fn multiple(&self, peak: Option<u64>) -> Option<f64> {
        peak.map(|peak| peak as f64 / self.made.manifest_bytes as f64)
    }
}

/// What the rendering of findings takes beside finding them.
pub struct Rendered {
    pub what: String,
    pub findings: usize,
    /// The run, or the runs together.
    pub whole: Duration,
    /// As many runs that find as much and print none of it.
    pub finding: Duration,
    pub runs: usize,
}

impl Rendered {
    pub fn beyond(&self) -> f64 {
        self.whole.as_secs_f64() - self.finding.as_secs_f64()
    }

    /// What rendering takes, in times of finding everything once.
    pub fn times(&self) -> f64 {
        self.beyond() / (self.finding.as_secs_f64() / self.runs as f64)
    }
}

/// An estate in a folder of its own, gone when this is dropped.
pub struct Estate {
    shape: Shape,
    size: usize,
    made: Made,
    folder: TempDir,
    this: PathBuf,
}

impl Estate {
    pub fn make(shape: Shape, size: usize, others: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        Ok(Self {
            shape,
            size,
            made: shape.make(&folder.path().join("estate"), size, others)?,
            folder,
            this: std::env::current_exe()?,
        })
    }

    pub fn row(&self) -> Result<Row> {
        let findings = self.all_read()?;
        let mut commands = vec![self.check("concise", &[]), self.floor("floor"), self.floor("walk")];
        if self.may_keep() {
            commands.push(self.floor("keep"));
        }
        let taken = interleaved(&mut commands)?;
        let [check, floor, walk, keep @ ..] = taken.as_slice() else {
            return Err("as many times as commands".into());
        };
        Ok(Row {
            shape: self.shape,
            size: self.size,
            made: self.made,
            findings,
            check: *check,
            floor: *floor,
            keep: keep.first().copied(),
            walk: *walk,
            check_peak: self.peak(&commands[0]),
            keep_peak: commands.get(3).and_then(|keep| self.peak(keep)),
        })
    }

    /// What a plain parse keeps is more than twenty times as large as the files.
    fn may_keep(&self) -> bool {
        self.shape != Shape::Sources && self.made.manifest_bytes < MAX_KEPT
    }

    /// Renders what is found: all at once, and for SARIF also part by part, none of which has more than it takes.
    pub fn formats(&self) -> Result<Vec<Rendered>> {
        // All is found, whatever is named; this names a manifest that nothing is found in.
        let mut commands = vec![self.check("concise", &[shapes::CLEAN])];
        for format in ["concise", "json", "sarif"] {
            commands.push(self.check(format, &[]));
        }
        for part in shapes::PARTS {
            commands.push(self.check("sarif", &[part]));
        }
        let rendered = commands.iter_mut().map(|command| Ok(results(&command.output()?)));
        let rendered = rendered.collect::<Result<Vec<_>>>()?;
        let taken = interleaved(&mut commands)?;
        let finding = taken[0];
        let mut all: Vec<Rendered> = ["concise", "json", "sarif"]
            .into_iter()
            .zip(1..)
            .map(|(what, at)| Rendered {
                what: what.to_owned(),
                findings: rendered[at],
                whole: taken[at],
                finding,
                runs: 1,
            })
            .collect();
        let runs = shapes::PARTS.len();
        all.push(Rendered {
            what: format!("sarif, {runs} runs"),
            findings: rendered[4..].iter().sum(),
            whole: taken[4..].iter().sum(),
            finding: finding * u32::try_from(runs)?,
            runs,
        });
        let expected = [self.size, self.size, self.size.min(RESULTS), self.size];
        let got: Vec<usize> = all.iter().map(|one| one.findings).collect();
        if rendered[0] != 0 || got != expected {
            return Err(format!("{} and {got:?} findings rendered, not 0 and {expected:?}", rendered[0]).into());
        }
        Ok(all)
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("estate")
    }

    fn check(&self, format: &str, paths: &[&str]) -> Command {
        let mut command = Command::new(SOCLINT);
        command.args(["check", "--as-of", "2026-09-30", "--quiet", "--format", format]);
        command.args(paths).current_dir(self.root());
        command
    }

    fn floor(&self, which: &str) -> Command {
        // What is looked into beside the manifests has a floor of its own.
        let which = if self.shape == Shape::Sources && which == "floor" {
            "scan"
        } else {
            which
        };
        let mut command = Command::new(&self.this);
        command.arg(which).arg(self.root()).current_dir(self.root());
        command
    }

    /// Makes sure that each reads every manifest, and tells the number of findings. Warms the file cache, too.
    fn all_read(&self) -> Result<usize> {
        let json: serde_json::Value = serde_json::from_slice(&self.check("json", &[]).output()?.stdout)?;
        let mut read = vec![json["summary"]["files"].to_string()];
        let keep = self.may_keep().then_some("keep");
        for which in ["floor", "walk"].into_iter().chain(keep) {
            let output = self.floor(which).output()?;
            if !output.status.success() {
                return Err(String::from_utf8_lossy(&output.stderr).into());
            }
            read.push(String::from_utf8(output.stdout)?.trim().to_owned());
        }
        let made = self.made.manifests;
        if read.iter().any(|read| *read != made.to_string()) {
            return Err(format!("of {made} manifests, check, floor, walk and keep read {read:?}").into());
        }
        Ok(json["findings"].as_array().map_or(0, Vec::len))
    }

    /// The peak memory of a process in bytes, where GNU time is there to tell it.
    fn peak(&self, command: &Command) -> Option<u64> {
        let file = self.folder.path().join("peak");
        let once = || {
            let mut timed = Command::new("/usr/bin/time");
            timed.args(["--format", "%M", "--quiet", "--output"]).arg(&file);
            timed.arg(command.get_program()).args(command.get_args());
            timed
                .current_dir(self.root())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            timed.status().ok()?;
            let kib: u64 = std::fs::read_to_string(&file).ok()?.trim().parse().ok()?;
            Some(kib * 1024)
        };
        (0..MEMORY_RUNS).map(|_| once()).collect::<Option<Vec<_>>>().map(median)
    }
}

/// How many findings an output has, whatever its format.
fn results(output: &Output) -> usize {
    let text = String::from_utf8_lossy(&output.stdout);
    let of_sarif = text.matches("\"ruleId\":").count();
    let of_json = text.matches("\"subject\":").count();
    match text.starts_with('{') {
        true => of_sarif.max(of_json),
        false => text.lines().count(),
    }
}

/// The median of each, from rounds in which each has its turn.
fn interleaved(commands: &mut [Command]) -> Result<Vec<Duration>> {
    let mut taken = vec![Vec::new(); commands.len()];
    let start = Instant::now();
    for round in 0..MAX_ROUNDS {
        if round >= LEAST_ROUNDS && start.elapsed() > BUDGET {
            break;
        }
        for (command, taken) in commands.iter_mut().zip(&mut taken) {
            taken.push(time(command)?);
        }
    }
    Ok(taken.into_iter().map(median).collect())
}

fn time(command: &mut Command) -> Result<Duration> {
    command.stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status()?;
    let taken = start.elapsed();
    // Findings give 1; above that, the run itself went wrong.
    match status.code() {
        Some(0 | 1) => Ok(taken),
        _ => Err(format!("{command:?} ended with {status}").into()),
    }
}

fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort_unstable();
    values[values.len() / 2]
}
