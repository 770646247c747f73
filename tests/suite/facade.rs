//! The suite asks the library what any other program can ask it.

use crate::cases::{files, project, shown};

/// The feature that opens the rooms is on while tests run, for `tests/internals`.
#[test]
fn no_file_of_the_suite_names_the_rooms_behind_the_facade() {
    let rooms = concat!("inter", "nals");
    let suite = files(&project().join("tests/suite"));
    assert!(suite.len() > 60, "{}", suite.len());
    let named = |path: &&std::path::PathBuf| std::fs::read_to_string(path).expect("a source").contains(rooms);
    let naming: Vec<String> = suite.iter().filter(named).map(|path| shown(path)).collect();
    assert!(naming.is_empty(), "{naming:?}");
    let other = project().join("tests").join(rooms).join("targets.rs");
    assert!(named(&&other), "what names them is seen");
}
