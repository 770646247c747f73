//! Findings in groups, and counts instead of findings.

use crate::every_format::words;
use crate::tool::{self, AS_OF, run, soclint, stderr, stdout, write};
use comrak::nodes::NodeValue;
use std::path::{Path, PathBuf};
use std::process::Output;

fn talervik() -> PathBuf {
    tool::project().join("fixtures/estates/talervik-pay")
}

fn check(root: &Path, args: &[&str]) -> Output {
    run(soclint().args(["check", "--as-of", AS_OF]).args(args).current_dir(root))
}

fn small() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        "a/scope.toml",
        "services.a = { financial-impact = \"direct\", owner = \"team-z\" }\nservices.b = { kidn = \"saas\" }\n",
    );
    write(
        root.path(),
        "b/scope.toml",
        "services.c = { financial-impact = \"direct\", owner = \"team-b\" }\n",
    );
    root
}

#[test]
fn groups_have_a_heading_and_everything_in_them() {
    let root = small();
    let headings = |by: &str| -> Vec<String> {
        let shown = stdout(&check(root.path(), &["--group-by", by]));
        let heads = shown
            .lines()
            .filter(|line| line.starts_with("== ") || line.starts_with("error["));
        heads.map(str::to_owned).collect()
    };
    let (impact, key) = ("error[financial-impact-without-icfr-report]", "error[unknown-key]");
    let one = "1 error, 0 warnings and 0 notes ==";
    assert_eq!(
        headings("owner"),
        [
            &format!("== team-b: {one}"),
            impact,
            &format!("== team-z: {one}"),
            impact,
            &format!("== no owner: {one}"),
            key
        ]
    );
    assert_eq!(
        headings("rule"),
        [
            &format!("== unknown-key: {one}"),
            key,
            "== financial-impact-without-icfr-report: 2 errors, 0 warnings and 0 notes ==",
            impact,
            impact
        ]
    );
    assert_eq!(
        headings("file"),
        [
            "== a/scope.toml: 2 errors, 0 warnings and 0 notes ==",
            impact,
            key,
            &format!("== b/scope.toml: {one}"),
            impact
        ]
    );
    let in_words = run(soclint()
        .args(["check", "--as-of", AS_OF, "--group-by", "file"])
        .env("NO_GRAPHICS", "1")
        .current_dir(root.path()));
    assert!(stdout(&in_words).starts_with("a/scope.toml: 2 errors, 0 warnings and 0 notes\n\n"));
}

#[test]
fn grouping_changes_the_order_and_nothing_else() {
    let sorted = |format: &str, args: &[&str]| {
        let output = check(&talervik(), &[&["--format", format], args].concat());
        let mut lines: Vec<String> = stdout(&output).lines().map(str::to_owned).collect();
        lines.retain(|line| !line.starts_with("== "));
        lines.sort_unstable();
        lines.dedup();
        (output.status.code(), lines)
    };
    for by in ["owner", "rule", "file"] {
        for format in ["pretty", "concise", "json", "sarif", "gitlab", "junit", "github"] {
            assert_eq!(
                sorted(format, &["--group-by", by]),
                sorted(format, &[]),
                "{format} by {by}"
            );
        }
    }
    let plain = stdout(&check(&talervik(), &["--format", "concise"]));
    let grouped = stdout(&check(&talervik(), &["--format", "concise", "--group-by", "owner"]));
    assert_ne!(plain, grouped);
}

#[test]
fn what_is_somebody_elses_stands_below_the_groups() {
    let root = small();
    let shown = stdout(&check(
        root.path(),
        &["--owner", "team-z", "--group-by", "owner", "--quiet"],
    ));
    let heads: Vec<&str> = shown.lines().filter(|line| line.starts_with("== ")).collect();
    assert_eq!(heads, ["== team-z: 1 error, 0 warnings and 0 notes =="]);
    assert!(
        shown
            .lines()
            .last()
            .is_some_and(|line| line.starts_with("a/scope.toml:2:")),
        "{shown}"
    );
}

