//! The category of a run, by which code scanning compares runs.
//!
//! Code scanning takes what an upload lacks for fixed if the upload before it had it, within one category. So runs that
//! look at different things belong to different ones.

use super::args::CheckArgs;
use super::estate;
use crate::model::short_digest;
use crate::triage::Named;
use crate::workspace::{self, Root};
use std::path::Path;

/// In characters; of a longer one, the beginning is kept and a digest of the whole.
const LONGEST: usize = 200;

/// The category that is given, else one made of all that is named on the command line and decides what is found. It is
/// the same on every machine.
pub fn of(args: &CheckArgs, asked: Option<&Named>, root: &Root, working: &Path) -> String {
    if let Some(given) = &args.category {
        return given.clone();
    }
    let named = |path: &Path| named(root, &working.join(path));
    let mut parts = vec![("root", vec![estate::place(root)])];
    parts.push(("config", args.estate.config.iter().map(|path| named(path)).collect()));
    parts.push(("baseline", args.baseline.iter().map(|path| named(path)).collect()));
    parts.push(("paths", args.paths.iter().map(|path| named(path)).collect()));
    parts.push(("select", args.select.clone()));
    parts.push(("ignore", args.ignore.clone()));
    let owners = asked.iter().flat_map(|asked| &asked.owners);
    parts.push(("owners", owners.map(|owner| escaped(owner)).collect()));
    let mut category = "soclint".to_owned();
    for (what, mut values) in parts {
        values.retain(|value| !value.is_empty());
        values.sort();
        values.dedup();
        if !values.is_empty() {
            category += &format!("/{what}:{}", values.join(","));
        }
    }
    match category.char_indices().nth(LONGEST) {
        None => category,
        Some((end, _)) => format!("{}…{}", &category[..end], short_digest(&category)),
    }
}

/// A path from the repository's root; of one that is elsewhere, the name alone, for the rest is the machine's.
fn named(root: &Root, path: &Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let repository = root.repository.as_deref().unwrap_or(&root.dir);
    let name = match workspace::relative(repository, &path) {
        // All of it is no choice.
        Some(_) if path == root.dir => String::new(),
        Some(inside) => inside,
        None => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    };
    escaped(&name)
}

/// A name among others, with commas and colons between them.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '%' => out.push_str("%25"),
            ',' => out.push_str("%2C"),
            ':' => out.push_str("%3A"),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}
