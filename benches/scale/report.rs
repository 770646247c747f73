//! What is printed.

use super::measure::{RESULTS, Rendered, Row};
use super::shapes::{self, Shape};
use std::time::Duration;

/// A smaller estate's time is mostly the start of the process.
const GROWTH_FROM: usize = 1_000;

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// What else the machine does: beside other work, times say little.
pub fn load() -> String {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    match load.split(' ').next().and_then(|load| load.parse::<f64>().ok()) {
        Some(load) if load > 0.5 => {
            format!("{processors} processors, BUSY with other work (load {load:.1}): measure again when they are not\n")
        }
        _ => format!("{processors} processors\n"),
    }
}

pub fn head() -> String {
    format!(
        "{:<8} {:>8} {:>9} {:>7} {:>7} {:>8} {:>9} {:>9} {:>6} {:>9} {:>6} {:>8} {:>8} {:>15} {:>15}",
        "shape",
        "size",
        "manifests",
        "others",
        "MB",
        "findings",
        "check ms",
        "floor ms",
        "times",
        "keep ms",
        "times",
        "walk ms",
        "µs each",
        "check peak MB",
        "keep peak MB",
    )
}

pub fn row(row: &Row) -> String {
    let peak = |peak: Option<u64>| match (peak, row.multiple(peak)) {
        (Some(bytes), Some(multiple)) => format!("{:.1} ({multiple:.1}x)", bytes as f64 / 1e6),
        _ => "not measured".to_owned(),
    };
    let dash = || "-".to_owned();
    let keep = row.keep.map_or_else(dash, |keep| format!("{:.2}", ms(keep)));
    let keep_times = row.keep.map_or_else(dash, |keep| format!("{:.2}", row.times(keep)));
    format!(
        "{:<8} {:>8} {:>9} {:>7} {:>7.2} {:>8} {:>9.2} {:>9.2} {:>6.2} {:>9} {:>6} {:>8.2} {:>8.1} {:>15} {:>15}",
        row.shape.name(),
        row.size,
        row.made.manifests,
        row.made.others,
        row.made.manifest_bytes as f64 / 1e6,
        row.findings,
        ms(row.check),
        ms(row.floor),
        row.times(row.floor),
        keep,
        keep_times,
        ms(row.walk),
        row.micros_each(),
        peak(row.check_peak),
        peak(row.keep_peak),
    )
}

/// What comes after the rows.
pub fn rest(rows: &[Row], formats: &[Rendered]) -> String {
    let mut out = String::from(
        "
size: manifests, but entries of the one file, findings, and files beside the manifests. The floor of `sources` is walking,
reading and searching the same files for the words that can matter. check: the whole command. floor: walk, read and typed
parse, each file let go at once. keep: the same, with everything in memory at the end. walk: the walk alone.
Medians of interleaved whole processes; peaks also as a multiple of the manifests' bytes.
",
    );
    out += &growths(rows);
    out += &rendering(formats);
    out.push('\n');
    out += &goals(rows, formats);
    out
}

/// How time grows with size: the exponent, and from what it was reckoned.
struct Growth {
    shape: Shape,
    check: f64,
    floor: f64,
    from: String,
}

impl Growth {
    fn of(shape: Shape, rows: &[Row]) -> Option<Self> {
        let rows: Vec<&Row> = rows
            .iter()
            .filter(|row| row.shape == shape && row.size >= GROWTH_FROM)
            .collect();
        let (first, last) = (rows.first()?.size, rows.last()?.size);
        let slope =
            |time: fn(&Row) -> Duration| slope(rows.iter().map(|row| (row.size as f64, time(row).as_secs_f64())));
        (rows.len() > 1).then(|| Self {
            shape,
            check: slope(|row| row.check),
            floor: slope(|row| row.floor),
            from: match rows.len() {
                2 => format!("between {first} and {last}"),
                sizes => format!("least squares over {sizes} sizes from {first} to {last}"),
            },
        })
    }
}

/// Least squares of the logarithm of time on that of size.
fn slope(points: impl Iterator<Item = (f64, f64)>) -> f64 {
    let points: Vec<(f64, f64)> = points.map(|(size, time)| (size.ln(), time.ln())).collect();
    let count = points.len() as f64;
    let mean = points
        .iter()
        .fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x / count, sum.1 + y / count));
    let (mut xy, mut xx) = (0.0, 0.0);
    for (x, y) in points {
        xy += (x - mean.0) * (y - mean.1);
        xx += (x - mean.0) * (x - mean.0);
    }
    xy / xx
}

fn growths(rows: &[Row]) -> String {
    let mut out = String::from("\nexponent of growth, time = size ^ exponent\n");
    for growth in Shape::all().filter_map(|shape| Growth::of(shape, rows)) {
        let Growth {
            shape,
            check,
            floor,
            from,
        } = growth;
        out += &format!("{:<8} check {check:.2}, floor {floor:.2}: {from}\n", shape.name());
    }
    out
}

fn rendering(formats: &[Rendered]) -> String {
    let Some(one) = formats.first() else {
        return String::new();
    };
    let mut out = format!(
        "\nrendering: what a run takes beyond one that finds as much and prints none of it ({:.0} ms)\n{:<13} {:>8} {:>9} {:>10} {:>14}\n",
        ms(one.finding),
        "format",
        "rendered",
        "run ms",
        "beyond ms",
        "times finding",
    );
    for one in formats {
        out += &format!(
            "{:<13} {:>8} {:>9.0} {:>10.0} {:>14.2}\n",
            one.what,
            one.findings,
            ms(one.whole),
            one.beyond() * 1e3,
            one.times(),
        );
    }
    out += &format!(
        "A SARIF run has at most {RESULTS} results, by design; runs narrowed to a part of the estate each render all of theirs.\n"
    );
    out
}

fn goals(rows: &[Row], formats: &[Rendered]) -> String {
    let estate = |size| rows.iter().find(|row| row.shape == Shape::Estate && row.size == size);
    let (ten, largest) = (estate(10), estate(10_000));
    let mut out = String::new();
    out += &goal(
        "times the floor at 10,000 manifests among 110,000 files",
        largest
            .filter(|row| row.made.others >= 100_000)
            .map(|row| row.times(row.floor)),
        1.25,
        "at most 1.25",
    );
    for shape in Shape::all() {
        let exponent = Growth::of(shape, rows).map(|growth| growth.check);
        out += &goal(
            &format!("exponent of growth, {}", shape.name()),
            exponent,
            1.05,
            "at most 1.05",
        );
    }
    out += &goal(
        "times the manifests' bytes in memory at 10,000",
        largest.and_then(|row| row.multiple(row.check_peak)),
        6.0,
        "at most 6",
    );
    out += &goal("ms on ten manifests", ten.map(|row| ms(row.check)), 8.0, "under 8");
    // One run has not all of them; several have.
    for (runs, what) in [(1, "as one run has them"), (shapes::PARTS.len(), "all of them")] {
        let sarif = formats
            .iter()
            .find(|one| one.what.starts_with("sarif") && one.runs == runs);
        out += &goal(
            &format!("times finding 100,000 to render them to SARIF, {what}"),
            sarif.map(Rendered::times),
            2.0,
            "under 2",
        );
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
