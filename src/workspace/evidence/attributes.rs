//! What `.gitattributes` say of a path, as far as Git LFS is concerned.

use crate::workspace::files::{Base, Files, Kind};
use crate::workspace::{MAX_MANIFEST, ReadError};
use globset::{Glob, GlobBuilder, GlobMatcher};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The `.gitattributes` files between the repository's root and the paths that are asked about. Those of the user
/// and of the machine do not count: the same files are judged alike everywhere.
pub struct Attributes {
    top: PathBuf,
    files: Files,
    by_folder: Mutex<HashMap<PathBuf, Arc<File>>>,
    /// What counts for the files of a folder: worked out once, however many they are and however deep.
    chains: Mutex<HashMap<PathBuf, Arc<Chain>>>,
}

/// The attributes files that count in a folder.
#[derive(Clone)]
struct Chain {
    /// The one at the top of the repository, whose macros count.
    outermost: Arc<File>,
    /// Those that say something, the outermost first, each with its folder.
    files: Vec<(PathBuf, Arc<File>)>,
}

/// What the file of one folder says; nothing, if there is none.
#[derive(Default)]
struct File {
    lines: Vec<Line>,
    macros: HashMap<String, Vec<Attribute>>,
    /// Whether a repository of its own begins here.
    is_top: bool,
    /// Whether git has it, and not here: then what looks like a pointer is taken for one.
    is_unknown: bool,
}

struct Line {
    matcher: GlobMatcher,
    /// Whether only the name of a file is compared, wherever it is.
    by_name: bool,
    attributes: Vec<Attribute>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Attribute {
    name: String,
    value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Set,
    /// Unset, or taken back.
    Not,
    Is(String),
}

impl Attributes {
    pub fn new(top: Base<'_>) -> Self {
        Self {
            top: top.dir.to_owned(),
            files: top.files.clone(),
            by_folder: Mutex::default(),
            chains: Mutex::default(),
        }
    }

    fn of_folder(&self, folder: &Path) -> Arc<File> {
        let mut known = self.by_folder.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = known.get(folder) {
            return Arc::clone(file);
        }
        let path = folder.join(".gitattributes");
        // Git does not follow links here.
        let is_file = self.files.kind(&path) == Ok(Kind::File);
        let read = is_file.then(|| self.files.read(&path, MAX_MANIFEST));
        let is_unknown = matches!(read, Some(Err(ReadError::NotAtHand)));
        let bytes = read.and_then(Result::ok).unwrap_or_default();
        let mut file = File::parse(&String::from_utf8_lossy(&bytes));
        file.is_top = folder == self.top || self.files.is_there(&folder.join(".git"));
        file.is_unknown = is_unknown;
        let file = Arc::new(file);
        known.insert(folder.to_owned(), Arc::clone(&file));
        file
    }

    /// What counts in a folder under the top.
    fn chain(&self, folder: &Path) -> Arc<Chain> {
        let mut chains = self.chains.lock().unwrap_or_else(PoisonError::into_inner);
        let above = folder.ancestors().take_while(|above| above.starts_with(&self.top));
        let unknown: Vec<&Path> = above.take_while(|above| !chains.contains_key(*above)).collect();
        let parent = match unknown.last() {
            Some(first) => first.parent().and_then(|parent| chains.get(parent)),
            None => chains.get(folder),
        };
        let mut chain = parent.map(Arc::clone);
        for folder in unknown.into_iter().rev() {
            let file = self.of_folder(folder);
            let mut next = match chain.take() {
                Some(parent) if !file.is_top && !file.says_something() => {
                    chains.insert(folder.to_owned(), Arc::clone(&parent));
                    chain = Some(parent);
                    continue;
                }
                Some(parent) if !file.is_top => (*parent).clone(),
                _ => Chain {
                    outermost: Arc::clone(&file),
                    files: Vec::new(),
                },
            };
            if file.says_something() {
                next.files.push((folder.to_owned(), file));
            }
            let next = Arc::new(next);
            chains.insert(folder.to_owned(), Arc::clone(&next));
            chain = Some(next);
        }
        chain.unwrap_or_else(|| {
            Arc::new(Chain {
                outermost: Arc::default(),
                files: Vec::new(),
            })
        })
    }

