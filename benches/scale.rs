//! How long a whole `soclint check` takes, against the floor: the same walk, then reading and a plain typed TOML
//! parse of the same files, as a process of its own.
//!
//! ```text
//! cargo bench                                   the table; a missed goal is said, and fails nothing
//! cargo bench --bench scale -- make DIR 10000   writes such an estate into DIR, to profile with
//! ```
#![allow(clippy::print_stdout, reason = "the table is what this program is for")]

#[path = "scale/estate.rs"]
mod estate;
#[path = "scale/floor.rs"]
mod floor;

use estate::Made;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The same allocator as the tool's, so that the two differ in what they do and not in what they stand on.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many manifests, and how often each of the two is run on them.
const SIZES: [(usize, usize); 4] = [(10, 60), (100, 30), (1_000, 21), (10_000, 11)];
/// Runs from which the peak memory is taken; it hardly varies.
const MEMORY_RUNS: usize = 3;
const SOCLINT: &str = env!("CARGO_BIN_EXE_soclint");

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["floor", root] => println!("{}", floor::run(Path::new(root))?),
        ["keep", root] => println!("{}", floor::run_and_keep(Path::new(root))?),
        ["make", dir, manifests, ..] => {
            let made = estate::make(Path::new(dir), manifests.parse()?)?;
            println!("{} manifests, {} other files", made.manifests, made.others);
        }
        // Cargo says so when it measures; when it tests every target, there is nothing to do.
        _ if arguments.contains(&"--bench") => print!("{}", report(&measure_all()?)),
        _ => println!("run this with `cargo bench`"),
    }
    Ok(())
}

/// What was measured at one size.
struct Row {
    made: Made,
    findings: usize,
    check: Duration,
    floor: Duration,
    /// The floor when it keeps in memory what it read.
    keep: Duration,
    /// In bytes, if it can be measured here.
    check_peak: Option<u64>,
    keep_peak: Option<u64>,
}

impl Row {
    fn times(&self, floor: Duration) -> f64 {
        self.check.as_secs_f64() / floor.as_secs_f64()
    }

    fn micros_per_manifest(&self) -> f64 {
        self.check.as_secs_f64() * 1e6 / self.made.manifests as f64
    }

    /// A peak as a multiple of the manifests' bytes.
    fn multiple(&self, peak: Option<u64>) -> Option<f64> {
        peak.map(|peak| peak as f64 / self.made.manifest_bytes as f64)
    }
}

fn measure_all() -> Result<Vec<Row>, Box<dyn Error>> {
    SIZES
        .iter()
        .map(|(manifests, rounds)| measure(*manifests, *rounds))
        .collect()
}

fn measure(manifests: usize, rounds: usize) -> Result<Row, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("estate");
    let made = estate::make(&root, manifests)?;
    let run = Run {
        this: std::env::current_exe()?,
        root,
        peak_file: folder.path().join("peak"),
    };
    let findings = run.all_read(made.manifests)?;

    let (mut check, mut floor, mut keep) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        check.push(time(&mut run.check("concise"))?);
        floor.push(time(&mut run.floor("floor"))?);
        keep.push(time(&mut run.floor("keep"))?);
    }
    Ok(Row {
        made,
        findings,
        check: median(check),
        floor: median(floor),
        keep: median(keep),
        check_peak: run.peak(&run.check("concise")),
        keep_peak: run.peak(&run.floor("keep")),
    })
}

/// The processes that are compared.
struct Run {
    this: PathBuf,
    root: PathBuf,
    peak_file: PathBuf,
}

impl Run {
    fn check(&self, format: &str) -> Command {
        let mut command = Command::new(SOCLINT);
        command.args(["check", "--as-of", "2026-09-30", "--format", format]);
        command.current_dir(&self.root);
        command
    }

    fn floor(&self, which: &str) -> Command {
        let mut command = Command::new(&self.this);
        command.arg(which).arg(&self.root).current_dir(&self.root);
        command
    }

