//! How long a whole `soclint check` takes, against the floor: a walk by the same library, then reading and a plain typed
//! TOML parse of the same files, as a process of its own. (Of fewer than 400 manifests, soclint asks for no huge pages;
//! the floor always does. There, only the time itself is a goal.)
//!
//! ```text
//! cargo bench --bench scale                      the tables; a missed goal is said, and fails nothing
//! cargo bench --bench scale -- --sizes 10,1000   estates of these numbers of manifests
//!                              --others 1        other files for each manifest of theirs (11)
//!                              --shapes chain    these other shapes only, or `none` of them
//! cargo bench --bench scale -- make DIR estate 10000   writes such an estate into DIR, to profile with
//! ```
//!
//! A million manifests take 9 GB of disk with one other file each (TMPDIR says where), and half an hour:
//! `--sizes 10,100,1000,10000,100000,1000000 --others 1 --shapes none`.
#![allow(clippy::print_stdout, reason = "the tables are what this program is for")]

#[path = "scale/estate.rs"]
mod estate;
#[path = "scale/floor.rs"]
mod floor;
#[path = "scale/measure.rs"]
mod measure;
#[path = "scale/report.rs"]
mod report;
#[path = "scale/shapes.rs"]
mod shapes;
#[path = "scale/sources.rs"]
mod sources;

use shapes::Shape;
use std::error::Error;
use std::path::Path;

/// The same allocator as the tool's, so that the two differ in what they do and not in what they stand on.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];
/// Source files, pages and settings that stand around each manifest.
const OTHERS: usize = 11;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // Cargo says so when it measures; when it tests every target, there is nothing to do.
    let measures = arguments.contains(&"--bench");
    let arguments: Vec<&str> = arguments.into_iter().filter(|one| *one != "--bench").collect();
    match arguments.as_slice() {
        ["walk", root] => println!("{}", floor::walk(Path::new(root)).len()),
        ["floor", root] => println!("{}", floor::run(Path::new(root))?),
        ["scan", root] => println!("{}", sources::scan(Path::new(root))?),
        ["keep", root] => println!("{}", floor::run_and_keep(Path::new(root))?),
        ["make", dir, shape, size, ..] => {
            let others = arguments.get(4).map_or(Ok(OTHERS), |others| others.parse())?;
            let made = Shape::named(shape)?.make(Path::new(dir), size.parse()?, others)?;
            println!("{} manifests, {} other files", made.manifests, made.others);
        }
        wanted if measures => measure_all(&Wanted::parse(wanted)?)?,
        _ => println!("run this with `cargo bench`"),
    }
    Ok(())
}

struct Wanted {
    sizes: Vec<usize>,
    others: usize,
    shapes: Vec<Shape>,
}

impl Wanted {
    fn parse(arguments: &[&str]) -> Result<Self, Box<dyn Error>> {
        let mut wanted = Self {
            sizes: SIZES.to_vec(),
            others: OTHERS,
            shapes: Shape::OTHER_THAN_ESTATES.to_vec(),
        };
        for pair in arguments.chunks(2) {
            match pair {
                ["--sizes", sizes] => {
                    wanted.sizes = sizes.split(',').map(str::parse).collect::<Result<_, _>>()?;
                    wanted.sizes.sort_unstable();
                }
                ["--others", others] => wanted.others = others.parse()?,
                ["--shapes", "none"] => wanted.shapes.clear(),
                ["--shapes", shapes] => {
                    wanted.shapes = shapes.split(',').map(Shape::named).collect::<Result<_, _>>()?
                }
                _ => return Err(format!("what is {pair:?}? The head of benches/scale.rs says what it takes").into()),
            }
        }
        Ok(wanted)
    }
}

fn measure_all(wanted: &Wanted) -> Result<(), Box<dyn Error>> {
    let estates = wanted.sizes.iter().map(|size| (Shape::Estate, *size));
    let shapes = wanted
        .shapes
        .iter()
        .flat_map(|shape| shape.sizes().map(|size| (*shape, size)));
    println!("{}", report::load());
    println!("{}", report::head());
    let (mut rows, mut formats) = (Vec::new(), Vec::new());
    for (shape, size) in estates.chain(shapes) {
        let others = if shape == Shape::Estate { wanted.others } else { 0 };
        let made = measure::Estate::make(shape, size, others)?;
        let row = made.row()?;
        println!("{}", report::row(&row));
        rows.push(row);
        if shape == Shape::Findings && size == shape.sizes()[1] {
            formats = made.formats()?;
        }
    }
    print!("{}", report::rest(&rows, &formats));
    Ok(())
}
