//! Each file in a folder is judged as a file, and each that a glob matches.

use super::{Estate, MISSING_FILE, naming};

/// What is found of a folder with these files in it.
fn found_in_folder(files: &[(&str, &[u8])]) -> Vec<String> {
    let mut estate = Estate::naming(&["./ev"]);
    for (path, bytes) in files {
        estate = estate.with(&format!("ev/{path}"), bytes);
    }
    let found = estate.found_by(MISSING_FILE).into_iter();
    found.map(|found| found.message).collect()
}

#[test]
fn what_says_nothing_makes_no_folder_of_evidence() {
    let folders: &[&[(&str, &[u8])]] = &[
        &[(".gitkeep", b"x")],
        &[(".DS_Store", b"\0\0\0\x01Bud1")],
        &[("a.md", b"\n")],
        &[("a.md", b""), ("b.md", b" \t\r\n"), ("c.md", b"\0\0\0")],
        &[("a.md", "\u{feff}\u{a0}\u{3000}".as_bytes())],
        &[("a.md", "\u{200b}\u{2060}\u{200d}".as_bytes())],
        &[("a.md", b"\x1b\x1b\x07\x0c")],
        &[("a.txt", b"\xff\xfe\x20\x00\x0d\x00\x0a\x00")],
        &[("a.md", "\u{2028}\u{85}\u{180e}\u{fe0f}".as_bytes())],
        &[("scope.toml", b"owner = \"x\"\n")],
        &[
            ("team.scope.toml", b"owner = \"x\"\n"),
            ("sub/scope.toml", b"owner = \"x\"\n"),
        ],
        &[("soclint.toml", b"\n"), ("sub/.soclint.toml", b"\n")],
        &[(".hidden/a.md", b"said")],
        &[("sub/deeper/.note.md", b"said"), ("sub/b.md", b"\n")],
    ];
    for files in folders {
        let found = found_in_folder(files);
        assert_eq!(found.len(), 1, "{files:?}: {found:?}");
        assert!(
            found[0].contains("contains no file with content"),
            "{files:?}: {found:?}"
        );
    }
}

#[test]
fn one_file_that_says_something_is_enough() {
    let folders: &[&[(&str, &[u8])]] = &[
        &[("a.md", b"."), ("b.md", b"")],
        &[("sub/deeper/a.md", b"said")],
        &[("a.png", b"\x89PNG\r\n\x1a\n\0\0")],
        &[("a.bin", b"\xff\xff")],
        &[("a.txt", b"\xff\xfe\x78\x00")],
        &[(".gitkeep", b""), ("z.md", b"said")],
        &[("scope.toml", b"owner = \"x\"\n"), ("a.md", b"said")],
        &[("scope.toml.md", b"said")],
        &[("a.md", "\n\n\u{200b}é".as_bytes())],
    ];
    for files in folders {
        assert_eq!(found_in_folder(files), [""; 0], "{files:?}");
    }
}

#[test]
fn the_root_and_the_own_folder_are_no_places() {
    let places = [
        "/",
        "//",
        "/.",
        "/./",
        "./",
        "././",
        ".//",
        "./sub/..",
        "/team/sub/../..",
        "../",
        "../.",
        "/team",
        "/team/",
        "./../team",
        "/**",
        "/*",
        "/**/*",
        "./**",
        "./*",
        "../**",
        "./../*",
        "/team/**",
        "/team/*/**",
    ];
    let estate = Estate::new()
        .with("team/scope.toml", naming(&places))
        .with("team/sub/a.md", "said\n")
        .with("team/a.md", "said\n")
        .with("a.md", "said\n");
    let found = estate.found_by(MISSING_FILE);
    assert_eq!(found.len(), places.len(), "{found:#?}");
    for found in found {
        assert!(
            found.message.contains("the estate's root, or the whole folder"),
            "{}",
            found.message
        );
    }
    // Other folders, and globs with a word of their own, are.
    let places = [
        "./sub",
        "./sub/",
        "./*.md",
        "/*.md",
        "/**/a.md",
        "../*.md",
        "./sub/*",
        "./sub/**",
        "/team/sub",
    ];
    let estate = Estate::new()
        .with("team/scope.toml", naming(&places))
        .with("team/sub/a.md", "said\n")
        .with("team/a.md", "said\n")
        .with("a.md", "said\n");
    assert_eq!(estate.found_by(MISSING_FILE), []);
}

