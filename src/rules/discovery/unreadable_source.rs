//! A file in which identities may be seen could not be read.

use crate::discover::Unread;
use crate::finding::{Finding, Severity};
use crate::model::counted;
use crate::rules::{Check, Context, Group, Rule};
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    name: "unreadable-source",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Note,
    summary: "A file in which identities may be seen could not be read, or not all of it.",
    references: &[],
    options: &[],
    yields_to: &[],
    page: include_str!("unreadable_source.md"),
    check: Check::Estate(check),
};

/// Of more files in one folder, the folder is told.
const MAX_FILES: usize = 3;

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    let Some(discovered) = cx.compared() else {
        return Vec::new();
    };
    let mut folders: BTreeMap<String, BTreeMap<usize, Vec<&Unread>>> = BTreeMap::new();
    for (file, unread) in &discovered.unread {
        let path = path(cx, *file);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders
            .entry(folder.to_owned())
            .or_default()
            .entry(*file)
            .or_default()
            .push(unread);
    }
    let each = folders.into_iter().flat_map(|(folder, files)| {
        if files.len() > MAX_FILES {
            return vec![of_folder(cx, &folder, &files)];
        }
        files.iter().map(|(file, parts)| of_file(cx, *file, parts)).collect()
    });
    each.flatten().collect()
}

fn path<'e>(cx: &Context<'e, '_>, file: usize) -> &'e str {
    let place = cx.place_in_shown(file, Default::default());
    &cx.sources.get(place.file).path
}

const HELP: &str = "correct it where it could not be read; if it uses no identities, name it in `discover.exclude`";

fn of_file(cx: &Context<'_, '_>, file: usize, parts: &[&Unread]) -> Option<Finding> {
    let (first, others) = parts.split_first()?;
    let path = path(cx, file);
    let message = format!(
        "{path} could not be read as a whole, so identities that only it shows are missing from this run: {}",
        first.why
    );
    let finding = RULE
        .finding(
            path.to_owned(),
            cx.place_in_shown(file, first.span),
            "not read from here",
            message,
        )
        .fact("parts");
    let finding = others.iter().fold(finding, |finding, other| {
        finding.related_with(cx.place_in_shown(file, other.span), || other.why.clone())
    });
    Some(finding.help(HELP))
}

fn of_folder(cx: &Context<'_, '_>, folder: &str, files: &BTreeMap<usize, Vec<&Unread>>) -> Option<Finding> {
    let (file, parts) = files.first_key_value()?;
    let first = parts.first()?;
    let shown = if folder.is_empty() { "." } else { folder };
    let message = format!(
        "{} in {shown} could not be read as a whole, so identities that only they show are missing from this run",
        counted(files.len(), "file", "files")
    );
    let finding = RULE
        .finding(
            shown.to_owned(),
            cx.place_in_shown(*file, first.span),
            first.why.clone(),
            message,
        )
        .fact("files");
    let finding = files
        .iter()
        .skip(1)
        .fold(finding, |finding, (file, parts)| match parts.first() {
            Some(first) => finding.related_with(cx.place_in_shown(*file, first.span), || {
                let path = path(cx, *file);
                format!("`{}`: {}", path.rsplit('/').next().unwrap_or(path), first.why)
            }),
            None => finding,
        });
    Some(finding.help(HELP))
}
