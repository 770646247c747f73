//! The forms in which formats say it.

use super::{CLEAN, WRONG, call, document, errors, estate, said, text_at};
use crate::tool::{AS_OF, stderr, stdout, write};

#[test]
fn formats_of_lines_say_it_in_a_line_each() {
    let root = estate("includ = \"x\"\n[rules]\nstale-reprot = \"off\"\n");
    let expected = "soclint.toml:1:1: unknown key `includ` (did you mean `include`?)\n\
                    soclint.toml:3:1: there is no rule `stale-reprot` (did you mean `stale-report`?)\n\
                    soclint: the config cannot be used: 2 problems\n";
    for format in ["concise", "sarif", "gitlab", "junit", "markdown"] {
        assert_eq!(said(root.path(), &["check", "--format", format]), expected, "{format}");
    }
}

#[test]
fn programs_read_json_on_standard_error() {
    let root = estate("\n[rules]\n\"é\" = \"off\"\nstale-reprot = \"off\"\n");
    for args in [
        &["check"][..],
        &["config"],
        &["config", "--files"],
        &["waivers"],
        &["forecast", "--until", "2027-01-01"],
        &["baseline", "show"],
    ] {
        let document = document(root.path(), args);
        let found = errors(&document);
        assert_eq!(found.len(), 2, "{args:?}: {document}");
        assert_eq!(text_at(root.path(), &found[0]), "\"é\"");
        assert_eq!(text_at(root.path(), &found[1]), "stale-reprot");
        assert_eq!(
            found[1],
            serde_json::json!({
                "kind": "config",
                "message": "there is no rule `stale-reprot`",
                "path": "soclint.toml",
                "line": 4,
                "column": 1,
                "end-line": 4,
                "end-column": 13,
                "label": "did you mean `stale-report`?",
                "help": "`soclint rules` lists every rule",
            })
        );
    }
}

#[test]
fn every_kind_of_error_says_what_it_is_about() {
    let root = estate("");
    write(root.path(), "empty/x", "");
    write(root.path(), "baseline.toml", "version = 2\n");
    write(root.path(), "torn/scope.toml", "[services.a\ntitle = 1\n");
    write(root.path(), "both/soclint.toml", "");
    write(root.path(), "both/.soclint.toml", "");
    let cases: &[(&[&str], &str, Option<&str>, &str)] = &[
        (
            &["check", "--select", "stale-reprot"],
            "usage",
            None,
            "did you mean `stale-report`?",
        ),
        (&["check", "--summary"], "usage", None, "--format pretty"),
        (&["check", "--owner", "x"], "usage", None, "no owner"),
        (&["check", "missing"], "usage", None, "no such file or folder"),
        (
            &["forecast", "--until", "2020-01-01", "--as-of", AS_OF],
            "usage",
            None,
            "is before",
        ),
        (&["check", "--root", "missing"], "root", Some("missing"), "no such file"),
        (
            &["check", "--root", "scope.toml"],
            "root",
            Some("scope.toml"),
            "not a folder",
        ),
        (&["check", "--root", "both"], "root", Some("both"), "keep one of them"),
        (&["check", "--root", "empty"], "manifests", None, "no manifest ("),
        (
            &["check", "--baseline", "baseline.toml"],
            "baseline",
            Some("baseline.toml"),
            "only 1 is known",
        ),
        (
            &["check", "--baseline", "gone.toml"],
            "baseline",
            Some("gone.toml"),
            "cannot be read",
        ),
        (
            &["check", "--output", "sarif=scope.toml"],
            "output",
            Some("scope.toml"),
            "it is a manifest",
        ),
        (
            &["check", "--output", "sarif=no/folder/x"],
            "output",
            Some("no/folder/x"),
            "cannot write",
        ),
    ];
    for (args, kind, path, message) in cases {
        let document = document(root.path(), args);
        let [error] = errors(&document) else {
            panic!("{args:?}: {document}");
        };
        assert_eq!(error["kind"], *kind, "{args:?}: {error}");
        let text = error["message"].as_str().expect("a message");
        assert!(text.contains(message), "{args:?}: {error}");
        match (path, error["path"].as_str()) {
            (Some(path), Some(found)) => assert!(found.ends_with(path), "{args:?}: {error}"),
            (path, found) => assert_eq!(found, *path, "{args:?}: {error}"),
        }
        let format = if args.contains(&"forecast") { "table" } else { "sarif" };
        let plain = said(root.path(), &[*args, &["--format", format]].concat());
        assert!(plain.contains(message), "{args:?}: {plain}");
    }
}

#[test]
fn a_workflow_run_gets_annotations_with_paths_from_the_repository() {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join(".git")).expect("a folder");
    write(root.path(), "pay/soclint.toml", WRONG);
    write(root.path(), "pay/scope.toml", CLEAN);
    for (folder, args) in [("pay", &[][..]), (".", &["--root", "pay"])] {
        let args = [&["check", "--format", "github"], args].concat();
        let output = call(&root.path().join(folder), &args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(
            stdout(&output),
            "::error file=pay/soclint.toml,line=4,endLine=4,col=1,endColumn=13,title=soclint::there is no rule \
             `stale-reprot` (did you mean `stale-report`?)%0ATo fix it: `soclint rules` lists every rule\n"
        );
        assert!(
            stderr(&output).starts_with("soclint.toml:4:1: there is no rule"),
            "the log has it, too: {}",
            stderr(&output)
        );
    }
    let many: String = (0..25).map(|n| format!("unknown-{n} = 1\n")).collect();
    write(root.path(), "pay/soclint.toml", many);
    let output = call(&root.path().join("pay"), &["check", "--format", "github"]);
    let lines = stdout(&output);
    assert_eq!(lines.matches("::error ").count(), 10, "{lines}");
    assert!(lines.contains("::notice title=soclint::15 more problems"), "{lines}");
    let usage = call(root.path(), &["check", "--format", "github", "--select", "x%y"]);
    assert!(
        stdout(&usage).starts_with("::error title=soclint::there is no rule `x%25y`"),
        "{}",
        stdout(&usage)
    );
}

#[test]
fn nothing_stands_beside_the_document_on_standard_error() {
    let root = estate("");
    // The path that is not there would be a warning.
    let args = ["check", "scope.toml", "gone", "--baseline", "gone.toml"];
    assert_eq!(errors(&document(root.path(), &args))[0]["kind"], "baseline");
    let fixable = "[reports.r]\nframework = \"SOC 2\"\n";
    write(root.path(), "scope.toml", fixable);
    let args = ["check", "--fix", "--output", "sarif=soclint.toml"];
    assert_eq!(errors(&document(root.path(), &args))[0]["kind"], "output");
    let left = std::fs::read_to_string(root.path().join("scope.toml")).expect("a file");
    assert_eq!(left, fixable, "a run that is refused fixes nothing");
}
