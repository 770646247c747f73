//! What stands on the rooms behind the façade, each run for a moment: what `fuzz/` runs for as long as one likes, and what
//! `cargo xtask gen` writes. All else is in `../suite`, which goes without them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests fail by panicking, and say why"
)]

#[path = "../suite/cases.rs"]
#[allow(dead_code, reason = "the suite uses all of it")]
mod cases;
mod first_hour;
mod fix_keeps_meaning;
mod fuzzed;
mod generated;
mod measured;
mod rounds;
mod targets;
#[path = "../suite/tool.rs"]
#[allow(dead_code, unused_imports, reason = "the suite uses all of it")]
mod tool;

#[test]
fn nothing_generated_is_stale() {
    if let Some(stale) = generated::stale() {
        panic!("{stale}");
    }
}
