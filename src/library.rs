//! What a program that calls soclint asks of a check: its findings as text, and the fixes.

use crate::finding::Finding;
use crate::fix::{self, Edit, FixedFile, Plan};
use crate::render::{self, Format, Shown, Style};
use crate::session::Checked;
use std::io;

/// How [`Checked::render`] sets out what was found.
#[derive(Debug, Clone)]
pub struct RenderOptions {
    /// Columns of text for people.
    pub width: usize,
    /// Whether text for people is coloured.
    pub color: bool,
    /// Words instead of drawings, for screen readers.
    pub narrated: bool,
    /// Findings only, without what was read and the sums.
    pub quiet: bool,
    /// Whether people see waived findings too.
    pub show_waived: bool,
    /// What stands before each path for tools that count from a repository's root: the folder of the estate with a `/`
    /// at its end, or nothing.
    pub path_prefix: String,
    /// What a SARIF log is one of: it replaces the results of earlier ones of its category.
    pub category: String,
}

impl Default for RenderOptions {
    /// As `soclint check` prints into a file at the root of a repository.
    fn default() -> Self {
        Self {
            width: 100,
            color: false,
            narrated: false,
            quiet: false,
            show_waived: false,
            path_prefix: String::new(),
            category: "soclint".to_owned(),
        }
    }
}

impl Checked {
    /// What was found, as `soclint check --format` prints it.
    pub fn render(&self, format: Format, options: &RenderOptions) -> String {
        render::render(format, &self.shown(options), style(options))
    }

    /// The same, written as it is made: of a great many, it is never in memory as a whole.
    ///
    /// # Errors
    ///
    /// What `out` cannot take ends it.
    pub fn write(&self, out: &mut dyn io::Write, format: Format, options: &RenderOptions) -> io::Result<()> {
        render::buffered(out, |out| {
            render::write(out, format, &self.shown(options), style(options))
        })
    }

    fn shown<'r>(&'r self, options: &'r RenderOptions) -> Shown<'r> {
        Shown {
            sources: &self.sources,
            outcome: &self.outcome,
            as_of: self.as_of,
            prefix: &options.path_prefix,
            show_waived: options.show_waived,
            category: &options.category,
            unread: &self.unread,
            group_by: None,
            links: None,
        }
    }

    /// The files that `soclint check --fix` would change, as they are after one round. A fix may make more readable, and
    /// so more fixable: [replace](crate::Session::replace) the texts and check again, until nothing is left.
    pub fn fixed(&self) -> Vec<FixedFile> {
        fix::fix_all(&self.outcome.findings, &self.sources)
    }

    /// What fixing this finding alone changes in the file of its place. Nothing, if there is no one right answer.
    pub fn edits(&self, finding: &Finding) -> Option<Vec<Edit>> {
        let plan = Plan::of(std::slice::from_ref(finding), &self.sources);
        plan.edits(0).map(<[Edit]>::to_vec)
    }

    /// What is likely meant at the place of this finding, and is not certain: to be offered, and not applied unasked.
    pub fn suggested_edits(&self, finding: &Finding) -> Option<Vec<Edit>> {
        fix::suggested(finding, &self.sources)
    }
}

const fn style(options: &RenderOptions) -> Style {
    Style {
        color: options.color,
        width: options.width,
        narrated: options.narrated,
        quiet: options.quiet,
    }
}
