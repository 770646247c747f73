//! Repositories as they are: linked work trees, bare, shallow and partial clones, submodules.

use super::{Made, checked, found, git_in, json, of_folder, of_revision, refused};
use crate::cases::files;
use soclint::Session;
use std::path::{Path, PathBuf};

/// What is said of evidence that is known to be wrong.
const IS_WRONG: [&str; 2] = ["evidence-missing-file", "evidence-changed"];

const PAY: &str = "[services.pay]\nfinancial-impact = \"direct\"\n";

/// An estate in a folder, with evidence, and one more commit than a shallow clone has.
fn made(options: &[&str]) -> Made {
    let made = Made::new(options);
    made.write("estate/scope.toml", "[services.old]\n");
    made.commit("first");
    made.write("estate/soclint.toml", "");
    // What is named here is deeper than one of the partial clones goes.
    let places = [
        "./far/x/y/a.md",
        "./far/x/y/*.md",
        "./far/x/y",
        "./far/x/*/a.md",
        "./far/x/y/deeper/b.md",
    ];
    let far = places.iter().enumerate();
    let far = far.map(|(at, place)| format!("[evidence.far-{at}]\nat = \"{place}\"\ncollected = 2026-01-01\n"));
    made.write("estate/scope.toml", format!("{PAY}{}", far.collect::<String>()));
    for name in ["x/y/a.md", "x/y/deeper/b.md"] {
        made.write(&format!("estate/far/{name}"), "text\n");
    }
    let evidence = "[evidence.small]\nat = \"./small.md\"\ncollected = 2026-01-01\n[evidence.large]\nat = \"./large.md\"\ncollected = 2026-01-01\nsha256 = \"0000000000000000000000000000000000000000000000000000000000000000\"\n";
    made.write("estate/team/deep/scope.toml", evidence);
    made.write("estate/team/deep/small.md", "text\n");
    made.write("estate/team/deep/large.md", "text\n".repeat(1000));
    made.commit("second");
    made.git(&["config", "uploadpack.allowFilter", "true"]);
    made.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    made
}

pub fn clone(made: &Made, to: &Path, options: &[&str]) {
    let from = format!("file://{}", made.path().canonicalize().expect("a path").display());
    git_in(
        made.path(),
        &[&["clone", "-q"], options, &[from.as_str(), &to.to_string_lossy()]].concat(),
    );
}

fn objects(clone: &Path) -> Vec<PathBuf> {
    let mut objects = files(&clone.join(".git/objects"));
    objects.sort();
    objects
}

#[test]
fn every_way_to_keep_a_repository_is_read_alike() {
    for options in [&[][..], &["--object-format=sha256"]] {
        let made = made(options);
        let expected = json(&of_folder(&made.at("estate")));
        assert!(expected.to_string().contains("has changed"), "{expected}");
        let around = tempfile::tempdir().expect("a folder");
        let to = |name: &str| around.path().join(name);
        made.git(&[
            "worktree",
            "add",
            "-q",
            "--detach",
            &to("linked").to_string_lossy(),
            "HEAD~1",
        ]);
        clone(&made, &to("bare.git"), &["--bare"]);
        git_in(
            &to("bare.git"),
            &["worktree", "add", "-q", &to("of-bare").to_string_lossy(), "main"],
        );
        clone(&made, &to("shallow"), &["--depth=1"]);
        git_in(
            made.path(),
            &["clone", "-q", "--shared", ".", &to("shared").to_string_lossy()],
        );
        clone(&made, &to("partial"), &["--filter=blob:none"]);
        for name in ["of-bare", "shallow", "shared", "partial"] {
            let estate = to(name).join("estate");
            let stale = "[services.stale]\n";
            std::fs::write(estate.join("scope.toml"), stale).expect("written");
            assert_eq!(json(&of_revision(&estate, "HEAD")), expected, "{name}");
        }
        let old = found(&of_revision(&to("linked").join("estate"), "HEAD"));
        assert!(old.iter().any(|(_, subject, _)| subject == "services.old"), "{old:?}");
        assert_eq!(json(&of_revision(&to("linked").join("estate"), "main")), expected);
        made.git(&["gc", "-q", "--aggressive"]);
        assert_eq!(json(&of_revision(&made.at("estate"), "main")), expected, "packed");

        // Without a work tree, the repository's root is the estate's.
        let whole = checked(&Session::of_revision(&to("bare.git"), "main").expect("read"));
        let there: Vec<String> = whole.sources.iter().map(|(_, source)| source.path.clone()).collect();
        assert_eq!(there, ["estate/scope.toml", "estate/team/deep/scope.toml"]);
    }
}

