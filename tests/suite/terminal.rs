//! What is printed for people: 80 columns are enough, and what is to be copied stays whole.

use crate::tool::{self, AS_OF, project, run, soclint, stdout};
use soclint::{Checked, Choice, Format, RenderOptions};
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

fn estates() -> Vec<PathBuf> {
    let estates = std::fs::read_dir(project().join("fixtures/estates")).expect("estates");
    estates.map(|entry| entry.expect("an estate").path()).collect()
}

fn printed(checked: &Checked, width: usize, narrated: bool) -> String {
    let options = RenderOptions {
        width,
        narrated,
        show_waived: true,
        ..RenderOptions::default()
    };
    checked.render(Format::Pretty, &options)
}

/// A line of a file, with its number before it.
fn is_source(line: &str) -> bool {
    let number = line.split_once(" │ ").map(|(before, _)| before.trim());
    number.is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

/// What marks a place on the line above it: no words, and no further than that line.
fn is_mark(line: &str, above: &str) -> bool {
    line.chars().all(|c| " ·─┬▲│╰".contains(c)) && line.width() <= above.width()
}

/// One word that is longer than the terminal is wide, such as a locator, which nobody could copy if it were broken.
fn is_one_word(line: &str) -> bool {
    let word = line.trim_start_matches(|c: char| " ·│├╰┤─".contains(c));
    word.contains(['/', ':']) && !word.contains(' ')
}

#[test]
fn no_line_but_those_of_the_files_is_longer_than_the_terminal_is_wide() {
    let (mut long_sources, mut below) = (0, 0);
    for estate in estates() {
        let checked = tool::checked(&estate, AS_OF, &Choice::default());
        for width in [80, 100] {
            let text = printed(&checked, width, false);
            let mut source = "";
            for line in text.lines() {
                below += usize::from(line.starts_with("  at "));
                if is_source(line) {
                    source = line;
                    long_sources += usize::from(line.width() > width);
                    continue;
                }
                let is_link = line.trim_start().starts_with("page: https://");
                assert!(
                    line.width() <= width || is_link || is_mark(line, source) || is_one_word(line),
                    "{}: {} columns of {width}: {line}",
                    estate.display(),
                    line.width()
                );
            }
        }
    }
    assert!(long_sources > 50 && below > 20, "{long_sources} and {below}");
}

#[test]
fn ids_and_paths_are_never_broken() {
    for estate in estates() {
        let checked = tool::checked(&estate, AS_OF, &Choice::default());
        for width in [40, 80] {
            let text = printed(&checked, width, false);
            // Every blank is where one was: what is not blank stands as it is in the finding.
            let words: std::collections::HashSet<&str> = text.split_whitespace().collect();
            for finding in &checked.outcome.findings {
                for word in finding
                    .message
                    .split_whitespace()
                    .chain(finding.help.split_whitespace())
                {
                    assert!(words.contains(word), "{}: {word} is broken", finding.message);
                }
            }
        }
    }
}

#[test]
fn a_note_is_called_a_note_in_words_too() {
    for estate in estates() {
        let checked = tool::checked(&estate, AS_OF, &Choice::default());
        let text = printed(&checked, 80, true);
        let said = |severity: &str| {
            text.matches(&format!("\n    Diagnostic severity: {severity}\n"))
                .count()
        };
        let waived = checked.outcome.waived.iter().map(|waived| &waived.finding);
        for severity in ["error", "warning", "note"] {
            let findings = checked.outcome.findings.iter().chain(waived.clone());
            let found = findings.filter(|finding| finding.severity.as_str() == severity).count();
            assert_eq!(said(severity), found, "{severity} of {}", estate.display());
        }
        assert_eq!(said("advice"), 0, "{}", estate.display());
        let graphical = printed(&checked, 200, false);
        for finding in &checked.outcome.findings {
            let code = format!("{}[{}]", finding.severity, finding.rule);
            assert!(text.contains(&code) && graphical.contains(&code), "{code}");
        }
    }
}

/// Where the place is too far to the right for its text, that stands below, with the place's line and column.
#[test]
fn the_text_of_a_place_far_to_the_right_stands_below_it() {
    let root = tempfile::tempdir().expect("a folder");
    let title = "Payroll for small companies ".repeat(4);
    let manifest = format!("services.payroll = {{ title = \"{title}\", financial-impact = \"direct\" }}\n");
    tool::write(root.path(), "scope.toml", &manifest);
    let print = |narrated: &str| {
        stdout(&run(soclint()
            .args(["check", "--as-of", AS_OF, "--root"])
            .arg(root.path())
            .env("COLUMNS", "80")
            .env("NO_GRAPHICS", narrated)))
    };
    let column = manifest.find("\"direct\"").expect("it is there") + 1;
    let at = format!("\n  at 1:{column}: a direct effect on user entities' financial reporting\n");
    let drawn = print("0");
    let below = drawn.find(&at).unwrap_or_else(|| panic!("not below:\n{drawn}"));
    let help = drawn[below..].find("\n  help: ").expect("a help");
    assert!(!drawn[below..below + help].contains("  page: "), "{drawn}");
    let count = |head: &str| drawn.matches(head).count();
    assert_eq!(count("\n  help: "), count("\n  page: "), "{drawn}");
    let narrated = print("1");
    assert!(
        narrated.contains(": a direct effect on user entities") && !narrated.contains("  at 1:"),
        "{narrated}"
    );
}