    /// Makes sure that each reads every manifest, and tells the number of findings. Warms the file cache, too.
    fn all_read(&self, manifests: usize) -> Result<usize, Box<dyn Error>> {
        let json: serde_json::Value = serde_json::from_slice(&self.check("json").output()?.stdout)?;
        let mut read = vec![json["summary"]["files"].to_string()];
        for which in ["floor", "keep"] {
            read.push(String::from_utf8(self.floor(which).output()?.stdout)?.trim().to_owned());
        }
        if read.iter().any(|read| *read != manifests.to_string()) {
            return Err(format!("of {manifests} manifests, check, floor and keep read {read:?}").into());
        }
        Ok(json["findings"].as_array().map_or(0, Vec::len))
    }

    /// The peak memory of a process in bytes, where GNU time is there to tell it.
    fn peak(&self, command: &Command) -> Option<u64> {
        let once = || {
            let mut timed = Command::new("/usr/bin/time");
            timed
                .args(["--format", "%M", "--quiet", "--output"])
                .arg(&self.peak_file);
            timed.arg(command.get_program()).args(command.get_args());
            timed
                .current_dir(&self.root)
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            timed.status().ok()?;
            let kib: u64 = std::fs::read_to_string(&self.peak_file).ok()?.trim().parse().ok()?;
            Some(kib * 1024)
        };
        (0..MEMORY_RUNS).map(|_| once()).collect::<Option<Vec<_>>>().map(median)
    }
}

fn time(command: &mut Command) -> Result<Duration, Box<dyn Error>> {
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

fn report(rows: &[Row]) -> String {
    let mut out = format!(
        "{:>9} {:>7} {:>6} {:>8} {:>9} {:>9} {:>6} {:>9} {:>6} {:>12} {:>15} {:>15}\n",
        "manifests",
        "others",
        "MB",
        "findings",
        "check ms",
        "floor ms",
        "times",
        "keep ms",
        "times",
        "µs/manifest",
        "check peak MB",
        "keep peak MB",
    );
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    for row in rows {
        let peak = |peak: Option<u64>| match (peak, row.multiple(peak)) {
            (Some(bytes), Some(multiple)) => format!("{:.1} ({multiple:.1}x)", bytes as f64 / 1e6),
            _ => "not measured".to_owned(),
        };
        out += &format!(
            "{:>9} {:>7} {:>6.2} {:>8} {:>9.2} {:>9.2} {:>6.2} {:>9.2} {:>6.2} {:>12.1} {:>15} {:>15}\n",
            row.made.manifests,
            row.made.others,
            row.made.manifest_bytes as f64 / 1e6,
            row.findings,
            ms(row.check),
            ms(row.floor),
            row.times(row.floor),
            ms(row.keep),
            row.times(row.keep),
            row.micros_per_manifest(),
            peak(row.check_peak),
            peak(row.keep_peak),
        );
    }
    out +=
        "check: the whole command. floor: walk, read and typed parse, each file let go at once. keep: the same, with\n";
    out += "everything in memory at the end. Medians of interleaved whole processes; peaks also as a multiple of the\n";
    out += "manifests' bytes.\n\n";
    if let [ten, .., thousand, largest] = rows {
        let growth = largest.micros_per_manifest() / thousand.micros_per_manifest();
        let floor = Some(largest.times(largest.floor));
        let memory = largest.multiple(largest.check_peak);
        out += &goal("times the floor at 10,000", floor, 1.5, "at most 1.5");
        out += &goal(
            "times the manifests' bytes in memory at 10,000",
            memory,
            8.0,
            "at most 8",
        );
        out += &goal(
            "times as long per manifest at 10,000 as at 1,000",
            Some(growth),
            1.1,
            "flat, at most 1.1",
        );
        out += &goal("ms on ten manifests", Some(ms(ten.check)), 10.0, "under 10");
    }
    out
}

fn goal(what: &str, value: Option<f64>, limit: f64, wanted: &str) -> String {
    match value {
        Some(value) if value <= limit => format!("reached  {value:.2} {what} ({wanted})\n"),
        Some(value) => format!("MISSED   {value:.2} {what} ({wanted})\n"),
        None => format!("unknown  {what} ({wanted}): not measured here\n"),
    }
}