    /// Whether Git LFS keeps the content of the file at `path`, a whole path without links.
    pub fn is_lfs(&self, path: &Path) -> bool {
        let Some(folder) = path.parent().filter(|folder| folder.starts_with(&self.top)) else {
            return false;
        };
        let chain = self.chain(folder);
        let mut decided = HashMap::new();
        // What is said last counts, and a deeper file after those around it.
        for (folder, file) in chain.files.iter().rev() {
            if file.is_unknown {
                return true;
            }
            let relative = path.strip_prefix(folder).unwrap_or(path);
            for line in file.lines.iter().rev().filter(|line| line.matches(relative)) {
                decide(&line.attributes, &chain.outermost.macros, &mut decided);
                if let Some(filter) = decided.get("filter") {
                    return *filter == Value::Is("lfs".to_owned());
                }
            }
        }
        false
    }
}

/// Takes what is not decided yet from `attributes`, of which macros stand for others.
fn decide(attributes: &[Attribute], macros: &HashMap<String, Vec<Attribute>>, decided: &mut HashMap<String, Value>) {
    for Attribute { name, value } in attributes.iter().rev() {
        if decided.contains_key(name) {
            continue;
        }
        decided.insert(name.clone(), value.clone());
        if let (Value::Set, Some(meant)) = (value, macros.get(name)) {
            decide(meant, macros, decided);
        }
    }
}

impl Line {
    fn matches(&self, relative: &Path) -> bool {
        if self.by_name {
            relative.file_name().is_some_and(|name| self.matcher.is_match(name))
        } else {
            self.matcher.is_match(relative)
        }
    }
}

impl File {
    fn says_something(&self) -> bool {
        self.is_unknown || !self.lines.is_empty()
    }

    fn parse(text: &str) -> Self {
        let mut file = Self::default();
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.trim_start_matches([' ', '\t']);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((pattern, rest)) = pattern(line) else {
                continue;
            };
            let attributes: Vec<Attribute> = rest.split_ascii_whitespace().filter_map(attribute).collect();
            if let Some(name) = pattern.strip_prefix("[attr]") {
                file.macros.insert(name.to_owned(), attributes);
            } else if let Some(glob) = glob(&pattern) {
                file.lines.push(Line {
                    matcher: glob.compile_matcher(),
                    by_name: !pattern.contains('/'),
                    attributes,
                });
            }
        }
        file
    }
}

/// The pattern at the beginning of a line, and what follows it.
fn pattern(line: &str) -> Option<(String, &str)> {
    let Some(quoted) = line.strip_prefix('"') else {
        let end = line.find([' ', '\t']).unwrap_or(line.len());
        return Some((line[..end].to_owned(), &line[end..]));
    };
    let mut pattern = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((pattern, &quoted[at + 1..])),
            '\\' => match chars.next()?.1 {
                't' => pattern.push('\t'),
                c @ ('"' | '\\') => pattern.push(c),
                // Names with other bytes are not written by hand.
                _ => return None,
            },
            c => pattern.push(c),
        }
    }
    None
}

fn attribute(text: &str) -> Option<Attribute> {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Value::Is(value.to_owned())),
        None => match text.strip_prefix(['-', '!']) {
            Some(name) => (name, Value::Not),
            None => (text, Value::Set),
        },
    };
    let is_name = !name.is_empty() && !name.starts_with('-');
    is_name.then(|| Attribute {
        name: name.to_owned(),
        value,
    })
}