#[test]
fn declarations_are_no_evidence() {
    let places = [
        "./scope.toml",
        "/other/scope.toml",
        "./pay.scope.toml",
        "/soclint.toml",
        "/sub/.soclint.toml",
        "./unusual.toml",
        "./*.scope.toml",
        "./linked.md",
    ];
    let estate = Estate::naming(&places)
        .with("other/scope.toml", "owner = \"x\"\n")
        .with("pay.scope.toml", "owner = \"x\"\n")
        .with(
            "soclint.toml",
            "include = [\"**/scope.toml\", \"*.scope.toml\", \"unusual.toml\"]\n",
        )
        .with("sub/.soclint.toml", "# nothing\n")
        .with("unusual.toml", "owner = \"x\"\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink("pay.scope.toml", estate.root().join("linked.md")).expect("a link");
    #[cfg(not(unix))]
    let estate = estate.with("linked.md", "");
    let found = estate.found_by(MISSING_FILE);
    assert_eq!(found.len(), places.len(), "{found:#?}");
    for found in &found[..7] {
        assert!(found.message.contains("only declare facts"), "{}", found.message);
    }
    // Beside what counts, a pattern may match one.
    let estate = Estate::naming(&["./*.toml"]).with("table.toml", "x = 1\n");
    assert_eq!(estate.found_by(MISSING_FILE), []);
}

#[test]
fn each_match_of_a_glob_is_judged() {
    let estate = Estate::naming(&[
        "./ev/2026-*.md",
        "./ev/**/*.csv",
        "./ev/{a,b}.txt",
        "./ev/q?.log",
        "./ev/[ab].txt",
        "./ev/*.pdf",
        "./ev/.*",
        "./ev/y*",
        "./ev/z*",
    ])
    .with("ev/2026-01.md", "said\n")
    .with("ev/2026-02.md", "\u{200b}\n")
    .with("ev/deep/er/x.csv", "\0\n")
    .with("ev/x.csv", "1,2\n")
    .with("ev/a.txt", "said\n")
    .with("ev/b.txt", "\u{a0}")
    .with("ev/q1.log", "said\n")
    .with("ev/q2.log", "said\n")
    .with("ev/.env", "said\n")
    .with("ev/y2026/x.md", "said\n")
    .with("ev/z2026/x.md", "\n");
    let found = estate.found_by(MISSING_FILE);
    let messages: Vec<&str> = found.iter().map(|found| &*found.message).collect();
    let expected = [
        "\"ev/2026-02.md\" (of \"./ev/2026-*.md\")",
        "\"ev/deep/er/x.csv\" (of",
        "\"ev/b.txt\" (of",
        "\"ev/b.txt\" (of",
        "\"./ev/*.pdf\" as evidence, but no file matches",
        "\"ev/z2026\" (of",
    ];
    assert_eq!(messages.len(), expected.len(), "{messages:#?}");
    for (message, expected) in messages.iter().zip(expected) {
        assert!(message.contains(expected), "{message}: {expected}");
    }
}

#[test]
fn leading_parts_that_exist_by_that_name_are_names() {
    let places = [
        "./ev/[2026] Q1/*.md",
        "./ev/[2026] Q1",
        "./ev/a{b,c}/**/*.md",
        "./ev/what?/*",
        "./ev/st*r/*.md",
        "./ev/[x].md",
        "./ev/[open/*.md",
        "./ev/!new/*.md",
    ];
    let mut estate = Estate::naming(&places).with("ev/[x].md", "said\n");
    for folder in ["[2026] Q1", "a{b,c}", "what?", "st*r", "[open", "!new"] {
        estate = estate.with(&format!("ev/{folder}/x.md"), "said\n");
    }
    // What those would match as patterns is blank.
    for folder in ["2 Q1", "ab", "whatt", "star"] {
        estate = estate.with(&format!("ev/{folder}/x.md"), "\n");
    }
    let estate = estate.with("ev/x.md", "\n");
    assert_eq!(estate.found_by(MISSING_FILE), []);
}

#[test]
fn a_pattern_that_can_never_be_right_is_said_with_the_right_form() {
    for (place, right) in [
        ("./ev/\\[2026\\] Q1/*.md", "\"./ev/[[]2026[]] Q1/*.md\""),
        ("./ev\\*.md", "\"./ev/*.md\""),
        ("./ev\\q\\x?.md", "\"./ev/q/x?.md\""),
        ("/ev/\\{a\\}*", "\"/ev/[{]a[}]*\""),
        ("./ev/[x", "`[[]`"),
        ("./ev/{a", "`[[]`"),
    ] {
        let found = Estate::naming(&[place])
            .with("ev/x.md", "said\n")
            .found_by(MISSING_FILE);
        assert_eq!(found.len(), 1, "{place}: {found:?}");
        assert!(found[0].help.contains(right), "{place}: {}", found[0].help);
    }
}

#[test]
fn what_many_entries_name_is_judged_once() {
    let mut text = "owner = \"t\"\n".to_owned();
    let globs = ["/**", "/ev/**", "/**/*.md", "./ev/*", "/ev"];
    for at in 0..2_000 {
        text += &format!("[evidence.e{at}]\nat = \"{}\"\n", globs[at % globs.len()]);
    }
    let mut estate = Estate::of(&text);
    for at in 0..1_500 {
        estate = estate.with(&format!("ev/{}/{at}.md", at % 50), "said\n");
    }
    let started = std::time::Instant::now();
    let found = estate.found_by(MISSING_FILE);
    // Judged again for each, it takes minutes.
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    assert_eq!(found.len(), 400, "the root is no place, and the others are fine");
}

#[test]
fn hostile_numbers_of_places_end() {
    let mut text = "owner = \"t\"\n".to_owned();
    for at in 0..500 {
        text += &format!("[evidence.a{at}]\nat = \"/**/*{at}.md\"\n[evidence.b{at}]\nat = \"./EV/{at}.MD\"\n");
        text += &format!("[evidence.c{at}]\nat = \"./{}{at}#a#b\"\n", "#".repeat(at % 300));
    }
    let mut estate = Estate::of(&text);
    for at in 0..1_000 {
        estate = estate.with(&format!("ev/{at}.md"), "said\n");
    }
    let started = std::time::Instant::now();
    let found = estate.found_by(MISSING_FILE);
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
    let near = found
        .iter()
        .filter(|found| found.message.contains("there is \"ev/"))
        .count();
    assert_eq!(near, 500);
}
