//! `.pypirc`: Python's indexes, one a section.

use super::{add, lines, span};
use crate::discover::{Shows, addresses, written_out};
use crate::source::Span;

#[derive(Default)]
struct Section<'t> {
    name: &'t str,
    repository: Option<&'t str>,
    /// The key, where its value is written out.
    password: Option<Span>,
}

/// Adds what the sections show, and gives the names in them.
pub fn see(text: &str, shows: &mut Shows) -> Vec<Span> {
    let mut names = Vec::new();
    let mut section = Section::default();
    // How far the setting before is indented.
    let mut indent = None;
    for (start, line) in lines(text) {
        let inner = line.trim_start();
        if inner.is_empty() || inner.starts_with(['#', ';']) {
            continue;
        }
        let own = line.len() - inner.len();
        // What is indented further goes on with the value before.
        if indent.is_some_and(|indent| own > indent) {
            continue;
        }
        if let Some((name, _)) = inner.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            names.push(Span::new(start + own..start + own + name.len() + 2));
            std::mem::take(&mut section).finish(shows);
            section.name = name.trim();
            indent = None;
            continue;
        }
        indent = Some(own);
        let Some((key, value)) = inner.split_once(['=', ':']) else {
            continue;
        };
        let (key, value) = (key.trim_end(), value.trim());
        let key_span = span(start + own, key);
        match key.to_ascii_lowercase().as_str() {
            "repository" => {
                section.repository = Some(value);
                let has_password = addresses::password_of(value).is_some();
                if has_password && written_out::is_written_out(value) {
                    section.password.get_or_insert(key_span);
                }
            }
            "password" if written_out::is_written_out(value) => section.password = Some(key_span),
            "password" | "username" | "index-servers" => {}
            _ => continue,
        }
        names.push(key_span);
    }
    section.finish(shows);
    names
}

impl Section<'_> {
    fn finish(self, shows: &mut Shows) {
        let host = match (self.repository, self.name) {
            (Some(address), _) => addresses::host_of(address),
            // The two that need no address are called as the file calls them.
            (None, "pypi" | "server-login") => Some("pypi"),
            (None, "testpypi") => Some("testpypi"),
            (None, _) => None,
        };
        if let (Some(host), Some(key)) = (host, self.password) {
            add(shows, host, key);
        }
    }
}
