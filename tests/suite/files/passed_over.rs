//! What looks as if it were read, and is not: at most one line.

use super::{Place, right, strings, wrong};
use crate::tool::{stderr, stdout};

#[test]
fn look_alikes_are_said_once() {
    let names = [
        "Scope.toml",
        "a/SCOPE.TOML",
        "b/pay.scope.TOML",
        "c/scope.yaml",
        "d/pay.scopes.toml",
        "e/scope.json",
        "f/scope.tml",
    ];
    let mut files = vec![("scope.toml", right("o"))];
    files.extend(names.map(|name| (name, wrong("x"))));
    files.push(("g/microscope.toml", wrong("x")));
    files.push(("h/scope.rs", wrong("x")));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let place = Place::bare(&files);
    let document = place.json(&[]);
    assert_eq!(strings(&document["summary"]["passed-over"]["look-alikes"]), names);
    assert_eq!(document["findings"], serde_json::json!([]));
    for format in ["pretty", "concise", "markdown"] {
        let text = stdout(&place.run(&["check", "--format", format]));
        assert_eq!(text.matches("passed over").count(), 1, "{format}: {text}");
        let quiet = stdout(&place.run(&["check", "--format", format, "--quiet"]));
        assert!(format == "markdown" || quiet.is_empty(), "{format}: {quiet}");
    }
    assert!(
        place.summary().contains(
            "7 files that look like manifests or configs (Scope.toml, a/SCOPE.TOML, b/pay.scope.TOML, 4 more)"
        )
    );

    // Nothing for what is left out on purpose.
    for (file, text) in [
        (".gitignore", "/?/\nScope.toml\n"),
        (".ignore", "*\n"),
        ("soclint.toml", "exclude = [\"?/**\", \"Scope.toml\"]\n"),
        ("soclint.toml", "include = \"scope.toml\"\nexclude = \"[a-z]\"\n"),
        (
            "soclint.toml",
            "exclude = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"Scope.toml\"]\n",
        ),
    ] {
        place.write(&[(file, text)]);
        place.git(&["init", "-q"]);
        place.git(&["add", "-f", "scope.toml"]);
        let document = place.json(&[]);
        let left: Vec<&str> = strings(&document["summary"]["passed-over"]["look-alikes"]);
        let is_narrow = text.starts_with("include");
        assert_eq!(
            left,
            if is_narrow { vec!["Scope.toml"] } else { vec![] },
            "{file}: {text}"
        );
        std::fs::remove_file(place.at(file)).expect("gone");
    }
}

