//! The README and the chapters say what the program does.

use crate::documents::{self, Document};
use crate::tool::{self, AS_OF, project, run, soclint, write};
use serde_json::Value;
use std::collections::BTreeSet;

/// How the TOML examples of the documents begin. Each is proved: most of them below, those of editors by
/// `real-tools/editors.py`.
const EXAMPLES: [&str; 13] = [
    "services.payouts = ",
    "include = ",
    "extends = ",
    "final = ",
    "[[waivers]]",
    "[[schemas]]",
    "[[rule]]",
    "[discover]  # in soclint.toml",
    "# in any manifest",
    "# payments/scope.toml",
    "[discover]  # with all",
    "[services.shop]  # before",
    "# soclint.toml\ninclude = ",
];

/// The chapter about performance: what a narrow `include` leaves out is not read, not told, and listed.
#[test]
fn the_example_of_a_narrow_include_does_what_it_says() {
    let root = tempfile::tempdir().expect("a folder");
    let service = |name: &str| format!("[services.{name}]\nkind = \"saas\"\nexposure = \"internal\"\n");
    write(root.path(), ".git/HEAD", "ref: refs/heads/main\n");
    write(root.path(), "services/pay/scope.toml", service("pay"));
    write(root.path(), "elsewhere/new/scope.toml", service("new"));
    let files = || tool::check_json_with(root.path(), AS_OF, &[])["summary"]["files"].clone();
    assert_eq!(files(), 2);
    write(root.path(), "soclint.toml", example(EXAMPLES[12]));
    assert_eq!(files(), 1);
    let listed = tool::stdout(&run(soclint().args(["config", "--files"]).current_dir(root.path())));
    let folder = listed.lines().find(|line| line.starts_with("elsewhere/"));
    assert!(folder.is_some_and(|line| line.contains("not read")), "{listed}");
}

/// What `adopt` makes of a manifest is what the chapter shows.
#[test]
fn the_example_of_adopt_is_what_it_writes() {
    let whole = example(EXAMPLES[11]);
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        ".github/workflows/a.yml",
        "on: push\njobs:\n  a:\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v4\n        with: { role-to-assume: 'arn:aws:iam::123456789012:role/deploy' }\n      - run: x ${{ secrets.NPM_TOKEN }}\n",
    );
    let (before, _) = whole.split_once("\n[identities.").expect("entries");
    write(root.path(), "scope.toml", before);
    let output = run(soclint().args(["adopt", "--yes"]).current_dir(root.path()));
    assert_eq!(output.status.code(), Some(0), "{}", tool::stderr(&output));
    let written = std::fs::read_to_string(root.path().join("scope.toml")).expect("a manifest");
    assert_eq!(written, whole);
}

/// The chapter about discovery: what its manifest declares is seen, what its waiver names is waived, and what its config
/// ignores is not asked about.
#[test]
fn the_examples_of_discovery_do_what_they_say() {
    let (on, waiver, identity, all) = (
        &example(EXAMPLES[7]),
        &example(EXAMPLES[8]),
        &example(EXAMPLES[9]),
        &example(EXAMPLES[10]),
    );
    let uses = |name: &str| format!("      - run: x ${{{{ secrets.{name} }}}}\n");
    let role = "      - uses: a/b@v1\n        with: { role-to-assume: 'arn:aws:iam::123456789012:role/deploy' }\n";
    let workflow = format!(
        "on: push\njobs:\n  a:\n    steps:\n{role}{}{}",
        uses("NPM_TOKEN"),
        uses("E2E_TOKEN")
    );
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), ".git/HEAD", "ref: refs/heads/main\n");
    write(root.path(), ".github/workflows/a.yml", &workflow);
    write(root.path(), "scope.toml", waiver);
    write(root.path(), "payments/scope.toml", identity);
    let undeclared = || {
        let document = tool::check_json_with(root.path(), AS_OF, &["undeclared-identity"]);
        let waived = document["waived"].as_array().expect("a list").len();
        let subjects = tool::findings(&document).iter();
        let subjects: Vec<String> = subjects
            .map(|finding| finding["subject"].as_str().expect("text").to_owned())
            .collect();
        (subjects, waived)
    };
    assert_eq!(undeclared(), (Vec::new(), 0), "it is off");
    write(root.path(), "soclint.toml", on);
    assert_eq!(undeclared(), (vec!["seen(github-secret:E2E_TOKEN)".to_owned()], 1));
    write(root.path(), "soclint.toml", all);
    assert_eq!(undeclared(), (Vec::new(), 1));
}

