//! More findings than anyone reads: `pretty` draws the most severe, and says every other one in a line.

use crate::tool::{AS_OF, run, soclint, stderr, stdout, write};
use std::fmt::Write;
use std::path::Path;

/// As many as are drawn.
const DRAWN: usize = 1_000;
const WARNING: &str = "nhi-without-monitoring";
const ERROR: &str = "nhi-secret-store-unsanctioned";

/// So many identities of team-a that no one monitors, and after them two of team-z, with secrets in a chat too.
fn estate(warnings: usize) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let mut text = "owner = \"team-a\"\n".to_owned();
    for at in 0..warnings {
        let _ = write!(text, "[identities.id-{at:04}]\nkind = \"api-key\"\n");
    }
    write(root.path(), "a.scope.toml", &text);
    let text = "owner = \"team-z\"\n[identities.y]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"chat\"\n\
                [identities.z]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"chat\"\n";
    write(root.path(), "z.scope.toml", text);
    root
}

fn printed(root: &Path, args: &[&str]) -> String {
    let output = run(soclint()
        .args(["check", "--as-of", AS_OF, "--select", WARNING, "--select", ERROR])
        .args(args)
        .env("COLUMNS", "80")
        .current_dir(root));
    assert!(stderr(&output).is_empty(), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(1));
    stdout(&output)
}

/// Of what is printed, how many are drawn of a rule, and the places of those that have a line.
fn shown(text: &str, rule: &str) -> (usize, Vec<String>) {
    let drawn = text.lines().filter(|line| line.ends_with(&format!("[{rule}]")));
    let lines = text.lines().filter_map(|line| {
        let (place, rest) = line.split_once(": ")?;
        rest.contains(&format!("[{rule}] ")).then(|| place.to_owned())
    });
    (drawn.count(), lines.collect())
}

#[test]
fn all_are_drawn_as_long_as_there_are_not_too_many() {
    let root = estate(DRAWN - 4);
    let text = printed(root.path(), &[]);
    assert_eq!(shown(&text, WARNING), (DRAWN - 2, Vec::new()));
    assert_eq!(shown(&text, ERROR), (2, Vec::new()));
    assert!(!text.contains("a line each"), "{text}");
}

#[test]
fn the_most_severe_are_drawn_and_every_other_one_has_a_line() {
    let root = estate(DRAWN + 2);
    let text = printed(root.path(), &[]);
    // Both errors, although they come last, and the first of the warnings.
    assert_eq!(shown(&text, ERROR), (2, Vec::new()));
    let (drawn, lines) = shown(&text, WARNING);
    assert_eq!(drawn, DRAWN - 2);
    let all = shown(&printed(root.path(), &["--format", "concise"]), WARNING).1;
    assert_eq!(lines, all[DRAWN - 2..]);
    assert_eq!(lines.len(), 6);
    let said = "The most severe are shown above. 6 more findings follow, a line each: `soclint";
    assert_eq!(text.matches(said).count(), 1, "{text}");
    assert!(text.contains("2 errors, 1004 warnings and 0 notes"), "{text}");

    let in_words = run(soclint()
        .args(["check", "--as-of", AS_OF, "--select", WARNING, "--select", ERROR])
        .env("NO_GRAPHICS", "1")
        .current_dir(root.path()));
    assert_eq!(shown(&stdout(&in_words), WARNING).1, lines);
}

#[test]
fn what_is_not_drawn_stands_below_the_title_of_its_group() {
    let root = estate(DRAWN + 2);
    let text = printed(root.path(), &["--group-by", "owner"]);
    let titles: Vec<&str> = text.lines().filter(|line| line.starts_with("== ")).collect();
    let a = "== team-a: 0 errors, 1002 warnings and 0 notes ==";
    let z = "== team-z: 2 errors, 2 warnings and 0 notes ==";
    assert_eq!(titles, [a, z, a, z]);
    let below = text.rsplit_once(z).map_or("", |(_, below)| below);
    assert_eq!(shown(below, WARNING).1, ["z.scope.toml:2:13", "z.scope.toml:6:13"]);
    assert_eq!(
        shown(&text, WARNING),
        (DRAWN - 2, shown(&printed(root.path(), &[]), WARNING).1)
    );
}

#[test]
fn what_is_told_once_takes_the_room_of_one() {
    let root = tempfile::tempdir().expect("a folder");
    let mut text =
        "owner = \"team-a\"\nprofiles.ci = { credential = \"static-secret\", store = \"chat\" }\n".to_owned();
    for at in 0..DRAWN + 5 {
        let _ = write!(text, "[identities.id-{at:04}]\nprofile = \"ci\"\nkind = \"api-key\"\n");
    }
    write(root.path(), "scope.toml", &text);
    let text = printed(root.path(), &["--ignore", WARNING]);
    assert_eq!(shown(&text, ERROR), (1, Vec::new()), "{text}");
    assert!(text.contains(&format!("and for {} more: ", DRAWN + 4)), "{text}");
}
