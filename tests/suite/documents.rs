//! The README and the chapters of the book.

use crate::tool::project;

/// Written by `cargo xtask gen`, not by hand.
pub const GENERATED: [&str; 4] = [
    "docs/config.md",
    "docs/glossary.md",
    "docs/manifest.md",
    "docs/rules.md",
];

pub struct Document {
    /// From the project's root.
    pub path: String,
    pub text: String,
}

/// A fenced block.
#[derive(Debug)]
pub struct Block {
    pub title: Option<String>,
    pub text: String,
    /// The paragraph right below it.
    pub said: String,
    /// All that is below it.
    pub rest: String,
}

/// The README, and then each chapter.
pub fn all() -> Vec<Document> {
    let entries = std::fs::read_dir(project().join("docs")).expect("a folder");
    let mut paths: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .filter(|name| name.ends_with(".md"))
        .map(|name| format!("docs/{name}"))
        .collect();
    paths.sort();
    paths.insert(0, "README.md".to_owned());
    paths.into_iter().map(|path| read(&path)).collect()
}

pub fn by_hand() -> Vec<Document> {
    let mut documents = all();
    documents.retain(|document| !GENERATED.contains(&document.path.as_str()));
    documents
}

pub fn read(path: &str) -> Document {
    Document {
        path: path.to_owned(),
        text: std::fs::read_to_string(project().join(path)).unwrap_or_else(|error| panic!("{path}: {error}")),
    }
}

impl Document {
    /// The fenced blocks of one language.
    pub fn blocks(&self, language: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut rest = self.text.as_str();
        while let Some((_, after)) = rest.split_once("```") {
            let (info, after) = after.split_once('\n').expect("a line");
            let (text, after) = after
                .split_once("```\n")
                .unwrap_or_else(|| panic!("{}: no end", self.path));
            rest = after;
            let (named, title) = info.split_once(" title=\"").unwrap_or((info, ""));
            if named == language {
                blocks.push(Block {
                    title: title.strip_suffix('"').map(str::to_owned),
                    text: text.to_owned(),
                    said: after.trim_start().split("\n\n").next().unwrap_or_default().to_owned(),
                    rest: after.to_owned(),
                });
            }
        }
        blocks
    }

    /// What links lead to, outside of code.
    pub fn links(&self) -> Vec<&str> {
        let prose = self.text.split("```").step_by(2);
        prose
            .flat_map(|part| part.split("](").skip(1))
            .filter_map(|rest| rest.split(')').next())
            .collect()
    }

    /// What links to its headings end with, as GitHub makes them.
    pub fn anchors(&self) -> Vec<String> {
        let prose = self.text.split("```").step_by(2);
        let headings = prose.flat_map(str::lines).filter(|line| line.starts_with('#'));
        let anchor = |heading: &str| {
            let lower = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = lower
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.collect::<String>().replace(' ', "-")
        };
        headings.map(anchor).collect()
    }
}
