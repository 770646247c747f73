//! Ignore files count as git counts them, and never for what git tracks.

use super::{Place, git, right, run_in, wrong};
use crate::tool::{AS_OF, HANGS, stderr, stdout};
use std::process::Command;
use std::time::Instant;

/// What lies above or outside of a repository hides nothing in it, whatever it says.
#[test]
fn nothing_above_or_outside_a_repository_counts() {
    let outer = Place::bare(&[("in/proj/pay/scope.toml", &wrong("a")), ("in/proj/.keep", "")]);
    let project = outer.at("in/proj");
    git(&project, &["init", "-q"]);
    git(&project, &["add", "-A"]);
    let found = || {
        let output = run_in(&project, &["check", "--as-of", AS_OF, "--format", "concise", "--quiet"]);
        stdout(&output)
    };
    let expected = found();
    assert!(expected.starts_with("pay/scope.toml:2:"), "{expected}");
    for (file, text) in [
        (".gitignore", "pay/\n"),
        (".ignore", "scope.toml\n"),
        ("in/.gitignore", "*\n"),
        ("in/.ignore", "**/pay\n"),
        (".rgignore", "*\n"),
        ("in/proj/.git/info/exclude", "pay\n*.toml\n"),
        ("home/.config/git/ignore", "*\n"),
    ] {
        outer.write(&[(file, text)]);
        let output = Command::new(env!("CARGO_BIN_EXE_soclint"))
            .args(["check", "--as-of", AS_OF, "--format", "concise", "--quiet"])
            .env("HOME", outer.at("home"))
            .env("XDG_CONFIG_HOME", outer.at("home/.config"))
            .current_dir(&project)
            .output()
            .expect("the program runs");
        assert_eq!(stdout(&output), expected, "{file}");
    }
    // Without a repository, what lies above the estate's root does not count either.
    std::fs::remove_dir_all(project.join(".git")).expect("gone");
    let output = run_in(
        &outer.at("in"),
        &[
            "check", "--as-of", AS_OF, "--root", "proj", "--quiet", "--format", "concise",
        ],
    );
    assert_eq!(stdout(&output), expected);
}

#[test]
fn what_git_leaves_out_is_left_out() {
    let place = Place::tracked(&[
        (
            ".gitignore",
            "/build\n*.tmp.scope.toml\n!kept.tmp.scope.toml\nlogs/**/deep\n\\#odd\n",
        ),
        ("a/.gitignore", "scope.toml\n!/b/scope.toml\n"),
        (".ignore", "scratch\n"),
        ("build/scope.toml", &wrong("one")),
        ("x.tmp.scope.toml", &wrong("two")),
        ("a/scope.toml", &wrong("three")),
        ("a/c/scope.toml", &wrong("four")),
        ("logs/x/y/deep/scope.toml", &wrong("five")),
        ("#odd/scope.toml", &wrong("six")),
        ("kept.tmp.scope.toml", &wrong("kept")),
        ("a/b/scope.toml", &wrong("b")),
        ("sub/build/scope.toml", &wrong("sub")),
    ]);
    // `.ignore` is none of git's.
    place.write(&[("scratch/scope.toml", &wrong("seven"))]);
    assert_eq!(
        place.paths(),
        ["a/b/scope.toml", "kept.tmp.scope.toml", "sub/build/scope.toml"]
    );
    assert_eq!(
        place.state("a/c/scope.toml"),
        "ignored: ignored by \"scope.toml\" at a/.gitignore:1"
    );
    assert_eq!(place.state("build/"), "ignored: ignored by \"/build\" at .gitignore:1");
    assert_eq!(place.state("scratch/"), "ignored: ignored by \"scratch\" at .ignore:1");
    assert!(!place.summary().contains("passed over"), "{}", place.summary());
}

