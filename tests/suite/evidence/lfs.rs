//! A pointer of Git LFS stands for its content only where the repository says that Git LFS keeps the file.

use super::{Estate, MISSING_FILE, naming};
use crate::tool::{self, run, soclint, stdout};

const OID: &str = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393";
const LFS: &str = "filter=lfs diff=lfs merge=lfs -text\n";

fn pointer(oid: &str) -> String {
    format!("version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 12345\n")
}

/// An estate whose evidence declares the digest of a file.
fn declaring(digest: &str, text: &str, attributes: &str) -> Estate {
    let manifest = format!(
        "owner = \"t\"\n[evidence.e]\nkind = \"log\"\nat = \"./ev/log.csv\"\nsha256 = \"{digest}\"\n[controls.c]\nowner = \"t\"\noperating = \"e\"\n"
    );
    Estate::of(&manifest)
        .with("ev/log.csv", text)
        .with(".gitattributes", attributes)
}

fn pointers(estate: &Estate) -> u64 {
    estate.json()["summary"]["lfs-pointers"].as_u64().expect("a number")
}

#[test]
fn the_digest_behind_a_pointer_is_compared_where_git_lfs_keeps_the_file() {
    let all = format!("* {LFS}");
    for attributes in [
        all.clone(),
        format!("*.csv {LFS}"),
        format!("/ev/** {LFS}"),
        format!("[attr]big {LFS}ev/*.csv big\n"),
        format!("*.csv -filter\nev/log.csv {LFS}"),
        format!("# kept elsewhere\n\n\"ev/log.csv\" {LFS}"),
    ] {
        let estate = declaring(OID, &pointer(OID), &attributes);
        assert_eq!(estate.found(), [], "{attributes}");
        assert_eq!(pointers(&estate), 1, "{attributes}");
        let other = declaring(&OID.replace('4', "5"), &pointer(OID), &attributes);
        assert_eq!(other.found_by("evidence-changed").len(), 1, "{attributes}");
    }
}

#[test]
fn elsewhere_it_is_a_text_like_any_other() {
    let all = format!("* {LFS}");
    for attributes in [
        String::new(),
        "*.csv text\n".to_owned(),
        format!("*.zip {LFS}"),
        format!("{all}*.csv -filter\n"),
        format!("{all}*.csv !filter\n"),
        format!("{all}*.csv filter=other\n"),
        format!("ev/ {LFS}"),
        format!("!*.csv {LFS}"),
    ] {
        let estate = declaring(OID, &pointer(OID), &attributes);
        assert_eq!(estate.found_by("evidence-changed").len(), 1, "{attributes}");
        assert_eq!(pointers(&estate), 0, "{attributes}");
    }
}

#[test]
fn only_the_strict_form_is_a_pointer() {
    let attributes = format!("* {LFS}");
    let strict = pointer(OID);
    for forged in [
        strict.replace("size", "NOTHING WAS ROTATED\nsize"),
        strict.replace("spec/v1", "spec/"),
        strict.replace("spec/v1", "spec/v10"),
        strict.replace('\n', "\r\n"),
        strict.trim_end().to_owned(),
        format!("{strict}\n"),
        format!("{strict}and more\n"),
        format!("\u{feff}{strict}"),
        strict.replace("oid sha256:4d", "oid sha256:4D"),
        strict.replace("12345", "12345 "),
        strict.replace("12345", ""),
        format!("{strict}{}", " ".repeat(1_000)),
        strict.replace("oid", "x-ray y\noid"),
    ] {
        let estate = declaring(OID, &forged, &attributes);
        assert_eq!(estate.found_by("evidence-changed").len(), 1, "{forged}");
        assert_eq!(pointers(&estate), 0, "{forged}");
    }
}

