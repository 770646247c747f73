//! Repositories that nobody means well by: they end in an orderly way.

use super::{Made, found, json, of_folder, of_revision, refused};
use crate::tool::HANGS;
use std::time::Instant;

const PAY: &str = "[services.pay]\nfinancial-impact = \"direct\"\n";

fn blob(made: &Made, text: &str) -> String {
    made.object("blob", text.as_bytes())
}

/// The same small tree, again and again: millions of millions of manifests.
#[test]
fn a_tree_of_trees_that_never_ends_is_refused() {
    let begun = Instant::now();
    let made = Made::new(&[]);
    let manifest = blob(&made, PAY);
    let mut tree = made.tree(&format!("100644 blob {manifest}\tscope.toml\n"));
    for _ in 0..10 {
        let entries: String = (0..10).map(|at| format!("040000 tree {tree}\tf{at}\n")).collect();
        tree = made.tree(&entries);
    }
    let commit = made.commit_of(&tree);
    let said = refused(made.path(), &commit);
    assert!(said.ends_with("holds more files than are read"), "{said}");
    assert!(begun.elapsed() < HANGS);
}

#[test]
fn a_folder_too_deep_for_any_system_is_not_entered_for_ever() {
    let begun = Instant::now();
    let made = Made::new(&[]);
    let manifest = blob(&made, PAY);
    let mut tree = made.tree(&format!("100644 blob {manifest}\tscope.toml\n"));
    // As a stream, for each tree needs the one below it.
    for _ in 0..300 {
        tree = made.tree(&format!(
            "040000 tree {tree}\tabcdefghijklmnop\n100644 blob {manifest}\tx.scope.toml\n"
        ));
    }
    let commit = made.commit_of(&tree);
    let checked = of_revision(made.path(), &commit);
    let read = checked.sources.len();
    assert!((100..=301).contains(&read), "{read}");
    assert!(begun.elapsed() < HANGS);
}

#[test]
fn names_that_git_checks_out_nowhere_are_none() {
    let made = Made::new(&[]);
    let manifest = blob(&made, PAY);
    let inner = made.tree(&format!("100644 blob {manifest}\tscope.toml\n"));
    let id = |hex: &str| -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex"))
            .collect()
    };
    let mut bytes = Vec::new();
    for (mode, name, entry) in [
        ("40000", &b".."[..], &inner),
        ("40000", b".", &inner),
        ("40000", b".GIT", &inner),
        ("40000", b".git", &inner),
        ("100644", b"../scope.toml", &manifest),
        ("100644", b"a/scope.toml", &manifest),
        ("40000", b"deep", &inner),
        ("100644", b"deep", &manifest),
        ("100644", b"\xff.scope.toml", &manifest),
        ("100755", b"\x1b[2J.scope.toml", &manifest),
    ] {
        bytes.extend_from_slice(mode.as_bytes());
        bytes.push(b' ');
        bytes.extend_from_slice(name);
        bytes.push(0);
        bytes.extend(id(entry));
    }
    let tree = made.object("tree", &bytes);
    let commit = made.commit_of(&tree);
    let checked = of_revision(made.path(), &commit);
    let paths: Vec<&str> = checked.sources.iter().map(|(_, source)| source.path.as_str()).collect();
    assert_eq!(paths, ["\u{1b}[2J.scope.toml", "\\xff.scope.toml", "deep/scope.toml"]);
}

/// Names that are no text are read, and are what a checkout has.
#[cfg(target_os = "linux")]
#[test]
fn odd_names_are_names() {
    use std::os::unix::ffi::OsStrExt;
    let made = Made::new(&[]);
    for name in [
        &b"\xff\xfe"[..],
        b"a b",
        b"#",
        b"'\"",
        b"[x]",
        b"\n",
        b"-x",
        b"\xc3\xa9",
        b"e\xcc\x81",
        b"%0A",
    ] {
        let folder = made.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::write(
            folder.join("scope.toml"),
            format!("{PAY}[evidence.e]\nat = \"./x.md\"\n"),
        )
        .expect("written");
        std::fs::write(folder.join("x.md"), "text").expect("written");
    }
    made.commit("x");
    let expected = of_folder(made.path());
    assert_eq!(expected.sources.len(), 10);
    assert_eq!(json(&of_revision(made.path(), "HEAD")), json(&expected));
}

