//! Estates of every kind, committed, and compared with a checkout.

use super::{Made, git_in, json, of_folder, of_revision};
use crate::cases::project;
use crate::tool::copy_folder;
use rayon::prelude::*;
use soclint::Session;
use std::path::{Path, PathBuf};

/// Copies what lies in a folder of the fixtures as estates: each folder, and each single manifest in one of its own.
fn copy_cases(from: &Path, to: &Path, config: Option<&str>, estates: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name();
        let target = to.join(&name);
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else if name == "said.txt" {
            continue;
        } else {
            std::fs::create_dir_all(&target).expect("a folder");
            std::fs::copy(entry.path(), target.join(&name)).expect("a copy");
        }
        if let Some(config) = config
            && !target.join("soclint.toml").exists()
        {
            std::fs::write(target.join("soclint.toml"), config).expect("a config");
        }
        estates.push(target);
    }
}

/// Nothing of the working tree is as it was committed.
fn spoil(folder: &Path) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() && entry.file_name() != ".git" {
            spoil(&entry.path());
        } else if kind.is_file() {
            std::fs::write(entry.path(), "spoiled = [").expect("written");
        }
    }
}

fn compare(made: &Made, estates: &[PathBuf]) {
    let checkout = tempfile::tempdir().expect("a folder");
    let copy = checkout.path().join("checkout");
    git_in(
        made.path(),
        &["clone", "-q", "--no-hardlinks", ".", &copy.to_string_lossy()],
    );
    spoil(made.path());
    estates.par_iter().for_each(|estate| {
        let inside = estate.strip_prefix(made.path()).expect("inside");
        let expected = Session::of_folder(&copy.join(inside));
        let Ok(expected) = expected else {
            let expected = expected.err().map(|error| error.to_string());
            let found = Session::of_revision(estate, "HEAD")
                .err()
                .map(|error| error.to_string());
            assert_eq!(found, expected, "{}", inside.display());
            return;
        };
        let expected = super::checked(&expected);
        let found = of_revision(estate, "HEAD");
        assert_eq!(json(&found), json(&expected), "{}", inside.display());
    });
}

#[test]
fn every_estate_is_found_as_in_a_checkout() {
    let made = Made::new(&[]);
    let mut estates = Vec::new();
    let fixtures = project().join("fixtures");
    copy_cases(&fixtures.join("estates"), &made.at("estates"), None, &mut estates);
    // Those that are about files; of the others, some.
    let is_about_files =
        |name: &str| name.contains("evidence") || name.ends_with("-contradicted") || name.contains("secret");
    for rule in std::fs::read_dir(fixtures.join("rules")).expect("rules") {
        let rule = rule.expect("a rule");
        let name = rule.file_name().into_string().expect("text");
        if !is_about_files(&name) && name.len() % 8 != 0 {
            continue;
        }
        for kind in ["fails", "passes"] {
            let to = made.at("rules").join(rule.file_name()).join(kind);
            copy_cases(&rule.path().join(kind), &to, None, &mut estates);
        }
    }
    for group in ["discover", "broken", "together"] {
        for one in std::fs::read_dir(fixtures.join(group)).expect("a folder") {
            let one = one.expect("an entry");
            let config = (group == "discover").then_some("[discover]\n");
            copy_cases(&one.path(), &made.at(group).join(one.file_name()), config, &mut estates);
        }
    }
    copy_folder(&fixtures.join("hostile"), &made.at("hostile"));
    estates.push(made.at("hostile"));
    assert!(estates.len() > 300, "{}", estates.len());
    made.commit("all");
    compare(&made, &estates);
}

/// What ignore files, patterns, links and attributes decide, with discovery and without.
#[test]
fn what_decides_over_files_decides_in_a_tree() {
    let made = Made::new(&[]);
    for (estate, config) in [
        ("plain", ""),
        ("seen", "[discover]\nexclude = [\"skipped\"]\n"),
        (
            "chosen",
            "include = [\"teams/*\", \"[x] y\", \"ignored\"]\nexclude = [\"teams/c\", \"a*\"]\n[discover]\n",
        ),
        ("extended", "extends = [\"../base.toml\"]\n"),
    ] {
        fill(&made, estate, config);
    }
    made.write(
        "base.toml",
        "exclude = [\"teams/b\"]\n[rules]\nreport-covers-nothing = \"off\"\n",
    );
    made.write(".gitignore", "ignored-above/\n*.log\n");
    made.commit("all");
    let estates: Vec<PathBuf> = ["plain", "seen", "chosen", "extended", ""]
        .map(|name| made.at(name))
        .into();
    let seen = of_folder(&made.at("seen"));
    let places: Vec<&str> = seen.outcome.findings.iter().map(|finding| finding.rule).collect();
    for rule in [
        "evidence-missing-file",
        "evidence-changed",
        "unreadable-file",
        "unreadable-source",
    ] {
        assert!(places.contains(&rule), "{rule} is found: {places:?}");
    }
    let discovery = seen.outcome.reading.discovery.as_ref().expect("it is looked for");
    assert!(discovery.seen > 1 && discovery.files > 1, "{discovery:?}");
    compare(&made, &estates);
}