#[test]
fn without_a_manifest_the_look_alikes_are_named() {
    for name in [
        "Scope.toml",
        "pay/scope.yml",
        "x.SCOPE.toml",
        "scopes.toml",
        "a/b/scope.toml.txt",
    ] {
        let place = Place::tracked(&[(name, &wrong("x"))]);
        let output = place.check(&[]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        let said = stderr(&output);
        assert!(
            said.contains("no manifest (") && said.contains(&format!("({name})")),
            "{said}"
        );
    }
    let place = Place::tracked(&[("a.toml", "")]);
    assert!(!stderr(&place.check(&[])).contains("passed over"));
}

#[test]
fn configs_that_are_not_in_use_are_said() {
    let place = Place::tracked(&[
        ("soclint.toml", "extends = \"org/soclint.toml\"\n"),
        ("org/soclint.toml", ""),
        ("scope.toml", &right("o")),
        ("src/soclint.toml", "fail-on = \"never\"\n"),
        ("a/b/.soclint.toml", ""),
        ("Soclint.toml", ""),
        ("soclint.yaml", ""),
        ("c/soclint.json", ""),
    ]);
    let document = place.json(&[]);
    let passed = &document["summary"]["passed-over"];
    assert_eq!(strings(&passed["configs"]), ["a/b/.soclint.toml", "src/soclint.toml"]);
    assert_eq!(
        strings(&passed["look-alikes"]),
        ["Soclint.toml", "c/soclint.json", "soclint.yaml"]
    );
    assert!(
        place
            .summary()
            .contains("2 configs not in use (a/b/.soclint.toml, src/soclint.toml)")
    );
    assert!(
        place.state("soclint.toml").starts_with("config: ") && place.state("org/soclint.toml").starts_with("config: ")
    );
    assert!(place.state("src/soclint.toml").starts_with("other-config: "));
}

#[test]
fn patterns_without_effect_are_said() {
    let config = concat!(
        "extends = \"org/base.toml\"\n",
        "include = [\"**/scope.toml\", \"nowhere/*.toml\", \"pay/**/*.scope.toml\"]\n",
        "exclude = [\"vendor/**\", \"vendr/**\", \"old\", \"docs/*.md\"]\n",
        "[[overrides]]\npaths = [\"pay\", \"SRC/**\", \"hr/scope.toml\"]\nrules = {}\n",
    );
    let place = Place::tracked(&[
        ("soclint.toml", config),
        ("org/base.toml", "[[overrides]]\npaths = \"../pay\"\nrules = {}\n"),
        ("pay/scope.toml", &right("a")),
        ("pay/in/x.scope.toml", &right("b")),
        ("vendor/scope.toml", &right("c")),
        ("old/scope.toml", &right("d")),
        ("docs/a.md", "text"),
    ]);
    let document = place.json(&[]);
    let patterns = document["summary"]["passed-over"]["patterns"]
        .as_array()
        .expect("a list");
    let patterns: Vec<String> = patterns
        .iter()
        .map(|one| {
            format!(
                "{} {}",
                one["from"].as_str().expect("text"),
                one["pattern"].as_str().expect("text")
            )
        })
        .collect();
    assert_eq!(
        patterns,
        [
            "include nowhere/*.toml",
            "exclude vendr/**",
            "exclude docs/*.md",
            "overrides ../pay",
            "overrides SRC/**",
            "overrides hr/scope.toml",
        ]
    );
    assert!(
        place
            .summary()
            .contains("6 patterns without effect (\"nowhere/*.toml\" in include, \"vendr/**\" in exclude,")
    );
    // What an organization excludes is meant for more estates than this.
    place.write(&[
        ("soclint.toml", "extends = \"org/base.toml\"\n"),
        ("org/base.toml", "exclude = [\"a\", \"b/**\"]\n"),
    ]);
    assert!(!place.summary().contains("passed over"), "{}", place.summary());
}

#[test]
fn every_file_is_listed_with_why_it_is_read_or_not() {
    let place = Place::tracked(&[
        ("scope.toml", &right("o")),
        (
            "soclint.toml",
            "# first\nexclude = [\n  \"vendor/**\",\n  \"old.scope.toml\",\n]\n",
        ),
        (".gitignore", "# build\n/target\nx.*\n"),
        ("vendor/scope.toml", ""),
        ("old.scope.toml", ""),
        ("Scope.toml", ""),
    ]);
    place.write(&[
        ("target/scope.toml", ""),
        ("x.scope.toml", ""),
        ("clone/.git", ""),
        ("clone/scope.toml", ""),
    ]);
    for (path, state) in [
        ("scope.toml", "manifest: manifest"),
        ("soclint.toml", "config: config in use"),
        (
            "vendor/scope.toml",
            "excluded: excluded by \"vendor/**\" at soclint.toml:3",
        ),
        (
            "old.scope.toml",
            "excluded: excluded by \"old.scope.toml\" at soclint.toml:4",
        ),
        ("target/", "ignored: ignored by \"/target\" at .gitignore:2"),
        ("x.scope.toml", "ignored: ignored by \"x.*\" at .gitignore:3"),
        (
            "Scope.toml",
            "look-alike: looks like a manifest or a config, but is not named like one",
        ),
        ("clone/", "repository: the root of another repository or work tree"),
    ] {
        assert_eq!(place.state(path), state, "{path}");
    }
    let table = stdout(&place.run(&["config", "--files"]));
    assert!(table.starts_with("path") && table.contains("old.scope.toml"), "{table}");
    assert_eq!(table.lines().count(), place.listed().len() + 1);
    let read = table.lines().skip(1).filter(|line| line.contains("  read      "));
    assert_eq!(read.count(), 2, "{table}");
}