#[test]
fn attributes_that_git_would_not_read_count_for_nothing() {
    // A link is not followed.
    #[cfg(unix)]
    {
        let estate = declaring(OID, &pointer(OID), "").with("other", format!("* {LFS}"));
        std::fs::remove_file(estate.root().join(".gitattributes")).expect("removed");
        std::os::unix::fs::symlink("other", estate.root().join(".gitattributes")).expect("a link");
        assert_eq!(pointers(&estate), 0);
        let pipe = std::process::Command::new("mkfifo")
            .arg(estate.root().join("ev/.gitattributes"))
            .status();
        assert!(pipe.expect("mkfifo runs").success());
        assert_eq!(pointers(&estate), 0);
    }
    // Those of another repository, around or inside, are about its files.
    let estate = declaring(OID, &pointer(OID), "").with("ev/.gitattributes", format!("* {LFS}"));
    assert_eq!(pointers(&estate), 1);
    let estate = declaring(OID, &pointer(OID), &format!("* {LFS}")).with("ev/.git", "gitdir: ../elsewhere\n");
    assert_eq!(pointers(&estate), 0);
    let estate = Estate::new()
        .with(".gitattributes", format!("* {LFS}"))
        .with("repository/scope.toml", naming(&["./log.csv"]))
        .with("repository/log.csv", pointer(OID));
    std::fs::create_dir(estate.root().join("repository/.git")).expect("a folder");
    let json = tool::check_json(&estate.root().join("repository"), tool::AS_OF);
    assert_eq!(json["summary"]["lfs-pointers"], 0);
}

#[test]
fn the_summary_counts_each_pointer_that_stands_for_evidence_once() {
    let places = [
        "./ev/1.csv",
        "./ev/1.csv#row-3",
        "/ev/1.csv",
        "./ev/2.csv",
        "./many",
        "./globbed/*.csv",
        "./text.csv",
        "./mixed",
        "./hidden",
    ];
    let estate = Estate::naming(&places)
        .with(".gitattributes", format!("*.csv {LFS}text.csv -filter\n"))
        .with("ev/1.csv", pointer(OID))
        .with("ev/2.csv", pointer(OID))
        .with("ev/3.csv", pointer(OID))
        .with("many/1.csv", pointer(OID))
        .with("many/deep/2.csv", pointer(OID))
        .with("globbed/1.csv", pointer(OID))
        .with("globbed/2.csv", pointer(OID))
        .with("globbed/3.txt", pointer(OID))
        .with("text.csv", pointer(OID))
        .with("mixed/1.md", "said\n")
        .with("mixed/2.csv", pointer(OID))
        .with("hidden/.1.csv", pointer(OID))
        .with("hidden/1.md", "said\n");
    assert_eq!(estate.found(), []);
    // ev/1, ev/2, two in `many`, two in `globbed`, one in `mixed`.
    assert_eq!(pointers(&estate), 7);
    for format in ["pretty", "concise", "markdown", "github"] {
        let output = run(soclint()
            .args(["check", "--as-of", tool::AS_OF, "--format", format, "--root"])
            .arg(estate.root()));
        let text = stdout(&output) + &tool::stderr(&output);
        assert!(text.contains("7 LFS pointers, content not checked"), "{format}: {text}");
        // That one is a page as a whole.
        if format == "markdown" {
            continue;
        }
        let quiet = run(soclint()
            .args(["check", "--quiet", "--as-of", tool::AS_OF, "--format", format, "--root"])
            .arg(estate.root()));
        assert!(!stdout(&quiet).contains("LFS"), "{format}");
    }
    let one = Estate::naming(&["./x.csv", "./x.csv#"])
        .with(".gitattributes", format!("* {LFS}"))
        .with("x.csv", pointer(OID));
    let output = run(soclint()
        .args(["check", "--as-of", tool::AS_OF, "--root"])
        .arg(one.root()));
    assert!(
        stdout(&output).contains("1 LFS pointer, content not checked"),
        "{}",
        stdout(&output)
    );
    let none = Estate::naming(&["./x.csv"]).with("x.csv", pointer(OID));
    let output = run(soclint()
        .args(["check", "--as-of", tool::AS_OF, "--root"])
        .arg(none.root()));
    assert!(!stdout(&output).contains("LFS"), "{}", stdout(&output));
}

#[test]
fn what_is_at_fault_is_no_pointer_that_counts() {
    let estate = Estate::naming(&["./ignored.csv"])
        .with(".gitattributes", format!("* {LFS}"))
        .with(".gitignore", "ignored.csv\n")
        .with("ignored.csv", pointer(OID));
    assert_eq!(estate.found_by(MISSING_FILE).len(), 1);
    assert_eq!(pointers(&estate), 0);
}
