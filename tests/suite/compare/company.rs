//! A company of several repositories, as a reviewer and an auditor see them from anywhere; and what is seen in workflows.

use super::{CONFIG, commit, company, compare, compared, edit, git_on, json_of, rules, subjects};
use crate::tool::{run, soclint, stderr, write};
use serde_json::{Value, json};
use std::path::Path;

fn workflow(secrets: &[&str]) -> String {
    let steps = secrets
        .iter()
        .map(|name| format!("      - run: echo ${{{{ secrets.{name} }}}}\n"));
    let steps: String = steps.collect();
    format!("on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo\n{steps}")
}

/// The undeclared identities in a list of findings.
fn undeclared(list: &Value) -> Vec<String> {
    let told = rules(list).into_iter();
    told.filter_map(|told| Some(told.strip_prefix("undeclared-identity ")?.to_owned()))
        .collect()
}

#[test]
fn what_workflows_use_is_looked_for_on_both_sides() {
    const PATH: &str = ".github/workflows/a.yml";
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    write(root, "soclint.toml", format!("{CONFIG}[discover]\n"));
    write(root, PATH, workflow(&["BOT_TOKEN", "NPM_TOKEN"]));
    let both = commit(root, "2026-02-01");
    write(root, PATH, workflow(&["BOT_TOKEN"]));
    let one = commit(root, "2026-02-02");
    write(root, PATH, workflow(&["BOT_TOKEN", "PYPI_TOKEN"]));
    let other = commit(root, "2026-02-03");

    let findings = |base: &str, head: &str| {
        let told = compared(root, &[base, head]);
        assert_eq!(told["scope"], json!([]), "{told}");
        ["new", "resolved", "no-longer-reported"].map(|kind| undeclared(&told["findings"][kind]))
    };
    let (npm, pypi) = (
        vec!["seen(github-secret:NPM_TOKEN)".to_owned()],
        vec!["seen(github-secret:PYPI_TOKEN)".to_owned()],
    );
    assert_eq!(findings(&both, &one), [vec![], npm.clone(), vec![]], "it loses one");
    assert_eq!(findings(&one, &both), [npm.clone(), vec![], vec![]], "it gains one");
    assert_eq!(findings(&both, &other), [pypi.clone(), npm.clone(), vec![]]);

    // So it is with what is not committed, and from a mirror that has no files at all.
    write(root, PATH, workflow(&["BOT_TOKEN", "NPM_TOKEN"]));
    let told = compared(root, &[&other]);
    assert_eq!(undeclared(&told["findings"]["new"]), npm, "{told}");
    assert_eq!(undeclared(&told["findings"]["resolved"]), pypi, "{told}");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let url = root.display().to_string();
    git_on(
        elsewhere.path(),
        "2026-02-04",
        &["clone", "-q", "--bare", &url, "mirror.git"],
    );
    let told = compared(&elsewhere.path().join("mirror.git"), &[&both, &other]);
    assert_eq!(undeclared(&told["findings"]["new"]), pypi, "{told}");
    assert_eq!(undeclared(&told["findings"]["resolved"]), npm, "{told}");

    // A config that does not ask for it any more hides what was seen, and resolves nothing.
    write(root, PATH, workflow(&["BOT_TOKEN", "PYPI_TOKEN"]));
    write(root, "soclint.toml", CONFIG);
    let told = compared(root, &[&other]);
    assert_eq!(undeclared(&told["findings"]["no-longer-reported"]), pypi, "{told}");
    assert_eq!(undeclared(&told["findings"]["resolved"]), Vec::<String>::new());
}

/// Commits on a branch, and merges it.
fn merged(folder: &Path, days: [&str; 2], change: impl FnOnce()) -> String {
    git_on(folder, days[0], &["checkout", "-qb", "work"]);
    change();
    commit(folder, days[0]);
    git_on(folder, days[1], &["checkout", "-q", "main"]);
    git_on(folder, days[1], &["merge", "-q", "--no-ff", "-m", "x", "work"]);
    git_on(folder, days[1], &["branch", "-qD", "work"]);
    git_on(folder, days[1], &["rev-parse", "HEAD"])
}

