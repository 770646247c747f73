//! What stands behind a dollar: a variable that is used or set, a substitution, or neither.

use super::super::names::{is_name_start, variable};
use super::{Frame, Reader};
use std::ops::Range;

/// Longer ones are not looked through for their end. In bytes.
const MAX_INTERPOLATION: usize = 300;

impl<'t> Reader<'t> {
    pub(super) fn dollar(&mut self) {
        let rest = self.rest();
        // PowerShell takes a backtick for what a backslash is elsewhere.
        let is_escaped = self.before() == Some(b'`');
        match self.byte(1) {
            Some(b'$') => self.at += 2,
            Some(b'(') => self.open(Frame::Commands, 2),
            Some(b'{') => self.braces(),
            Some(b'[') if rest.starts_with("$[[") => {
                let near = &rest.as_bytes()[..rest.len().min(MAX_INTERPOLATION)];
                self.at += memchr::memmem::find(near, b"]]").map_or(3, |end| end + 2);
            }
            // `$'..'`, in which a backslash takes a quote with it.
            Some(b'\'') if self.is_in_commands() => {
                self.at += 2;
                while let Some(byte) = self.byte(0) {
                    self.skip(if byte == b'\\' { 2 } else { 1 });
                    if byte == b'\'' {
                        break;
                    }
                }
            }
            Some(byte) if is_name_start(byte) => {
                let (name, place) = variable(rest, 1);
                let behind = &rest[place.end..];
                // What is put in front of the shell makes another name of it.
                let is_whole = !behind.starts_with("$[[");
                if self.is_set_in_powershell(behind) {
                    self.found.defines.push(name);
                } else if is_whole && !is_escaped {
                    self.use_(name, &place);
                }
                self.at += place.end;
            }
            _ => self.at += 1,
        }
    }

    /// `${NAME}`, and what is done with it.
    fn braces(&mut self) {
        let rest = self.rest();
        let sign = usize::from(matches!(self.byte(2), Some(b'#' | b'!')));
        let is_indirect = self.byte(2) == Some(b'!');
        let (name, place) = variable(rest, 2 + sign);
        if name.is_empty() {
            self.at += 2;
            return;
        }
        let behind = &rest.as_bytes()[place.end..];
        let sets = matches!(behind, [b'=', ..] | [b':', b'=', ..]);
        let is_in_double = matches!(self.frame(), Frame::Double | Frame::Braces(true));
        match behind.first() {
            Some(b'}') => {
                if !is_indirect {
                    self.use_(name, &place);
                }
                self.at += place.end + 1;
            }
            Some(b':' | b'-' | b'=' | b'?' | b'+' | b'%' | b'#' | b'/' | b'^' | b',' | b'@') => {
                if sets {
                    self.found.defines.push(name);
                } else if !is_indirect {
                    self.use_(name, &place);
                }
                self.open(Frame::Braces(is_in_double), place.end + 1);
            }
            // An array is no variable of the environment; of a name that is put together nothing is known.
            _ => self.open(Frame::Braces(is_in_double), place.end),
        }
    }

    fn use_(&mut self, name: &'t str, place: &Range<usize>) {
        // What is made of itself was there before.
        self.assigned.retain(|assigned| assigned.name != name);
        self.found.uses.push((name, self.at + place.start..self.at + place.end));
    }

    /// `$NAME = ..`, `foreach ($NAME in ..)`.
    fn is_set_in_powershell(&self, behind: &str) -> bool {
        if !self.is_in_commands() {
            return false;
        }
        let before = self.text[..self.at].trim_end_matches([' ', '\t']);
        let behind = behind.trim_start_matches([' ', '\t']);
        let begins = before.is_empty() || before.ends_with(['\n', ';', '{']);
        let is_set = |sign: &str| behind.strip_prefix(sign).is_some_and(|rest| !rest.starts_with('='));
        begins && (is_set("=") || is_set("+=")) || before.ends_with('(') && behind.starts_with("in ")
    }
}
