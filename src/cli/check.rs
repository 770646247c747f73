//! `soclint check`.

use super::estate::{self, EstateArgs, Opened};
use super::owners::OwnerArgs;
use super::{CLEAN, FINDINGS, Look, category, output, target, width};
use crate::calendar;
use crate::config::{FailOn, Settings};
use crate::decode::{Duration, nearest};
use crate::estate::Estate;
use crate::finding::Finding;
use crate::fix::{self, Mended};
use crate::render::{Format, GroupBy, Shown, Style, render, render_summary};
use crate::rules;
use crate::session;
use crate::source::FileId;
use crate::triage::{Baseline, Choice, Named, Outcome, View};
use crate::workspace::Root;
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
#[command(args_override_self = true)]
pub struct CheckArgs {
    /// Report only findings in these files and folders; the whole estate is read all the same.
    pub paths: Vec<PathBuf>,

    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    format: Format,

    /// Write findings to a file too; may be given more than once.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub output: Vec<(Format, PathBuf)>,

    /// The severity from which findings fail the run; the config's, else error.
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,

    /// Run only this rule; may be given more than once. What could not be read is reported all the same.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,

    /// Leave this rule out; may be given more than once.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Group findings, in the formats for people: pretty and markdown with a heading for each group, concise without.
    #[arg(long, value_enum, value_name = "WHAT")]
    group_by: Option<GroupBy>,

    /// Print counts by family, owner and severity instead of findings (pretty, concise and markdown).
    #[arg(long, conflicts_with = "group_by")]
    summary: bool,

    /// Print findings only, without the summary.
    #[arg(long, short)]
    quiet: bool,

    /// Show what waivers hold back, too.
    #[arg(long)]
    show_waived: bool,

    /// Let waivers hold nothing back.
    #[arg(long, conflicts_with = "show_waived")]
    no_waivers: bool,

    /// Hold back the findings of a baseline; `soclint baseline write` makes one.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Show what will be found by then, too, as notes that fail nothing: 60d, 8w, 3mo, 1y.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    horizon: Option<Duration>,

    /// What SARIF says that the run is one of: an upload replaces the one before it of the same category. Made of the
    /// root, the config, the baseline, paths and rules that are named if not given.
    #[arg(long, value_name = "TEXT", value_parser = category::parse)]
    pub category: Option<String>,

    /// Mend what has one right answer, and show what is left.
    #[arg(long, conflicts_with = "horizon")]
    fix: bool,

    /// Print what --fix would change as a patch, and change nothing.
    #[arg(long, conflicts_with = "horizon")]
    diff: bool,

    #[command(flatten)]
    owner: OwnerArgs,

    #[command(flatten)]
    pub estate: EstateArgs,
}

