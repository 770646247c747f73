//! Same files, same as-of date, same bytes out: whatever the thread count, the folder or the order of files.

use crate::tool::{self, AS_OF, copied_estate, project, run, soclint, stdout};
use jiff::civil::date;
use proptest::prelude::*;
use soclint::{Checked, Choice, Format, RenderOptions, Session, Source};
use std::sync::LazyLock;

#[test]
fn thread_counts_and_folders_change_nothing() {
    let estate = project().join("fixtures/estates/talervik-pay");
    let (_elsewhere, copy) = copied_estate("talervik-pay");
    for format in ["pretty", "concise", "json", "sarif"] {
        let print = |root: &std::path::Path, threads: &str| {
            let output = run(soclint()
                .args(["check", "--as-of", AS_OF, "--format", format, "--root"])
                .arg(root)
                .env("RAYON_NUM_THREADS", threads));
            stdout(&output)
        };
        let first = print(&estate, "1");
        assert!(first.len() > 1000);
        for threads in ["1", "2", "7"] {
            assert_eq!(print(&estate, threads), first, "{format} with {threads} threads");
        }
        assert_eq!(print(&copy, "3"), first, "{format} in another folder");
    }
}

/// Few folders are walked by one thread, many by several.
#[test]
fn a_walk_of_many_folders_finds_what_a_walk_of_few_does() {
    let root = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    let manifest = |id: &str| format!("[services.{id}]\nkind = \"nonsense\"\n");
    for (path, id) in [
        ("a/scope.toml", "a"),
        ("a/deep/er/b.scope.toml", "b"),
        (".hidden/scope.toml", "hidden"),
        ("ignored/scope.toml", "ignored"),
        ("excluded/scope.toml", "excluded"),
        (".git/scope.toml", "internal"),
    ] {
        write(path, &manifest(id));
    }
    write("z/scope.toml", "\u{0}");
    write(".gitignore", "/ignored/\n");
    write("soclint.toml", "exclude = [\"excluded/\"]\n");
    let found = || tool::check_json(root.path(), AS_OF);
    let few = found();
    let paths: Vec<&str> = tool::findings(&few)
        .iter()
        .filter_map(|finding| finding["location"]["path"].as_str())
        .collect();
    assert_eq!(
        paths,
        [
            ".hidden/scope.toml",
            "a/deep/er/b.scope.toml",
            "a/scope.toml",
            "z/scope.toml"
        ]
    );
    for other in 0..900 {
        write(&format!("m/{}/{other}.rs", other % 30), "//");
    }
    assert_eq!(found(), few);
}

/// Blocks of manifests that can stand in any file and any order: names are resolved over the whole estate.
fn blocks() -> Vec<&'static str> {
    vec![
        "[owners.team]\nkind = \"team\"\nmembers = \"ada\"\n",
        "[owners.ada]\nkind = \"person\"\nleft = 2026-01-01\n",
        "[services.payroll]\nfinancial-impact = \"direct\"\ndepends-on = [\"ledger\", \"metrics\"]\nclaims = \"soc2\"\nthird-parties = \"cloud\"\n",
        "[services.ledger]\nexposure = \"internal\"\ndepends-on = \"store\"\n",
        "[services.store]\nexposure = \"internal\"\ndepends-on = \"ledger\"\n",
        "[services.metrics]\nexposure = \"internal\"\nfinancial-impact = \"none\"\n",
        "[reports.soc2]\nframework = \"soc2\"\ntype = 2\nperiod = { from = 2024-01-01, to = 2024-12-31 }\ncovers = \"payroll\"\n",
        "[reports.soc2-next]\nframework = \"SOC 2\"\ntype = 2\nperiod = { from = 2025-03-01, to = 2025-06-30 }\ncovers = [\"payroll\", \"nowhere\"]\n",
        "[third-parties.cloud]\nrole = \"subservice-organization\"\n",
        "[identities.deployer]\nowner = \"team\"\nkind = \"ci-pipeline\"\nmay-assume = \"clerk\"\naccess = { service = \"ledger\", actions = \"export\", data = \"people\" }\n",
        "[identities.clerk]\nkind = \"bot\"\ncredential = \"ephemeral\"\nmay-assume = \"deployer\"\naccess = { service = \"metrics\", actions = \"release-payment\" }\n",
        "[data.people]\nkinds = \"personal\"\n",
        "[controls.review]\nreports = \"soc2\"\n",
    ]
}