/// The rows of each table in Markdown, under the heading above it.
fn tables(markdown: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    let arena = comrak::Arena::new();
    let document = comrak::parse_document(&arena, markdown, &options);
    let mut heading = String::new();
    let mut tables = Vec::new();
    for node in document.children() {
        match &node.data().value {
            NodeValue::Heading(_) => heading = words(node),
            NodeValue::Table(_) => {
                let rows = node.children().map(|row| row.children().map(words).collect());
                tables.push((heading.clone(), rows.collect()));
            }
            _ => {}
        }
    }
    tables
}

#[test]
fn markdown_has_a_section_for_each_group() {
    let root = small();
    let of = |by: &str| {
        tables(&stdout(&check(
            root.path(),
            &["--format", "markdown", "--group-by", by],
        )))
    };
    let heads = |by: &str| {
        of(by)
            .into_iter()
            .map(|(heading, _)| heading)
            .skip(1)
            .collect::<Vec<_>>()
    };
    assert_eq!(heads("owner"), ["team-b", "team-z", "no owner"]);
    assert_eq!(heads("file"), ["a/scope.toml", "b/scope.toml"]);
    assert_eq!(heads("rule"), ["unknown-key", "financial-impact-without-icfr-report"]);
    let (_, rows) = &of("file")[1];
    assert_eq!(rows[0], ["severity", "rule", "subject", "owner", "finding", "place"]);
    assert_eq!(
        rows[1][1..4],
        ["financial-impact-without-icfr-report", "services.a", "team-z"]
    );
}

#[test]
fn markdown_begins_with_how_much_each_owner_has() {
    let root = small();
    let (heading, rows) = tables(&stdout(&check(root.path(), &["--format", "markdown"]))).swap_remove(0);
    assert!(heading.starts_with("soclint: 3 errors"), "{heading}");
    let expected = [
        ["owner", "errors", "warnings", "notes"],
        ["team-b", "1", "0", "0"],
        ["team-z", "1", "0", "0"],
        ["no owner", "1", "0", "0"],
    ];
    assert_eq!(rows, expected);
}

#[test]
fn a_summary_counts_by_family_and_by_owner() {
    let root = small();
    let output = check(root.path(), &["--summary"]);
    assert_eq!(output.status.code(), Some(1));
    let shown = stdout(&output);
    let expected = "family      errors  warnings  notes\nReading     1       0         0\nReport fit  2       0         0\n\n\
                    owner     errors  warnings  notes\nteam-b    1       0         0\nteam-z    1       0         0\n\
                    no owner  1       0         0\n\n3 errors, 0 warnings and 0 notes in 2 manifests";
    assert!(shown.starts_with(expected), "{shown}");
    assert!(!shown.contains("scope.toml:"), "{shown}");
    assert_eq!(
        stdout(&check(root.path(), &["--summary", "--format", "concise"])),
        shown
    );
    let quiet = stdout(&check(root.path(), &["--summary", "--quiet"]));
    assert!(quiet.ends_with("no owner  1       0         0\n\n"), "{quiet}");
    let narrowed = stdout(&check(root.path(), &["--summary", "--owner", "team-b"]));
    assert!(
        narrowed.contains("\nteam-b    1 ") && !narrowed.contains("team-z"),
        "{narrowed}"
    );
    let markdown = tables(&stdout(&check(root.path(), &["--summary", "--format", "markdown"])));
    let heads: Vec<&str> = markdown.iter().map(|(_, rows)| rows[0][0].as_str()).collect();
    assert_eq!(heads, ["owner", "family"]);
}

/// The counts add up to those of all findings.
#[test]
fn a_summary_leaves_nothing_out() {
    let shown = stdout(&check(&talervik(), &["--summary"]));
    let document = tool::check_json(&talervik(), AS_OF);
    let all = ["errors", "warnings", "notes"].map(|key| document["summary"][key].as_u64().expect("a number"));
    for table in shown.split("\n\n").take(2) {
        let mut sums = [0; 3];
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split_whitespace().rev().take(3).collect();
            for (at, cell) in cells.iter().rev().enumerate() {
                sums[at] += cell.parse::<u64>().expect("a number");
            }
        }
        assert_eq!(sums, all, "{table}");
    }
}

