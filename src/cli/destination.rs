//! Where a command leaves what it makes: on standard output, or in a file that `--output` names.

use super::estate::Opened;
use super::failure::OutputError;
use super::output::{self, Content};
use super::target;
use crate::session::Session;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// A place that may be written to.
#[derive(Debug)]
pub struct Destination {
    file: Option<PathBuf>,
}

impl Destination {
    /// The file, or standard output where none is named. Refuses what must not be written over, and a terminal for what is
    /// no text; to be asked before much is done.
    pub fn of(file: Option<&Path>, is_text: bool, opened: &Opened) -> Result<Self, OutputError> {
        Self::beside(file, is_text, &opened.working, &[opened])
    }

    /// The same, where more than one estate was read.
    pub fn beside(
        file: Option<&Path>,
        is_text: bool,
        working: &Path,
        sessions: &[&Session],
    ) -> Result<Self, OutputError> {
        let file = file.map(|file| working.join(file));
        let is_stdout = file.as_deref().is_none_or(|file| file == Path::new("/dev/stdout"));
        if is_stdout && !is_text && std::io::stdout().is_terminal() {
            return Err(OutputError::Terminal);
        }
        if let Some(file) = &file {
            sessions.iter().try_for_each(|session| target::check(file, session))?;
        }
        Ok(Self { file })
    }

    /// Writes a file whole or not at all.
    pub fn write(&self, content: Content<'_>) -> Result<(), OutputError> {
        match &self.file {
            Some(file) => output::write_content(file, content),
            None => content.print(),
        }
    }
}