/// What is found, by rule, subject and severity, when the blocks stand in these files.
fn found(files: &[Vec<&'static str>]) -> Vec<(String, String, String)> {
    let sources = files
        .iter()
        .enumerate()
        .map(|(at, blocks)| Source::new(format!("f{at}.scope.toml"), blocks.concat()));
    let outcome = checked(sources.collect()).outcome;
    let mut rows: Vec<_> = outcome
        .findings
        .into_iter()
        .map(|finding| {
            (
                finding.rule.to_owned(),
                finding.subject.clone(),
                finding.severity.to_string(),
            )
        })
        .collect();
    rows.sort();
    rows
}

fn checked(sources: Vec<Source>) -> Checked {
    let session = Session::of_texts(sources, Vec::new()).expect("no config");
    session.check(date(2026, 10, 1), &Choice::default())
}

/// The path of a cycle's first identity depends on the files, by the rule's own words; all else does not.
fn without_cycles(rows: Vec<(String, String, String)>) -> Vec<(String, String, String)> {
    rows.into_iter()
        .filter(|(rule, ..)| rule != "financial-write-plus-sensitive-egress")
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_do_not_depend_on_which_file_says_what(
        shuffled in Just(blocks()).prop_shuffle(),
        cuts in proptest::collection::vec(0..6_usize, blocks().len()),
    ) {
        let mut files: Vec<Vec<&'static str>> = vec![Vec::new(); 6];
        for (block, file) in shuffled.into_iter().zip(cuts) {
            files[file].push(block);
        }
        static TOGETHER: LazyLock<Vec<(String, String, String)>> = LazyLock::new(|| found(&[blocks()]));
        let together = TOGETHER.clone();
        prop_assert!(together.len() > 12, "the blocks must give something to find");
        let apart = found(&files);
        prop_assert_eq!(together.len(), apart.len());
        prop_assert_eq!(without_cycles(together), without_cycles(apart));
    }
}

proptest! {
    // Each of them shows a whole file in every format.
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_ends_a_run(text in "\\PC{0,200}", at in 0..2000_usize, cut in 0..40_usize) {
        let manifest = std::fs::read_to_string(project().join("fixtures/estates/talervik-pay/compliance/reports.scope.toml")).expect("a file");
        // Some reports are enough, and what comes behind the tear.
        let manifest: String = manifest.split_inclusive('\n').take(77).collect();
        let at = (0..=at.min(manifest.len())).rev().find(|at| manifest.is_char_boundary(*at)).unwrap_or(0);
        let end = (at..=(at + cut).min(manifest.len())).rev().find(|at| manifest.is_char_boundary(*at)).unwrap_or(at);
        let broken = format!("{}{text}{}", &manifest[..at], &manifest[end..]);
        let checked = checked(vec![Source::new("scope.toml".to_owned(), broken)]);
        let options = RenderOptions { width: 80, ..RenderOptions::default() };
        for format in [Format::Pretty, Format::Concise, Format::Json, Format::Sarif] {
            prop_assert!(!checked.render(format, &options).is_empty());
        }
    }
}

#[test]
fn every_run_of_the_same_estate_is_the_same() {
    let estate = project().join("fixtures/broken/several/whole-estate");
    let first = tool::printed_json(&estate, AS_OF);
    for _ in 0..5 {
        assert_eq!(tool::printed_json(&estate, AS_OF), first);
    }
}