/// The example that begins with this; wherever it is shown, it is the same.
fn example(start: &str) -> String {
    let documents = documents::by_hand();
    let blocks = documents.iter().flat_map(|document| document.blocks("toml"));
    let found: BTreeSet<String> = blocks
        .map(|block| block.text)
        .filter(|text| text.starts_with(start))
        .collect();
    assert_eq!(found.len(), 1, "examples that begin with {start}");
    found.into_iter().next().expect("one")
}

#[test]
fn each_example_is_one_that_is_proved() {
    for document in documents::by_hand() {
        for block in document.blocks("toml") {
            let is_schema = block.text.starts_with("#:schema https://") && block.text.lines().count() == 1;
            assert!(
                is_schema || EXAMPLES.iter().any(|start| block.text.starts_with(start)),
                "{}:\n{}",
                document.path,
                block.text
            );
        }
    }
}

#[test]
fn the_readme_is_short_and_its_demo_too() {
    let readme = documents::read("README.md");
    assert!(readme.text.lines().count() <= 200);
    assert!(readme.blocks("text")[0].text.lines().count() <= 20);
}

/// What both show is the same.
#[test]
fn the_workflow_and_the_hook_of_the_readme_are_those_of_the_chapter() {
    let blocks = |path: &str| -> Vec<String> {
        let blocks = documents::read(path).blocks("yaml").into_iter();
        blocks.map(|block| block.text).collect()
    };
    let readme = blocks("README.md");
    assert_eq!(readme.len(), 2);
    assert_eq!(readme, blocks("docs/ci.md"));
}

#[test]
fn the_first_manifest_is_silent_and_speaks_when_it_is_changed_as_described() {
    let manifest = &example(EXAMPLES[0]);
    assert!(manifest.lines().count() <= 10, "ten lines");
    let findings = |text: &str| {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "scope.toml", text);
        let document = tool::check_json(root.path(), AS_OF);
        tool::findings(&document).to_vec()
    };
    assert!(findings(manifest).is_empty());
    // What a SOC 2 has to say besides is no error.
    let changed = findings(&manifest.replace("\"soc1\"", "\"soc2\""));
    let errors = changed.iter().filter(|finding| finding["severity"] == "error");
    let rules: Vec<&str> = errors.filter_map(|finding| finding["rule"].as_str()).collect();
    assert_eq!(rules, ["financial-impact-without-icfr-report"]);
}

#[test]
fn the_config_example_is_accepted() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "soclint.toml", example(EXAMPLES[1]));
    write(root.path(), "scope.toml", "[services.a]\nexposure = \"internal\"\n");
    let output = run(soclint().args(["check", "--as-of", AS_OF]).current_dir(root.path()));
    assert_eq!(output.status.code(), Some(0), "{}", tool::stderr(&output));
}

#[test]
fn the_examples_of_a_config_that_extends_and_of_a_waiver_are_accepted() {
    let (config, fixed, waiver) = (&example(EXAMPLES[2]), &example(EXAMPLES[3]), &example(EXAMPLES[4]));
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), ".git/HEAD", "ref: refs/heads/main\n");
    write(root.path(), "org/soclint.toml", fixed);
    write(root.path(), "team/soclint.toml", config);
    write(root.path(), "team/scope.toml", waiver);
    let document = tool::check_json(&root.path().join("team"), AS_OF);
    let rows: Vec<(&str, &str)> = tool::findings(&document)
        .iter()
        .map(|finding| {
            (
                finding["severity"].as_str().expect("text"),
                finding["rule"].as_str().expect("text"),
            )
        })
        .collect();
    assert_eq!(rows, [("note", "waiver-invalid")], "it waives nothing here");
}

/// The keys of a document, at any depth.
fn keys(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            into.extend(object.keys().cloned());
            object.values().for_each(|value| keys(value, into));
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, into)),
        _ => {}
    }
}

/// The keys that the chapter shows: of findings, and of errors.
fn shown_keys() -> [BTreeSet<String>; 2] {
    let chapter = documents::read("docs/output.md");
    let shown: Vec<BTreeSet<String>> = chapter
        .blocks("json")
        .iter()
        .map(|block| {
            let mut shown = BTreeSet::new();
            keys(&serde_json::from_str(&block.text).expect("JSON"), &mut shown);
            shown
        })
        .collect();
    shown.try_into().expect("two shapes")
}

