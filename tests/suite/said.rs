//! What findings say in words: message, help, and what else they point at, of every case that fails.
//!
//! `fixtures/rules/<rule>/said.txt` holds these words. With `SOCLINT_WRITE_SAID` set, the test writes them anew, and what
//! changed is there to be read.

use crate::expect;
use crate::tool::{self, project};
use rayon::prelude::*;
use serde_json::Value;
use std::path::Path;

/// What a finding says; its help only where it is another than the last one.
fn said(finding: &Value, help: &mut String) -> String {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let start = |value: &Value| {
        let location = &value["location"];
        format!("{}:{}", text(&location["path"]), location["start"]["line"])
    };
    let mut lines = vec![format!("{} {}", start(finding), text(&finding["message"]))];
    let own = text(&finding["help"]);
    if *help != own {
        lines.push(format!("  help: {own}"));
        *help = own;
    }
    for related in finding["related"].as_array().expect("a list") {
        lines.push(format!("  {} {}", start(related), text(&related["message"])));
    }
    lines.join("\n")
}

/// What is said of a rule's cases that fail, by this rule.
fn said_of(folder: &Path) -> String {
    let rule = folder.file_name().expect("a name").to_string_lossy();
    let cases = expect::cases(&folder.join("fails"));
    let documents: Vec<Value> = cases.par_iter().map(|case| expect::found(case)).collect();
    let mut help = String::new();
    let blocks = cases.iter().zip(&documents).map(|(case, document)| {
        let findings = tool::findings(document).iter();
        let of_rule = findings.filter(|finding| finding["rule"] == *rule);
        let said: Vec<String> = of_rule.map(|finding| said(finding, &mut help)).collect();
        let name = case.file_name().expect("a name").to_string_lossy();
        format!("# {name}\n{}\n", said.join("\n"))
    });
    blocks.collect::<Vec<String>>().join("\n")
}

#[test]
fn findings_say_what_is_written_down() {
    let write = std::env::var_os("SOCLINT_WRITE_SAID").is_some();
    let mut wrong = Vec::new();
    for rule in std::fs::read_dir(project().join("fixtures/rules")).expect("fixtures") {
        let folder = rule.expect("an entry").path();
        let (file, said) = (folder.join("said.txt"), said_of(&folder));
        if write {
            std::fs::write(&file, &said).expect("a file can be written");
        }
        let known = std::fs::read_to_string(&file).unwrap_or_default();
        let mut lines = known.lines();
        for line in said.lines() {
            let before = lines.next().unwrap_or("(nothing)");
            if line != before {
                wrong.push(format!("{}\n  was: {before}\n  now: {line}", file.display()));
                break;
            }
        }
        if lines.next().is_some() {
            wrong.push(format!("{}: says more", file.display()));
        }
    }
    wrong.sort();
    assert!(
        wrong.is_empty(),
        "if these words are right, set SOCLINT_WRITE_SAID and run the test again:\n{}",
        wrong.join("\n")
    );
}
