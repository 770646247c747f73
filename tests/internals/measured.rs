//! The tables of docs/performance.md, from the newest of `benches/results/`: its files are named by their day.

use crate::cases::project;
use std::path::PathBuf;

#[path = "../../benches/scale/figure.rs"]
#[allow(dead_code, reason = "the bench uses all of it")]
mod figure;
#[path = "../../benches/scale/table.rs"]
#[allow(dead_code, reason = "the bench uses all of it")]
mod table;

const FOLDER: &str = "benches/results";

/// The text of the newest stored run.
pub fn newest() -> Option<String> {
    let entries = std::fs::read_dir(project().join(FOLDER)).ok()?;
    let paths = entries.flatten().map(|entry| entry.path());
    let newest: PathBuf = paths
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .max()?;
    std::fs::read_to_string(newest).ok()
}

/// A stored run as the chapter has it.
pub fn tables(stored: &str) -> String {
    let results: figure::Results = serde_json::from_str(stored).expect("results as the bench writes them");
    assert!(!results.quick, "a quick run measures nothing that a book may say");
    table::markdown(&results)
}

#[cfg(test)]
mod tests {
    use super::figure::{Figure, Spread, Unit};
    use super::*;

    /// Two figures: one whose goal is met, and one by a little not.
    const STORED: &str = r#"{
  "commit": "0123456789abcdef0123456789abcdef01234567",
  "changed": false,
  "program": "soclint 9.9.9",
  "build": "release",
  "quick": false,
  "machine": { "cores": 2, "model": "Some Processor", "memory-bytes": 24000000000, "kernel": "linux 6.1" },
  "groups": [
    {
      "name": "check", "title": "A check", "taken": "2026-12-01",
      "figures": [
        {
          "name": "one", "what": "so many manifests", "unit": "times", "goal": 1.1,
          "processor": { "lower": 1.0, "median": 1.1, "upper": 1.15 },
          "wall": { "lower": 1.1, "median": 1.19, "upper": 1.25 },
          "value": null, "rounds": 15, "other-work": 0.034, "met": true
        },
        {
          "name": "two", "what": "its memory", "unit": "times-the-bytes", "goal": 5.0,
          "processor": null, "wall": null,
          "value": { "lower": 5.04, "median": 5.06, "upper": 5.06 },
          "rounds": 3, "other-work": null, "met": false
        }
      ]
    }
  ]
}"#;

    #[test]
    fn a_stored_run_becomes_tables_that_say_what_is_missed() {
        assert_eq!(
            tables(STORED),
            "\
soclint 9.9.9 of commit `0123456789ab`, build `release`, measured 2026-12-01 on 2 cores (`Some Processor`), 24 GB, `linux 6.1`. Goals met: 1 of 2.

**A check**

| | goal | processor time, or what is measured | wall time | rounds | other work | |
| --- | --- | --- | --- | --- | --- | --- |
| so many manifests | 1.10 | 1.10 (1.00 to 1.15) | 1.19 (1.10 to 1.25) | 15 | 3 % | met |
| its memory | 5.0 times the bytes | 5.1 times the bytes (5.0 to 5.1) |  | 3 |  | **missed** |
"
        );
    }

    #[test]
    fn the_verdicts_that_are_stored_are_those_of_the_figures() {
        let newest = newest().expect("a stored run");
        for stored in [STORED, &newest] {
            let results: figure::Results = serde_json::from_str(stored).expect("results");
            for figure in results.groups.iter().flat_map(|group| &group.figures) {
                assert_eq!(figure.met, figure.judged(), "{}", figure.name);
            }
        }
    }

    #[test]
    fn a_ratio_meets_its_goal_by_processor_and_wall_time_and_enough_rounds() {
        let at = |median: f64| {
            Some(Spread {
                lower: median,
                median,
                upper: median,
            })
        };
        let judged = |processor, wall, rounds| {
            Figure {
                name: String::new(),
                what: String::new(),
                unit: Unit::Times,
                goal: Some(1.1),
                processor: at(processor),
                wall: at(wall),
                value: None,
                rounds,
                other_work: None,
                met: None,
            }
            .judged()
        };
        assert_eq!(judged(1.1, 1.2, 15), Some(true));
        assert_eq!(judged(1.11, 1.0, 15), Some(false));
        assert_eq!(judged(1.0, 1.21, 15), Some(false));
        assert_eq!(judged(1.0, 1.0, 14), None);
        assert_eq!(judged(1.2, 1.0, 14), Some(false));
    }

    #[test]
    fn quartiles_lie_between_the_rounds() {
        let spread = Spread::of(vec![4.0, 1.0, 3.0, 2.0]);
        assert_eq!((spread.lower, spread.median, spread.upper), (1.75, 2.5, 3.25));
        let one = Spread::of(vec![7.0]);
        assert_eq!((one.lower, one.median, one.upper), (7.0, 7.0, 7.0));
    }

    #[test]
    fn what_the_bench_does_not_write_is_refused() {
        let unknown = STORED.replace("\"rounds\": 15", "\"turns\": 15");
        assert!(serde_json::from_str::<figure::Results>(&unknown).is_err());
    }
}
