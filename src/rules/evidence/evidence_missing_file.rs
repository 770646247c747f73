//! Evidence points to a file of the repository that is missing, blank, or not usable as evidence.

use crate::estate::LocalPlace;
use crate::finding::{Finding, Severity};
use crate::model::shortened;
use crate::rules::{Check, Context, Group, Rule};
use crate::workspace::PlaceFault;
use crate::workspace::pattern::is_special;
use rayon::prelude::*;

pub static RULE: Rule = Rule {
    name: "evidence-missing-file",
    since: "0.1.0",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "Evidence points to a file of the repository that is missing, blank, or not usable as evidence.",
    references: &["CC2.1"],
    options: &[],
    yields_to: &[],
    page: include_str!("evidence_missing_file.md"),
    check: Check::Files(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let named = cx.local_places();
    let globs = named.iter().filter(|named| is_special(named.path));
    cx.repository.expect_globs(globs.count());
    named.par_iter().filter_map(|named| judge(cx, named)).collect()
}

fn judge(cx: &Context<'_, '_>, named: &LocalPlace<'_>) -> Option<Finding> {
    let place = named.path;
    let manifest = &cx.sources.get(named.at.file).path;
    let fault = cx.repository.fault(manifest, place)?;
    let path = cx.namespaces.path(named.namespace, named.table, named.id);
    let place = shortened(place);
    let Texts { label, what, help } = texts(&fault.what);
    let which = match &fault.file {
        Some(file) => format!("\"{}\" (of \"{place}\")", shortened(file)),
        None => format!("\"{place}\""),
    };
    let message = format!("`{path}` names {which} as evidence, but {what}");
    let severity = if fault.is_there() {
        Severity::Note
    } else {
        Severity::Error
    };
    let finding = RULE.finding(path, named.at, label, message);
    Some(finding.severity(severity).help(help))
}

/// The texts of a fault.
struct Texts {
    label: String,
    what: String,
    help: String,
}

fn texts(fault: &PlaceFault) -> Texts {
    let (label, what, help): (&str, &str, &str) = match fault {
        PlaceFault::Missing => (
            "no such file",
            "it does not exist",
            "add the file, or correct the path; a path is relative to its manifest's folder, and `/` is the estate's root",
        ),
        PlaceFault::Near(near) => {
            let near = shortened(near);
            return Texts {
                label: format!("similar name: \"{near}\""),
                what: format!("nothing has that exact name; there is \"{near}\""),
                help: "write each name exactly as the file or folder is named; case, the two forms of an accented letter and spaces matter, since systems differ in which names they consider equal".to_owned(),
            };
        }
        PlaceFault::Backslash(right) => {
            return Texts {
                label: "written with `\\`".to_owned(),
                what: "it is written with `\\`, which is part of a name here".to_owned(),
                help: format!("write \"{}\"", shortened(right)),
            };
        }
        PlaceFault::Blank => (
            "this file is blank",
            "it has no visible content",
            "put the evidence into the file",
        ),
        PlaceFault::EmptyFolder => (
            "no evidence in this folder",
            "this folder contains no file with content",
            "put the evidence into the folder; blank and hidden files, manifests and configs do not count",
        ),
        PlaceFault::NoMatch => (
            "matches no file",
            "no file matches",
            "add the file, or correct the pattern; hidden files and files in folders that git ignores do not count",
        ),
        PlaceFault::NoGlob(why, help) => {
            return Texts {
                label: "not a pattern".to_owned(),
                what: shortened(why).into_owned(),
                help: help
                    .clone()
                    .unwrap_or_else(|| "correct the pattern; `[[]` stands for a `[`, and `[*]` for a `*`".to_owned()),
            };
        }
        PlaceFault::GitIgnored => (
            "ignored by git",
            "git ignores it, so no one else will see it",
            "keep it in the repository, or link the place where it is kept",
        ),
        PlaceFault::Untracked => (
            "not tracked by git",
            "git does not track it, so no one else has it",
            "add it with `git add` and commit it, or link the place where it is kept",
        ),
        PlaceFault::Declaration => (
            "a manifest or a config",
            "manifests and configs only declare facts",
            "link the evidence of the fact, not its declaration",
        ),
        PlaceFault::Everything => (
            "everything, so nothing in particular",
            "that is the estate's root, or the whole folder of the manifest",
            "link the file that is evidence of the fact, or a folder with nothing else in it",
        ),
        PlaceFault::OutsideRoot => (
            "outside the estate's root",
            "it leads outside the estate's root",
            "keep evidence inside the estate, or give its URL",
        ),
        PlaceFault::Unreadable(why) => {
            return Texts {
                label: "cannot be read".to_owned(),
                what: format!("it cannot be read: {why}"),
                help: "make it readable".to_owned(),
            };
        }
    };
    Texts {
        label: label.to_owned(),
        what: what.to_owned(),
        help: help.to_owned(),
    }
}
