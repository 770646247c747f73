//! What is known of the terminals that a run writes to.

use super::args::{ColorArgs, When};
use crate::render::Style;
use std::io::IsTerminal;

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    Stdout,
    Stderr,
}

impl ColorArgs {
    /// Whether a stream gets color.
    pub fn color(self, stream: Stream) -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is = |name, value: &str| std::env::var_os(name).is_some_and(|set| set == value);
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto if set("NO_COLOR") => false,
            When::Auto if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
            When::Auto if is("CLICOLOR", "0") || is("TERM", "dumb") => false,
            When::Auto => match stream {
                Stream::Stdout => std::io::stdout().is_terminal(),
                Stream::Stderr => std::io::stderr().is_terminal(),
            },
        }
    }

    /// How text for people is set on a stream.
    pub fn style(self, stream: Stream, quiet: bool) -> Style {
        Style {
            color: self.color(stream),
            width: width(stream),
            narrated: narrated(),
            quiet,
        }
    }
}

/// The columns to fill: what `COLUMNS` says, else the terminal's, else a width that fits most logs.
pub fn width(stream: Stream) -> usize {
    let told = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse::<usize>().ok());
    let terminal = || match stream {
        Stream::Stdout => terminal_size::terminal_size_of(std::io::stdout()),
        Stream::Stderr => terminal_size::terminal_size_of(std::io::stderr()),
    };
    told.or_else(|| terminal().map(|(width, _)| usize::from(width.0)))
        .filter(|columns| *columns > 0)
        .unwrap_or(100)
        .clamp(40, 200)
}

/// Screen readers are served by words: what `NO_GRAPHICS` asks for in other tools that print such reports.
fn narrated() -> bool {
    std::env::var_os("NO_GRAPHICS").is_some_and(|value| !value.is_empty() && value != "0")
}

/// Whether more than ASCII is shown: as the locale says. Where none is set, Windows shows it, and others do not.
pub fn unicode() -> bool {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
    let is_unicode = |locale: String| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    };
    locale.map_or(cfg!(windows), is_unicode)
}
