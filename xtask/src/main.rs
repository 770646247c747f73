//! `cargo xtask`: makes a new rule; writes and checks all that is generated.

#[path = "../../tests/suite/cases.rs"]
#[allow(dead_code, reason = "the suite uses all of it")]
mod cases;
#[path = "../../tests/internals/generated.rs"]
mod generated;
mod new_rule;
#[path = "../../tests/internals/rounds.rs"]
#[allow(dead_code, reason = "the suite uses all of it")]
mod rounds;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask new-rule FAMILY NAME   make a rule's source, page, first cases and registration
       cargo xtask gen                    write all that is generated
       cargo xtask gen --check            say what is stale, and write nothing";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args.as_slice() {
        ["new-rule", family, name] => new_rule::make(family, name),
        ["gen"] => write(),
        ["gen", "--check"] => generated::stale().map_or(Ok(()), Err),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn write() -> Result<(), String> {
    if std::env::var_os("CI").is_some() {
        return Err("CI is set, and nothing is written there; `cargo xtask gen --check` says what is stale".to_owned());
    }
    for artefact in generated::all() {
        if artefact.stale().is_some() {
            let path = cases::project().join(&artefact.path);
            std::fs::write(path, &artefact.text).map_err(|error| format!("{}: {error}", artefact.path))?;
            println!("{}", artefact.path);
        }
    }
    Ok(())
}
