//! What `--output` and `baseline write` may write, and how they leave it.

use crate::tool::{AS_OF, run, soclint, stderr, stdout, write};
use std::path::Path;
use tempfile::TempDir;

fn repository() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), ".git/config", "[core]\n");
    write(
        root.path(),
        "soclint.toml",
        "extends = \"org/base.toml\"\ninclude = [\"**/scope.toml\", \"**/*.scope.toml\", \"**/*.decl\"]\n",
    );
    write(root.path(), "org/base.toml", "fail-on = \"never\"\n");
    write(root.path(), "scope.toml", "[services.a]\n");
    write(root.path(), "pay/x.scope.toml", "[services.b]\n");
    write(root.path(), "pay/y.decl", "[services.c]\n");
    write(root.path(), "pay/soclint.toml", "");
    write(root.path(), "known.toml", "version = 1\n");
    root
}

fn call(root: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = run(soclint().args(args).args(["--as-of", AS_OF]).current_dir(root));
    (output.status.code(), stderr(&output) + &stdout(&output))
}

fn output(root: &Path, files: &[&str]) -> (Option<i32>, String) {
    let outputs: Vec<String> = files.iter().map(|file| format!("--output={file}")).collect();
    let mut args = vec!["check", "--quiet", "--format", "concise"];
    args.extend(outputs.iter().map(String::as_str));
    call(root, &args)
}

#[test]
fn neither_takes_the_place_of_what_is_read_or_of_what_is_gits() {
    for (file, what) in [
        ("scope.toml", "a manifest"),
        ("pay/x.scope.toml", "a manifest"),
        ("pay/y.decl", "a manifest"),
        ("./pay/../pay/y.decl", "a manifest"),
        ("new/../new.scope.toml", "a manifest"),
        ("Scope.toml", "a manifest"),
        ("soclint.toml", "a config"),
        (".soclint.toml", "a config"),
        ("pay/soclint.toml", "a config"),
        ("pay/SOCLINT.TOML", "a config"),
        ("org/base.toml", "a config"),
        ("org/../org/base.toml", "a config"),
        (".git/config", "belong to git"),
        (".git/hooks-of-mine", "belong to git"),
        (".git", "belong to git"),
        (".GIT/config", "belong to git"),
        ("pay/../.git/config", "belong to git"),
        ("pay", "a folder"),
    ] {
        let root = repository();
        std::fs::create_dir(root.path().join("new")).expect("a folder");
        let before = std::fs::read(root.path().join(file)).ok();
        let (code, said) = output(root.path(), &[&format!("json={file}")]);
        assert_eq!(code, Some(2), "{file}: {said}");
        assert!(said.contains(what) && said.contains("cannot write"), "{file}: {said}");
        assert_eq!(std::fs::read(root.path().join(file)).ok(), before, "{file}");
        for command in ["write", "prune"] {
            let (code, said) = call(root.path(), &["baseline", command, file]);
            assert_eq!(code, Some(2), "{file}: {said}");
            assert!(said.contains(what), "{command} {file}: {said}");
            assert_eq!(std::fs::read(root.path().join(file)).ok(), before, "{command} {file}");
        }
    }
}

#[test]
fn no_file_is_named_for_two_outputs_nor_for_the_baseline() {
    for files in [
        &["json=x", "sarif=x"][..],
        &["json=x", "json=x"],
        &["json=x", "sarif=./x"],
        &["json=pay/x", "sarif=pay/../pay/x", "junit=y"],
        &["junit=y", "json=x", "markdown=pay/../x"],
    ] {
        let root = repository();
        let (code, said) = output(root.path(), files);
        assert_eq!(code, Some(2), "{files:?}: {said}");
        assert!(said.contains("two outputs"), "{said}");
        for file in ["x", "y", "pay/x"] {
            assert!(!root.path().join(file).exists(), "nothing is written: {files:?}");
        }
    }
    let root = repository();
    let (code, said) = call(
        root.path(),
        &["check", "--baseline", "known.toml", "--output", "json=./known.toml"],
    );
    assert_eq!(code, Some(2));
    assert!(said.contains("this run's baseline"), "{said}");
    let (code, said) = output(
        root.path(),
        &[
            "json=x",
            "sarif=y",
            "junit=pay/x",
            "markdown=/dev/null",
            "gitlab=/dev/null",
        ],
    );
    assert_eq!(code, Some(0), "{said}");
    for file in ["x", "y", "pay/x"] {
        assert!(root.path().join(file).is_file());
    }
}

