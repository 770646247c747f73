//! `docs/glossary.md`.

use super::tables::anchor;
use crate::reference::glossary::{CHAPTERS, Term};
use crate::reference::{self, File, Topic};
use std::fmt::Write;

const INTRO: &str = "\
# Glossary

Words of soclint's messages and pages that are no plain English, in our own words. They are not the definitions of the standards,
which their publishers sell or show. `soclint explain carve-out` prints one at a terminal; case, blanks, `-` and plurals make no
difference.
";

pub fn markdown() -> String {
    let mut out = INTRO.to_owned();
    let links: Vec<String> = CHAPTERS
        .iter()
        .map(|chapter| format!("[{}](#{})", chapter.title, anchor(chapter.title)))
        .collect();
    let _ = write!(out, "\n{}\n", links.join(" · "));
    for chapter in CHAPTERS {
        let _ = write!(out, "\n## {}\n", chapter.title);
        for term in chapter.terms {
            let _ = write!(out, "\n### {}\n\n{}\n", term.name, term.means);
            let also = if term.also.is_empty() {
                String::new()
            } else {
                format!("Also: {}.", term.also.join(", "))
            };
            let see = if term.see.is_empty() {
                String::new()
            } else {
                format!("See {}.", see(term))
            };
            let tail: Vec<String> = [also, see].into_iter().filter(|part| !part.is_empty()).collect();
            if !tail.is_empty() {
                let _ = write!(out, "\n{}\n", tail.join(" "));
            }
        }
    }
    out
}

fn see(term: &Term) -> String {
    let links: Vec<String> = term.see.iter().map(|name| link(name)).collect();
    links.join(", ")
}

/// Where a name is told about.
fn link(name: &str) -> String {
    match reference::find(name).first() {
        Some(Topic::Rule(rule)) => format!("[`{name}`](../{})", rule.file()),
        Some(Topic::Term(term)) => format!("[{name}](#{})", anchor(term.name)),
        // A table at many places does not tell of one of them.
        Some(Topic::Table(_, table)) if table.is_shared() && name.contains('.') => {
            let of = name.rsplit_once('.').map_or(name, |(of, _)| of);
            link(of).replace(&format!("[`{of}`]"), &format!("[`{name}`]"))
        }
        Some(Topic::Table(book, table)) => {
            let heading = if table.is_file() {
                "At the top".to_owned()
            } else {
                table.title(book.file)
            };
            format!("[`{name}`]({}#{})", page(book.file), anchor(&heading))
        }
        Some(Topic::Key(keyed)) => {
            let heading = if keyed.table.is_file() {
                "At the top".to_owned()
            } else {
                keyed.table.title(keyed.book.file)
            };
            format!("[`{name}`]({}#{})", page(keyed.book.file), anchor(&heading))
        }
        _ => name.to_owned(),
    }
}

const fn page(file: File) -> &'static str {
    match file {
        File::Manifest => "manifest.md",
        File::Config => "config.md",
    }
}
