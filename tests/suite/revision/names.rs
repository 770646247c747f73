//! Which commit a revision names, and which names are none.

use super::{Made, found, of_revision, refused};

/// A repository of commits that declare one service each.
fn made(options: &[&str]) -> (Made, Vec<String>) {
    let made = Made::new(options);
    let ids = ["a", "b", "c", "d"].map(|service| {
        made.write("scope.toml", format!("[services.{service}]\n"));
        made.commit(service)
    });
    (made, ids.into())
}

/// The service that is declared in a revision.
fn service(made: &Made, revision: &str) -> String {
    let checked = of_revision(made.path(), revision);
    let told = found(&checked);
    let subject = told
        .iter()
        .find_map(|(_, subject, _)| subject.strip_prefix("services."));
    subject.unwrap_or_else(|| panic!("{revision}: {told:?}")).to_owned()
}

#[test]
fn branches_tags_ids_and_steps_are_found() {
    for options in [&[][..], &["--object-format=sha256"]] {
        let (made, ids) = made(options);
        made.git(&["tag", "v1", "HEAD~1"]);
        made.git(&["tag", "-a", "-m", "x", "v2", "v1"]);
        made.git(&["tag", "-a", "-m", "x", "nested", "v2"]);
        made.git(&["branch", "feature/one", "HEAD~2"]);
        made.git(&["update-ref", "refs/remotes/origin/main", &ids[1]]);
        made.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
        // A branch whose name might be the beginning of an id is a branch.
        made.git(&["branch", &ids[3][..8], "HEAD~3"]);
        for packed in [false, true] {
            if packed {
                made.git(&["pack-refs", "--all"]);
                made.git(&["gc", "-q"]);
            }
            for (revision, expected) in [
                ("HEAD", "d"),
                ("@", "d"),
                ("HEAD~0", "d"),
                ("HEAD^0", "d"),
                ("HEAD^{}", "d"),
                ("HEAD^{commit}~1", "c"),
                ("HEAD~1", "c"),
                ("HEAD^", "c"),
                ("HEAD^^", "b"),
                ("@~2", "b"),
                ("HEAD~2^1", "a"),
                ("main", "d"),
                ("heads/main", "d"),
                ("refs/heads/main~3", "a"),
                ("v1", "c"),
                ("v2", "c"),
                ("v2^{}", "c"),
                ("nested~1", "b"),
                ("tags/v2", "c"),
                ("feature/one", "b"),
                ("origin/main", "b"),
                ("origin", "b"),
                (&ids[2], "c"),
                (&ids[2].to_uppercase(), "c"),
                (&ids[2][..9], "c"),
                (&ids[3][..8], "a"),
                (&ids[3][..9], "d"),
            ] {
                assert_eq!(service(&made, revision), expected, "{revision} {options:?} {packed}");
            }
        }
    }
}

#[test]
fn what_is_no_revision_is_refused_with_the_reason() {
    let (made, ids) = made(&[]);
    made.git(&["tag", "blob", "HEAD:scope.toml"]);
    made.git(&["tag", "-a", "-m", "x", "tagged-tree", "HEAD^{tree}"]);
    made.write(".git/loop", "ref: refs/heads/loop\n");
    made.write(".git/refs/heads/loop", "ref: refs/heads/loop\n");
    made.write(".git/refs/heads/out", "ref: ../../outside\n");
    made.write(".git/refs/heads/torn", "0123");
    for (revision, reason) in [
        ("--upload-pack=touch x", "begins with `-`"),
        ("-1", "begins with `-`"),
        ("", "not a form"),
        ("HEAD:scope.toml", "not a form"),
        ("main..HEAD", "not a form"),
        ("HEAD@{1}", "not a form"),
        ("@{upstream}", "not a form"),
        (":/c", "not a form"),
        ("HEAD^{tree}", "not a form"),
        ("HEAD^!", "not a form"),
        ("HEAD~9999999999999999999999", "not a form"),
        ("HEAD~99999999", "not a form"),
        ("../HEAD", "not a form"),
        ("refs/../HEAD", "not a form"),
        ("main ", "not a form"),
        ("a\nb", "not a form"),
        ("HEAD\0", "not a form"),
        (".git", "not a form"),
        ("none", "no revision `none`"),
        ("config", "no revision"),
        ("HEAD~4", "no revision"),
        ("HEAD^2", "no revision"),
        ("loop", "no revision"),
        ("out", "no revision"),
        ("torn", "no revision"),
        ("0123456789012345678901234567890123456789", "not in this clone"),
        ("012", "no revision"),
        ("blob", "not a commit"),
        ("tagged-tree", "not a commit"),
        (&"x".repeat(100_000), "not a form"),
    ] {
        let said = refused(made.path(), revision);
        assert!(said.contains(reason), "{revision:?}: {said}");
        assert!(said.len() < 400, "{revision:?}: {said}");
    }
    assert_eq!(service(&made, &ids[0]), "a");

    let outside = tempfile::tempdir().expect("a folder");
    assert!(refused(outside.path(), "HEAD").contains("not in a git repository"));
    let empty = Made::new(&[]);
    assert!(refused(empty.path(), "HEAD").contains("no revision `HEAD`"));
    std::fs::write(empty.at(".git/HEAD"), "nothing").expect("written");
    assert!(refused(empty.path(), "HEAD").contains("repository"));
}

#[test]
fn an_id_of_several_objects_is_the_commits_or_ambiguous() {
    let (made, ids) = made(&[]);
    // As many objects as it takes for two to begin alike in four digits.
    let mut stream = String::new();
    for at in 0..3000 {
        stream += &format!("blob\ndata 4\n{at:04}\n");
    }
    made.fed(&["fast-import", "--quiet", "--force"], stream.as_bytes());
    let all = made.git(&[
        "cat-file",
        "--batch-all-objects",
        "--batch-check=%(objectname) %(objecttype)",
    ]);
    let mut by_start = std::collections::BTreeMap::<&str, Vec<&str>>::new();
    for line in all.lines() {
        by_start.entry(&line[..4]).or_default().push(line);
    }
    let blobs = |lines: &&Vec<&str>| lines.len() > 1 && lines.iter().all(|line| line.ends_with("blob"));
    let several = by_start.values().find(blobs).expect("some begin alike");
    assert!(refused(made.path(), &several[0][..4]).contains("more than one"));
    assert_eq!(service(&made, &ids[0][..12]), "a");
}

/// A replacement is of this clone alone.
#[test]
fn replacements_are_not_followed() {
    let (made, ids) = made(&[]);
    made.git(&["replace", &ids[3], &ids[0]]);
    assert_eq!(made.git(&["show", "HEAD:scope.toml"]), "[services.a]", "git follows it");
    assert_eq!(service(&made, "HEAD"), "d");
    made.git(&["replace", "-d", &ids[3]]);
    made.write(".git/info/grafts", format!("{}\n", ids[3]));
    assert_eq!(service(&made, "HEAD~1"), "c", "nor are grafts");
}