#[test]
fn an_estate_in_a_repository_heeds_what_stands_above_it_up_to_the_repository() {
    let files = [
        (".gitignore", "**/gen/\n"),
        ("teams/.gitignore", "draft.scope.toml\n"),
        ("teams/pay/soclint.toml", ""),
        ("teams/pay/scope.toml", &wrong("a")),
        ("teams/pay/gen/scope.toml", &wrong("b")),
        ("teams/pay/draft.scope.toml", &wrong("c")),
    ];
    let place = Place::tracked(&files);
    let output = run_in(
        &place.at("teams/pay"),
        &["check", "--as-of", AS_OF, "--format", "concise"],
    );
    let text = stdout(&output);
    assert!(
        text.starts_with("scope.toml:2:") && text.contains("1 error, "),
        "{text}"
    );
    // An ignored folder that is named as the root is meant to be read.
    let output = run_in(
        place.path(),
        &[
            "check",
            "--as-of",
            AS_OF,
            "--format",
            "concise",
            "--root",
            "teams/pay/gen",
        ],
    );
    assert!(stdout(&output).contains("in 1 manifest"), "{}", stderr(&output));
}

#[test]
fn what_git_tracks_is_read_though_a_pattern_names_it() {
    for (version, hash) in [("2", "sha1"), ("4", "sha1"), ("2", "sha256")] {
        let place = Place::bare(&[
            ("pay/scope.toml", &wrong("a")),
            ("pay/deep/er/x.scope.toml", &wrong("b")),
            ("c.scope.toml", &wrong("c")),
            ("d/scope.toml", &wrong("d")),
            ("e/scope.toml", &wrong("e")),
            ("f/scope.toml", &wrong("f")),
        ]);
        place.git(&["init", "-q", &format!("--object-format={hash}")]);
        place.git(&["update-index", "--index-version", version]);
        place.git(&["add", "-A"]);
        place.write(&[
            (".gitignore", "/pay\nc.scope.toml\n/f/\n"),
            ("d/.ignore", "*\n"),
            ("e/.gitignore", "scope.toml\n"),
            ("pay/new.scope.toml", &wrong("untracked")),
            ("soclint.toml", "exclude = \"f\"\n"),
        ]);
        let expected = [
            "c.scope.toml",
            "d/scope.toml",
            "e/scope.toml",
            "pay/deep/er/x.scope.toml",
            "pay/scope.toml",
        ];
        assert_eq!(place.paths(), expected, "index {version} {hash}");
        let state = place.state("pay/scope.toml");
        assert_eq!(
            state,
            "tracked: manifest that git tracks, though ignored by \"/pay\" at .gitignore:1"
        );
        assert_eq!(
            place.state("c.scope.toml"),
            "tracked: manifest that git tracks, though ignored by \"c.scope.toml\" at .gitignore:2"
        );
        // What was deleted is not there, and nothing is wrong with that.
        std::fs::remove_file(place.at("pay/scope.toml")).expect("gone");
        assert_eq!(place.paths(), expected[..4]);
    }
}

#[test]
fn an_index_that_cannot_be_read_is_said_and_changes_nothing_else() {
    let place = Place::tracked(&[("a/scope.toml", &wrong("a")), ("b/scope.toml", &right("b"))]);
    place.write(&[(".gitignore", "b/\n")]);
    let whole = std::fs::read(place.at(".git/index")).expect("an index");
    let before = place.found(&[]);
    let damages: [&[u8]; 5] = [
        b"",
        b"DIRC\0\0\0\x09\0\0\0\0",
        &whole[..whole.len() / 2],
        b"something else",
        &[0xff; 4096],
    ];
    for damage in damages {
        std::fs::write(place.at(".git/index"), damage).expect("written");
        assert_eq!(place.found(&[]), before);
        let summary = place.summary();
        assert!(summary.contains("git's index, which cannot be read"), "{summary}");
        assert!(
            summary.contains("1 ignored path unknown to git's index (b/)"),
            "{summary}"
        );
    }
    std::fs::write(place.at(".git/index"), whole).expect("written");
    assert!(!place.summary().contains("passed over"), "{}", place.summary());
}

#[test]
fn without_a_repository_patterns_decide_and_that_is_said() {
    let place = Place::bare(&[
        ("scope.toml", &right("a")),
        ("x.scope.toml", &wrong("x")),
        ("b/scope.toml", &wrong("b")),
        (".gitignore", "x.*\n/b\n/nothing\n"),
    ]);
    assert!(place.paths().is_empty());
    let summary = place.summary();
    assert!(
        summary.contains("2 ignored paths unknown to git's index (b/, x.scope.toml)"),
        "{summary}"
    );
    let document = place.json(&[]);
    let ignored = super::strings(&document["summary"]["passed-over"]["ignored"]);
    assert_eq!(ignored, ["b/", "x.scope.toml"]);
}

