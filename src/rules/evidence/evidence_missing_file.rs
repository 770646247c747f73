//! Evidence names a file of the repository that is not there, says nothing, or cannot count.

use crate::decode::{Text, Val, shortened};
use crate::estate::{Entity, Table};
use crate::finding::{Finding, Severity};
use crate::manifest::{Declaration, Target, is_place};
use crate::rules::{Check, Context, Group, Rule};
use crate::workspace::PlaceFault;
use rayon::prelude::*;
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    name: "evidence-missing-file",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "Evidence names a file of the repository that is not there, says nothing, or cannot count.",
    references: &["CC4.1"],
    options: &[],
    yields_to: &[],
    page: include_str!("evidence_missing_file.md"),
    check: Check::Files(check),
};

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let mut findings = in_table(cx, &cx.identities);
    findings.extend(in_table(cx, &cx.profiles));
    findings.extend(in_table(cx, &cx.reports));
    findings.extend(in_table(cx, &cx.third_parties));
    findings.extend(in_table(cx, &cx.controls));
    let entries = cx.evidence.as_slice().par_iter().filter_map(|entry| {
        let at = entry.body.at.known()?;
        judge(cx, entry, at)
    });
    findings.par_extend(entries);
    findings
}

fn in_table<'a, T: Declaration<'a> + Sync>(cx: &Context<'_, 'a>, table: &Table<'a, T>) -> Vec<Finding> {
    let entities = table.as_slice().par_iter();
    let found = entities.flat_map_iter(|entity| {
        let mut findings = Vec::new();
        let mut seen = HashSet::new();
        entity.body.references(&mut |target, reference| {
            let is_evidence = matches!(target, Target::Evidence | Target::Place);
            if is_evidence && is_local(&reference.value) && seen.insert(reference.value.as_str()) {
                findings.extend(judge(cx, entity, reference));
            }
        });
        findings
    });
    found.collect()
}

fn is_local(place: &str) -> bool {
    is_place(place) && !place.starts_with("https://") && !place.starts_with("http://")
}

fn judge<'a, T: Declaration<'a>>(cx: &Context<'_, 'a>, entity: &Entity<'a, T>, at: &Val<Text<'a>>) -> Option<Finding> {
    let place = at.value.as_str();
    if !is_local(place) {
        return None;
    }
    let manifest = &cx.sources.get(entity.file).path;
    let (fault, file) = cx.repository.fault(manifest, place)?;
    let path = cx.path(entity);
    let place = shortened(place);
    let (what, help) = explain(&fault);
    let which = file.map_or_else(|| format!("\"{place}\""), |file| format!("\"{file}\" (of \"{place}\")"));
    let message = format!("`{path}` names {which} as evidence, but {what}");
    Some(
        RULE.finding(path, entity.at(at.span), label(&fault), message)
            .help(help),
    )
}

fn label(fault: &PlaceFault) -> &'static str {
    match fault {
        PlaceFault::Missing => "there is no such file",
        PlaceFault::Blank => "this file is blank",
        PlaceFault::EmptyFolder => "nothing in this folder",
        PlaceFault::NoMatch => "matches no file",
        PlaceFault::NotAGlob => "not a glob",
        PlaceFault::GitIgnored => "ignored by git",
        PlaceFault::IsManifest => "this manifest itself",
        PlaceFault::OutsideRoot => "outside the estate's root",
        PlaceFault::Unreadable(_) => "cannot be read",
    }
}

fn explain(fault: &PlaceFault) -> (String, &'static str) {
    let (what, help) = match fault {
        PlaceFault::Missing => (
            "it does not exist",
            "add the file, or correct the path; a path is read from its manifest's folder, and `/` is the estate's root",
        ),
        PlaceFault::Blank => ("it holds nothing but white space", "put the evidence into the file"),
        PlaceFault::EmptyFolder => (
            "this folder holds no file that says anything",
            "put the evidence into the folder",
        ),
        PlaceFault::NoMatch => ("no file matches", "add the file, or correct the pattern"),
        PlaceFault::NotAGlob => (
            "it is not a pattern that can be read",
            "mend the pattern, or write `\\` before a character that is meant as it stands",
        ),
        PlaceFault::GitIgnored => (
            "git ignores it, so nobody else will see it",
            "keep it in the repository, or name where it is kept",
        ),
        PlaceFault::IsManifest => (
            "that is the manifest that names it",
            "name what shows the fact, not the declaration of it",
        ),
        PlaceFault::OutsideRoot => (
            "it leads outside the estate's root",
            "keep evidence inside the estate, or give its URL",
        ),
        PlaceFault::Unreadable(why) => {
            return (format!("it cannot be read: {why}"), "make it readable");
        }
    };
    (what.to_owned(), help)
}
