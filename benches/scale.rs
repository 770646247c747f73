//! How long soclint takes and how much memory: a check against its floor (a walk, then reading and a plain typed TOML
//! parse of the same files, as a process of its own), and what else has a goal. docs/performance.md has the last figures.
//!
//! ```text
//! cargo bench --bench scale -- --list             the groups
//! cargo bench --bench scale -- --quick            all of them, small: shows that the bench works, judges nothing
//! cargo bench --bench scale -- GROUP ..           these, or all but `million` if none is named
//!          --output benches/results/DATE.json     adds their figures to a file, of one commit on one machine
//!          --rounds 15                            how often each process has its turn
//! cargo bench --bench scale -- make DIR SHAPE SIZE OTHERS   writes an estate into DIR, to profile with
//! ```
//!
//! A missed goal is said, and fails nothing. `SOCLINT` names another program to measure, TMPDIR where estates are made:
//! the largest takes 10 GB.
#![allow(clippy::print_stdout, reason = "the figures are what this program is for")]

#[path = "scale/estate.rs"]
mod estate;
#[path = "scale/figure.rs"]
mod figure;
#[path = "scale/floor.rs"]
mod floor;
#[path = "scale/groups/mod.rs"]
mod groups;
#[path = "scale/history.rs"]
mod history;
#[path = "scale/hostile.rs"]
mod hostile;
#[path = "scale/identities.rs"]
mod identities;
#[path = "scale/measure.rs"]
mod measure;
#[path = "scale/monorepo.rs"]
mod monorepo;
#[path = "scale/results.rs"]
mod results;
#[path = "scale/series.rs"]
mod series;
#[path = "scale/shapes.rs"]
mod shapes;
#[path = "scale/sources.rs"]
mod sources;
#[path = "scale/subject.rs"]
mod subject;
#[path = "scale/table.rs"]
#[allow(dead_code, reason = "`cargo xtask gen` uses all of it")]
mod table;

use groups::{GROUPS, Group};
use measure::Result;
use series::Plan;
use shapes::{SHAPES, Shape};
use std::path::{Path, PathBuf};

/// The same allocator as the tool's, so that the two differ in what they do and not in what they stand on.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// By what sizes are divided to see that all works.
const QUICK_DIVISOR: usize = 50;
const QUICK_ROUNDS: usize = 2;
/// An estate with more other files than this could fill the disk's tables.
const MOST_OTHERS: usize = 2_000_000;
/// Measured only when it is named.
const LONGEST: &str = "million";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // Cargo says so when it measures; when it tests every target, there is nothing to do.
    let measures = arguments.contains(&"--bench");
    let arguments: Vec<&str> = arguments.into_iter().filter(|one| *one != "--bench").collect();
    match arguments.as_slice() {
        ["walk", root] => println!("{}", floor::walk(Path::new(root)).len()),
        ["list", root] => println!("{}", floor::list(Path::new(root))),
        ["floor", root] => println!("{}", floor::run(Path::new(root))?),
        ["scan", root] => println!("{}", sources::scan(Path::new(root))?),
        ["peak", program, arguments @ ..] => println!("{}", measure::run_for_peak(program, arguments)?),
        ["make", dir, shape, size, others] => {
            let (size, others): (usize, usize) = (size.parse()?, others.parse()?);
            if size.saturating_mul(others) > MOST_OTHERS {
                return Err(format!("{others} other files for each of {size} are more than {MOST_OTHERS}").into());
            }
            let made = Shape::named(shape)?.make(Path::new(dir), size, others)?;
            println!("{} manifests, {} other files", made.manifests, made.others);
        }
        ["--list"] => {
            GROUPS
                .iter()
                .for_each(|group| println!("{:<18} {}", group.name, group.title));
            println!("\nto make, each of a size, most with a number of other files for each:");
            SHAPES
                .iter()
                .for_each(|shape| println!("{:<28} {}", shape.name, shape.size));
        }
        wanted if measures => Wanted::parse(wanted)?.measure()?,
        _ => println!("run this with `cargo bench`"),
    }
    Ok(())
}

struct Wanted {
    groups: Vec<&'static Group>,
    plan: Plan,
    quick: bool,
    output: Option<PathBuf>,
}

impl Wanted {
    fn parse(arguments: &[&str]) -> Result<Self> {
        let mut wanted = Self {
            groups: Vec::new(),
            plan: Plan {
                rounds: figure::LEAST_ROUNDS,
                divisor: 1,
            },
            quick: false,
            output: None,
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or_else(|| format!("{argument} of what?"));
            match *argument {
                "--quick" => wanted.quick = true,
                "--rounds" => wanted.plan.rounds = value()?.parse()?,
                // Cargo runs a bench in the package's folder.
                "--output" => wanted.output = Some(PathBuf::from(value()?)),
                name => {
                    let group = GROUPS.iter().find(|group| group.name == name);
                    wanted
                        .groups
                        .push(group.ok_or_else(|| format!("there is no group \"{name}\"; --list names them"))?);
                }
            }
        }
        if wanted.quick {
            wanted.plan = Plan {
                rounds: QUICK_ROUNDS,
                divisor: QUICK_DIVISOR,
            };
        }
        if wanted.groups.is_empty() {
            let all = GROUPS.iter().filter(|group| wanted.quick || group.name != LONGEST);
            wanted.groups = all.collect();
        }
        Ok(wanted)
    }

    fn measure(&self) -> Result<()> {
        let mut all = results::begin(self.quick)?;
        if let Some(path) = &self.output {
            all = results::open(path, all)?;
        }
        for group in &self.groups {
            println!("{}", group.title);
            let group = results::group(group, (group.measure)(self.plan)?, self.quick);
            group
                .figures
                .iter()
                .for_each(|figure| println!("  {}", table::line(figure)));
            results::add(&mut all, group);
            // Group by group, so that what is measured is kept whatever comes.
            if let Some(path) = &self.output {
                results::write(path, &all)?;
            }
        }
        Ok(())
    }
}
