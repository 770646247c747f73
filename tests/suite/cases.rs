//! Cases that say themselves what is to be found in them.
//!
//! A case is a file `<case>.scope.toml` or a folder that is a whole estate. It runs with one rule alone, or with those
//! of one group; what could not be read is reported whatever runs. Comment lines in its manifests and in the files of its
//! sources say the rest, behind `//` in JSON:
//!
//! - `#> severity rule subject`, followed by the text under the label in backticks, directly above the line that the
//!   finding points at; a control character in it is written as its picture: `␇`;
//! - `#> as-of YYYY-MM-DD`, the day, if it is not [`AS_OF`];
//! - `#> also RULE`, one more rule that runs.

use jiff::civil::Date;
use rayon::prelude::*;
use soclint::{Checked, Choice, Finding, Group, Session, Source};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub const AS_OF: &str = "2026-10-01";

pub fn project() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    // What is generated is written from a folder beside the tests.
    let above = manifest.ancestors().find(|folder| folder.join("fixtures").is_dir());
    above.expect("the project").to_owned()
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expected {
    pub path: String,
    pub line: usize,
    pub severity: String,
    pub rule: String,
    pub subject: String,
    pub label: String,
}

/// A case as it was read.
pub struct Case {
    pub path: PathBuf,
    as_of: Date,
    also: Vec<String>,
    pub expected: Vec<Expected>,
    /// What is wrong with its own words.
    pub mistakes: Vec<String>,
}

/// A case that was run.
pub struct Ran {
    pub case: Case,
    pub checked: Result<Checked, String>,
}

/// A rule's cases, or those of one kind of broken manifests.
pub struct Folder {
    /// The rule, or the kind.
    pub name: String,
    pub fails: Vec<Ran>,
    pub passes: Vec<Ran>,
    /// What is in it and is no case, and what should be in it and is not.
    pub mistakes: Vec<String>,
}

/// Every rule's cases, run with that rule.
pub fn of_rules() -> &'static [Folder] {
    static RULES: LazyLock<Vec<Folder>> = LazyLock::new(|| {
        let folders = entries(&project().join("fixtures/rules"));
        let folders = folders.par_iter().map(|folder| {
            let name = name(folder);
            let mut mistakes = Vec::new();
            for entry in entries(folder) {
                let known = matches!(self::name(&entry).as_str(), "fails" | "passes" | "said.txt");
                if !known {
                    mistakes.push(format!("{}: cases belong into fails/ or passes/", shown(&entry)));
                }
            }
            let mut run = |part: &str| ran(&folder.join(part), &[&name], &mut mistakes);
            let (fails, passes) = (run("fails"), run("passes"));
            Folder {
                name,
                fails,
                passes,
                mistakes,
            }
        });
        folders.collect()
    });
    &RULES
}

/// Manifests that cannot be read, or not wholly, by kind; and those that can. Only what is about reading runs.
pub fn broken() -> &'static [Folder] {
    static BROKEN: LazyLock<Vec<Folder>> = LazyLock::new(|| {
        let reading: Vec<&str> = soclint::rules()
            .filter(|rule| rule.group == Group::Reading)
            .map(|rule| rule.name)
            .collect();
        let folders = entries(&project().join("fixtures/broken"));
        let folders = folders.par_iter().map(|folder| {
            let (name, mut mistakes) = (name(folder), Vec::new());
            let cases = ran(folder, &reading, &mut mistakes);
            let (passes, fails) = cases.into_iter().partition(|ran| ran.case.expected.is_empty());
            Folder {
                name,
                fails,
                passes,
                mistakes,
            }
        });
        folders.collect()
    });
    &BROKEN
}

fn ran(folder: &Path, select: &[&str], mistakes: &mut Vec<String>) -> Vec<Ran> {
    let mut cases = Vec::new();
    for entry in entries(folder) {
        if entry.is_dir() || name(&entry).ends_with(".scope.toml") {
            cases.push(entry);
        } else {
            mistakes.push(format!("{}: neither a folder nor a `.scope.toml`", shown(&entry)));
        }
    }
    if cases.is_empty() {
        mistakes.push(format!("{}: no case in it", shown(folder)));
    }
    cases.par_iter().map(|case| run(case, select)).collect()
}

/// Runs a case with some rules, and with those that it names itself.
fn run(path: &Path, select: &[&str]) -> Ran {
    let mut case = Case::read(path);
    let select = select.iter().map(|rule| (*rule).to_owned());
    let choice = Choice {
        select: select.chain(case.also.iter().cloned()).collect(),
        ..Choice::default()
    };
    for rule in &case.also {
        if soclint::rule(rule).is_none() {
            case.mistakes.push(format!("`#> also {rule}`: there is no such rule"));
        }
    }
    for expected in &case.expected {
        let runs = choice.select.contains(&expected.rule)
            || soclint::rule(&expected.rule).is_some_and(soclint::Rule::is_reading_error);
        if !runs {
            let rule = &expected.rule;
            case.mistakes.push(format!(
                "{rule} does not run here; if this case is about it too: `#> also {rule}`"
            ));
        }
    }
    let checked = if path.is_dir() {
        Session::of_folder(path)
            .map(|session| session.check(case.as_of, &choice))
            .map_err(|error| error.to_string())
    } else {
        let bytes = std::fs::read(path).expect("a file");
        Ok(alone(
            Source::from_bytes("scope.toml".to_owned(), bytes),
            case.as_of,
            &choice,
        ))
    };
    if checked.as_ref().is_ok_and(|checked| checked.sources.is_empty()) {
        case.mistakes.push("no manifest in it".to_owned());
    }
    Ran { case, checked }
}