#[test]
fn what_a_shallow_clone_has_not_is_said() {
    let made = made(&[]);
    let to = tempfile::tempdir().expect("a folder");
    clone(&made, to.path(), &["--depth=1"]);
    let id = made.git(&["rev-parse", "HEAD~1"]);
    for revision in ["HEAD~1", "HEAD^", &id] {
        let said = refused(&to.path().join("estate"), revision);
        assert!(said.contains("not in this clone, which is shallow"), "{said}");
    }
}

/// Nothing is fetched, nothing is an error, and no evidence is missing.
#[test]
fn what_a_partial_clone_has_not_is_unknown() {
    let made = made(&[]);
    let around = tempfile::tempdir().expect("a folder");
    for (filter, manifests, said) in [
        ("blob:limit=1k", 2, None),
        (
            "blob:none",
            0,
            Some("are not in this clone: what they may declare is unknown"),
        ),
        (
            "tree:3",
            1,
            Some("`far/x` and `team/deep` are not in this clone: what they may declare is unknown"),
        ),
    ] {
        let to = around.path().join(filter.replace(':', "-"));
        clone(&made, &to, &[&format!("--filter={filter}"), "--no-checkout"]);
        let estate = to.join("estate");
        std::fs::create_dir_all(&estate).expect("a folder");
        if filter == "blob:none" {
            // Without the config nothing could be told.
            git_in(&to, &["cat-file", "-e", "HEAD:estate/soclint.toml"]);
        }
        let before = objects(&to);
        let checked = of_revision(&estate, "HEAD");
        assert_eq!(objects(&to), before, "{filter}: nothing is fetched");
        let told = found(&checked);
        assert!(
            told.iter().all(|(rule, ..)| !IS_WRONG.contains(rule)),
            "{filter}: {told:?}"
        );
        if filter == "tree:3" {
            let unknown = &checked.outcome.not_checked_out;
            assert_eq!(unknown.len(), 1, "{unknown:?}");
            assert_eq!(unknown[0].0, "far/x");
        }
        let read = checked
            .sources
            .iter()
            .filter(|(_, source)| !source.text.is_empty())
            .count();
        assert_eq!(read, manifests, "{filter}");
        match said {
            Some(said) => assert!(
                told.iter().any(|(.., message)| message.contains(said)),
                "{filter}: {told:?}"
            ),
            None => {
                let unknown = &checked.outcome.not_checked_out;
                assert_eq!(unknown.len(), 1, "{unknown:?}");
                assert_eq!(unknown[0].0, "team/deep/large.md");
            }
        }
        // What helps, helps.
        git_in(&to, &["fetch", "-q", "--refetch", "--no-filter"]);
        let all = found(&of_revision(&estate, "HEAD"));
        assert!(
            all.iter().any(|(rule, ..)| *rule == "evidence-changed"),
            "{filter}: {all:?}"
        );
    }
    let treeless = around.path().join("treeless");
    clone(&made, &treeless, &["--filter=tree:0", "--no-checkout"]);
    let said = refused(&treeless, "HEAD");
    assert!(said.contains("`HEAD` is not in this clone"), "{said}");
}