pub fn parse_duration(text: &str) -> Result<Duration, String> {
    Duration::parse(text)
        .ok_or_else(|| "write a number of days, weeks, months or years, such as 60d, 8w, 3mo or 1y".to_owned())
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

pub fn run(args: &CheckArgs, look: Look) -> Result<u8, String> {
    check_rule_names(&args.select, &args.ignore)?;
    if args.summary && !args.format.is_for_people() {
        return Err("--summary prints counts for people: use --format pretty, concise or markdown with it".to_owned());
    }
    if args.diff {
        return estate::open(&args.estate, &args.paths, |opened| {
            let mended = mended(args, &opened)?;
            output::print_patch(&fix::diff(&mended, opened.sources))?;
            Ok(if mended.is_empty() { CLEAN } else { FINDINGS })
        });
    }
    if args.fix {
        estate::open(&args.estate, &args.paths, |opened| {
            let mended = mended(args, &opened)?;
            output::write_mended(&mended, &opened)?;
            output::say_mended(mended.iter().map(|one| one.findings).sum(), mended.len());
            Ok(())
        })?;
    }
    estate::open(&args.estate, &args.paths, |opened| checked(args, look, opened))
}

/// Nobody mends so often in a row; a mended text may show more that can be mended.
const MOST_ROUNDS: usize = 16;

/// Mends what can be mended of the findings that would be shown, until there is nothing left to mend.
fn mended(args: &CheckArgs, opened: &Opened<'_, '_>) -> Result<Vec<Mended>, String> {
    let baseline = baseline(args, opened.root, opened.working, opened.settings)?;
    let choice = choice(args, opened)?;
    let view = View {
        sources: opened.sources,
        repository: opened.repository,
        settings: opened.settings,
        choice: &choice,
        baseline: baseline.as_ref(),
    };
    let mut all: BTreeMap<FileId, Mended> = BTreeMap::new();
    let mut round = fix::mend(&mendable(view.outcome(opened.estate)), opened.sources);
    for _ in 1..MOST_ROUNDS {
        if round.is_empty() {
            break;
        }
        for one in round {
            let before = all.get(&one.file).map_or(0, |before| before.findings);
            let findings = before + one.findings;
            all.insert(one.file, Mended { findings, ..one });
        }
        let sources = &opened
            .sources
            .with_texts(all.values().map(|one| (one.file, one.text.as_str())));
        let settings = session::parse_configs(sources.configs()).map_err(|error| error.to_string())?;
        let settings = &settings.after(sources.len()).from_root(&opened.root.dir);
        let estate = session::link(sources, opened.estate.as_of);
        let outcome = View {
            sources,
            settings,
            ..view
        }
        .outcome(&estate);
        round = fix::mend(&mendable(outcome), sources);
    }
    opened.progress.finish();
    Ok(all.into_values().collect())
}

/// What stands in a manifest that was not named, or is not of an owner that was, is left alone.
fn mendable(outcome: Outcome) -> Vec<Finding> {
    let mut findings = outcome.findings;
    if let Some(named) = outcome.named {
        findings.retain(|finding| named.may_change(finding));
    }
    findings
}

fn baseline(
    args: &CheckArgs,
    root: &Root,
    working: &Path,
    settings: &Settings<'_>,
) -> Result<Option<Baseline>, String> {
    let Some(file) = &args.baseline else {
        return Ok(None);
    };
    let baseline = estate::read_baseline(root, &working.join(file))?;
    let bound = settings.baseline_until();
    Ok(Some(baseline.bounded_by(bound.map(|bound| bound.value.0))))
}

fn choice(args: &CheckArgs, opened: &Opened<'_, '_>) -> Result<Choice, String> {
    let owners = args.owner.called(opened.estate, opened.settings)?;
    let named = Named {
        files: opened.named.clone(),
        owners,
    };
    Ok(Choice {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        named: Some(named).filter(|named| named.files.is_some() || !named.owners.is_empty()),
        no_waivers: args.no_waivers,
        fail_on: args.fail_on,
    })
}

fn checked(args: &CheckArgs, look: Look, opened: Opened<'_, '_>) -> Result<u8, String> {
    target::check_all(args, &opened)?;
    let choice = choice(args, &opened)?;
    let Opened {
        root,
        working,
        sources,
        settings,
        repository,
        estate,
        named: _,
        reading,
        warnings,
        progress,
    } = opened;
    for warning in warnings {
        output::warn(&warning);
    }
    let baseline = baseline(args, root, working, settings)?;
    let view = View {
        sources,
        repository,
        settings,
        choice: &choice,
        baseline: baseline.as_ref(),
    };
    let mut outcome = view.outcome(estate);
    outcome.reading = reading;
    if let Some(horizon) = args.horizon {
        progress.now("looking at the days to come");
        let until = calendar::plus(estate.as_of, horizon);
        outcome.add_upcoming(view.upcoming(estate, until));
    }
    progress.finish();

    let links = estate::links(root);
    let shown = Shown {
        sources,
        outcome: &outcome,
        as_of: estate.as_of,
        prefix: &estate::prefix(root),
        show_waived: args.show_waived,
        category: &category::of(args, choice.named.as_ref(), root, working),
        unread: &unread(estate, &outcome),
        group_by: args.group_by,
        links: links.as_ref(),
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
    let text = match args.summary {
        true => render_summary(args.format, &shown, style),
        false => render(args.format, &shown, style),
    };
    match args.format {
        // Annotations are commands; SARIF is uploaded, not read, and whoever prints it to a log stops its commands.
        Format::Github | Format::Sarif if !args.summary => output::print_as_it_is(&text)?,
        _ => output::print(&text)?,
    }
    let status = if outcome.fails() { FINDINGS } else { CLEAN };
    std::mem::forget(outcome);
    Ok(status)
}

/// The files in which something could not be read, whatever of it is shown.
fn unread(estate: &Estate<'_>, outcome: &Outcome) -> Vec<FileId> {
    let flaws = estate.flaws.iter();
    let flaws = flaws.filter(|flaw| rules::is_reading_error(flaw.fault.name()));
    let findings = outcome.findings.iter();
    let findings = findings.filter(|finding| rules::is_reading_error(finding.rule));
    let files: BTreeSet<FileId> = flaws
        .map(|flaw| flaw.place.file)
        .chain(findings.map(|finding| finding.primary.place.file))
        .collect();
    files.into_iter().collect()
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
    let near = nearest(name, rules::all().map(|rule| rule.name));
    match near {
        Some(near) => format!("there is no rule `{name}`; did you mean `{near}`?"),
        None => format!("there is no rule `{name}`; `soclint rules` lists every rule"),
    }
}

/// Screen readers are served by words: what `NO_GRAPHICS` asks for in other tools that print such reports.
fn narrated() -> bool {
    std::env::var_os("NO_GRAPHICS").is_some_and(|value| !value.is_empty() && value != "0")
}
