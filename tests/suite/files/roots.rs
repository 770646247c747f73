//! Where an estate begins, and what may decide it.

use super::{Place, right, run_in, without_git, wrong};
use crate::tool::{AS_OF, run, soclint, stderr, stdout};
use std::path::Path;
use std::process::Output;

fn with_git(folder: &Path, set: &[(&str, &str)]) -> Output {
    let mut command = soclint();
    without_git(&mut command);
    let arguments = ["check", "--as-of", AS_OF, "--format", "concise"];
    run(command.args(arguments).envs(set.iter().copied()).current_dir(folder))
}

#[test]
fn a_repository_that_is_kept_elsewhere_is_found() {
    let place = Place::tracked(&[("tree/a/b/scope.toml", &right("b")), ("tree/scope.toml", &wrong("a"))]);
    std::fs::rename(place.at(".git"), place.at("kept")).expect("moved");
    place.write(&[("tree/.gitignore", "/a\n")]);
    let kept = place.at("kept");
    let kept = kept.to_str().expect("text");
    let tree = place.at("tree");
    let tree = tree.to_str().expect("text");
    let expected = "scope.toml:2:";
    let inside = place.at("tree/a/b");
    for (folder, set) in [
        (place.at("tree"), vec![("GIT_DIR", kept)]),
        (place.at("tree"), vec![("GIT_DIR", "../kept")]),
        (place.at("tree"), vec![("GIT_DIR", kept), ("GIT_WORK_TREE", tree)]),
        (inside.clone(), vec![("GIT_DIR", kept), ("GIT_WORK_TREE", tree)]),
        (
            inside.clone(),
            vec![("GIT_DIR", "../../../kept"), ("GIT_WORK_TREE", "../..")],
        ),
    ] {
        let output = with_git(&folder, &set);
        assert!(
            stdout(&output).starts_with(expected),
            "{set:?}: {}{}",
            stdout(&output),
            stderr(&output)
        );
    }
    // What names no repository, or another one, decides nothing.
    let other = Place::tracked(&[("x.scope.toml", &wrong("x"))]);
    let other_git = other.at(".git");
    let own = Place::tracked(&[("deep/scope.toml", &wrong("own"))]);
    for set in [
        vec![("GIT_DIR", "nowhere")],
        vec![("GIT_DIR", "")],
        vec![("GIT_WORK_TREE", tree)],
        vec![("GIT_DIR", other_git.to_str().expect("text"))],
        vec![("GIT_DIR", kept), ("GIT_WORK_TREE", tree)],
    ] {
        let output = with_git(&own.at("deep"), &set);
        assert!(
            stdout(&output).starts_with("deep/scope.toml:2:"),
            "{set:?}: {}{}",
            stdout(&output),
            stderr(&output)
        );
    }
}

#[test]
fn the_index_that_a_hook_is_given_is_the_one_that_counts() {
    let place = Place::tracked(&[("a/scope.toml", &wrong("a")), ("scope.toml", &right("o"))]);
    std::fs::copy(place.at(".git/index"), place.at(".git/next")).expect("a copy");
    std::fs::remove_file(place.at(".git/index")).expect("gone");
    place.write(&[(".gitignore", "/a\n")]);
    let found = |set: &[(&str, &str)]| stdout(&with_git(place.path(), set)).starts_with("a/scope.toml");
    let next = place.at(".git/next");
    assert!(!found(&[]));
    assert!(found(&[("GIT_INDEX_FILE", ".git/next")]));
    assert!(found(&[("GIT_INDEX_FILE", next.to_str().expect("text"))]));
    assert!(found(&[("GIT_INDEX_FILE", ".git/next"), ("GIT_DIR", ".git")]));
    // It is none of another repository's business.
    let other = Place::tracked(&[("a/scope.toml", &wrong("a")), ("scope.toml", &right("o"))]);
    other.write(&[(".gitignore", "/a\n")]);
    let arguments = ["check", "--as-of", AS_OF, "--format", "concise", "--root"];
    let mut command = soclint();
    without_git(&mut command);
    command.args(arguments).arg(other.path()).current_dir(place.path());
    let output = run(command.env("GIT_INDEX_FILE", ".git/nothing"));
    assert!(stdout(&output).starts_with("a/scope.toml"), "{}", stdout(&output));
}

