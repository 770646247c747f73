//! Whether files are as the commit has them.

use super::{Repository, Tried};
use crate::workspace::git::{Commit, CommitStanding as Standing};
use crate::workspace::{Root, find_root};
use std::path::Path;

fn made(options: &[&str]) -> Result<Repository, Box<dyn std::error::Error>> {
    let made = Repository::new(options)?;
    made.git(&["config", "core.autocrlf", "false"])?;
    for (path, text) in [
        ("a.toml", "a\n"),
        ("in/b.toml", "b\nb\n"),
        ("c.toml", "one\ntwo\n"),
        ("d.toml", "d"),
    ] {
        write(&made, path, text)?;
    }
    made.git(&["add", "."])?;
    made.git(&["commit", "-qm", "x"])?;
    Ok(made)
}

fn write(made: &Repository, path: &str, text: &str) -> Tried {
    let path = made.0.path().join(path);
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/")))?;
    Ok(std::fs::write(path, text)?)
}

fn root_of(dir: &Path) -> Result<Root, Box<dyn std::error::Error>> {
    Ok(find_root(&dir.canonicalize()?, None, None, &[])?)
}

/// How a file stands now.
fn standing(root: &Root, path: &str) -> Result<(Standing, Option<String>), Box<dyn std::error::Error>> {
    let path = root.dir.join(path);
    let bytes = std::fs::read(&path)?;
    Ok(Commit::of(root).standing(&path, &bytes))
}

fn said(made: &Repository, arguments: &[&str]) -> Result<String, Box<dyn std::error::Error>> {
    let ran = std::process::Command::new("git")
        .args(arguments)
        .current_dir(made.0.path())
        .output()?;
    Ok(String::from_utf8(ran.stdout)?.trim().to_owned())
}

#[test]
fn files_are_compared_with_the_commit_and_not_with_the_index() -> Tried {
    for options in [&[][..], &["--object-format=sha256"]] {
        let made = made(options)?;
        write(&made, "in/b.toml", "b\r\nb\r\n")?;
        write(&made, "c.toml", "one\ntwo and more\n")?;
        write(&made, "new.toml", "new")?;
        write(&made, "staged.toml", "staged")?;
        made.git(&["add", "staged.toml", "c.toml"])?;
        std::fs::remove_file(made.0.path().join("d.toml"))?;
        write(&made, "d.toml/inside", "d")?;
        let root = made.root()?;
        assert_eq!(Commit::of(&root).id(), Some(said(&made, &["rev-parse", "HEAD"])?));
        for (path, expected, id) in [
            ("a.toml", Standing::AsCommitted, "HEAD:a.toml"),
            ("in/b.toml", Standing::AsCommitted, "HEAD:in/b.toml"),
            ("c.toml", Standing::Changed, ":c.toml"),
            ("staged.toml", Standing::NotInCommit, ":staged.toml"),
        ] {
            let id = said(&made, &["rev-parse", id])?;
            assert_eq!(standing(&root, path)?, (expected, Some(id)), "{options:?} {path}");
        }
        assert_eq!(standing(&root, "new.toml")?.0, Standing::NotInCommit);
        assert_eq!(standing(&root, "d.toml/inside")?.0, Standing::Changed);
        // Packed, it is the same.
        made.git(&["gc", "-q"])?;
        assert_eq!(standing(&root, "a.toml")?.0, Standing::AsCommitted, "{options:?}");
        assert_eq!(standing(&root, "c.toml")?.0, Standing::Changed);
    }
    Ok(())
}

#[test]
fn without_a_commit_nothing_is_known() -> Tried {
    let made = Repository::new(&[])?;
    write(&made, "a.toml", "a")?;
    let root = made.root()?;
    assert_eq!(Commit::of(&root).id(), None);
    assert_eq!(standing(&root, "a.toml")?, (Standing::Unknown, None));

    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("a.toml"), "a")?;
    assert_eq!(standing(&root_of(folder.path())?, "a.toml")?, (Standing::Unknown, None));
    Ok(())
}

#[test]
fn other_checkouts_of_a_repository_are_read_too() -> Tried {
    let made = made(&[])?;
    let around = tempfile::tempdir()?;
    let to = |name: &str| around.path().join(name).to_string_lossy().into_owned();
    let from = format!("file://{}", made.0.path().canonicalize()?.display());
    made.git(&["config", "uploadpack.allowFilter", "true"])?;
    made.git(&["worktree", "add", "-q", "--detach", &to("worktree")])?;
    made.git(&["clone", "-q", "--bare", ".", &to("bare.git")])?;
    made.git(&[
        "-C",
        &to("bare.git"),
        "worktree",
        "add",
        "-q",
        "--detach",
        &to("of-bare"),
    ])?;
    made.git(&["clone", "-q", "--depth=1", &from, &to("shallow")])?;
    made.git(&["clone", "-q", "--filter=blob:none", &from, &to("partial")])?;
    made.git(&["clone", "-q", "--shared", ".", &to("shared")])?;
    for name in ["worktree", "of-bare", "shallow", "partial", "shared"] {
        let root = root_of(&around.path().join(name))?;
        let path = around.path().join(name).join("in/b.toml");
        assert_eq!(standing(&root, "in/b.toml")?.0, Standing::AsCommitted, "{name}");
        std::fs::write(path, "changed")?;
        assert_eq!(standing(&root, "in/b.toml")?.0, Standing::Changed, "{name}");
    }
    // Of what a partial clone has not fetched, nothing can be told, and nothing is fetched.
    made.git(&[
        "clone",
        "-q",
        "--filter=tree:0",
        "--no-checkout",
        &from,
        &to("treeless"),
    ])?;
    let treeless = around.path().join("treeless");
    std::fs::write(treeless.join("a.toml"), "a\n")?;
    let (standing, id) = standing(&root_of(&treeless)?, "a.toml")?;
    assert_eq!((standing, id.is_some()), (Standing::Unknown, true));
    Ok(())
}