#[test]
fn a_submodule_is_there_as_far_as_its_objects_are() {
    let inner = Made::new(&[]);
    inner.write("in/scope.toml", "[services.inner]\n");
    inner.write(".gitignore", "in/\n");
    let first = inner.commit("first");
    let outer = Made::new(&[]);
    outer.write("scope.toml", "[evidence.e]\nat = \"./sub/one/in/none.md\"\ncollected = 2026-01-01\n[evidence.f]\nat = \"./sub/one/in\"\ncollected = 2026-01-01\n");
    let from = inner.path().to_string_lossy().into_owned();
    outer.git(&["submodule", "--quiet", "add", "--name", "named", &from, "sub/one"]);
    outer.commit("with it");
    let expected = of_folder(outer.path());
    let services = found(&expected);
    assert!(
        services.iter().any(|(_, subject, _)| subject == "services.inner"),
        "{services:?}"
    );
    assert!(
        services.iter().any(|(rule, ..)| *rule == "evidence-missing-file"),
        "{services:?}"
    );
    assert_eq!(json(&of_revision(outer.path(), "HEAD")), json(&expected));
    // At the commit that is named, whatever is checked out there now.
    inner.write("in/scope.toml", "[services.later]\n");
    inner.commit("second");
    outer.git(&["-C", "sub/one", "pull", "-q"]);
    assert_eq!(json(&of_revision(outer.path(), "HEAD")), json(&expected));
    outer.git(&["submodule", "--quiet", "deinit", "-f", "sub/one"]);
    assert_eq!(
        json(&of_revision(outer.path(), "HEAD")),
        json(&expected),
        "git keeps it"
    );

    let to = tempfile::tempdir().expect("a folder");
    git_in(outer.path(), &["clone", "-q", ".", &to.path().to_string_lossy()]);
    let without = of_revision(to.path(), "HEAD");
    let told = found(&without);
    let said = "the submodule `sub/one` is not here at the commit that is named: what it may declare is unknown";
    assert!(told.iter().any(|(.., message)| message == said), "{told:?}");
    assert!(
        told.iter().all(|(rule, ..)| *rule != "evidence-missing-file"),
        "{told:?}"
    );
    assert_eq!(
        without.outcome.not_checked_out,
        of_folder(to.path()).outcome.not_checked_out
    );

    // A name that leads out of git's folder leads nowhere.
    let modules = format!("[submodule \"../../{0}\"]\n\tpath = sub/one\n\turl = x\n", "elsewhere");
    let escaping = Made::new(&[]);
    git_in(
        escaping.path(),
        &[
            "clone",
            "-q",
            "--bare",
            &from,
            &escaping.at("elsewhere").to_string_lossy(),
        ],
    );
    escaping.write(".gitmodules", modules);
    escaping.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("160000,{first},sub/one"),
    ]);
    escaping.git(&["add", ".gitmodules"]);
    escaping.git(&["commit", "-qm", "x"]);
    let told = found(&of_revision(escaping.path(), "HEAD"));
    assert!(told.iter().any(|(.., message)| message == said), "{told:?}");
}

#[test]
fn a_repository_with_another_kind_of_references_says_so() {
    let made = Made::new(&["--ref-format=reftable"]);
    made.write("scope.toml", PAY);
    let id = made.commit("x");
    for revision in ["HEAD", "main"] {
        let said = refused(made.path(), revision);
        assert!(said.contains("reftable, which is not read"), "{said}");
    }
    let told = found(&of_revision(made.path(), &id));
    assert!(told.iter().any(|(_, subject, _)| subject == "services.pay"), "{told:?}");
    assert_eq!(
        json(&of_revision(made.path(), &id[..12])),
        json(&of_folder(made.path()))
    );
}

#[test]
fn a_revision_without_the_folder_of_the_estate_has_an_empty_one() {
    let made = Made::new(&[]);
    made.write("README.md", "x");
    made.commit("first");
    made.write("estate/scope.toml", PAY);
    made.write("estate/soclint.toml", "");
    made.commit("second");
    let before = of_revision(&made.at("estate"), "HEAD~1");
    assert_eq!((found(&before), before.sources.len()), (Vec::new(), 0));
    // As its own config stood then.
    made.write("estate/soclint.toml", "exclude = [\"scope.toml\"]\n");
    made.commit("third");
    made.write("estate/.soclint.toml", "");
    made.commit("fourth");
    std::fs::remove_file(made.at("estate/.soclint.toml")).expect("removed");
    assert_eq!(of_revision(&made.at("estate"), "HEAD~1").sources.len(), 0);
    assert_eq!(of_revision(&made.at("estate"), "HEAD~2").sources.len(), 1);
    let said = refused(&made.at("estate"), "HEAD");
    assert_eq!(
        said,
        "in `HEAD`: estate holds both soclint.toml and .soclint.toml; keep one of them"
    );
}

