//! Output to the terminal and to files.

use super::failure::{Change, FixError, OutputError};
use super::neighbour::{neighbour, written_neighbour};
use super::target;
use crate::fix::FixedFile;
use crate::render::{buffered, log, safe};
use crate::source::{Source, Sources};
use crate::workspace::{self, Root};
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

/// Prints to standard output, which may be the log of a build server.
pub fn print(text: &str) -> Result<(), OutputError> {
    Content::Text(text).print()
}

pub fn print_as_it_is(text: &str) -> Result<(), OutputError> {
    Content::Text(text).print_as_it_is()
}

/// A reader that has gone away (`| head`) is not an error.
fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), OutputError> {
    match buffered(io::stdout().lock(), write) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(OutputError::Stdout(error)),
        _ => Ok(()),
    }
}

/// Prints a patch, byte for byte unless someone reads it on a terminal or in the log of a build server.
pub fn print_patch(patch: &str) -> Result<(), OutputError> {
    let is_log = std::env::var_os("CI").is_some() || std::env::var_os("TF_BUILD").is_some();
    match io::stdout().is_terminal() && !patch.is_empty() {
        true => print(&(safe::lines(patch) + "\n")),
        false if is_log => print(patch),
        false => print_as_it_is(patch),
    }
}

/// Prints a line to standard error, which is part of a log as standard output is.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{}", log::text(line));
}

/// Prints to standard error why a run failed, in lines that are safe already.
pub fn complain(lines: &str) {
    let _ = write!(io::stderr(), "{}", log::text(lines));
}

/// Prints a warning to standard error.
pub fn warn(message: &str) {
    say(&format!("soclint: warning: {}", safe::line(message)));
}

/// Prints a hint to standard error.
pub fn hint(message: &str) {
    say(&format!("\n  tip: {}", safe::lines(message)));
}

/// Prints clap's output: help to standard output, usage errors to standard error.
pub fn usage(error: &clap::Error) {
    if error.use_stderr() {
        say(&safe::lines(&error.render().to_string()));
    } else {
        let _ = error.print();
    }
}

/// What is written.
#[derive(Clone, Copy)]
pub enum Content<'c> {
    /// For people, or for programs: it may be shown.
    Text(&'c str),
    /// The same, written as it is made: each time it is asked for.
    Made(&'c dyn Fn(&mut dyn Write) -> io::Result<()>),
    /// For programs alone.
    Bytes(&'c [u8]),
}

impl Content<'_> {
    /// Writes it as it is.
    pub fn write(self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text(text) => out.write_all(text.as_bytes()),
            Self::Made(write) => write(out),
            Self::Bytes(bytes) => out.write_all(bytes),
        }
    }

    /// Prints it to standard output, which may be the log of a build server.
    pub fn print(self) -> Result<(), OutputError> {
        match self {
            Self::Text(_) | Self::Made(_) => to_stdout(|out| buffered(log::Broken::text(out), |out| self.write(out))),
            Self::Bytes(_) => self.print_as_it_is(),
        }
    }

    pub fn print_as_it_is(self) -> Result<(), OutputError> {
        to_stdout(|out| self.write(out))
    }
}

/// Writes a file whole or not at all: to a neighbour first, which then takes its place, and has the mode that it had.
pub fn write_file(path: &Path, text: &str) -> Result<(), OutputError> {
    write_content(path, Content::Text(text))
}

/// The same, for whatever it is.
pub fn write_content(path: &Path, content: Content<'_>) -> Result<(), OutputError> {
    target::refuse_link(path)?;
    write_as(path, content, target::to_replace(path).as_ref(), || Ok(()))
}

/// `may_replace` is asked last, when all that is left to do takes no time.
fn write_as<E: From<OutputError>>(
    path: &Path,
    content: Content<'_>,
    like: Option<&Metadata>,
    may_replace: impl FnOnce() -> Result<(), E>,
) -> Result<(), E> {
    let failed = failed_at(path);
    let (Some(name), false) = (path.file_name(), target::is_stream(path)) else {
        // Opened once more, a file behind it would be written from its beginning, and then over.
        if path == Path::new("/dev/stdout") {
            return Ok(content.print()?);
        }
        let written = File::create(path).and_then(|file| buffered(file, |out| content.write(out)));
        return Ok(written.map_err(failed)?);
    };
    let neighbour = written_neighbour(path, name, like, |out| content.write(out)).map_err(failed)?;
    let replaced = may_replace().and_then(|()| Ok(std::fs::rename(&neighbour, path).map_err(failed)?));
    replaced.inspect_err(|_| {
        let _ = std::fs::remove_file(&neighbour);
    })
}

fn failed_at(path: &Path) -> impl Fn(io::Error) -> OutputError + Copy + '_ {
    move |error| OutputError::Write {
        path: path.to_owned(),
        error,
    }
}

/// Writes a file that is not there yet, whole or not at all. What is there stays as it is.
pub fn write_new(path: &Path, text: &str) -> Result<(), OutputError> {
    let failed = failed_at(path);
    let (neighbour, mut file) = neighbour(path, path.file_name().unwrap_or_default()).map_err(failed)?;
    let filled = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if let Err(error) = filled {
        let _ = std::fs::remove_file(&neighbour);
        return Err(failed(error));
    }
    // Unlike a rename, a link never takes another file's place.
    let mut written = std::fs::hard_link(&neighbour, path);
    if written
        .as_ref()
        .is_err_and(|error| error.kind() != ErrorKind::AlreadyExists)
    {
        // Not every file system has links.
        let created = File::create_new(path);
        written = created.and_then(|mut file| file.write_all(text.as_bytes()));
    }
    let _ = std::fs::remove_file(&neighbour);
    written.map_err(failed)
}

