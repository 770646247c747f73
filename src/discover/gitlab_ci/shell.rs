//! The variables that a shell script uses and sets, told by its quotes, comments and here-documents.
//!
//! What a shell would not expand is no use: what is in single quotes, behind a backslash, in a comment. What the script
//! sets itself is generously taken for that: `NAME=`, `read NAME`, `for NAME in`, and PowerShell's `$NAME =`.

mod references;

use super::heredoc::{self, Heredoc};
use super::names::{Variables, is_name_start, name};

/// Quotes and substitutions in each other, at most; behind deeper ones nothing is read.
const MAX_DEPTH: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// Commands: the script, `( .. )`, `$( .. )`.
    Commands,
    /// Commands in backticks.
    Backticks,
    Double,
    /// `${NAME:- .. }`, and whether that is in double quotes.
    Braces(bool),
}

/// A value that is being assigned.
struct Assigned<'t> {
    name: &'t str,
    /// How many frames were open.
    depth: usize,
}

/// Reads a script.
pub fn read(text: &str) -> Variables<'_> {
    let mut reader = Reader {
        text,
        at: 0,
        frames: vec![Frame::Commands],
        assigned: Vec::new(),
        takes_names: false,
        heredocs: Vec::new(),
        lost: 0,
        found: Variables::default(),
    };
    while reader.at < text.len() && reader.frames.len() <= MAX_DEPTH {
        reader.step();
    }
    while let Some(assigned) = reader.assigned.pop() {
        reader.found.defines.push(assigned.name);
    }
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    frames: Vec<Frame>,
    /// From the outermost to the innermost: at most one for each open frame.
    assigned: Vec<Assigned<'t>>,
    /// Whether the words of this command are names of what it sets: `read`, `local`.
    takes_names: bool,
    /// Those that begin behind this line.
    heredocs: Vec<Heredoc<'t>>,
    /// How many here-documents had no end.
    lost: usize,
    found: Variables<'t>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn before(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at.checked_sub(1)?).copied()
    }

    /// Past a number of bytes, and on to the next character.
    fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.text.len());
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    /// Past the next of a byte, or to the end.
    fn skip_behind(&mut self, byte: u8) {
        let found = memchr::memchr(byte, self.rest().as_bytes());
        self.at = found.map_or(self.text.len(), |found| self.at + found + 1);
    }

    fn frame(&self) -> Frame {
        self.frames.last().copied().unwrap_or(Frame::Commands)
    }

    fn is_in_commands(&self) -> bool {
        matches!(self.frame(), Frame::Commands | Frame::Backticks)
    }

    fn pop(&mut self) {
        if self.frames.len() > 1 {
            self.frames.pop();
        }
        let depth = self.frames.len();
        self.end_values(depth + 1);
    }

    /// Values that are as deep, or deeper, end here: what did not use its own name is set.
    fn end_values(&mut self, depth: usize) {
        while let Some(assigned) = self.assigned.pop_if(|assigned| assigned.depth >= depth) {
            self.found.defines.push(assigned.name);
        }
    }

    fn step(&mut self) {
        let Some(byte) = self.byte(0) else { return };
        if is_name_start(byte) && self.begins_a_word() {
            self.word();
            return;
        }
        let in_commands = self.is_in_commands();
        match byte {
            b'\\' => self.skip(2),
            b'$' => self.dollar(),
            b'\'' if in_commands || self.frame() == Frame::Braces(false) => self.single(),
            b'"' if self.frame() == Frame::Double => {
                self.at += 1;
                self.pop();
            }
            b'"' => self.open(Frame::Double, 1),
            b'`' if self.frames.contains(&Frame::Backticks) => {
                self.at += 1;
                while self.frames.len() > 1 {
                    let is_it = self.frame() == Frame::Backticks;
                    self.pop();
                    if is_it {
                        break;
                    }
                }
            }
            b'`' => self.open(Frame::Backticks, 1),
            b'}' if matches!(self.frame(), Frame::Braces(_)) => {
                self.at += 1;
                self.pop();
            }
            b'#' if in_commands && self.begins_a_comment() => {
                let line = self.rest().lines().next().unwrap_or_default();
                self.at += line.len().max(1);
            }
            b'(' if in_commands => {
                self.end_command();
                self.open(Frame::Commands, 1);
            }
            b')' if in_commands => {
                self.end_command();
                self.at += 1;
                if self.frame() == Frame::Commands {
                    self.pop();
                }
            }
            b'<' if in_commands && self.rest().starts_with("<<<") => self.at += 3,
            b'<' if in_commands && self.rest().starts_with("<<") => {
                let (heredoc, length) = heredoc::opening(self.rest());
                self.heredocs.extend(heredoc);
                self.at += length;
            }
            b'\n' if in_commands => {
                self.end_command();
                self.at += 1;
                self.bodies();
            }
            b';' | b'|' | b'&' if in_commands => {
                self.end_command();
                self.at += 1;
            }
            b' ' | b'\t' | b'\r' | b'\n' => {
                self.end_values(self.frames.len());
                self.at += 1;
            }
            _ => self.skip(1),
        }
    }

    fn end_command(&mut self) {
        self.takes_names = false;
        self.end_values(self.frames.len());
    }

    fn open(&mut self, frame: Frame, length: usize) {
        if frame != Frame::Double {
            self.takes_names = false;
        }
        self.at += length;
        self.frames.push(frame);
    }

    /// Whether a word, of a command or of a text in quotes, begins here.
    fn begins_a_word(&self) -> bool {
        let is_between = |byte: u8| byte.is_ascii_whitespace() || b";&|(){`\"'".contains(&byte);
        self.before().is_none_or(is_between)
    }

    fn begins_a_comment(&self) -> bool {
        self.before()
            .is_none_or(|byte| byte.is_ascii_whitespace() || b";&|(".contains(&byte))
    }

    /// A word that may be a name that is set.
    fn word(&mut self) {
        let word = name(self.rest());
        let behind = self.text.get(self.at + word.len()..).unwrap_or_default();
        self.at += word.len();
        let is_assigned = behind.starts_with('=') && !behind.starts_with("==") || behind.starts_with("+=");
        if is_assigned {
            self.end_values(self.frames.len());
            self.assigned.push(Assigned {
                name: word,
                depth: self.frames.len(),
            });
            self.at += behind.find('=').unwrap_or(0) + 1;
            return;
        }
        if !self.is_in_commands() {
            return;
        }
        let ends = behind.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, ';' | ')' | '<' | '|'));
        if self.takes_names && (ends || behind.is_empty()) {
            self.found.defines.push(word);
        }
        let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let next = name(&behind[blank..]);
        match word {
            "for" | "select" if blank > 0 && !next.is_empty() => self.found.defines.push(next),
            "printf" if behind[blank..].starts_with("-v ") => {
                self.found
                    .defines
                    .extend(Some(name(&behind[blank + 3..])).filter(|name| !name.is_empty()));
            }
            "read" | "local" | "declare" | "typeset" | "mapfile" | "readarray" | "getopts" if blank > 0 => {
                self.takes_names = true;
            }
            _ => {}
        }
    }

    /// Single quotes, in which nothing is used. A line that is written to a file may set something there.
    fn single(&mut self) {
        self.at += 1;
        let word = name(self.rest());
        if !word.is_empty() && self.rest()[word.len()..].starts_with('=') {
            self.found.defines.push(word);
        }
        self.skip_behind(b'\'');
    }

    /// The here-documents that the line before announced.
    fn bodies(&mut self) {
        for heredoc in std::mem::take(&mut self.heredocs) {
            if self.lost >= heredoc::MAX_LOST {
                return;
            }
            let Some((body, length)) = heredoc.body(self.rest()) else {
                self.lost += 1;
                continue;
            };
            heredoc.read(body, self.at, &mut self.found);
            self.at += length;
        }
    }
}
