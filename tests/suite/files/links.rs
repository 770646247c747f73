//! Links: read where they lead, through them, or said; and nothing twice.
#![cfg(unix)]

use super::{Place, right, wrong};
use std::os::unix::fs::symlink;

fn link(place: &Place, target: &str, path: &str) {
    let path = place.at(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    symlink(target, path).expect("a link");
}

#[test]
fn a_linked_manifest_that_nobody_reads_where_it_is_is_read_through_the_link() {
    let place = Place::bare(&[
        ("scope.toml", &right("o")),
        (".gitignore", "hid/\n*.gen.scope.toml\n"),
        ("soclint.toml", "exclude = [\"vendor/**\"]\n"),
        ("hid/scope.toml", &wrong("one")),
        ("x.gen.scope.toml", &wrong("two")),
        ("vendor/scope.toml", &wrong("three")),
        ("notes/text.txt", &wrong("four")),
        ("other/.git/HEAD", "ref: refs/heads/x\n"),
        ("other/scope.toml", &wrong("five")),
        ("real/scope.toml", &wrong("six")),
    ]);
    for (target, path) in [
        ("../hid/scope.toml", "svc/one/scope.toml"),
        ("../hid/scope.toml", "svc/one/again.scope.toml"),
        ("../../x.gen.scope.toml", "svc/two/scope.toml"),
        ("../../vendor/scope.toml", "svc/three/scope.toml"),
        ("../../notes/text.txt", "svc/four/scope.toml"),
        ("../../other/scope.toml", "svc/five/scope.toml"),
        ("../../real/scope.toml", "svc/six/scope.toml"),
    ] {
        let target = if path.starts_with("svc/one") {
            "../../hid/scope.toml"
        } else {
            target
        };
        link(&place, target, path);
    }
    place.git(&["init", "-q"]);
    assert_eq!(
        place.paths(),
        [
            "real/scope.toml",
            "svc/five/scope.toml",
            "svc/four/scope.toml",
            "svc/one/again.scope.toml",
            "svc/three/scope.toml",
            "svc/two/scope.toml",
        ]
    );
    assert!(
        place
            .state("svc/six/scope.toml")
            .starts_with("linked-elsewhere: link to real/scope.toml")
    );
    assert!(
        place
            .state("svc/two/scope.toml")
            .starts_with("linked: manifest, through its link to x.gen.scope.toml")
    );
}

#[test]
fn a_linked_manifest_that_cannot_be_read_is_said() {
    let place = Place::tracked(&[("scope.toml", &right("o")), (".git.txt", "")]);
    let outside = Place::bare(&[("scope.toml", &wrong("secret"))]);
    std::fs::write(place.at(".git/scope.toml"), wrong("git")).expect("written");
    let out = outside.at("scope.toml");
    for (target, path) in [
        ("../.git/scope.toml", "a/scope.toml"),
        (out.to_str().expect("text"), "b/scope.toml"),
        ("nowhere", "c/scope.toml"),
        ("scope.toml", "d/scope.toml"),
        ("/dev/null", "e/scope.toml"),
        ("../../../../../../../../../../etc/hostname", "f/scope.toml"),
    ] {
        link(&place, target, path);
    }
    let found = place.found(&[]);
    let paths: Vec<&str> = found.iter().map(|(_, path)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "a/scope.toml",
            "b/scope.toml",
            "c/scope.toml",
            "d/scope.toml",
            "e/scope.toml",
            "f/scope.toml"
        ]
    );
    assert!(found.iter().all(|(rule, _)| rule == "unreadable-file"), "{found:?}");
    assert!(!place.json(&[]).to_string().contains("secret"));
}

