//! A path pattern means the same wherever it is written.

use super::{Place, wrong};
use crate::tool::{stderr, stdout};

const FILES: [&str; 6] = [
    "scope.toml",
    "src/scope.toml",
    "src/sub/x.scope.toml",
    "[2026] Q1/scope.toml",
    "[2026] Q1/in/scope.toml",
    "2 Q1/scope.toml",
];

fn estate() -> Place {
    let files: Vec<(String, String)> = (0..)
        .zip(FILES)
        .map(|(at, path)| (path.to_owned(), wrong(&format!("s{at}"))))
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    Place::tracked(&files)
}

#[test]
fn it_takes_the_same_manifests_in_each_place() {
    let place = estate();
    let all = {
        let mut all = FILES.to_vec();
        all.sort_unstable();
        all
    };
    let in_src = ["src/scope.toml", "src/sub/x.scope.toml"];
    let in_quarter = ["[2026] Q1/in/scope.toml", "[2026] Q1/scope.toml"];
    for (pattern, taken) in [
        ("src", &in_src[..]),
        ("src/", &in_src),
        ("./src", &in_src),
        ("src/**", &in_src),
        ("./src/**", &in_src),
        ("s?c/**", &in_src),
        ("src/sub", &in_src[1..]),
        ("src/*/x.scope.toml", &in_src[1..]),
        ("[2026] Q1", &in_quarter),
        ("[2026] Q1/**", &in_quarter),
        ("[2026] Q1/*/scope.toml", &in_quarter[..1]),
        ("[[]2026] Q1/**", &in_quarter),
        ("SRC", &[]),
        ("rc/**", &[]),
        ("nothing", &[]),
    ] {
        let config = |text: String| {
            place.write(&[("soclint.toml", &text)]);
            place.paths()
        };
        let others: Vec<&str> = all.iter().copied().filter(|path| !taken.contains(path)).collect();
        assert_eq!(config(format!("exclude = {pattern:?}\n")), others, "exclude {pattern}");
        let overrides = "rules = { financial-impact-without-icfr-report = \"off\" }";
        config(format!("[[overrides]]\npaths = {pattern:?}\n{overrides}\n"));
        // Where it is off, what yielded to it is shown.
        let found = place
            .found(&[])
            .into_iter()
            .filter(|(rule, _)| rule == "financial-impact-without-icfr-report");
        let found: Vec<String> = found.map(|(_, path)| path).collect();
        assert_eq!(found, others, "overrides {pattern}");
        place.write(&[("soclint.toml", "")]);
        let named: Vec<String> = match taken {
            [] => {
                assert_eq!(place.check(&[pattern]).status.code(), Some(2), "named {pattern}");
                Vec::new()
            }
            _ => place.found(&[pattern]).into_iter().map(|(_, path)| path).collect(),
        };
        assert_eq!(named, taken, "named {pattern}");
        place.write(&[("soclint.toml", &format!("include = {pattern:?}\n"))]);
        match taken {
            [] => assert_eq!(place.check(&[]).status.code(), Some(2), "include {pattern}"),
            _ => assert_eq!(place.paths(), taken, "include {pattern}"),
        }
    }
}

#[test]
fn a_folder_that_is_included_means_its_manifests() {
    let place = Place::tracked(&[
        ("src/scope.toml", &wrong("a")),
        ("src/README.md", "# no manifest\n"),
        ("src/Cargo.toml", "[package]\n"),
        ("scope.toml", &wrong("b")),
    ]);
    for include in ["src", "src/", "./src", "/src", "./src/."] {
        place.write(&[("soclint.toml", &format!("include = {include:?}\n"))]);
        assert_eq!(place.paths(), ["src/scope.toml"], "{include}");
    }
}

#[test]
fn what_can_never_be_right_is_an_error_with_the_right_form() {
    let place = estate();
    for (pattern, right) in [
        ("!src/**", "./!src/**"),
        ("!src", "./!src"),
        ("src\\**", "\"src/**\""),
        ("src\\sub\\x.scope.toml", "\"src/sub/x.scope.toml\""),
        ("\\[2026\\] Q1/**", "\"[[]2026[]] Q1/**\""),
        ("\\!src", "/!src"),
    ] {
        for config in [
            format!("include = ['src', '{pattern}']\n"),
            format!("exclude = '{pattern}'\n"),
            format!("[[overrides]]\npaths = ['{pattern}']\nrules = {{}}\n"),
        ] {
            place.write(&[("soclint.toml", &config)]);
            let output = place.check(&["--format", "pretty"]);
            assert_eq!(output.status.code(), Some(2), "{config}");
            let said = stderr(&output);
            assert!(
                said.contains("[soclint.toml:") && said.contains(right),
                "{config}: {said}"
            );
            assert!(stdout(&output).is_empty());
        }
    }
}