#[test]
fn what_is_too_large_is_said_and_not_taken_into_memory() {
    let made = Made::new(&[]);
    made.write(
        "scope.toml",
        format!(
            "{PAY}[evidence.e]\nat = \"./large.bin\"\ncollected = 2026-01-01\nsha256 = \"{}\"\n",
            "0".repeat(64)
        ),
    );
    made.write("large.bin", vec![0; 100 * 1024 * 1024]);
    made.write("large.scope.toml", vec![b'\n'; 100 * 1024 * 1024]);
    made.commit("x");
    for packed in [false, true] {
        if packed {
            made.git(&["gc", "-q"]);
        }
        let checked = of_revision(made.path(), "HEAD");
        let told = found(&checked);
        let large = told
            .iter()
            .find(|(_, subject, _)| subject.contains("large.scope.toml"))
            .expect("it is told");
        assert!(large.2.contains("larger than 16 MiB"), "{large:?}");
        // There it is; but whether it is what is declared is not known.
        assert!(
            told.iter()
                .all(|(rule, ..)| !matches!(*rule, "evidence-missing-file" | "evidence-changed")),
            "{told:?}"
        );
        let unknown = &checked.outcome.not_checked_out;
        assert_eq!((unknown.len(), unknown[0].0.as_str()), (1, "large.bin"));
        let id = made.git(&["rev-parse", "HEAD:large.bin"]);
        assert_eq!(unknown[0].1, format!("git cat-file blob {id}"));
    }
}

#[test]
fn what_is_damaged_is_said_and_hides_nothing_else() {
    let made = Made::new(&[]);
    made.write("a/scope.toml", "[services.a]\n");
    made.write("b/scope.toml", "[services.b]\n");
    made.write(
        "c/scope.toml",
        "[services.c]\n[evidence.e]\nat = \"./e.md\"\ncollected = 2026-01-01\n",
    );
    made.write("c/e.md", "text\n");
    made.commit("x");
    let object = |name: &str| {
        let id = made.git(&["rev-parse", &format!("HEAD:{name}")]);
        made.at(&format!(".git/objects/{}/{}", &id[..2], &id[2..]))
    };
    let other = std::fs::read(object("c/scope.toml")).expect("an object");
    for (name, bytes) in [
        ("a/scope.toml", other),
        ("b", b"nothing".to_vec()),
        ("c/e.md", b"x".to_vec()),
    ] {
        let path = object(name);
        std::fs::remove_file(&path).expect("removed");
        std::fs::write(path, bytes).expect("written");
    }
    let checked = of_revision(made.path(), "HEAD");
    let told = found(&checked);
    let whole = checked
        .sources
        .iter()
        .find(|(_, source)| source.path == "c/scope.toml")
        .expect("it is read");
    assert!(whole.1.text.contains("services.c"));
    let damaged: Vec<&str> = told
        .iter()
        .filter(|(.., message)| message.contains("damaged"))
        .map(|(rule, ..)| *rule)
        .collect();
    assert_eq!(
        damaged,
        ["unreadable-file", "unreadable-file", "evidence-missing-file"],
        "{told:?}"
    );
    let tree = object("");
    std::fs::remove_file(&tree).expect("removed");
    assert!(refused(made.path(), "HEAD").contains("not in this clone"));
    std::fs::write(tree, "x").expect("written");
    assert!(refused(made.path(), "HEAD").contains("damaged"));
}

#[test]
fn links_in_circles_and_commits_of_nonsense_end() {
    let made = Made::new(&[]);
    made.write("scope.toml", PAY);
    let id = made.commit("x");
    for (text, reason) in [
        ("", "damaged"),
        ("tree 0123\n\nx", "damaged"),
        ("parent 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\nx", "damaged"),
        ("tree 0123456789012345678901234567890123456789\n\n", "not in this clone"),
    ] {
        let commit = made.object("commit", text.as_bytes());
        let said = refused(made.path(), &commit);
        assert!(said.contains(reason), "{text:?}: {said}");
    }
    let tag = made.object("tag", format!("object {id}\ntype blob\ntag x\n").as_bytes());
    assert_eq!(
        found(&of_revision(made.path(), &tag)),
        found(&of_revision(made.path(), "HEAD"))
    );
    let date = format!(
        "tree {}\ncommitter x <x> 99999999999999999999 +0000\n\nx",
        made.git(&["rev-parse", "HEAD^{tree}"])
    );
    let commit = made.object("commit", date.as_bytes());
    assert_eq!(
        found(&of_revision(made.path(), &commit)),
        found(&of_revision(made.path(), "HEAD"))
    );
}
