//! What the README had before there was a book is in the README or in a chapter.

use crate::documents::{self, Document};

const FORMER: &str = include_str!("former_readme.txt");

/// Where the text of a section of the former README is now.
struct Section<'t> {
    heading: &'t str,
    /// All of them in one line.
    flat: String,
    lines: Vec<&'t str>,
}

impl<'t> Section<'t> {
    /// Of `documents: heading`.
    fn new(now: &'t str, documents: &'t [Document]) -> Self {
        let (paths, heading) = now.split_once(": ").expect("documents and a heading");
        let texts: Vec<&str> = paths
            .split(", ")
            .map(|path| {
                let found = documents.iter().find(|document| document.path == path);
                found.unwrap_or_else(|| panic!("there is no {path}")).text.as_str()
            })
            .collect();
        Self {
            heading,
            flat: texts.join(" ").split_whitespace().collect::<Vec<_>>().join(" "),
            lines: texts.iter().flat_map(|text| text.lines()).collect(),
        }
    }

    fn has_line(&self, line: &str) -> bool {
        self.lines.contains(&line)
    }

    fn has_row(&self, first: &str) -> bool {
        let start = format!("| {first} |");
        self.lines.iter().any(|line| line.starts_with(&start))
    }

    /// Not as a part of another figure.
    fn has_figure(&self, figure: &str) -> bool {
        self.flat.match_indices(figure).any(|(at, _)| {
            let before = self.flat[..at].chars().next_back();
            let mut after = self.flat[at + figure.len()..].chars();
            let (next, second) = (after.next(), after.next());
            let goes_on = match next {
                Some('.' | ',') => second.is_some_and(|c| c.is_ascii_digit()),
                next => next.is_some_and(char::is_alphanumeric),
            };
            !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',')) && !goes_on
        })
    }
}

#[test]
fn each_heading_command_table_and_figure_of_the_former_readme_is_in_a_document() {
    let documents = documents::all();
    let commands: Vec<String> = documents
        .iter()
        .flat_map(|document| document.blocks("sh"))
        .flat_map(|block| block.text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let (_, list) = FORMER.split_once("\n\n").expect("what it is");
    let mut section: Option<Section> = None;
    let mut missing = Vec::new();
    let mut count = [0; 6];
    for line in list.lines().filter(|line| !line.is_empty()) {
        let (kind, item) = line.split_once(' ').expect("a kind");
        let (was, now) = item.split_once(" => ").unwrap_or((item, item));
        if kind == "#" {
            section = Some(Section::new(now, &documents));
        }
        let section = section.as_ref().expect("a heading comes first");
        let (at, is_there) = match kind {
            "#" => (
                0,
                section.lines.iter().any(|line| {
                    line.starts_with('#') && line.trim_start_matches('#').strip_prefix(' ') == Some(section.heading)
                }),
            ),
            "$" => (1, commands.iter().any(|command| command == now)),
            "|" => (2, section.has_line(now)),
            "-" => (3, section.has_row(now)),
            "`" => (4, section.flat.contains(now)),
            "0" => (5, now.split(' ').all(|figure| section.has_figure(figure))),
            _ => panic!("{line}"),
        };
        count[at] += 1;
        if !is_there {
            missing.push(format!("{kind} {was}"));
        }
    }
    assert!(missing.is_empty(), "in no document: {missing:#?}");
    assert_eq!(
        count[..3],
        [18, 18, 6],
        "headings, commands and tables of the former README"
    );
    assert!(count[3..].iter().all(|count| *count > 10), "{count:?}");
}

#[test]
fn a_figure_is_not_found_within_another() {
    let documents = [Document {
        path: "a.md".to_owned(),
        text: "# A\n\nfrom 1,000 to 16 MiB, 0.4 to 1.15 times.\n| x | y |\n".to_owned(),
    }];
    let section = Section::new("a.md: A", &documents);
    for (figure, is_there) in [
        ("1,000", true),
        ("16", true),
        ("1.15", true),
        ("1", false),
        ("4", false),
        ("000", false),
    ] {
        assert_eq!(section.has_figure(figure), is_there, "{figure}");
    }
    assert!(section.has_row("x") && !section.has_row("y") && section.has_line("# A") && !section.has_line("A"));
}