#[test]
fn the_summary_names_the_root_and_the_config() {
    let place = Place::tracked(&[
        ("soclint.toml", ""),
        ("scope.toml", &right("a")),
        ("services/pay/.soclint.toml", ""),
        ("services/pay/scope.toml", &right("b")),
        ("services/card/scope.toml", &right("c")),
    ]);
    for (folder, arguments, says) in [
        (".", &[][..], "root ., config soclint.toml"),
        ("services/pay", &[], "root services/pay, config .soclint.toml"),
        ("services/card", &[], "root ., config soclint.toml"),
        (".", &["--root", "services/card"], "root services/card, no config"),
        (
            ".",
            &["--root", "services/card", "--config", "soclint.toml"],
            "root services/card, config ../../soclint.toml",
        ),
    ] {
        for format in ["concise", "pretty", "markdown"] {
            let fixed = ["check", "--as-of", AS_OF, "--format", format];
            let text = stdout(&run_in(&place.at(folder), &[&fixed, arguments].concat()));
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(says), "{folder} {format}: {text}");
        }
    }
}

#[test]
fn two_estates_of_one_repository_know_nothing_of_each_other() {
    let place = Place::tracked(&[
        ("pay/soclint.toml", ""),
        ("pay/scope.toml", &wrong("a")),
        ("card/soclint.toml", "fail-on = \"never\"\n"),
        ("card/scope.toml", &wrong("a")),
    ]);
    for (estate, status) in [("pay", 1), ("card", 0)] {
        let output = run_in(&place.at(estate), &["check", "--as-of", AS_OF, "--format", "concise"]);
        assert_eq!(output.status.code(), Some(status), "{estate}");
        assert!(
            stdout(&output).contains("1 error, 0 warnings and 0 notes in 1 manifest"),
            "{}",
            stdout(&output)
        );
    }
}

#[cfg(unix)]
#[test]
fn a_config_may_not_be_a_link_out_of_the_repository() {
    use std::os::unix::fs::symlink;
    let outside = Place::bare(&[("soclint.toml", "fail-on = \"never\"\n")]);
    let outside = outside.path().join("soclint.toml");
    for target in [
        outside.to_str().expect("text"),
        "/proc/self/environ",
        "/etc/passwd",
        "/dev/null",
        "../../../../../../etc/hostname",
    ] {
        for name in ["soclint.toml", ".soclint.toml"] {
            for arguments in [
                &["check"][..],
                &["check", "--config", name],
                &["config"],
                &["baseline", "write"],
            ] {
                let place = Place::tracked(&[("scope.toml", &wrong("a"))]);
                symlink(target, place.at(name)).expect("a link");
                let output = place.run(arguments);
                assert_eq!(output.status.code(), Some(2), "{target} {arguments:?}");
                assert!(
                    stderr(&output).contains("link out of the repository"),
                    "{target}: {}",
                    stderr(&output)
                );
                assert!(stdout(&output).is_empty());
            }
        }
    }
    // Within, a link is as good as a file, and its own folder is the root.
    let place = Place::tracked(&[
        ("org/soclint.toml", "fail-on = \"never\"\n"),
        ("a/scope.toml", &wrong("a")),
    ]);
    symlink("../org/soclint.toml", place.at("a/soclint.toml")).expect("a link");
    let output = run_in(&place.at("a"), &["check", "--as-of", AS_OF, "--format", "concise"]);
    assert!(
        output.status.success() && stdout(&output).contains("root a, config soclint.toml"),
        "{}",
        stdout(&output)
    );
    // One outside that is named on the command line is the user's own choice.
    let named = place.check(&["--root", "a", "--config", outside.to_str().expect("text")]);
    assert!(named.status.success(), "{}", stderr(&named));
}