#[cfg(unix)]
mod on_unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).expect("a file").permissions().mode() & 0o7777
    }

    fn set_mode(path: &Path, mode: u32) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("a mode");
    }

    #[test]
    fn a_file_that_is_there_keeps_its_mode_and_one_that_is_read_only_stays() {
        let root = repository();
        for kept in [0o600, 0o640, 0o664, 0o666, 0o755] {
            let file = root.path().join("out");
            std::fs::write(&file, "before").expect("a file");
            set_mode(&file, kept);
            assert_eq!(output(root.path(), &["json=out"]).0, Some(0));
            assert_ne!(std::fs::read(&file).expect("a file"), b"before");
            assert_eq!(mode(&file), kept);
            let known = root.path().join("known.toml");
            set_mode(&known, kept);
            assert_eq!(call(root.path(), &["baseline", "write", "known.toml"]).0, Some(0));
            assert_eq!(mode(&known), kept);
        }
        for read_only in [0o444, 0o400, 0o555] {
            let file = root.path().join("out");
            std::fs::write(&file, "before").expect("a file");
            set_mode(&file, read_only);
            set_mode(&root.path().join("known.toml"), read_only);
            let before = std::fs::read(root.path().join("known.toml")).expect("a baseline");
            for (code, said) in [
                output(root.path(), &["sarif=elsewhere", "json=out"]),
                call(root.path(), &["baseline", "write", "known.toml"]),
            ] {
                assert_eq!(code, Some(2), "{said}");
                assert!(said.contains("read-only"), "{said}");
            }
            assert_eq!(std::fs::read(&file).expect("a file"), b"before");
            assert_eq!(
                std::fs::read(root.path().join("known.toml")).expect("a baseline"),
                before
            );
            assert!(!root.path().join("elsewhere").exists(), "nothing is written");
            assert_eq!(mode(&file), read_only);
            set_mode(&file, 0o644);
            set_mode(&root.path().join("known.toml"), 0o644);
        }
    }

    #[test]
    fn nothing_is_written_through_a_link() {
        let root = repository();
        let outside = tempfile::tempdir().expect("a folder");
        std::fs::write(outside.path().join("kept"), "kept").expect("a file");
        symlink(outside.path().join("kept"), root.path().join("out")).expect("a link");
        symlink("scope.toml", root.path().join("to-manifest")).expect("a link");
        symlink(".git/config", root.path().join("to-git")).expect("a link");
        symlink("soclint.toml", root.path().join("to-config")).expect("a link");
        symlink(outside.path().join("not-there"), root.path().join("dangling")).expect("a link");
        let kept = ["scope.toml", ".git/config", "soclint.toml"];
        let before = kept.map(|file| std::fs::read(root.path().join(file)).expect("a file"));
        for link in ["out", "to-manifest", "to-git", "to-config", "dangling"] {
            let (code, said) = output(root.path(), &[&format!("json={link}")]);
            assert_eq!(code, Some(2), "{link}: {said}");
            assert!(said.contains("it is a link"), "{said}");
            let there = root.path().join(link).symlink_metadata().expect("a link");
            assert!(there.is_symlink(), "{link} stays");
        }
        let pages = root.path().join("man");
        std::fs::create_dir(&pages).expect("a folder");
        symlink(outside.path().join("kept"), pages.join("soclint.1")).expect("a link");
        let man = std::process::Command::new(env!("CARGO_BIN_EXE_soclint"))
            .args(["man", "--dir"])
            .arg(&pages)
            .output()
            .expect("it runs");
        assert_eq!(man.status.code(), Some(2));
        assert_eq!(std::fs::read(outside.path().join("kept")).expect("a file"), b"kept");
        assert!(!outside.path().join("not-there").exists());
        assert_eq!(
            kept.map(|file| std::fs::read(root.path().join(file)).expect("a file")),
            before
        );
        symlink(outside.path(), root.path().join("away")).expect("a link");
        let (code, said) = output(root.path(), &["json=away/new"]);
        assert_eq!(code, Some(2));
        assert!(
            said.contains("leads outside") && !outside.path().join("new").exists(),
            "{said}"
        );
        // A folder behind another link is that folder.
        symlink(".git", root.path().join("g")).expect("a link");
        let (code, said) = output(root.path(), &["json=g/config"]);
        assert_eq!(code, Some(2));
        assert!(said.contains("belong to git"), "{said}");
        symlink("pay", root.path().join("p")).expect("a link");
        assert_eq!(output(root.path(), &["json=p/y.decl"]).0, Some(2));
        assert_eq!(output(root.path(), &["json=p/x", "sarif=pay/x"]).0, Some(2));
    }

    #[test]
    fn a_pipe_and_standard_output_take_what_is_written() {
        let root = repository();
        let (code, said) = output(root.path(), &["json=/dev/stdout"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("\"version\": 1"), "{said}");
        // Standard output may be a file, which is not to be replaced.
        let file = root.path().join("all");
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_soclint"))
            .args(["check", "--as-of", AS_OF, "--quiet", "--output", "json=/dev/stdout"])
            .current_dir(root.path())
            .stdout(std::fs::File::create(&file).expect("a file"))
            .status();
        assert!(status.expect("it runs").success());
        assert!(
            std::fs::read_to_string(&file)
                .expect("a file")
                .contains("\"version\": 1")
        );
    }
}
