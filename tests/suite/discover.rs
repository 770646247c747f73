//! What files show, by source: each row of the tables with a case that is found and one that must stay silent.
//!
//! A case of `fixtures/discover/<source>` is a file, which is put where such files lie, or a folder that is a whole
//! repository. `#> demanded LOCATOR` (`asked`, `shown`), with the text at the place in backticks, stands directly above
//! the line (behind `//` in JSON, as `//>` in Groovy); `#> one CANONICAL LOCATOR` where the place belongs to the identity of
//! another name. A file without comments has its places in `expected.txt`. Nothing else may be seen.

use crate::cases::{entries, files, name, project, shown};
use crate::tool;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// `file:line`, what is asked, the canonical locator, the locator at the place, and the text there.
pub type Place = (String, String, String, String, String);

#[test]
fn each_source_shows_what_its_cases_say_and_nothing_else() {
    all_cases(str::to_owned);
}

#[test]
fn so_it_does_with_other_ends_of_lines_and_a_byte_order_mark() {
    all_cases(|text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
}

fn all_cases(written: fn(&str) -> String) {
    let mut wrong = Vec::new();
    for source in entries(&project().join("fixtures/discover")) {
        let cases = entries(&source);
        assert!(cases.len() > 1, "{}: too few cases", shown(&source));
        for case in cases {
            let root = tempfile::tempdir().expect("a temporary folder");
            let (expected, mistakes) = lay_out(&case, &name(&source), root.path(), written);
            wrong.extend(mistakes);
            let seen = seen(root.path());
            for place in expected.difference(&seen) {
                wrong.push(format!("{}: missing {place:?}", shown(&case)));
            }
            for place in seen.difference(&expected) {
                wrong.push(format!("{}: not expected {place:?}", shown(&case)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Puts a case into a folder, and gives what it says of itself.
pub fn lay_out(case: &Path, source: &str, root: &Path, written: fn(&str) -> String) -> (BTreeSet<Place>, Vec<String>) {
    let (mut expected, mut mistakes) = (BTreeSet::new(), Vec::new());
    let all = if case.is_dir() {
        files(case)
    } else {
        vec![case.to_owned()]
    };
    for file in all {
        let text = std::fs::read_to_string(&file).expect("a text");
        let inside = file.strip_prefix(case).expect("within").to_string_lossy().into_owned();
        if inside == "expected.txt" {
            for line in text.lines() {
                let (at, said) = line.split_once(' ').expect("a place");
                expected.extend(read(said, at.to_owned()));
            }
            continue;
        }
        let path = match (case.is_dir(), source) {
            (true, _) => inside,
            (false, "github-actions") => format!(".github/workflows/{}", name(&file)),
            (false, "terraform") => format!("infra/{}", name(&file)),
            (false, "kubernetes") => format!("k8s/{}", name(&file)),
            (false, "gitlab-ci") => format!(".gitlab/{}", name(&file)),
            (false, "circleci") => format!(".circleci/{}", name(&file)),
            (false, "jenkins") => format!("ci/{}", name(&file)),
            (false, _) => format!("stacks/{}", name(&file)),
        };
        let mut waiting = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            let said = line.trim_start_matches("// ").strip_prefix("#> ");
            match said.or_else(|| line.strip_prefix("//> ")) {
                Some(said) => waiting.push(said.to_owned()),
                None => {
                    for said in waiting.drain(..) {
                        match read(&said, format!("{path}:{number}")) {
                            Some(place) => drop(expected.insert(place)),
                            None => mistakes.push(format!("{}: not understood: {said}", shown(&file))),
                        }
                    }
                }
            }
        }
        tool::write(root, &path, written(&text));
    }
    (expected, mistakes)
}

fn read(said: &str, at: String) -> Option<Place> {
    let (words, text) = said.split_once('`')?;
    let words: Vec<&str> = words.split_whitespace().collect();
    let text = text.strip_suffix('`')?.to_owned();
    match words.as_slice() {
        ["one", canonical, locator] => Some((
            at,
            "one".to_owned(),
            (*canonical).to_owned(),
            (*locator).to_owned(),
            text,
        )),
        [demand, locator] => Some((
            at,
            (*demand).to_owned(),
            (*locator).to_owned(),
            (*locator).to_owned(),
            text,
        )),
        _ => None,
    }
}

/// What the program lists, each place with as much of the text there as the expectation has.
fn seen(root: &Path) -> BTreeSet<Place> {
    let output = tool::run(
        tool::soclint()
            .args([
                "inventory",
                "--all",
                "--format",
                "json",
                "--as-of",
                tool::AS_OF,
                "--root",
            ])
            .arg(root),
    );
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut seen = BTreeSet::new();
    for identity in document["identities"].as_array().expect("a list") {
        let subject = identity["subject"].as_str().expect("text");
        let canonical = subject.strip_prefix("seen(").and_then(|rest| rest.strip_suffix(')'));
        let canonical = canonical.expect("nothing is declared here");
        let places = identity["places"].as_array().expect("a list");
        for place in places {
            let text = |key: &str| place[key].as_str().expect("text").to_owned();
            let (file, locator) = (text("file"), text("locator"));
            let (line, column) = (place["line"].as_u64(), place["column"].as_u64());
            let (line, column) = (line.expect("a number"), column.expect("a number"));
            let source = std::fs::read_to_string(root.join(&file)).expect("a file");
            let rest: String = source
                .trim_start_matches('\u{feff}')
                .lines()
                .nth(line as usize - 1)
                .expect("a line")
                .chars()
                .skip(column as usize - 1)
                .collect();
            let demand = identity["demand"].as_str().expect("a demand").to_owned();
            let demand = if locator == canonical { demand } else { "one".to_owned() };
            seen.insert((
                format!("{file}:{line}"),
                demand,
                canonical.to_owned(),
                locator.clone(),
                until(&rest, &locator),
            ));
        }
    }
    seen
}

/// The text at a place, as far as it is a name, an ARN or the labels of a resource.
fn until(rest: &str, locator: &str) -> String {
    if rest.starts_with('"') {
        let end = rest.find(['{', ':']).unwrap_or(rest.len());
        return rest[..end].trim().to_owned();
    }
    let mut depth = 0;
    let end = rest.char_indices().find(|(at, c)| {
        depth += i32::from(*c == '{') - i32::from(*c == '}');
        let is_template = depth > 0 || *c == '$' || (*c == '}' && rest[..*at].contains('{'));
        let is_of_name = c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@');
        let is_colon = *c == ':' && (locator.starts_with("arn:") || rest.starts_with("arn:"));
        !(is_template || is_of_name || is_colon)
    });
    rest[..end.map_or(rest.len(), |(at, _)| at)].to_owned()
}