#[test]
fn without_a_repository_extends_does_not_leave_the_root() {
    let place = Place::bare(&[
        ("org.toml", ""),
        ("in/base.toml", ""),
        ("in/scope.toml", &right("a")),
        ("in/deep/base.toml", ""),
        ("outside/x.toml", ""),
    ]);
    let status = |extends: &str| {
        place.write(&[("in/soclint.toml", &format!("extends = {extends:?}\n"))]);
        let output = run_in(&place.at("in"), &["check", "--as-of", AS_OF]);
        (output.status.code(), stderr(&output))
    };
    for inside in ["base.toml", "./base.toml", "deep/base.toml", "../in/base.toml"] {
        assert_eq!(status(inside).0, Some(0), "{inside}");
    }
    let absolute = place.at("org.toml");
    for outside in [
        "../org.toml",
        "../outside/x.toml",
        "/etc/passwd",
        "deep/../../org.toml",
        absolute.to_str().expect("text"),
    ] {
        let (code, said) = status(outside);
        assert_eq!(code, Some(2), "{outside}");
        assert!(said.contains("is outside the root"), "{outside}: {said}");
    }
}

#[test]
fn an_empty_as_of_is_none() {
    let place = Place::tracked(&[("scope.toml", &right("a"))]);
    let run_on = |day: &str, arguments: &[&str]| {
        let mut command = soclint();
        without_git(&mut command);
        let fixed = ["--format", "json"];
        run(command
            .args([arguments, &fixed].concat())
            .env("SOCLINT_AS_OF", day)
            .current_dir(place.path()))
    };
    for arguments in [&["check"][..], &["waivers"], &["forecast", "--until", "9999-12-31"]] {
        assert!(run_on("", arguments).status.success(), "{arguments:?}");
        assert!(run_on("2026-10-01", arguments).status.success(), "{arguments:?}");
        for wrong in ["2026-13-01", "today", " ", "2026-1-1"] {
            let output = run_on(wrong, arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?} {wrong}");
            assert!(stderr(&output).contains("SOCLINT_AS_OF"), "{}", stderr(&output));
        }
    }
    assert!(stdout(&run_on("2026-10-01", &["check"])).contains("\"as-of\": \"2026-10-01\""));
    assert!(stdout(&run_on("2026-10-01", &["check", "--as-of", "2025-01-02"])).contains("\"as-of\": \"2025-01-02\""));
}

#[test]
fn a_path_where_a_command_belongs_is_understood() {
    let place = Place::tracked(&[("services/scope.toml", &right("a"))]);
    for path in [
        ".",
        "..",
        "./services",
        "services",
        "services/scope.toml",
        "/",
        "no/where",
    ] {
        let output = place.run(&[path]);
        assert_eq!(output.status.code(), Some(2), "{path}");
        assert!(
            stderr(&output).contains(&format!("soclint check {path}`")),
            "{path}: {}",
            stderr(&output)
        );
    }
    for word in ["chekc", "lint", "x"] {
        let output = place.run(&[word]);
        assert!(
            !stderr(&output).contains("soclint check "),
            "{word}: {}",
            stderr(&output)
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_told_apart_and_stop_nothing() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let place = Place::bare(&[("z.scope.toml", "[reports.z]\nframework = \"SOC 2\"\n")]);
    let names: [&[u8]; 5] = [b"\xff", b"\xfe", b"a\xc3", b"\x80\x81", b"b\xed\xa0\x80"];
    for (at, name) in names.iter().enumerate() {
        let folder = place.path().join(OsStr::from_bytes(name));
        std::fs::create_dir(&folder).expect("linux takes any name");
        std::fs::write(
            folder.join("scope.toml"),
            format!("[reports.r{at}]\nframework = \"SOC 2\"\n"),
        )
        .expect("a file");
    }
    let spelled = |document: &serde_json::Value| {
        let findings = crate::tool::findings(document).iter();
        let spelled = findings.filter(|finding| finding["rule"] == "non-canonical-spelling");
        let mut paths: Vec<String> = spelled
            .map(|finding| finding["location"]["path"].as_str().expect("text").to_owned())
            .collect();
        paths.sort();
        paths.dedup();
        paths
    };
    let expected = [
        "\\x80\\x81/scope.toml",
        "\\xfe/scope.toml",
        "\\xff/scope.toml",
        "a\\xc3/scope.toml",
        "b\\xed\\xa0\\x80/scope.toml",
        "z.scope.toml",
    ];
    assert_eq!(spelled(&place.json(&[])), expected);
    let output = place.check(&["--fix"]);
    assert!(stderr(&output).contains("in 6 files"), "{}", stderr(&output));
    assert!(spelled(&place.json(&[])).is_empty());
}
