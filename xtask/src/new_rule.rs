//! A new rule: its source, its page, a case that fails and one that passes, and its lines in its family.

use crate::cases::project;
use soclint::internals::rules::{self, Group};

/// What is in the templates for what differs from rule to rule.
const NAME: &str = "rule-name";
const STEM: &str = "rule_stem";
const GROUP: &str = "RuleGroup";
const SINCE: &str = "rule.version";

pub fn make(family: &str, name: &str) -> Result<(), String> {
    let group = group(family)?;
    check_name(name)?;
    let stem = rules::file_stem(group, name);
    let folder = format!("src/rules/{family}");
    let filled = |template: &str| {
        let text = template.replace(NAME, name).replace(STEM, &stem);
        let text = text.replace(GROUP, &format!("{group:?}"));
        text.replace(SINCE, soclint::VERSION)
    };
    let files = [
        (format!("{folder}/{stem}.rs"), include_str!("../template/rule.rs")),
        (format!("{folder}/{stem}.md"), include_str!("../template/page.md")),
        (
            format!("fixtures/rules/{name}/fails/first.scope.toml"),
            include_str!("../template/fails.toml"),
        ),
        (
            format!("fixtures/rules/{name}/passes/first.scope.toml"),
            include_str!("../template/passes.toml"),
        ),
    ];
    let list = format!("{folder}/mod.rs");
    let listed = registered(&read(&list)?, &stem).ok_or_else(|| format!("{list}: there is no list `RULES` in it"))?;
    for (path, _) in &files {
        if project().join(path).exists() {
            return Err(format!("{path} is there already"));
        }
    }
    for (path, template) in files {
        write(&path, &filled(template))?;
    }
    write(&list, &listed)?;
    println!(
        "next: say in each of these what is marked with TODO; then `cargo xtask gen`, and `cargo test`.\n\
         More cases: fixtures/rules/{name}/fails and passes, each named for what it shows."
    );
    Ok(())
}

fn group(family: &str) -> Result<Group, String> {
    let mut groups: Vec<Group> = rules::all().map(|rule| rule.group).collect();
    groups.sort();
    groups.dedup();
    // Those about reading are made of a fault of the reader, not of a fact of the estate.
    groups.retain(|group| *group != Group::Reading);
    let found = groups.iter().find(|group| group.folder() == family);
    found.copied().ok_or_else(|| {
        let folders: Vec<&str> = groups.iter().map(|group| group.folder()).collect();
        format!("there is no family {family}; there are {}", folders.join(", "))
    })
}

fn check_name(name: &str) -> Result<(), String> {
    let is_kebab = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if !name.split('-').all(is_kebab) || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Err(format!(
            "{name} is not a rule's name: lower case, with `-` between words"
        ));
    }
    match rules::find(name) {
        Some(_) => Err(format!("there is a rule {name} already")),
        None => Ok(()),
    }
}

/// The list of a family with one more rule: among the modules by name, and last in `RULES`.
fn registered(list: &str, stem: &str) -> Option<String> {
    let is_module = |line: &str| line.starts_with("mod ") || line.starts_with("pub mod ");
    let module = |line: &str| line.trim_start_matches("pub ").to_owned();
    let mut lines: Vec<String> = list.lines().map(str::to_owned).collect();
    let new = format!("mod {stem};");
    let first = lines.iter().position(|line| is_module(line))?;
    let after = lines[first..]
        .iter()
        .position(|line| !is_module(line) || module(line) > new);
    lines.insert(after.map_or(lines.len(), |after| first + after), new);
    let rules = lines.iter().position(|line| line.starts_with("pub const RULES"))?;
    let end = rules + lines[rules..].iter().position(|line| line == "];")?;
    lines.insert(end, format!("    &{stem}::RULE,"));
    Some(lines.join("\n") + "\n")
}

fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(project().join(path)).map_err(|error| format!("{path}: {error}"))
}

fn write(path: &str, text: &str) -> Result<(), String> {
    let file = project().join(path);
    let written = match file.parent() {
        Some(folder) => std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&file, text)),
        None => std::fs::write(&file, text),
    };
    written.map_err(|error| format!("{path}: {error}"))?;
    println!("{path}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_registered_among_the_modules_and_last_in_the_list() {
        let list =
            "//! Rules.\n\nmod a;\npub mod c;\n\npub const RULES: &[&Rule] = &[\n    &c::RULE,\n    &a::RULE,\n];\n";
        let with = |stem| registered(list, stem).unwrap_or_default();
        let rules = |stem: &str| format!("    &c::RULE,\n    &a::RULE,\n    &{stem}::RULE,\n];\n");
        for (stem, modules) in [
            ("b", "mod a;\nmod b;\npub mod c;\n"),
            ("d", "mod a;\npub mod c;\nmod d;\n"),
            ("_a", "mod _a;\nmod a;\npub mod c;\n"),
        ] {
            let text = with(stem);
            assert!(text.contains(modules) && text.ends_with(&rules(stem)), "{text}");
        }
    }

    #[test]
    fn a_name_that_is_taken_or_is_none_is_refused() {
        assert!(check_name("new-rule-2").is_ok());
        for name in ["stale-report", "New", "a--b", "a_b", "-a", "a-", "", "2a"] {
            assert!(check_name(name).is_err(), "{name}");
        }
        assert!(group("reading").is_err() && group("third_parties").is_ok());
    }
}
