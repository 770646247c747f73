//! Three repositories taken from nothing to green, as new users would. What was said in each round, and the figures, are
//! generated: `generated.rs`.

use crate::rounds::{self, FirstHour};
use crate::tool::{self, run, soclint, stderr};
use soclint::Severity;

fn counts(hour: &FirstHour, round: usize) -> [usize; 3] {
    let round = &hour.rounds[round];
    [Severity::Error, Severity::Warning, Severity::Note].map(|severity| round.count(severity))
}

#[test]
fn each_begins_with_what_reads_meets_findings_and_ends_without() {
    let hours = rounds::all();
    assert_eq!(hours.len(), 3);
    for hour in &hours {
        let last = hour.rounds.len() - 1;
        assert!(last >= 2, "{}: no one gets all right at once", hour.name);
        assert_eq!(hour.rounds[0].reading_errors(), 0, "{}: what init writes", hour.name);
        for round in 1..last {
            assert_ne!(counts(hour, round), [0; 3], "{}: {round} ended it already", hour.name);
        }
        assert_eq!(
            counts(hour, last),
            [0; 3],
            "{}: {}",
            hour.name,
            hour.rounds[last].said()
        );
    }
}

#[test]
fn every_round_and_every_repository_is_looked_at() {
    let all = rounds::all();
    for hour in &all {
        let folders = rounds::folders(&hour.folder);
        assert_eq!(
            folders.len(),
            hour.rounds.len() + 1,
            "{}: a round has no scope.toml",
            hour.name
        );
        let readme = std::fs::read_to_string(hour.folder.join("README.md")).expect("a README");
        for round in 1..hour.rounds.len() {
            assert!(
                readme.contains(&format!("\n## Round {round}\n")),
                "{}: round {round}",
                hour.name
            );
        }
        assert!(
            !readme.contains(&format!("\n## Round {}\n", hour.rounds.len())),
            "{}",
            hour.name
        );
    }
}

/// What is generated in process is what the program writes, and its repository holds no manifest.
#[test]
fn the_program_begins_each_as_is_recorded() {
    for hour in rounds::all() {
        let outer = tempfile::tempdir().expect("a folder");
        let copy = outer.path().join("repository");
        tool::copy_folder(&hour.folder.join("repository"), &copy);
        let output = run(soclint().arg("init").current_dir(&copy));
        assert_eq!(output.status.code(), Some(0), "{}: {}", hour.name, stderr(&output));
        for (name, text) in hour.begun() {
            let written = std::fs::read_to_string(copy.join(name)).expect("it is written");
            assert_eq!(written, text, "{}: {name}", hour.name);
        }
    }
}
