//! Configs that are written to do harm: what is said of them is bounded, quick, and only text.

use super::{CLEAN, call, document, errors, estate, said, underlined};
use crate::tool::{AS_OF, HANGS, stderr, stdout, write};
use std::time::Instant;

#[test]
fn ten_thousand_faults_are_told_in_bounds() {
    let many: String = (0..10_000).map(|n| format!("unknown-{n} = 1\n")).collect();
    let root = estate(&many);
    let started = Instant::now();
    let drawn = said(root.path(), &["check"]);
    assert!(drawn.len() < 100_000, "{}", drawn.len());
    assert_eq!(drawn.matches("error[config]").count(), 50);
    assert!(
        drawn.ends_with(
            "soclint: the config cannot be used: 10000 problems, of which the first 50 are shown; --format json has \
             all of them\n"
        ),
        "{}",
        &drawn[drawn.len() - 300..]
    );
    let lines = said(root.path(), &["check", "--format", "concise"]);
    assert_eq!(lines.lines().count(), 10_001);
    assert_eq!(errors(&document(root.path(), &["check"])).len(), 10_000);
    assert!(started.elapsed() < HANGS);
}

#[test]
fn a_line_of_megabytes_is_named_and_not_printed() {
    let long = "x".repeat(15 << 20);
    let half = &long[..7 << 20];
    for config in [
        format!("includ = \"{long}\"\n"),
        format!("{long} = 1\n"),
        format!("include = \"[{long}\"\n"),
        format!("exclude = \"!{long}\"\n"),
        format!("extends = \"{long}\"\n"),
        format!("[policy]\nrequire = \"{long}\"\n"),
        format!("# {half}\nincludd = 1\n# {half}\n"),
        format!("[rules]\n# {half}\nstale-reprot = \"off\" # {half}"),
        format!("includ = [\n\"{long}\",\n]\n"),
    ] {
        let root = estate(&config);
        let shown: String = config.chars().take(30).collect();
        let started = Instant::now();
        for format in ["pretty", "concise", "json", "github", "junit"] {
            let output = call(root.path(), &["check", "--format", format]);
            assert_eq!(output.status.code(), Some(2), "{shown}");
            let length = output.stdout.len() + output.stderr.len();
            assert!(length < 9_000, "{shown} {format}: {length} bytes");
            assert!(
                format == "json" || stderr(&output).contains("soclint.toml:"),
                "{shown} {format}: {}",
                stderr(&output)
            );
        }
        assert!(started.elapsed() < HANGS, "{shown}");
    }
}

#[test]
fn a_value_of_many_lines_is_shown_by_its_beginning() {
    let items: String = (0..5_000).map(|n| format!("  \"a-{n}\",\n")).collect();
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join(".git")).expect("a folder");
    write(
        root.path(),
        "org.toml",
        format!("final = \"exclude\"\nexclude = [\n{items}]\n"),
    );
    write(
        root.path(),
        "team/soclint.toml",
        format!(
            "extends = \"../org.toml\"\nexclude = [\n{items}  \"b\",\n]\n[policy]\nrequire = {{ a = [\n{items}] }}\n"
        ),
    );
    write(root.path(), "team/scope.toml", CLEAN);
    let drawn = said(&root.path().join("team"), &["check"]);
    assert!(drawn.len() < 10_000, "{} bytes: {}", drawn.len(), &drawn[..1_000]);
}

#[test]
fn text_of_a_stranger_stays_text() {
    let bidi = "\u{202e}\u{2066}\u{200b}";
    let configs = [
        format!("includ{bidi} = 1\n"),
        format!("# {bidi}\u{9b}31m\nincludd = \"{bidi}\" # {bidi}\n"),
        "[rules]\r\"stale\" = 1\r".to_owned(),
        "fail-on = \"a\rb\"\rincludd = 1\r".to_owned(),
        "includd = 1 # \u{1b}]0;x\u{7}\u{8}\u{0}\n".to_owned(),
        "\"a\\n::error::b\" = 1\n# ##[error]x\nincludd = \"##vso[task.complete]\" # ##[debug]\n".to_owned(),
        "\"a\\n::set-env name=x::y\" = \"%0A::error::\"\n".to_owned(),
        format!("\u{feff}includd = 1\n{bidi}"),
        "extends = \"a\\n::error::b\\u202e\"\n".to_owned(),
    ];
    for config in &configs {
        let root = estate(config);
        for format in ["pretty", "concise", "json", "github", "markdown"] {
            let output = call(root.path(), &["check", "--format", format]);
            assert_eq!(output.status.code(), Some(2), "{config:?} {format}");
            let (printed, said) = (stdout(&output), stderr(&output));
            for text in [&printed, &said] {
                let raw = text
                    .chars()
                    .find(|c| (c.is_control() && *c != '\n') || bidi.contains(*c) || *c == '\u{feff}');
                assert_eq!(raw, None, "{config:?} {format}: {text:?}");
                assert!(
                    !text.contains("##[") && !text.contains("##vso["),
                    "{config:?} {format}: {text}"
                );
            }
            assert!(
                !said.lines().any(|line| line.trim_start().starts_with("::")),
                "{config:?} {format}: {said}"
            );
            let commands = printed
                .lines()
                .filter(|line| !line.starts_with("::error file=soclint.toml,"));
            assert_eq!(commands.count(), 0, "{config:?} {format}: {printed}");
        }
        let document = document(root.path(), &["check"]);
        assert!(!errors(&document).is_empty(), "{config:?}");
    }
}

#[test]
fn a_finding_beside_a_line_of_megabytes_is_drawn_without_it() {
    let root = estate("");
    let long = "x".repeat(1 << 20);
    write(
        root.path(),
        "scope.toml",
        format!("[services.a]\n# {long}\nkindd = \"x\"\nexposure = \"internal\"\n# {long}\n"),
    );
    let output = call(root.path(), &["check", "--as-of", AS_OF]);
    let drawn = stdout(&output);
    assert_eq!(underlined(&drawn, "3 │ kindd = \"x\""), "kindd");
    assert!(drawn.len() < 4_000, "{} bytes", drawn.len());
}
