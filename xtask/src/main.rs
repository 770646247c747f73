//! `cargo xtask`: makes a new rule; writes and checks all that is generated.

#[path = "../../tests/suite/cases.rs"]
#[allow(dead_code, reason = "the suite uses all of it")]
mod cases;
#[path = "../../tests/internals/generated.rs"]
mod generated;
#[path = "../../tests/internals/measured.rs"]
mod measured;
mod new_rule;
mod notices;
#[path = "../../tests/internals/rounds.rs"]
#[allow(dead_code, reason = "the suite uses all of it")]
mod rounds;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask new-rule FAMILY NAME   make a rule's source, page, first cases and registration
       cargo xtask gen                    write all that is generated, third-party notices too
       cargo xtask gen --check            say what is stale, and write nothing";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args.as_slice() {
        ["new-rule", family, name] => new_rule::make(family, name),
        ["gen"] => write(),
        ["gen", "--check"] => check(),
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

fn check() -> Result<(), String> {
    let notices = notices::artefact().and_then(|notices| notices.stale().map_or(Ok(()), Err));
    let stale = [generated::stale(), notices.err()];
    let stale: Vec<String> = stale.into_iter().flatten().collect();
    if stale.is_empty() {
        Ok(())
    } else {
        Err(stale.join("\n"))
    }
}

fn write() -> Result<(), String> {
    if std::env::var_os("CI").is_some() {
        return Err("CI is set, and nothing is written there; `cargo xtask gen --check` says what is stale".to_owned());
    }
    for artefact in generated::all().chain([notices::artefact()?]) {
        if artefact.stale().is_some() {
            let path = cases::project().join(&artefact.path);
            std::fs::write(path, &artefact.text).map_err(|error| format!("{}: {error}", artefact.path))?;
            println!("{}", artefact.path);
        }
    }
    Ok(())
}