#[test]
fn a_company_of_three_repositories_is_told_alike_from_each_copy_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = folder.path();
    // The group's policies, which the product has as a submodule; the product; and a mirror of it.
    for name in ["policies", "product"] {
        std::fs::create_dir(all.join(name)).expect("a folder");
    }
    git_on(&all.join("policies"), "2026-01-04", &["init", "-q"]);
    write(
        &all.join("policies"),
        "scope.toml",
        "[services.wiki]\nexposure = \"internal\"\n",
    );
    commit(&all.join("policies"), "2026-01-04");
    let product = all.join("product");
    company(&product);
    git_on(
        &product,
        "2026-01-06",
        &["submodule", "--quiet", "add", "../policies", "policies"],
    );
    let start = commit(&product, "2026-01-06");
    let out = merged(&product, ["2026-02-01", "2026-02-02"], || {
        edit(
            &product,
            "pay/scope.toml",
            "[services.payroll]\n",
            "[services.payroll]\nscope = \"out\"\n",
        );
    });
    let back = merged(&product, ["2026-03-01", "2026-03-02"], || {
        edit(&product, "pay/scope.toml", "scope = \"out\"\n", "");
    });
    let off = merged(&product, ["2026-04-01", "2026-04-02"], || {
        write(&product, "soclint.toml", "[rules]\nstale-report = \"off\"\n");
    });
    let renamed = merged(&product, ["2026-05-01", "2026-05-02"], || {
        edit(&product, "pay/scope.toml", "[identities.bot]", "[identities.robot]");
    });
    git_on(all, "2026-05-03", &["clone", "-q", "--bare", "product", "mirror.git"]);
    git_on(&product, "2026-05-03", &["worktree", "add", "-q", "../second", &start]);

    let covered =
        |change: &str| json!([{ "service": "pay/services.payroll", "report": "reports.soc1", "change": change }]);
    let is_told = |told: &Value, which: usize| {
        let scope = subjects(&told["scope"]);
        let one = |subject: &str, change: &str| [(subject.to_owned(), change.to_owned())];
        match which {
            0 | 1 => {
                assert_eq!(scope, one("pay/services.payroll", "changed"), "{told}");
                assert_eq!(told["scope"][0]["keys"][0]["key"], "scope");
                assert_eq!(told["coverage"], covered(["not-covered", "covered"][which]));
            }
            2 => {
                assert_eq!((&told["scope"], &told["coverage"]), (&json!([]), &json!([])), "{told}");
                assert_eq!(told["config"][0]["key"], "rules.stale-report");
                assert_eq!(told["config"][0]["effect"], "off");
            }
            _ => {
                assert_eq!(scope, one("pay/identities.robot", "renamed"), "{told}");
                assert_eq!(told["scope"][0]["from"], "pay/identities.bot");
                assert_eq!(told["scope"][0]["keys"], json!([]));
                assert_eq!(told["findings"]["new"], json!([]), "{told}");
                assert_eq!(told["findings"]["resolved"], json!([]), "{told}");
            }
        }
    };
    let copies = [product.clone(), all.join("mirror.git"), all.join("second")];
    let states = [&start, &out, &back, &off, &renamed];
    for copy in &copies {
        for (which, pair) in states.windows(2).enumerate() {
            is_told(&compared(copy, &[pair[0], pair[1]]), which);
        }
        // Out and back again is no change between the ends, and is one of the period.
        let ends = compared(copy, &[&start, &back]);
        assert_eq!((&ends["scope"], &ends["coverage"]), (&json!([]), &json!([])));
    }

    // What a submodule declares is the other repository's; the product's own working tree is as it was committed.
    let untouched = compared(&product, &["HEAD"]);
    assert_eq!(untouched["scope"], json!([]), "{untouched}");
    // The other working tree is still where all began.
    let second = compared(&copies[2], &["main"]);
    assert_eq!(
        subjects(&second["scope"]),
        [("pay/identities.bot".to_owned(), "renamed".to_owned())]
    );

    let period = |copy: &Path| {
        let output = run(soclint()
            .args([
                "compare",
                "main",
                "--from",
                "2026-02-01",
                "--to",
                "2026-05-31",
                "--format",
                "json",
            ])
            .current_dir(copy));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        json_of(&output)
    };
    let told = period(&product);
    let commits = told["commits"].as_array().expect("a list").iter();
    let ids: Vec<&Value> = commits.map(|commit| &commit["id"]).collect();
    // A branch counts when it is merged.
    assert_eq!(ids, [&out, &back, &off, &renamed]);
    let scope: Vec<(&str, &str, &Value)> = told["scope"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|told| {
            let text = |key: &str| told[key].as_str().unwrap_or_default();
            (text("subject"), text("change"), &told["commits"])
        })
        .collect();
    assert_eq!(
        scope,
        [
            ("pay/identities.robot", "renamed", &json!([renamed])),
            ("pay/services.payroll", "changed", &json!([out])),
            ("pay/services.payroll", "changed", &json!([back]))
        ]
    );
    let coverage = told["coverage"].as_array().expect("a list").iter();
    let coverage: Vec<(&Value, &Value)> = coverage.map(|told| (&told["change"], &told["commits"])).collect();
    // The report is issued later than both days, and its opinion shows that it is there.
    assert_eq!(
        coverage,
        [
            (&json!("not-covered"), &json!([out])),
            (&json!("covered"), &json!([back]))
        ]
    );
    assert_eq!(told["config"][0]["commits"], json!([off]));
    for copy in &copies[1..] {
        assert_eq!(period(copy), told);
    }
    let output = compare(&copies[1], &["main~1"]);
    assert_eq!(output.status.code(), Some(2), "a mirror has no working tree");
}