/// Links, pipes and huge files in the place of ignore files: not followed, not waited for, and said.
#[cfg(unix)]
#[test]
fn an_ignore_file_that_is_none_hides_nothing_and_ends_at_once() {
    use std::os::unix::fs::symlink;
    type Make = fn(&std::path::Path);
    let makes: [(&str, Make); 7] = [
        ("a link", |path| symlink("rules.txt", path).expect("a link")),
        ("a link to nothing", |path| symlink("gone", path).expect("a link")),
        ("zeros", |path| symlink("/dev/zero", path).expect("a link")),
        ("input", |path| symlink("/dev/stdin", path).expect("a link")),
        ("itself", |path| {
            symlink(path.file_name().expect("a name"), path).expect("a link")
        }),
        ("a pipe", |path| {
            let made = Command::new("mkfifo").arg(path).status();
            assert!(made.expect("mkfifo runs").success());
        }),
        ("megabytes", |path| {
            std::fs::write(path, "*\n".repeat(700_000)).expect("a file")
        }),
    ];
    for (kind, make) in makes {
        for name in [".gitignore", ".ignore"] {
            let place = Place::tracked(&[
                ("a/scope.toml", &wrong("a")),
                ("a/b/scope.toml", &wrong("b")),
                ("a/rules.txt", "*\n"),
            ]);
            make(&place.at("a").join(name));
            let start = Instant::now();
            assert_eq!(place.paths(), ["a/b/scope.toml", "a/scope.toml"], "{kind} as {name}");
            assert!(start.elapsed() < HANGS, "{kind} as {name}");
            let summary = place.summary();
            assert!(
                summary.contains(&format!("1 ignore file not read (a/{name}: it is ")),
                "{kind}: {summary}"
            );
            assert!(place.state(&format!("a/{name}")).starts_with("ignore-file: "), "{kind}");
        }
        // What is git's own and this machine's is not looked at, but for the index.
        for name in ["info/exclude", "info/attributes", "config", "packed-refs", "index"] {
            let place = Place::tracked(&[("a/scope.toml", &wrong("a")), ("a/rules.txt", "*\n")]);
            let path = place.at(".git").join(name);
            let _ = std::fs::remove_file(&path);
            make(&path);
            let start = Instant::now();
            assert_eq!(place.paths(), ["a/scope.toml"], "{kind} as {name}");
            assert!(start.elapsed() < HANGS, "{kind} as {name}");
        }
    }
}

#[test]
fn the_walk_and_evidence_agree() {
    let names = ["plain", "down/in/deep", "kept", "linked", "odd name"];
    let place = Place::bare(&[
        (".gitignore", "/plain\nin/\nkept/*\n!kept/x.md\nodd?name/\n"),
        ("linked/rules", "*\n"),
        ("scope.toml", "owner = \"t\"\n"),
    ]);
    place.git(&["init", "-q"]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("rules", place.at("linked/.gitignore")).expect("a link");
    let mut text = "owner = \"t\"\n".to_owned();
    for name in names {
        place.write(&[(&format!("{name}/x.md"), "text"), (&format!("{name}/x.scope.toml"), "")]);
        text += &format!(
            "[evidence.\"{}\"]\nat = \"./{name}/x.md\"\n",
            name.replace(['/', ' '], "-")
        );
    }
    place.write(&[("scope.toml", &text)]);
    let output = stdout(&place.check(&["--quiet", "--format", "concise"]));
    for (name, is_out) in names.iter().zip([true, true, false, false, true]) {
        let mut lines = output.lines();
        let says = lines.any(|line| line.contains(&format!("\"./{name}/x.md\"")) && line.contains("git ignores it"));
        assert_eq!(says, is_out, "{name}: {output}");
    }
    let read: Vec<String> = place
        .listed()
        .into_iter()
        .filter(|(_, state, _)| state == "manifest")
        .map(|(path, ..)| path)
        .collect();
    assert_eq!(read, ["linked/x.scope.toml", "scope.toml"]);
}