/// Neither the program of a setting nor a hook runs, and nothing of the repository changes.
#[cfg(unix)]
#[test]
fn nothing_of_the_repository_is_run_or_written() {
    let made = made(&[]);
    made.write("estate/.gitattributes", "* filter=run diff=run\n*.md filter=lfs\n");
    made.commit("third");
    let ran = made.at(".git/ran");
    let touch = format!("touch '{}'", ran.display());
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.gitProxy",
        "core.askPass",
        "core.alternateRefsCommand",
        "filter.run.smudge",
        "filter.run.clean",
        "filter.run.process",
        "filter.lfs.process",
        "diff.run.command",
        "diff.run.textconv",
        "diff.external",
        "credential.helper",
        "gpg.program",
        "uploadpack.packObjectsHook",
        "remote.origin.uploadpack",
    ] {
        made.git(&["config", key, &touch]);
    }
    made.git(&["config", "remote.origin.url", &format!("ext::sh -c \"{touch}\"")]);
    made.git(&["config", "remote.origin.promisor", "true"]);
    made.git(&["config", "extensions.partialClone", "origin"]);
    let tree = made.git(&["rev-parse", "HEAD:estate"]);
    // A pipe might never end.
    let pipe = |path: &str| {
        let made = std::process::Command::new("mkfifo").arg(made.at(path)).status();
        assert!(made.is_ok_and(|status| status.success()), "{path}");
    };
    for path in [
        "estate/pipe.scope.toml",
        ".git/refs/heads/pipe",
        ".git/included",
        ".git/shallow",
    ] {
        pipe(path);
    }
    made.git(&["config", "include.path", "included-later"]);
    let config = std::fs::read_to_string(made.at(".git/config")).expect("a config");
    made.write(".git/config", config.replace("included-later", "included"));
    let before = snapshot(made.path());
    let told = found(&of_revision(&made.at("estate"), "HEAD"));
    assert!(told.iter().any(|(rule, ..)| *rule == "evidence-changed"), "{told:?}");
    assert!(refused(&made.at("estate"), "pipe").contains("no revision"));
    assert!(!ran.exists());
    assert_eq!(snapshot(made.path()), before);
    let objects = made.at(".git/objects");
    let (folder, name) = tree.trim().split_at(2);
    let tree = objects.join(folder).join(name);
    let other = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(other.path().join("info")).expect("a folder");
    std::fs::rename(&tree, other.path().join("kept")).expect("an object by itself");
    for odd in [
        tree.clone(),
        objects.join("pack/pipe.idx"),
        objects.join("info/alternates"),
        // That of a repository that lends its objects.
        other.path().join("info/alternates"),
    ] {
        let named = odd.starts_with(other.path());
        if named {
            std::fs::write(objects.join("info/alternates"), format!("{}\n", other.path().display())).expect("written");
        }
        let made_pipe = std::process::Command::new("mkfifo").arg(&odd).status();
        assert!(made_pipe.is_ok_and(|status| status.success()), "{odd:?}");
        assert!(
            refused(&made.at("estate"), "HEAD").contains("cannot be read"),
            "{odd:?}"
        );
        std::fs::remove_file(&odd).expect("removed");
    }
    std::fs::rename(other.path().join("kept"), &tree).expect("put back");
    assert_eq!(found(&of_revision(&made.at("estate"), "HEAD")), told);
}

/// Every file of a repository, how large it is and when it was written.
#[cfg(unix)]
fn snapshot(folder: &Path) -> Vec<(PathBuf, u64, std::time::SystemTime)> {
    let mut all: Vec<_> = files(folder)
        .into_iter()
        .map(|path| {
            let there = path.symlink_metadata().expect("it is there");
            (path, there.len(), there.modified().expect("a time"))
        })
        .collect();
    all.sort();
    all
}