#[test]
fn a_linked_folder_is_covered_where_it_is_or_through_the_link() {
    let place = Place::bare(&[
        ("scope.toml", &right("o")),
        (".gitignore", "/build\n"),
        ("soclint.toml", "exclude = \"vendor\"\n"),
        ("real/deep/scope.toml", &wrong("one")),
        ("build/out/scope.toml", &wrong("two")),
        ("build/out/sub/x.scope.toml", &wrong("three")),
        ("vendor/lib/scope.toml", &wrong("four")),
        ("clone/.git/HEAD", "ref: refs/heads/x\n"),
        ("clone/scope.toml", &wrong("five")),
    ]);
    for (target, path) in [
        ("../real", "svc/one"),
        ("../build/out", "svc/two"),
        ("../build/out/sub", "svc/three"),
        ("../vendor/lib", "svc/four"),
        ("../clone", "svc/five"),
        ("..", "svc/round"),
        (".", "svc/self"),
        ("../../build", "build/out/sub/loop"),
    ] {
        link(&place, target, path);
    }
    place.git(&["init", "-q"]);
    // What is read through two links is read once; what the config leaves out stays out.
    assert_eq!(
        place.paths(),
        ["real/deep/scope.toml", "svc/three/x.scope.toml", "svc/two/scope.toml"]
    );
    assert!(place.state("svc/one").starts_with("linked-elsewhere"));
    let summary = place.summary();
    assert!(summary.contains("2 other repositories (clone, svc/five)"), "{summary}");
}

#[test]
fn a_linked_folder_that_leads_out_is_said() {
    let outside = Place::bare(&[("scope.toml", &wrong("secret")), ("in/scope.toml", &wrong("secret"))]);
    let out = outside.path().to_str().expect("text").to_owned();
    let into = format!("{out}/in");
    // Untracked, it is on this machine alone.
    let place = Place::bare(&[("scope.toml", &right("o"))]);
    for path in ["svc", "deep/er/x"] {
        link(&place, &out, path);
    }
    for path in ["y", "x.scope.toml"] {
        link(&place, &into, path);
    }
    link(&place, "/usr", "usr");
    assert_eq!(
        place.found(&[]),
        [("unreadable-file".to_owned(), "x.scope.toml".to_owned())]
    );
    let document = place.json(&[]);
    assert_eq!(
        super::strings(&document["summary"]["passed-over"]["links"]),
        ["deep/er/x", "svc", "usr", "y"]
    );
    assert!(
        place
            .summary()
            .contains("4 linked folders outside the estate (deep/er/x, svc, usr, 1 more)")
    );
    assert!(!document.to_string().contains("secret"));

    // Tracked, it can be right on no other machine.
    place.git(&["init", "-q"]);
    place.git(&["add", "svc", "y", "usr"]);
    let unreadable: Vec<String> = place.paths();
    assert_eq!(unreadable, ["svc", "usr", "x.scope.toml", "y"]);

    // Ignored or excluded, it is not reported.
    place.write(&[
        (".gitignore", "/svc\n/y\n/x.scope.toml\n/deep/er\n"),
        ("soclint.toml", "exclude = \"usr\"\n"),
    ]);
    place.git(&["rm", "-q", "--cached", "svc", "y", "usr"]);
    assert!(
        place.paths().is_empty() && !place.summary().contains("passed over"),
        "{}",
        place.summary()
    );
}

#[test]
fn a_link_to_another_part_of_the_repository_is_none_out_of_it() {
    let place = Place::bare(&[
        ("pay/soclint.toml", ""),
        ("pay/scope.toml", &right("o")),
        ("proto/scope.toml", &wrong("p")),
    ]);
    link(&place, "../proto", "pay/proto");
    place.git(&["init", "-q"]);
    place.git(&["add", "-A"]);
    let output = super::run_in(
        &place.at("pay"),
        &["check", "--as-of", crate::tool::AS_OF, "--format", "concise"],
    );
    let text = crate::tool::stdout(&output);
    assert!(
        output.status.success() && text.contains("1 linked folder outside the estate (proto)"),
        "{text}"
    );
}