/// Writes fixed files, each whole or not at all. A file that has changed since it was read is left alone.
pub fn write_fixed(fixed: &[FixedFile], by: Change, root: &Root, sources: &Sources) -> Result<(), OutputError> {
    for one in fixed {
        let source = sources.get(one.file);
        write_one(&root.dir, source, &one.text).map_err(|why| OutputError::Fix {
            path: source.path.clone(),
            why,
            by,
            is_one_of_many: fixed.len() > 1,
        })?;
    }
    Ok(())
}

fn write_one(root: &Path, source: &Source, text: &str) -> Result<(), FixError> {
    // The target of a link is fixed, and the link stays.
    let path = match &source.file {
        Some(file) => file.to_path_buf(),
        None => root.join(&source.path),
    };
    let path = path.canonicalize()?;
    if !path.starts_with(root) {
        return Err(FixError::LinkOut);
    }
    let metadata = path.metadata()?;
    if metadata.permissions().readonly() {
        return Err(FixError::ReadOnly);
    }
    // An editor may have saved the file in the meantime: it is read again right before it is replaced.
    let is_as_read = || {
        if workspace::read_bytes(&path)? == source.text.as_bytes() {
            Ok(())
        } else {
            Err(FixError::Changed)
        }
    };
    is_as_read()?;
    write_as(&path, Content::Text(text), Some(&metadata), is_as_read)
}

/// Prints to standard error what was fixed.
pub fn report_fixed(findings: usize, files: usize) {
    let plural = |n: usize, word: &str| {
        if n == 1 {
            format!("1 {word}")
        } else {
            format!("{n} {word}s")
        }
    };
    let said = match findings {
        0 => "nothing to fix".to_owned(),
        _ => format!("fixed {} in {}", plural(findings, "finding"), plural(files, "file")),
    };
    say(&format!("soclint: {said}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_that_is_as_it_was_read_is_written_over() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let dir = root.path().canonicalize()?;
        let path = dir.join("scope.toml");
        std::fs::write(&path, "as it was read")?;
        let source = Source::new("scope.toml".to_owned(), "as it was read".to_owned());
        write_one(&dir, &source, "fixed")?;
        assert_eq!(std::fs::read_to_string(&path)?, "fixed");

        std::fs::write(&path, "someone else wrote this")?;
        let refused = write_one(&dir, &source, "fixed");
        assert!(matches!(refused, Err(FixError::Changed)));
        assert_eq!(std::fs::read_to_string(&path)?, "someone else wrote this");

        std::fs::remove_file(&path)?;
        assert!(write_one(&dir, &source, "fixed").is_err());
        assert!(!path.exists(), "what was taken away does not come back");
        assert_eq!(std::fs::read_dir(&dir)?.count(), 0, "nothing is left behind");

        let others: [&[u8]; 6] = [
            b"",
            b"as it was rea",
            b"as it was read\n",
            b"as it was reaD",
            b"\xff",
            b"fixed",
        ];
        for theirs in others {
            std::fs::write(dir.join("theirs"), theirs)?;
            std::fs::rename(dir.join("theirs"), &path)?;
            assert!(write_one(&dir, &source, "fixed").is_err());
            assert_eq!(std::fs::read(&path)?, theirs);
        }
        std::fs::remove_file(&path)?;
        std::fs::create_dir(&path)?;
        assert!(write_one(&dir, &source, "fixed").is_err());
        assert!(path.is_dir(), "a folder stays a folder");
        assert_eq!(std::fs::read_dir(&dir)?.count(), 1, "nothing is left behind");
        Ok(())
    }

    #[test]
    fn what_is_saved_while_the_new_text_is_written_stays() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let path = root.path().join("scope.toml");
        std::fs::write(&path, "as it was read")?;
        let saved = write_as(&path, Content::Text("fixed"), None, || {
            std::fs::write(&path, "saved in between")?;
            Err(FixError::Changed)
        });
        assert!(matches!(saved, Err(FixError::Changed)));
        assert_eq!(std::fs::read_to_string(&path)?, "saved in between");
        assert_eq!(std::fs::read_dir(root.path())?.count(), 1, "nothing is left behind");
        Ok(())
    }

    #[test]
    fn what_cannot_be_written_to_its_end_takes_no_file_s_place() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let path = root.path().join("findings.json");
        std::fs::write(&path, "of the last run")?;
        let long = "x".repeat(1 << 20);
        for (written, kind) in [("", ErrorKind::StorageFull), (&*long, ErrorKind::BrokenPipe)] {
            let fails = |out: &mut dyn Write| {
                out.write_all(written.as_bytes())?;
                Err(kind.into())
            };
            let written = write_content(&path, Content::Made(&fails));
            assert!(matches!(written, Err(OutputError::Write { error, .. }) if error.kind() == kind));
            assert_eq!(std::fs::read_to_string(&path)?, "of the last run");
            assert_eq!(std::fs::read_dir(root.path())?.count(), 1, "nothing is left behind");
        }
        let whole = |out: &mut dyn Write| long.bytes().try_for_each(|byte| out.write_all(&[byte]));
        write_content(&path, Content::Made(&whole))?;
        assert_eq!(std::fs::read_to_string(&path)?, long);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_now_leads_outside_is_not_followed() -> Result<(), Box<dyn std::error::Error>> {
        let (root, outside) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let target = outside.path().join("x.toml");
        std::fs::write(&target, "as it was read")?;
        let dir = root.path().canonicalize()?;
        std::os::unix::fs::symlink(&target, dir.join("scope.toml"))?;
        let source = Source::new("scope.toml".to_owned(), "as it was read".to_owned());
        assert!(write_one(&dir, &source, "fixed").is_err());
        assert_eq!(std::fs::read_to_string(&target)?, "as it was read");
        Ok(())
    }
}
