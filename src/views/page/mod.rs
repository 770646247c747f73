//! `soclint page`: the judged estate as one document, in chapters, free of formats.

mod controls;
mod customer;
mod findings;
mod identities;
mod limit;
mod services;
mod summary;
mod suppressed;
mod table;
mod third_parties;
mod timeline;
mod upcoming;

pub use table::{Col, Row, Says, Span, Table, Title};

use self::table::sentence;
use super::inventory::Judged;
use super::made::{Made, MadeFile};
use super::{Cell, cells};
use crate::finding::Finding;
use crate::triage::Outcome;
use jiff::civil::Date;
use rayon::prelude::*;

/// Stands in sentences for the name of the organization.
pub const ORGANIZATION: &str = "{organization}";

/// Who it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The organization itself, and whom it shows everything.
    Own,
    /// Those who rely on its services.
    Customer,
}

/// A document.
pub struct Page {
    pub reader: Reader,
    /// Whose declarations these are, if that is declared.
    pub organization: Option<String>,
    pub as_of: Date,
    /// How many files could not be read as a whole.
    pub incomplete: usize,
    /// Which they are; of a page for customers, none.
    pub incomplete_files: Vec<String>,
    pub chapters: Vec<Chapter>,
}

/// A part of it, with a heading of its own.
pub struct Chapter {
    /// By which it is linked to.
    pub id: &'static str,
    pub title: &'static str,
    /// Sentences below the heading, in which backticks set off names, and [`ORGANIZATION`] stands for the organization's.
    pub about: Vec<String>,
    pub facts: Vec<Fact>,
    pub tables: Vec<Table>,
}

/// Something that is said in a line: what, and its value.
pub struct Fact {
    pub what: &'static str,
    pub value: String,
    /// The chapter that has more of it.
    pub chapter: Option<&'static str>,
}

/// What a page is made of.
#[derive(Clone, Copy)]
pub struct Contents<'p> {
    pub outcome: &'p Outcome,
    pub upcoming: &'p [Finding],
    /// The last day of `upcoming`.
    pub until: Date,
    pub made: &'p Made,
    /// Whether a baseline is applied.
    pub has_baseline: bool,
    /// What was passed over and left out, each in a sentence.
    pub asides: &'p [String],
    /// How a customer asks for a report, if that is said.
    pub contact: Option<&'p str>,
}

impl Chapter {
    fn new(id: &'static str, title: &'static str) -> Self {
        Self {
            id,
            title,
            about: Vec::new(),
            facts: Vec::new(),
            tables: Vec::new(),
        }
    }

    fn saying(mut self, sentence: impl Into<String>) -> Self {
        self.about.push(sentence.into());
        self
    }

    fn with(mut self, table: Table) -> Self {
        self.tables.push(table);
        self
    }
}

impl Fact {
    fn new(what: &'static str, value: impl Into<String>, chapter: Option<&'static str>) -> Self {
        Self {
            what,
            value: value.into(),
            chapter,
        }
    }
}

impl Judged<'_, '_> {
    /// All that is declared, and what is found about it.
    pub fn page(&self, contents: Contents<'_>) -> Page {
        // Of a large estate, each takes a while by itself.
        let chapters: [&(dyn Fn() -> Chapter + Sync); 9] = [
            &|| services::chapter(self),
            &|| timeline::chapter(self, contents.outcome),
            &|| identities::chapter(self),
            &|| third_parties::chapter(self),
            &|| controls::chapter(self),
            &|| findings::chapter(contents.outcome),
            &|| suppressed::chapter(self, contents),
            &|| upcoming::chapter(self, contents),
            &|| files(contents.made),
        ];
        let mut chapters: Vec<Chapter> = chapters.par_iter().with_max_len(1).map(|chapter| chapter()).collect();
        let summary = summary::chapter(self, contents, &chapters);
        chapters.splice(0..0, [about(self, contents), summary]);
        limit::limit(&mut chapters);
        let incomplete_files = self.incomplete(true);
        Page {
            incomplete: incomplete_files.len(),
            incomplete_files,
            ..self.frame(Reader::Own, chapters)
        }
    }

    /// Which products declared reports cover, for those who rely on them.
    pub fn customer_page(&self, contents: Contents<'_>) -> Page {
        let mut chapters = customer::chapters(self, contents);
        limit::limit(&mut chapters);
        Page {
            incomplete: self.incomplete(false).len(),
            ..self.frame(Reader::Customer, chapters)
        }
    }

    fn frame(&self, reader: Reader, chapters: Vec<Chapter>) -> Page {
        Page {
            reader,
            organization: self.organization(),
            as_of: self.estate.as_of.date(),
            incomplete: 0,
            incomplete_files: Vec::new(),
            chapters,
        }
    }

    fn organization(&self) -> Option<String> {
        let (_, organization) = self.estate.organization.as_ref()?;
        let name = organization.name.get().filter(|name| name.says_something());
        name.map(ToString::to_string)
    }
}

/// What it is, what its words mean, and how it was made.
fn about(judged: &Judged<'_, '_>, contents: Contents<'_>) -> Chapter {
    let mut chapter = Chapter::new("about", "About this page")
        .saying(format!(
            "This page sets out what {ORGANIZATION} declares about its services, the reports and certificates that cover them, and \
             what those rest on, as of {}. The declarations are files that teams keep beside their code; soclint compared \
             them with each other and wrote this page from them.",
            judged.estate.as_of.date()
        ))
        .saying(
            "Everything on it is as declared. soclint did not read any report, did not test any control, and looked at \
             evidence only as far as it lies in the repository: whether it is there. This page is no audit, no assurance \
             report and no certificate, and nothing on it is an opinion on whether controls work. What a report covers, \
             and with which opinion, only the report itself says.",
        )
        .saying(
            "“Covered by a declared report” is the most that is said of a service: a report that is declared to be issued \
             is declared to cover it. “Claimed only” means that readers are told so, and the report is not declared to \
             cover it; “planned”, that the report is not issued yet; “lapsed”, that the certificate has expired or is to a \
             withdrawn edition. “Unknown” is what could not be read, or follows from what could not be read. “Open” are \
             the rules of which a finding is reported.",
        )
        .saying(
            "It names persons where declarations do: owners, approvers and reviewers. Whoever passes it on passes that on.",
        );
    let asides = contents.asides.iter();
    chapter.about.extend(asides.map(|aside| sentence(aside)));
    let facts = contents.made.facts.iter();
    chapter.facts = facts.map(|(what, value)| Fact::new(what, value, None)).collect();
    chapter
}

/// Each file that was read.
fn files(made: &Made) -> Chapter {
    const COLUMNS: &[Col] = &[
        Col::new("File", Says::Path, 45),
        Col::new("State", Says::Text, 20),
        Col::new("Content, as git names it", Says::Path, 35),
    ];
    let row = |file: &MadeFile| Row {
        subject: None,
        span: None,
        is_open: file.state != "as committed",
        cells: vec![
            cells::text(&file.path),
            cells::text(file.state),
            file.blob.as_ref().map_or(Cell::Nothing, cells::text),
        ],
    };
    let mut table = Table::new("files", COLUMNS, "No file was read.");
    table.rows = made.files.iter().map(row).collect();
    table.all = "`soclint config --files`".to_owned();
    Chapter::new("files", "Files that were read")
        .saying(
            "The manifests, the configs and the files that were looked into, each compared with the commit that is checked \
             out. Who has the commit can make this page again: the same files and the same as-of date give the same page.",
        )
        .with(table)
}
