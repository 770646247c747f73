//! `soclint check`.

use super::{CLEAN, FINDINGS, Look, output, width};
use crate::config::FailOn;
use crate::decode::nearest;
use crate::render::{Format, Shown, Style, render};
use crate::rules;
use crate::run;
use crate::triage::{self, Choice};
use crate::workspace::{self, Root};
use clap::Args;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
#[command(args_override_self = true)]
pub struct CheckArgs {
    /// Report only findings in these files and folders; the whole estate is read all the same.
    paths: Vec<PathBuf>,

    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    format: Format,

    /// Write findings to a file too; may be given more than once.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    output: Vec<(Format, PathBuf)>,

    /// The day on which the estate is judged; today (UTC) if not given.
    #[arg(long, value_name = "YYYY-MM-DD", env = "SOCLINT_AS_OF", value_parser = parse_date)]
    as_of: Option<Date>,

    /// The severity from which findings fail the run; the config's, else error.
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,

    /// Run only this rule; may be given more than once. What could not be read is reported all the same.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,

    /// Leave this rule out; may be given more than once.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,

    /// Print findings only, without the summary.
    #[arg(long, short)]
    quiet: bool,

    /// The estate's root, instead of the one that is found.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,

    /// The config file, instead of the one that is found; its folder is the root unless --root says otherwise.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Do not fail when there is no manifest to read.
    #[arg(long)]
    allow_empty: bool,
}

fn parse_output(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text
        .split_once('=')
        .ok_or("write it as FORMAT=FILE, such as sarif=soclint.sarif")?;
    let format = <Format as clap::ValueEnum>::from_str(format, false)
        .map_err(|_| format!("there is no format \"{format}\"; use {}", Format::names()))?;
    if file.is_empty() {
        return Err("name the file after the `=`".to_owned());
    }
    Ok((format, PathBuf::from(file)))
}

fn parse_date(text: &str) -> Result<Date, String> {
    let is_plain = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| {
            if at == 4 || at == 7 {
                b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    let date = text.parse::<Date>().ok().filter(|_| is_plain);
    date.ok_or_else(|| "write an existing day as year-month-day, such as 2026-09-30".to_owned())
}

pub fn run(args: &CheckArgs, look: Look) -> Result<u8, String> {
    check_rule_names(&args.select, &args.ignore)?;
    let working = std::env::current_dir().map_err(|error| format!("the working folder cannot be read: {error}"))?;
    let root = workspace::find_root(&working, args.root.as_deref(), args.config.as_deref(), &args.paths)
        .map_err(|error| error.to_string())?;
    let paths = narrowed(&root, &working, &args.paths)?;
    let config_source = run::read_config(&root).map_err(|error| error.to_string())?;
    let config = run::parse_config(config_source.as_ref()).map_err(|error| error.to_string())?;
    let sources = run::read_sources(&root, config.as_ref()).map_err(|error| error.to_string())?;
    if sources.is_empty() && !args.allow_empty {
        return Err(nothing_to_read(
            &root,
            config.as_ref().is_some_and(|config| config.include.stated),
        ));
    }
    let unread = paths.iter().position(|path| {
        !sources
            .as_slice()
            .iter()
            .any(|source| triage::lies_in(&source.path, path))
    });
    if let Some(unread) = unread.filter(|_| !args.allow_empty) {
        return Err(format!(
            "{} holds no manifest that belongs to the estate; nothing in it was checked (allow it with --allow-empty)",
            args.paths[unread].display()
        ));
    }
    let sources = sources.with_config(
        config_source
            .as_ref()
            .map(|source| crate::source::Source::new(source.path.clone(), source.text.clone())),
    );
    let as_of = args.as_of.unwrap_or_else(today);
    let estate = run::link(&sources, as_of);
    let choice = Choice {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        paths,
    };
    let outcome = run::check(&sources, &estate, &root, config.as_ref(), &choice, args.fail_on);

    let prefix = prefix(&root);
    let shown = Shown {
        sources: &sources,
        outcome: &outcome,
        as_of,
        prefix: &prefix,
    };
    let style = Style {
        color: look.color(),
        width: width(),
        narrated: narrated(),
        quiet: args.quiet,
    };
    for (format, file) in &args.output {
        let plain = Style {
            color: false,
            width: 100,
            ..style
        };
        output::write_file(&working.join(file), &render(*format, &shown, plain))?;
    }
    output::print(&render(args.format, &shown, style))?;
    let status = if outcome.fails() { FINDINGS } else { CLEAN };
    // The process ends here: handing every declaration back to the allocator one by one would only take time.
    std::mem::forget(estate);
    std::mem::forget(outcome);
    Ok(status)
}

fn check_rule_names(select: &[String], ignore: &[String]) -> Result<(), String> {
    for name in select.iter().chain(ignore) {
        if rules::find(name).is_some() {
            continue;
        }
        return Err(unknown_rule(name));
    }
    for name in ignore {
        if rules::find(name).is_some_and(rules::Rule::is_reading_error) {
            return Err(format!(
                "`{name}` cannot be ignored: it says what could not be read, and so could not be checked"
            ));
        }
    }
    Ok(())
}

/// Says that there is no such rule, and which may be meant.
pub fn unknown_rule(name: &str) -> String {
    if rules::is_planned(name) {
        return format!("the rule `{name}` is planned, and not part of this version");
    }
    let near = nearest(name, rules::all().map(|rule| rule.name));
    match near {
        Some(near) => format!("there is no rule `{name}`; did you mean `{near}`?"),
        None => format!("there is no rule `{name}`; `soclint rules` lists every rule"),
    }
}

/// The named paths as paths from the root.
fn narrowed(root: &Root, working: &Path, paths: &[PathBuf]) -> Result<Vec<String>, String> {
    let narrow = |path: &PathBuf| {
        let full = working
            .join(path)
            .canonicalize()
            .map_err(|_| format!("{}: there is no such file or folder", path.display()))?;
        workspace::relative(&root.dir, &full).ok_or_else(|| {
            format!(
                "{} lies outside the estate's root {}; choose another root with --root",
                path.display(),
                root.dir.display()
            )
        })
    };
    paths.iter().map(narrow).collect()
}

fn nothing_to_read(root: &Root, has_include: bool) -> String {
    let names = if has_include {
        "the config's `include`"
    } else {
        "scope.toml or *.scope.toml"
    };
    format!(
        "found no manifest ({names}) under {}; nothing was checked. Write one, choose another root with --root, or allow it with --allow-empty",
        root.dir.display()
    )
}

/// Where the estate's root lies in its repository, for tools that count from there.
fn prefix(root: &Root) -> String {
    let repository = root.repository.as_deref().unwrap_or(&root.dir);
    match workspace::relative(repository, &root.dir) {
        Some(path) if !path.is_empty() => format!("{path}/"),
        _ => String::new(),
    }
}

/// UTC, so that the same run gives the same answer wherever it takes place.
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Screen readers are served by words: what `NO_GRAPHICS` asks for in other tools that print such reports.
fn narrated() -> bool {
    std::env::var_os("NO_GRAPHICS").is_some_and(|value| !value.is_empty() && value != "0")
}