fn fill(made: &Made, estate: &str, config: &str) {
    let write = |path: &str, text: &str| made.write(&format!("{estate}/{path}"), text);
    write("soclint.toml", config);
    for (folder, id) in [
        ("teams/a", "a"),
        ("teams/b", "b"),
        ("teams/c", "c"),
        ("[x] y", "x"),
        ("ignored", "i"),
        ("ignored-above", "above"),
        ("abroad/deep", "d"),
        (".hidden", "h"),
    ] {
        let reports = format!("[services.{id}]\nfinancial-impact = \"direct\"\n[reports.{id}]\nframework = \"soc1\"\n");
        write(&format!("{folder}/scope.toml"), &reports);
    }
    write("teams/Scope.toml", "");
    write("teams/soclint.toml", "");
    write(".gitignore", "/ignored/\nout/\n!kept.md\n");
    write(".ignore", "teams/b\n.ignored-sources/\n");
    write("teams/.gitignore", "\u{feff}private*\n");
    let pointer = format!(
        "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 12\n",
        "a".repeat(64)
    );
    write(".gitattributes", "*.pdf filter=lfs diff=lfs merge=lfs -text\n");
    write("evidence/scan.pdf", &pointer);
    write("evidence/scan.txt", &pointer);
    write("evidence/full.md", "text\n");
    write("evidence/crlf.md", "text\r\nmore\r\n");
    write("evidence/blank.md", " \u{200b}\n");
    write("evidence/private.md", "text\n");
    write("evidence/out/kept.md", "text\n");
    write("evidence/many/2026/a.csv", "1\n");
    write("evidence/many/2026/b.csv", "\n");
    write("evidence/[1] odd/a.md", "text\n");
    write("evidence/empty/.gitkeep", "");
    let full = "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1";
    let mut entries = String::from("[services.s]\nfinancial-impact = \"none\"\n");
    for (at, (place, digest)) in [
        ("./full.md", Some(full)),
        ("./blank.md", None),
        ("./crlf.md", Some(full)),
        ("./scan.pdf", Some(&*"a".repeat(64))),
        ("./scan.txt", Some(&*"a".repeat(64))),
        ("./scan.pdf", Some(full)),
        ("./Full.md", None),
        ("./none.md", None),
        ("./out/kept.md", None),
        ("./private.md", None),
        ("./many", None),
        ("./many/*/*.csv", None),
        ("./many/2026", None),
        ("./many/**/*.pdf", None),
        ("./[1] odd/a.md", None),
        ("./[1] odd/*", None),
        ("./empty", None),
        ("./scope.toml", None),
        ("../../outside.md", None),
        ("./link-to-file", Some(full)),
        ("./link-to-folder/2026/a.csv", None),
        ("./link-to-folder/*/a.csv", None),
        ("./link-out", None),
        ("./link-nowhere", None),
        ("./link-round", None),
        ("./link-to-self/full.md", None),
    ]
    .into_iter()
    .enumerate()
    {
        entries += &format!("[evidence.e{at}]\nat = \"{place}\"\ncollected = 2026-09-01\n");
        if let Some(digest) = digest {
            entries += &format!("sha256 = \"{digest}\"\n");
        }
    }
    write("evidence/scope.toml", &entries);
    let workflow = "on: push\npermissions:\n  id-token: write\njobs:\n  release:\n    runs-on: x\n    steps:\n      - run: x\n        env:\n          K: ${{ secrets.DEPLOY_KEY }}\n";
    write(".github/workflows/release.yml", workflow);
    let role = "resource \"aws_iam_user\" \"bot\" {\n  name = \"bot\"\n}\nresource \"aws_iam_access_key\" \"bot\" {\n  user = aws_iam_user.bot.name\n}\n";
    for folder in ["infra", "skipped", "out", ".ignored-sources", "infra/vendor", "tests"] {
        write(
            &format!("{folder}/main.tf"),
            &role.replace("bot", &folder.replace(['/', '.'], "-")),
        );
    }
    write("infra/torn.tf", "resource \"aws_iam_user\" \"x\" {\n  name = \"x\n");
    #[cfg(unix)]
    for (link, target) in [
        ("evidence/link-to-file", "full.md"),
        ("evidence/link-to-folder", "many"),
        ("evidence/link-out", "../../base.toml"),
        ("evidence/link-nowhere", "gone/away"),
        ("evidence/link-round", "link-round"),
        ("evidence/link-to-self", "../evidence"),
        ("linked.scope.toml", "teams/a/scope.toml"),
        ("into-ignored", "ignored"),
        ("broken.scope.toml", "nowhere.toml"),
        ("round.scope.toml", "round.scope.toml"),
        ("outside.scope.toml", "../base.toml"),
        ("up", ".."),
        (".github/ignore-link", "../.gitignore"),
    ] {
        let link = made.at(&format!("{estate}/{link}"));
        std::os::unix::fs::symlink(target, link).expect("a link");
    }
}