#[test]
fn a_submodule_is_compared_at_the_commit_that_is_named() -> Tried {
    let (outer, inner) = (made(&[])?, made(&[])?);
    let from = inner.0.path().canonicalize()?.to_string_lossy().into_owned();
    outer.git(&["submodule", "add", "-q", &from, "lib/inner"])?;
    outer.git(&["commit", "-qm", "with it"])?;
    let root = outer.root()?;
    assert_eq!(standing(&root, "lib/inner/in/b.toml")?.0, Standing::AsCommitted);
    write(&outer, "lib/inner/a.toml", "changed")?;
    assert_eq!(standing(&root, "lib/inner/a.toml")?.0, Standing::Changed);
    // What is committed there, and not here, is not in this commit.
    outer.git(&["-C", "lib/inner", "commit", "-qam", "y"])?;
    assert_eq!(standing(&root, "lib/inner/a.toml")?.0, Standing::Changed);
    Ok(())
}

#[test]
fn a_replacement_and_another_content_under_an_id_count_for_nothing() -> Tried {
    let made = made(&[])?;
    write(&made, "a.toml", "other\n")?;
    made.git(&["commit", "-qam", "y"])?;
    made.git(&["replace", "HEAD", "HEAD~1"])?;
    let root = made.root()?;
    assert_eq!(standing(&root, "a.toml")?.0, Standing::AsCommitted);
    made.git(&["replace", "-d", "HEAD"])?;

    let tree = said(&made, &["rev-parse", "HEAD^{tree}"])?;
    let before = said(&made, &["rev-parse", "HEAD~1^{tree}"])?;
    let object = |id: &str| made.0.path().join(".git/objects").join(&id[..2]).join(&id[2..]);
    std::fs::remove_file(object(&tree))?;
    std::fs::copy(object(&before), object(&tree))?;
    assert_eq!(standing(&root, "a.toml")?.0, Standing::Unknown);
    Ok(())
}

#[test]
fn what_a_pointer_stands_for_is_as_committed_and_what_git_writes_into_is_unknown() -> Tried {
    let made = made(&[])?;
    let digest = "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5";
    let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 5\n");
    write(&made, "big.toml", &pointer)?;
    write(&made, "id.toml", "# $Id$\n")?;
    made.git(&["add", "."])?;
    made.git(&["commit", "-qm", "y"])?;
    let root = made.root()?;
    write(&made, "big.toml", "12345")?;
    assert_eq!(standing(&root, "big.toml")?.0, Standing::AsCommitted);
    write(&made, "big.toml", "12346")?;
    assert_eq!(standing(&root, "big.toml")?.0, Standing::Changed);
    write(&made, "id.toml", "# $Id: 0123456789 $\n")?;
    assert_eq!(standing(&root, "id.toml")?.0, Standing::Unknown);
    Ok(())
}

#[cfg(unix)]
#[test]
fn what_lies_behind_a_link_is_unknown() -> Tried {
    let made = made(&[])?;
    std::os::unix::fs::symlink("a.toml", made.0.path().join("link.toml"))?;
    std::os::unix::fs::symlink("in", made.0.path().join("folder"))?;
    made.git(&["add", "."])?;
    made.git(&["commit", "-qm", "y"])?;
    let root = made.root()?;
    assert_eq!(standing(&root, "link.toml")?.0, Standing::Unknown);
    assert_eq!(standing(&root, "folder/b.toml")?.0, Standing::Unknown);
    std::fs::remove_file(made.0.path().join("link.toml"))?;
    write(&made, "link.toml", "a.toml")?;
    assert_eq!(
        standing(&root, "link.toml")?.0,
        Standing::Changed,
        "a link is not a file with its target in it"
    );
    Ok(())
}

#[test]
fn nothing_that_is_damaged_is_an_error() -> Tried {
    let made = made(&[])?;
    made.git(&["gc", "-q"])?;
    let root = made.root()?;
    let git = made.0.path().join(".git");
    let mut files = vec![git.join("HEAD"), git.join("config"), git.join("packed-refs")];
    for entry in std::fs::read_dir(git.join("objects/pack"))? {
        files.push(entry?.path());
    }
    for file in files {
        let whole = std::fs::read(&file)?;
        let _ = std::fs::remove_file(&file);
        let mut variants = vec![Vec::new(), whole[..whole.len() / 2].to_vec(), vec![0xff; whole.len()]];
        for at in (0..whole.len()).step_by(whole.len() / 150 + 1) {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x81;
            variants.push(flipped);
        }
        for variant in variants {
            std::fs::write(&file, &variant)?;
            let (standing, _) = standing(&root, "in/b.toml")?;
            assert!(
                matches!(standing, Standing::AsCommitted | Standing::Unknown),
                "{}: {standing:?}",
                file.display()
            );
            std::fs::remove_file(&file)?;
        }
        std::fs::write(&file, &whole)?;
    }
    assert_eq!(standing(&root, "in/b.toml")?.0, Standing::AsCommitted);
    Ok(())
}