#[test]
fn what_is_upcoming_or_waived_has_a_column_where_there_is_any() {
    let estate = tool::project().join("fixtures/estates/brackwater-custody");
    let head = |args: &[&str]| {
        let shown = stdout(&check(&estate, &[&["--summary"], args].concat()));
        shown
            .lines()
            .next()
            .map(|line| line.split_whitespace().skip(1).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(head(&[]).as_deref(), Some("errors warnings notes"));
    assert_eq!(
        head(&["--horizon", "60d"]).as_deref(),
        Some("errors warnings notes upcoming")
    );
    assert_eq!(
        head(&["--show-waived"]).as_deref(),
        Some("errors warnings notes waived")
    );
}

#[test]
fn counts_are_for_people() {
    let root = small();
    for format in ["json", "sarif", "github", "gitlab", "junit"] {
        let output = check(root.path(), &["--summary", "--format", format]);
        assert_eq!(output.status.code(), Some(2), "{format}");
        assert!(
            stderr(&output).contains("use --format pretty, concise or markdown"),
            "{}",
            stderr(&output)
        );
    }
    let output = check(root.path(), &["--summary", "--group-by", "owner"]);
    assert_eq!(output.status.code(), Some(2));
    // What is written beside it is whole.
    let output = check(root.path(), &["--summary", "--output", "concise=out.txt"]);
    assert_eq!(output.status.code(), Some(1));
    let written = std::fs::read_to_string(root.path().join("out.txt")).expect("a file");
    assert_eq!(written.matches(": error[").count(), 3, "{written}");
    let nothing = tempfile::tempdir().expect("a folder");
    write(nothing.path(), "scope.toml", "");
    let shown = stdout(&check(nothing.path(), &["--summary"]));
    assert!(
        shown.starts_with("0 errors, 0 warnings and 0 notes in 1 manifest"),
        "{shown}"
    );
}

const SHA: &str = "0123456789abcdef0123456789abcdef01234567";

#[test]
fn markdown_links_places_where_the_job_says_where_they_are_shown() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), ".git/HEAD", "ref: refs/heads/main\n");
    write(root.path(), "pay (eu)/soclint.toml", "");
    let identity = "[identities.a]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"vault\"\nkidn = 1\n\
                    rotation = { every = \"90d\", last = 2026-09-01, mode = \"manual\", evidence = \"https://x.example.com\" }\n";
    write(root.path(), "pay (eu)/scope.toml", identity);
    let github = [
        ("GITHUB_SERVER_URL", "https://github.com"),
        ("GITHUB_REPOSITORY", "acme/pay"),
        ("GITHUB_SHA", SHA),
    ];
    let gitlab = [
        ("CI_PROJECT_URL", "https://gitlab.example.com/a/b"),
        ("CI_COMMIT_SHA", SHA),
    ];
    let shown = |folder: &Path, args: &[&str], variables: &[(&str, &str)]| {
        let output = run(soclint()
            .args(args)
            .args(["--as-of", AS_OF, "--format", "markdown"])
            .envs(variables.iter().copied())
            .current_dir(folder));
        stdout(&output)
    };
    let inner = root.path().join("pay (eu)");
    for (args, line) in [(&["check"][..], 5), (&["forecast", "--until", "2027-01-01"], 6)] {
        let link = |page: &str| {
            format!(" | [<code>pay &#40;eu&#41;/scope.toml:{line}</code>]({page}/pay%20%28eu%29/scope.toml#L{line}) |")
        };
        let link = |page: &str| link(page).replace("&#40;", "(").replace("&#41;", ")");
        let of_github = shown(&inner, args, &github);
        assert!(
            of_github.contains(&link(&format!("https://github.com/acme/pay/blob/{SHA}"))),
            "{of_github}"
        );
        let of_gitlab = shown(&inner, args, &gitlab);
        assert!(
            of_gitlab.contains(&link(&format!("https://gitlab.example.com/a/b/-/blob/{SHA}"))),
            "{of_gitlab}"
        );
        let part = shown(&inner, args, &github[..2]);
        assert!(
            part.contains(&format!("/scope.toml:{line}</code> |")) && !part.contains("acme"),
            "{part}"
        );
    }
    // Without a repository, it is unknown what a path counts from.
    std::fs::remove_dir_all(root.path().join(".git")).expect("it is there");
    assert!(!shown(&inner, &["check"], &github).contains("acme"));
}
