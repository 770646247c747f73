//! Every file that was looked at, and why it is read or not.

use super::columns::columns;
use super::json_text;
use crate::config::Settings;
use crate::model::list_words;
use crate::source::Sources;
use crate::workspace::{IgnoredBy, Looked, Root, Verdict, shown, shown_from};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    files: Vec<Row<'r>>,
}

#[derive(Serialize)]
struct Row<'r> {
    /// From the root; a folder has a `/` at its end.
    path: String,
    read: bool,
    state: &'r str,
    why: String,
}

/// For a terminal.
pub fn table(looked: &[Looked], root: &Root, settings: &Settings<'_>, configs: &Sources) -> String {
    let rows = rows(looked, root, settings, configs).into_iter().map(|row| {
        let read = if row.read { "read" } else { "not read" };
        vec![row.path, read.to_owned(), row.why]
    });
    columns(&["path", "read", "why"], &rows.collect::<Vec<_>>())
}

pub fn json(looked: &[Looked], root: &Root, settings: &Settings<'_>, configs: &Sources) -> String {
    json_text(&Document {
        version: 1,
        files: rows(looked, root, settings, configs),
    })
}

fn rows(looked: &[Looked], root: &Root, settings: &Settings<'_>, configs: &Sources) -> Vec<Row<'static>> {
    let says = Says {
        root,
        settings,
        configs,
    };
    looked.iter().map(|looked| says.row(looked)).collect()
}

struct Says<'r> {
    root: &'r Root,
    settings: &'r Settings<'r>,
    configs: &'r Sources,
}

impl Says<'_> {
    fn row(&self, Looked { path, verdict }: &Looked) -> Row<'static> {
        let name = if path.starts_with(&self.root.dir) {
            shown(&self.root.dir, path)
        } else {
            shown_from(self.root, path)
        };
        let is_in_use = || self.configs.configs().iter().any(|config| config.path == name);
        let (state, why) = match verdict {
            Verdict::Read => ("manifest", "manifest".to_owned()),
            Verdict::Tracked(by) => (
                "tracked",
                format!("manifest that git tracks, though {}", self.ignored(by)),
            ),
            Verdict::ReadThrough(target) => (
                "linked",
                format!("manifest, through its link to {}", shown(&self.root.dir, target)),
            ),
            Verdict::SeenAt(target) => (
                "linked-elsewhere",
                format!(
                    "link to {}, which is handled at its own place",
                    shown(&self.root.dir, target)
                ),
            ),
            Verdict::Unreadable(why) => ("unreadable", why.clone()),
            Verdict::NotCheckedOut(absence) => ("not-checked-out", format!("not checked out: {}", absence.command)),
            Verdict::Ignored(by, is_known) | Verdict::IgnoredFolder(by, is_known) => {
                let unknown = if *is_known { "" } else { ", and unknown to git's index" };
                ("ignored", self.ignored(by) + unknown)
            }
            Verdict::Excluded(at) | Verdict::ExcludedFolder(at) => ("excluded", self.excluded(*at)),
            Verdict::Unreached => ("unreached", "no pattern of `include` matches in it".to_owned()),
            Verdict::Repository => ("repository", "the root of another repository or work tree".to_owned()),
            Verdict::LeadsOut(_) => ("leads-out", "link to a folder outside the estate".to_owned()),
            Verdict::LookAlike => (
                "look-alike",
                "looks like a manifest or a config, but is not named like one".to_owned(),
            ),
            Verdict::Config if is_in_use() => ("config", "config in use".to_owned()),
            Verdict::Config => ("other-config", "config not in use".to_owned()),
            Verdict::Source(kinds) => {
                let names: Vec<String> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
                (
                    "source",
                    format!("looked into for identities: {}", list_words(&names, "or")),
                )
            }
            Verdict::IgnoreFile(why) => ("ignore-file", format!("ignore file not read: {why}")),
        };
        let is_folder = matches!(
            verdict,
            Verdict::IgnoredFolder(..) | Verdict::ExcludedFolder(_) | Verdict::Unreached | Verdict::Repository
        );
        Row {
            path: name + if is_folder { "/" } else { "" },
            read: verdict.is_read() || matches!(state, "config" | "source"),
            state,
            why,
        }
    }

    fn ignored(&self, by: &IgnoredBy) -> String {
        let file = shown_from(self.root, &by.file);
        let line = by.line().map_or_else(String::new, |line| format!(":{line}"));
        format!("ignored by \"{}\" at {file}{line}", by.pattern)
    }

    fn excluded(&self, at: usize) -> String {
        let stated = self.settings.exclude();
        let Some((pattern, place)) = stated.and_then(|list| Some((list.items.get(at)?, list.place_of(at)?))) else {
            return "excluded".to_owned();
        };
        let source = self.configs.get(place.file);
        let line = source.position(place.span.start).line;
        format!("excluded by \"{}\" at {}:{line}", pattern.value.as_str(), source.path)
    }
}
