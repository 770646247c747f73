//! A page in HTML: one file that loads nothing, says all that it says without its script, and can be printed.

mod anchors;
mod axis;
mod policy;
mod table;
mod text;

use super::links::{Links, address};
use super::safe;
use crate::model::counted;
use crate::source::Sources;
use crate::views::{Chapter, Fact, Page, Reader, Table, Title};
use anchors::Anchors;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;
use table::{Setting, columns};
use text::{css, prose, sentence, text};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// So many files are named of those that were not read.
const MAX_NAMED: usize = 20;

/// A page, and what its places are shown with.
pub struct PageHtml<'h> {
    pub page: &'h Page,
    pub sources: &'h Sources,
    /// The estate's root from the repository's, with a `/` at its end, or nothing.
    pub prefix: &'h str,
    /// Where places are shown, if that is known.
    pub links: Option<&'h Links>,
}

impl PageHtml<'_> {
    pub fn render(&self) -> String {
        let page = self.page;
        let setting = Setting {
            sources: self.sources,
            prefix: self.prefix,
            links: self.links,
            organization: page.organization.as_deref(),
            anchors: Anchors::of(&page.chapters),
            as_of: page.as_of,
        };
        let style = style(page);
        let title = title(page);
        let whole = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy::policy(&style, SCRIPT));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    meta name="generator" content=(concat!("soclint ", env!("CARGO_PKG_VERSION")));
                    @if page.reader == Reader::Own { meta name="robots" content="noindex"; }
                    link rel="icon" href="data:,";
                    title { (safe::line(&title)) }
                    style { (PreEscaped(&style)) }
                }
                body {
                    a.skip href="#content" { "To the content" }
                    (head(page))
                    nav aria-label="Contents" {
                        ol { @for chapter in &page.chapters { li { a href={ "#" (chapter.id) } { (chapter.title) } } } }
                    }
                    main id="content" { @for chapter in &page.chapters { (of_chapter(&setting, chapter)) } }
                    footer { p.soft { (closing(page)) } }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        let mut out = whole.into_string();
        out.push('\n');
        out
    }
}

/// The style, with the labels of the tables and the margins of printed pages.
fn style(page: &Page) -> String {
    let tables = page.chapters.iter().flat_map(|chapter| &chapter.tables);
    let kinds: BTreeMap<&str, &Table> = tables.map(|table| (table.kind, table)).collect();
    let columns: String = kinds.values().map(|table| columns(table)).collect();
    let title = css(&title(page));
    format!(
        "{STYLE}{columns}@page{{size:landscape;margin:16mm 12mm 18mm;@bottom-left{{content:{title};font:8pt sans-serif}}\
         @bottom-right{{content:\"Page \" counter(page) \" of \" counter(pages);font:8pt sans-serif}}}}\n"
    )
}

/// What it is, but for whose.
fn what(page: &Page) -> String {
    let what = match page.reader {
        Reader::Own => "what is declared about assurance",
        Reader::Customer => "reports and certificates",
    };
    let what = format!("{what}, as of {}", page.as_of);
    match page.organization {
        Some(_) => what,
        None => super::sheet::capitalized(&what),
    }
}

/// "Acme: reports and certificates, as of 2026-10-01".
fn title(page: &Page) -> String {
    let what = what(page);
    match &page.organization {
        Some(name) => format!("{name}: {what}"),
        None => what,
    }
}

fn head(page: &Page) -> Markup {
    html! {
        header {
            h1 {
                @if let Some(name) = &page.organization { bdi { (safe::line(name)) } ": " }
                (text(&what(page)))
            }
            @if page.incomplete > 0 { (unread(page)) }
        }
    }
}

/// What could not be read.
fn unread(page: &Page) -> Markup {
    let files = counted(page.incomplete, "file was", "files were");
    let it = if page.incomplete == 1 {
        "it declares"
    } else {
        "they declare"
    };
    let named = page.incomplete_files.iter().take(MAX_NAMED);
    let more = page.incomplete_files.len().saturating_sub(MAX_NAMED);
    html! {
        div.unread {
            strong { "Incomplete." }
            " " (files) " not read as a whole. What " (it) " may be missing here."
            @if !page.incomplete_files.is_empty() {
                ul {
                    @for file in named { li { (text::path(file)) } }
                    @if more > 0 { li { "and " (counted(more, "more file", "more files")) } }
                }
            }
        }
    }
}

fn of_chapter(setting: &Setting<'_>, chapter: &Chapter) -> Markup {
    let label = format!("{}.title", chapter.id);
    html! {
        section aria-labelledby=(label) id=(chapter.id) {
            h2 id=(label) { (chapter.title) }
            @for said in &chapter.about { p { (sentence(said, setting.organization)) } }
            @if !chapter.facts.is_empty() { (facts(&chapter.facts)) }
            @for (at, table) in chapter.tables.iter().enumerate() { (of_table(setting, chapter, at, table)) }
        }
    }
}

fn facts(facts: &[Fact]) -> Markup {
    html! {
        dl {
            @for fact in facts {
                dt {
                    @match fact.chapter {
                        Some(chapter) => { a href={ "#" (chapter) } { (fact.what) } }
                        None => { (fact.what) }
                    }
                }
                dd {
                    @match address(&fact.value) {
                        Some(page) => { a href=(page) { (text(page)) } }
                        None => { (text(&fact.value)) }
                    }
                }
            }
        }
    }
}

fn of_table(setting: &Setting<'_>, chapter: &Chapter, at: usize, table: &Table) -> Markup {
    let own = table.title.as_ref().map(|title| {
        let owner = match title {
            Title::Name(_, name) => name.as_str(),
            Title::Words(words) => words,
        };
        let of_owner = setting.anchors.of_owner(owner).filter(|_| table.kind == "findings");
        of_owner.map_or_else(|| format!("{}.{}", chapter.id, at + 1), str::to_owned)
    });
    let label = own.clone().unwrap_or_else(|| format!("{}.title", chapter.id));
    html! {
        @if let (Some(id), Some(title)) = (own, &table.title) {
            h3 id=(id) {
                @match title {
                    Title::Words(words) => { (words) }
                    Title::Name("", name) => { (text(name)) }
                    Title::Name(before, name) => { (before) " " (text(name)) }
                }
            }
        }
        @for sentence in &table.about { p { (prose(sentence)) } }
        (setting.table(table, &label))
    }
}

fn closing(page: &Page) -> Markup {
    let program = concat!("soclint ", env!("CARGO_PKG_VERSION"));
    html! {
        "Written by " a href=(env!("CARGO_PKG_REPOSITORY")) { (program) }
        " from declarations, as of " (page.as_of.to_string()) ". It is no audit and no assurance report."
    }
}
