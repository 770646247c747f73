//! Whole processes: how long they take by the clock and by the processor, their peak memory, and what else the machine
//! did meanwhile.

use std::process::{Command, Stdio};
use std::time::Instant;

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// One process, in seconds.
#[derive(Clone, Copy)]
pub struct Run {
    pub wall: f64,
    /// Of all its threads, in user and kernel mode.
    pub processor: f64,
}

/// Runs a process to its end; what it prints is thrown away.
pub fn run(command: &mut Command) -> Result<Run> {
    command.stdout(Stdio::null());
    let (before, start) = (usage::children()?, Instant::now());
    let status = command.status()?;
    let wall = start.elapsed().as_secs_f64();
    let processor = usage::children()?.processor - before.processor;
    // Findings, and differences, give 1; above that, the run itself went wrong.
    match status.code() {
        Some(0 | 1) => Ok(Run { wall, processor }),
        _ => Err(format!("{command:?} ended with {status}").into()),
    }
}

/// The peak memory of a process in bytes. A process of its own runs it, for the peak of all children is what the system
/// tells.
pub fn peak(command: &Command) -> Result<f64> {
    let mut once = Command::new(std::env::current_exe()?);
    once.arg("peak").arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        once.current_dir(folder);
    }
    let output = once.stderr(Stdio::inherit()).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// In the process that `peak` starts: runs the rest of the arguments, and gives the peak in bytes.
pub fn run_for_peak(program: &str, arguments: &[&str]) -> Result<u64> {
    run(Command::new(program).args(arguments))?;
    Ok(usage::children()?.peak)
}

/// What the machine did since it began to watch.
pub struct Watch {
    start: Instant,
    /// `None` where the system does not tell.
    busy: Option<f64>,
    own: f64,
}

impl Watch {
    pub fn begin() -> Result<Self> {
        Ok(Self {
            start: Instant::now(),
            busy: busy(),
            own: own()?,
        })
    }

    /// The share of all cores' time that went to neither this process nor its children: other processes, or another
    /// machine on the same host. Files that were just written go to the disk before, in `settle`.
    pub fn other_work(&self) -> Result<Option<f64>> {
        let (Some(before), Some(now)) = (self.busy, busy()) else {
            return Ok(None);
        };
        let own = own()? - self.own;
        let all = self.start.elapsed().as_secs_f64() * cores() as f64;
        Ok(Some(((now - before - own) / all).clamp(0.0, 1.0)))
    }
}

/// Has the system write to the disk what this process wrote, so that it does not do so while something is measured.
pub fn settle() {
    #[cfg(unix)]
    rustix::fs::sync();
}

pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn own() -> Result<f64> {
    Ok(usage::this()?.processor + usage::children()?.processor)
}

/// How long all cores together have worked since the system's start, in seconds; stolen time is another machine's work.
fn busy() -> Option<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/stat").ok()?;
    let ticks: Vec<f64> = stat
        .lines()
        .next()?
        .split_whitespace()
        .skip(1)
        .filter_map(|word| word.parse().ok())
        .collect();
    // user, nice, system, idle, iowait, irq, softirq, steal
    match ticks.as_slice() {
        [user, nice, system, _, _, irq, softirq, steal, ..] => {
            Some((user + nice + system + irq + softirq + steal) / TICKS_PER_SECOND)
        }
        _ => None,
    }
}

#[cfg(unix)]
mod usage {
    use nix::sys::resource::{Usage, UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    pub struct Used {
        /// In seconds.
        pub processor: f64,
        /// In bytes.
        pub peak: u64,
    }

    /// Of all children that have ended.
    pub fn children() -> super::Result<Used> {
        Ok(used(&getrusage(UsageWho::RUSAGE_CHILDREN)?))
    }

    pub fn this() -> super::Result<Used> {
        Ok(used(&getrusage(UsageWho::RUSAGE_SELF)?))
    }

    fn used(usage: &Usage) -> Used {
        let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
        let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
        Used {
            processor: micros as f64 / 1e6,
            peak: u64::try_from(usage.max_rss()).unwrap_or(0) * unit,
        }
    }
}

#[cfg(not(unix))]
mod usage {
    pub struct Used {
        pub processor: f64,
        pub peak: u64,
    }

    pub fn children() -> super::Result<Used> {
        Err("the bench measures on Unix only".into())
    }

    pub fn this() -> super::Result<Used> {
        children()
    }
}