#[test]
fn a_day_that_passes_between_two_commits_changes_no_coverage_by_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    company(root);
    const ISO: &str = "\n[certificates.iso]\nframework = \"iso27001\"\ncovers = \"pay/ledger\"\nexpires = 2026-02-28\n";
    let text = std::fs::read_to_string(root.join("assurance/scope.toml")).expect("a file");
    write(root, "assurance/scope.toml", format!("{text}{ISO}"));
    let added = commit(root, "2026-02-01");
    // Nothing of coverage is said, and the certificate has lapsed when something is again.
    edit(root, "pay/scope.toml", "every = \"90d\"", "every = \"180d\"");
    commit(root, "2026-02-15");
    edit(
        root,
        "pay/scope.toml",
        "[services.payroll]\n",
        "[services.payroll]\nscope = \"out\"\n",
    );
    let out = commit(root, "2026-03-03");
    edit(
        root,
        "assurance/scope.toml",
        "expires = 2026-02-28",
        "expires = 2027-02-28",
    );
    let renewed = commit(root, "2026-03-04");
    // A lapse between a renewal and its withdrawal is none of the withdrawal.
    edit(
        root,
        "assurance/scope.toml",
        "expires = 2027-02-28",
        "expires = 2027-02-28\nstatus = \"withdrawn\"",
    );
    let withdrawn = commit(root, "2027-03-03");

    let output = run(soclint()
        .args([
            "compare",
            "--from",
            "2026-01-20",
            "--to",
            "2027-04-30",
            "--format",
            "json",
        ])
        .current_dir(root));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = json_of(&output);
    let coverage = told["coverage"].as_array().expect("a list").iter();
    let coverage: Vec<(String, String, &Value)> = coverage
        .map(|told| {
            let text = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
            (text("report"), text("change"), &told["commits"])
        })
        .collect();
    let one = |report: &str, change: &str| (report.to_owned(), change.to_owned());
    let expected = [
        (one("certificates.iso", "covered"), json!([added, renewed])),
        (one("reports.soc1", "not-covered"), json!([out])),
    ];
    assert_eq!(
        coverage,
        expected
            .each_ref()
            .map(|((report, change), commits)| (report.clone(), change.clone(), commits)),
        "{withdrawn}"
    );
}