/// A pattern of git as a glob; `None` for one that can match no file.
fn glob(pattern: &str) -> Option<Glob> {
    if pattern.starts_with('!') || pattern.ends_with('/') {
        return None;
    }
    let mut glob = String::new();
    let mut rest = pattern.strip_prefix('/').unwrap_or(pattern);
    while let Some(c) = rest.chars().next() {
        if let Some(class) = rest.strip_prefix("[:") {
            let (name, after) = class.split_once(":]")?;
            glob.push_str(match name {
                "space" | "blank" => " \t",
                "digit" => "0-9",
                "alpha" => "a-zA-Z",
                "alnum" => "a-zA-Z0-9",
                "upper" => "A-Z",
                "lower" => "a-z",
                "xdigit" => "0-9a-fA-F",
                _ => return None,
            });
            rest = after;
            continue;
        }
        match c {
            // No alternatives to git.
            '{' => glob.push_str("[{]"),
            '}' => glob.push_str("[}]"),
            c => glob.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    GlobBuilder::new(&glob)
        .literal_separator(true)
        .backslash_escape(true)
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether `path` is kept by Git LFS, with these attributes files.
    fn is_lfs(files: &[(&str, &str)], path: &str) -> bool {
        let attributes = Attributes::new(Base::on_disk(Path::new("/r")));
        let mut known = attributes.by_folder.lock().unwrap_or_else(PoisonError::into_inner);
        let mut folder = PathBuf::from("/r");
        let mut folders = vec![folder.clone()];
        for part in Path::new(path).parent().into_iter().flat_map(Path::components) {
            folder.push(part);
            folders.push(folder.clone());
        }
        for folder in folders {
            known.insert(folder, Arc::default());
        }
        for (folder, text) in files {
            known.insert(Path::new("/r").join(folder), Arc::new(File::parse(text)));
        }
        drop(known);
        attributes.is_lfs(&Path::new("/r").join(path))
    }

    const LFS: &str = "filter=lfs diff=lfs merge=lfs -text";

    #[test]
    fn patterns_are_read_as_git_reads_them() {
        for (pattern, path, expected) in [
            ("*.zip", "ev/a.zip", true),
            ("*.zip", "ev/a.zipx", false),
            ("ev/*.zip", "ev/a.zip", true),
            ("ev/*.zip", "x/ev/a.zip", false),
            ("/a.zip", "a.zip", true),
            ("/a.zip", "ev/a.zip", false),
            ("ev/**", "ev/x/a.zip", true),
            ("**/x/*.zip", "ev/x/a.zip", true),
            ("ev/", "ev/a.zip", false),
            ("ev", "ev/a.zip", false),
            ("!*.zip", "a.zip", false),
            ("*.{zip,csv}", "a.zip", false),
            ("*.{zip,csv}", "a.{zip,csv}", true),
            ("a[[:space:]]b.zip", "ev/a b.zip", true),
            ("a?b.zip", "ev/a b.zip", true),
            ("\"a b.zip\"", "ev/a b.zip", true),
            ("[0-9][!0-9].zip", "1a.zip", true),
            ("# *.zip", "a.zip", false),
        ] {
            assert_eq!(
                is_lfs(&[("", &format!("{pattern} {LFS}\n"))], path),
                expected,
                "{pattern} {path}"
            );
        }
    }

    #[test]
    fn the_last_and_deepest_word_counts() {
        let all = format!("*.zip {LFS}\n");
        let cases: [(&[(&str, &str)], bool); 12] = [
            (&[("", &all), ("ev", "*.zip -filter\n")], false),
            (&[("", &all), ("ev", "a.zip !filter\n")], false),
            (&[("", &all), ("ev", "a.zip filter=other\n")], false),
            (&[("", &all), ("ev", "b.zip -filter\n")], true),
            (&[("", "*.zip -filter\n"), ("ev", &all)], true),
            (&[("", &format!("{all}*.zip -filter\n"))], false),
            (&[("", &format!("*.zip -filter\n{all}"))], true),
            (&[("", "*.zip filter=lfs filter=x\n")], false),
            (&[("", "[attr]big filter=lfs -text\n*.zip big\n")], true),
            (&[("", "[attr]big filter=lfs\n*.zip big\nev/* -big\n")], false),
            (&[("", "*.zip filter\n")], false),
            (&[("other", &all)], false),
        ];
        for (files, expected) in cases {
            assert_eq!(is_lfs(files, "ev/a.zip"), expected, "{files:?}");
        }
    }
}