/// Checks a manifest that is alone: there is no other file that it could name.
pub fn alone(manifest: Source, as_of: Date, choice: &Choice) -> Checked {
    let session = Session::of_texts(vec![manifest], Vec::new()).expect("there is no config");
    session.check(as_of, choice)
}

impl Case {
    fn read(path: &Path) -> Self {
        let mut case = Self {
            path: path.to_owned(),
            as_of: AS_OF.parse().expect("a date"),
            also: Vec::new(),
            expected: Vec::new(),
            mistakes: Vec::new(),
        };
        if path.is_dir() {
            for file in files(path) {
                let has_comments = [
                    "toml",
                    "yml",
                    "yaml",
                    "tf",
                    "tofu",
                    "mcp.json",
                    "settings.json",
                    "npmrc",
                    "pypirc",
                    "netrc",
                ];
                if has_comments.iter().any(|known| name(&file).ends_with(known)) {
                    let name = file.strip_prefix(path).expect("within").to_string_lossy();
                    case.read_file(&file, &name.replace('\\', "/"));
                }
            }
        } else {
            case.read_file(path, "scope.toml");
        }
        case.expected.sort();
        case
    }

    fn read_file(&mut self, path: &Path, name: &str) {
        let bytes = std::fs::read(path).expect("a file");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut waiting: Vec<Expected> = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim_start_matches('\u{feff}').trim();
            let Some(said) = line.trim_start_matches("// ").strip_prefix("#>") else {
                self.expected.extend(waiting.drain(..).map(|expected| Expected {
                    line: number,
                    ..expected
                }));
                continue;
            };
            let said = said.trim();
            let understood = if let Some(date) = said.strip_prefix("as-of ") {
                date.parse().map(|date| self.as_of = date).is_ok()
            } else if let Some(rule) = said.strip_prefix("also ") {
                self.also.push(rule.to_owned());
                true
            } else {
                let expected = expected(said, name);
                let understood = expected.is_some();
                waiting.extend(expected);
                understood
            };
            if !understood {
                self.mistakes.push(format!("{name}:{number}: not understood: {line}"));
            }
        }
        if !waiting.is_empty() {
            self.mistakes.push(format!("{name}: an expectation at the end"));
        }
    }

    /// As the project names it.
    pub fn name(&self) -> String {
        shown(&self.path)
    }
}

fn expected(said: &str, path: &str) -> Option<Expected> {
    let (words, label) = said.split_once('`')?;
    let label = label.strip_suffix('`')?;
    let mut words = words.trim().splitn(3, ' ').map(str::to_owned);
    let (severity, rule, subject) = (words.next()?, words.next()?, words.next()?);
    let is_severity = matches!(severity.as_str(), "error" | "warning" | "note");
    (is_severity && soclint::rule(&rule).is_some()).then(|| Expected {
        path: path.to_owned(),
        line: 0,
        severity,
        rule,
        subject,
        label: label.chars().map(as_meant).collect(),
    })
}

/// A control character cannot stand in a comment; its picture can.
fn as_meant(c: char) -> char {
    match c {
        '\u{2400}'..='\u{241f}' => char::from_u32(u32::from(c) - 0x2400).unwrap_or(c),
        _ => c,
    }
}

/// What is found, as it is expected.
pub fn found(checked: &Checked, finding: &Finding) -> Expected {
    let place = finding.primary.place;
    let source = checked.sources.get(place.file);
    Expected {
        path: source.path.clone(),
        line: source.position(place.span.start).line,
        severity: finding.severity.to_string(),
        rule: finding.rule.to_owned(),
        subject: finding.subject.clone(),
        label: source.slice(place.span).replace("\r\n", "\n"),
    }
}

/// What is wrong with a case, if anything is.
pub fn failure(ran: &Ran) -> Option<String> {
    let mut problems: Vec<String> = ran.case.mistakes.iter().map(|mistake| format!("  {mistake}")).collect();
    match &ran.checked {
        Err(error) => problems.push(format!("  {error}")),
        Ok(checked) => {
            let findings = checked.outcome.findings.iter();
            let mut found: Vec<(Expected, &str)> = findings
                .map(|finding| (self::found(checked, finding), &*finding.message))
                .collect();
            for wanted in &ran.case.expected {
                match found.iter().position(|(found, _)| found == wanted) {
                    Some(at) => drop(found.remove(at)),
                    None => problems.push(format!("  missing: {wanted}")),
                }
            }
            let more = found.iter();
            problems.extend(more.map(|(found, message)| format!("  not expected: {found}\n      {message}")));
        }
    }
    (!problems.is_empty()).then(|| format!("{}\n{}", ran.case.name(), problems.join("\n")))
}

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            path,
            line,
            severity,
            rule,
            subject,
            label,
        } = self;
        write!(f, "{path}:{line} {severity} {rule} {subject} `{label}`")
    }
}

pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

/// Every file in a folder, however deep.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in entries(folder) {
        if entry.is_dir() {
            files.extend(self::files(&entry));
        } else {
            files.push(entry);
        }
    }
    files
}

pub fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// A path from the project's root.
pub fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(project()).unwrap_or(path);
    inside.to_string_lossy().replace('\\', "/")
}
