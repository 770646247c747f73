//! `soclint check`.

use super::args::{CheckArgs, ColorArgs};
use super::estate::{self, Opened};
use super::failure::{Change, Failure, Usage};
use super::output::Content;
use super::terminal::Stream;
use super::{CLEAN, FINDINGS, category, output, owners, target};
use crate::calendar;
use crate::estate::Estate;
use crate::finding::Finding;
use crate::fix::{self, FixedFile};
use crate::model::nearest;
use crate::render::{self, Format, Shown, Style, write_summary};
use crate::rules;
use crate::source::FileId;
use crate::triage::{Choice, Named, Outcome};
use std::collections::BTreeMap;
use std::io::Write;

pub fn run(args: &CheckArgs, colors: ColorArgs) -> Result<u8, Failure> {
    check_rule_names(&args.select, &args.ignore)?;
    if args.summary && !args.format.is_for_people() {
        return Err(Usage::SummaryOfFormat.into());
    }
    if args.diff {
        let mut opened = estate::open(&args.estate, &args.paths)?;
        let before = opened.sources().clone();
        let fixed = fixed(args, &mut opened)?;
        output::print_patch(&fix::diff(&fixed, &before))?;
        return Ok(if fixed.is_empty() { CLEAN } else { FINDINGS });
    }
    if args.fix {
        let mut opened = estate::open(&args.estate, &args.paths)?;
        target::check_all(args, &opened)?;
        let before = opened.sources().clone();
        let fixed = fixed(args, &mut opened)?;
        output::write_fixed(&fixed, Change::Fix, opened.root(), &before)?;
        output::report_fixed(fixed.iter().map(|one| one.findings).sum(), fixed.len());
    }
    checked(args, colors, &estate::open(&args.estate, &args.paths)?)
}

/// Rounds of fixes: a fixed text may show more that can be fixed.
const MAX_ROUNDS: usize = 16;

/// Applies the fixes of the findings that would be shown, until none is left. The estate then has the fixed texts.
fn fixed(args: &CheckArgs, opened: &mut Opened) -> Result<Vec<FixedFile>, Failure> {
    let baseline = estate::baseline(opened, args.baseline.as_deref())?;
    let choice = choice(args, opened, &opened.linked().estate)?;
    let mut all: BTreeMap<FileId, FixedFile> = BTreeMap::new();
    for _ in 0..MAX_ROUNDS {
        let outcome = opened.linked().outcome(&choice, baseline.as_ref());
        let round = fix::fix_all(&fixable(outcome), opened.sources());
        if round.is_empty() {
            break;
        }
        for one in round {
            opened.replace(one.file, one.text.clone())?;
            let before = all.get(&one.file).map_or(0, |before| before.findings);
            let findings = before + one.findings;
            all.insert(one.file, FixedFile { findings, ..one });
        }
    }
    opened.progress.finish();
    Ok(all.into_values().collect())
}

/// Findings in manifests that were not named, or of owners that were not, are left alone.
fn fixable(outcome: Outcome) -> Vec<Finding> {
    let mut findings = outcome.findings;
    if let Some(named) = outcome.named {
        findings.retain(|finding| named.may_change(finding));
    }
    findings
}

fn choice(args: &CheckArgs, opened: &Opened, estate: &Estate<'_>) -> Result<Choice, Failure> {
    let owners = owners::called(&args.owner, estate, opened.settings())?;
    let named = Named {
        files: opened.named.clone(),
        owners,
    };
    Ok(Choice {
        select: current(&args.select),
        ignore: current(&args.ignore),
        named: Some(named).filter(|named| named.files.is_some() || !named.owners.is_empty()),
        no_waivers: args.no_waivers,
        fail_on: args.fail_on,
    })
}

fn checked(args: &CheckArgs, colors: ColorArgs, opened: &Opened) -> Result<u8, Failure> {
    target::check_all(args, opened)?;
    let (root, working) = (opened.root(), &opened.working);
    let mut linked = opened.linked();
    let choice = choice(args, opened, &linked.estate)?;
    let baseline = estate::baseline(opened, args.baseline.as_deref())?;
    let outcome = match args.horizon {
        None => linked.outcome(&choice, baseline.as_ref()),
        Some(horizon) => {
            opened.progress.now("looking for upcoming findings");
            let until = calendar::plus(opened.as_of, horizon);
            let (mut outcome, upcoming) = linked.outcome_and_upcoming(&choice, baseline.as_ref(), until);
            outcome.add_upcoming(upcoming);
            outcome
        }
    };
    opened.progress.finish();

    let links = estate::links(root);
    let shown = Shown {
        sources: opened.sources(),
        outcome: &outcome,
        as_of: opened.as_of,
        prefix: &estate::prefix(root),
        show_waived: args.show_waived,
        category: &category::of(args, choice.named.as_ref(), root, working),
        unread: &linked.unread(&outcome),
        group_by: args.group_by,
        links: links.as_ref(),
    };
    let style = colors.style(Stream::Stdout, args.quiet);
    for (format, file) in &args.output {
        let plain = Style {
            color: false,
            width: 100,
            ..style
        };
        let file = working.join(file);
        output::write_content(&file, Content::Made(&|out| render::write(out, *format, &shown, plain)))?;
    }
    // Errors come first: with them, nothing else is on standard error.
    for warning in &opened.warnings {
        output::warn(warning);
    }
    let made = |out: &mut dyn Write| match args.summary {
        true => write_summary(out, args.format, &shown, style),
        false => render::write(out, args.format, &shown, style),
    };
    match args.format {
        // Annotations are commands; SARIF is uploaded, and a job that prints it to its log has to stop commands first.
        Format::Github | Format::Sarif if !args.summary => Content::Made(&made).print_as_it_is()?,
        _ => Content::Made(&made).print()?,
    }
    let status = if outcome.fails() { FINDINGS } else { CLEAN };
    // The process ends here; freeing every finding first would only take time.
    std::mem::forget(outcome);
    Ok(status)
}

/// Rules by the names that they have now.
fn current(names: &[String]) -> Vec<String> {
    names.iter().map(|name| rules::current(name).to_owned()).collect()
}

fn check_rule_names(select: &[String], ignore: &[String]) -> Result<(), Usage> {
    for name in select.iter().chain(ignore) {
        if rules::find(rules::current(name)).is_none() {
            return Err(Usage::UnknownRule {
                name: name.clone(),
                near: nearest(name, rules::all().map(|rule| rule.name)),
            });
        }
    }
    let is_reading_error =
        |name: &&String| rules::find(rules::current(name)).is_some_and(rules::Rule::is_reading_error);
    match ignore.iter().find(is_reading_error) {
        Some(name) => Err(Usage::NotIgnorable { name: name.clone() }),
        None => Ok(()),
    }
}