#[test]
fn every_key_of_the_json_is_in_the_chapter() {
    let estate = project().join("fixtures/estates/brackwater-custody");
    let output = run(soclint()
        .args([
            "check",
            "--format",
            "json",
            "--horizon",
            "60d",
            "--baseline",
            "soclint-baseline.toml",
            "--as-of",
            AS_OF,
        ])
        .current_dir(&estate));
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut all = BTreeSet::new();
    keys(&document, &mut all);
    let [shown, _] = shown_keys();
    let missing: Vec<&String> = all.difference(&shown).collect();
    assert!(all.len() > 40 && missing.is_empty(), "{missing:?}");
}

#[test]
fn an_error_of_the_config_is_drawn_as_the_chapter_shows_it_and_its_json_has_no_other_keys() {
    let chapter = documents::read("docs/output.md");
    let shown = &chapter.blocks("text")[0].text;
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "soclint.toml", "[rules]\nstale-reprot = \"off\"\n");
    let errors = |arguments: &[&str]| {
        let mut command = soclint();
        let output = run(command.args(arguments).current_dir(root.path()).env("COLUMNS", "80"));
        assert_eq!(output.status.code(), Some(2));
        tool::stderr(&output)
    };
    assert_eq!(errors(&["check", "--as-of", AS_OF]), *shown);
    let mut all = BTreeSet::new();
    let document = errors(&["check", "--as-of", AS_OF, "--format", "json"]);
    keys(&serde_json::from_str(&document).expect("JSON"), &mut all);
    let [_, shown] = shown_keys();
    assert!(all.len() > 8 && all.is_subset(&shown), "{all:?}");
}

#[test]
fn the_catalogue_has_every_rule_once() {
    let written = std::fs::read_to_string(project().join("docs/rules.md")).expect("docs/rules.md");
    for name in soclint::rules().map(|rule| rule.name) {
        assert_eq!(written.matches(&format!("| [`{name}`](")).count(), 1, "{name}");
    }
}

#[test]
fn links_lead_somewhere() {
    let mut documents = documents::all();
    for path in ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "tests/README.md"] {
        documents.push(documents::read(path));
    }
    for rule in soclint::rules() {
        documents.push(documents::read(&rule.file()));
    }
    let mut count = 0;
    for document in &documents {
        for link in document
            .links()
            .into_iter()
            .filter(|link| !link.starts_with("https://"))
        {
            assert!(
                leads_somewhere(document, link),
                "{}: {link} leads nowhere",
                document.path
            );
            count += 1;
        }
    }
    assert!(count > 500, "{count}");
}

/// Whether there is such a file, and such a heading in it.
fn leads_somewhere(document: &Document, link: &str) -> bool {
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let own = project().join(&document.path);
    let target = match file {
        "" => own,
        file => own.parent().expect("a folder").join(file),
    };
    let is_there = target.exists();
    if anchor.is_empty() || !is_there {
        return is_there;
    }
    let target = Document {
        path: link.to_owned(),
        text: std::fs::read_to_string(target).unwrap_or_default(),
    };
    target.anchors().iter().any(|one| one == anchor)
}

#[test]
fn a_link_to_no_file_or_heading_is_one_that_leads_nowhere() {
    let readme = documents::read("README.md");
    for link in ["docs/nothing.md", "docs/ci.md#nothing", "#nothing", "fixtures#ci"] {
        assert!(!leads_somewhere(&readme, link), "{link}");
    }
    for link in ["docs/ci.md", "docs/ci.md#github-actions", "#ci", "fixtures"] {
        assert!(leads_somewhere(&readme, link), "{link}");
    }
}

/// From the README each chapter is one step away.
#[test]
fn the_readme_links_each_chapter() {
    let readme = documents::read("README.md");
    for document in documents::all() {
        // The one is its own list of chapters, the other for those who read CONTRIBUTING.md.
        let is_other = ["docs/index.md", "docs/releasing.md"].contains(&document.path.as_str());
        let is_chapter = document.path.starts_with("docs/") && !is_other;
        assert!(
            !is_chapter || readme.links().contains(&document.path.as_str()),
            "{}",
            document.path
        );
    }
}

/// What is taken from the repository is taken at this version's tag, so that it does not change under anyone.
#[test]
fn all_that_is_named_by_a_tag_is_of_this_version() {
    let texts: Vec<String> = documents::all().into_iter().map(|document| document.text).collect();
    let texts = texts.concat();
    let version = env!("CARGO_PKG_VERSION");
    for named in [
        format!("#:schema {}\n", tool::schema_address("manifest")),
        format!("uses: soclint/soclint@v{version}\n"),
        format!("rev: v{version}\n"),
        format!("page: {}", tool::PAGES),
    ] {
        assert!(texts.contains(&named), "{named}");
    }
    assert!(!texts.contains("soclint/main/") && !texts.contains("soclint/blob/main/"));
}
