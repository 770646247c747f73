//! The history of an estate, commit by commit: what is read of each by what differs is what is read of it whole.

use crate::session::Session;
use crate::triage::Choice;
use crate::workspace::{Cut, History, find_root};
use jiff::civil::Date;
use proptest::prelude::*;
use std::path::Path;
use std::process::Command;

fn git(folder: &Path, date: &str, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        git.env_remove(name);
    }
    let ran = git
        .args(["-c", "core.autocrlf=false", "-c", "gc.auto=0", "-c", "core.fsync=none"])
        .args([
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.com",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_COMMITTER_DATE", date)
        .env("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
        .output()
        .expect("git runs");
    assert!(
        ran.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&ran.stderr)
    );
    String::from_utf8_lossy(&ran.stdout).trim().to_owned()
}

fn commit(folder: &Path, date: &str) -> String {
    git(folder, date, &["add", "-A", "--force", "."]);
    git(folder, date, &["commit", "-q", "--allow-empty", "-m", "x"]);
    git(folder, date, &["rev-parse", "HEAD"])
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn history(folder: &Path) -> History {
    let root = find_root(folder, Some(folder), None, &[]).expect("a root");
    History::of(&root).expect("a repository")
}

#[test]
fn a_period_has_its_first_parent_commits_by_the_committers_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    git(at, "", &["init", "-q", "-b", "main"]);
    let mut ids = Vec::new();
    for date in [
        "2026-01-01T00:00:00Z",
        // The day before, in UTC.
        "2026-02-01T00:30:00+0100",
        "2026-02-01T00:30:00-0100",
        // A clock that goes wrong.
        "2026-01-15T00:00:00Z",
        "2026-03-01T00:00:00Z",
    ] {
        std::fs::write(at.join("scope.toml"), format!("[services.a{}]\n", ids.len())).expect("written");
        ids.push(commit(at, date));
    }
    git(at, "2026-02-10T00:00:00Z", &["checkout", "-q", "-b", "side", "HEAD~2"]);
    std::fs::write(at.join("side.md"), "x").expect("written");
    commit(at, "2026-02-10T00:00:00Z");
    git(at, "", &["checkout", "-q", "main"]);
    git(
        at,
        "2026-03-02T00:00:00Z",
        &["merge", "-q", "--no-ff", "-m", "x", "side"],
    );
    ids.push(git(at, "", &["rev-parse", "HEAD"]));

    let history = history(at);
    let head = history.resolve("HEAD").expect("a commit");
    let of = |from: &str, to: &str| {
        let past = history.between(&head, day(from), day(to));
        let steps = past.steps.iter();
        let steps: Vec<usize> = steps
            .map(|step| {
                ids.iter()
                    .position(|id| *id == step.commit.id())
                    .expect("on the first line")
            })
            .collect();
        for step in &past.steps {
            let before = step.before.as_ref().map(|before| before.id());
            let own = ids.iter().position(|id| *id == step.commit.id());
            assert_eq!(before.as_ref(), own.and_then(|own| ids.get(own.checked_sub(1)?)));
        }
        (steps, past.cut)
    };
    assert_eq!(of("2026-01-01", "2026-12-31"), (vec![0, 1, 2, 3, 4, 5], None));
    assert_eq!(of("2026-01-31", "2026-01-31"), (vec![1], None));
    assert_eq!(of("2026-02-01", "2026-03-01"), (vec![2, 4], None));
    assert_eq!(of("2026-01-10", "2026-01-20"), (vec![3], None));
    assert_eq!(of("2026-04-01", "2026-05-01"), (vec![], None));
    let begins = Some(Cut::Begins(day("2026-01-01")));
    assert_eq!(of("2025-12-31", "2026-01-01"), (vec![0], begins));
    assert_eq!(of("2025-01-01", "2025-02-01"), (vec![], begins));

    let clone = tempfile::tempdir().expect("a folder");
    let from = format!("file://{}", at.display());
    git(
        at,
        "",
        &["clone", "-q", "--depth=3", &from, &clone.path().to_string_lossy()],
    );
    let shallow = self::history(clone.path());
    let head = shallow.resolve("HEAD").expect("a commit");
    let past = shallow.between(&head, day("2026-02-01"), day("2026-12-31"));
    let steps: Vec<String> = past.steps.iter().map(|step| step.commit.id()).collect();
    assert_eq!(steps, ids[4..]);
    // The last that is here is of a day before the period, by a clock that goes wrong.
    assert_eq!(past.cut, None);
    let past = shallow.between(&head, day("2026-01-10"), day("2026-12-31"));
    assert_eq!((past.steps.len(), past.cut), (2, Some(Cut::Shallow(day("2026-01-15")))));
}

/// A config that was named for the working tree is that of the other side too, as it stood there.
#[test]
fn a_config_that_was_named_is_read_as_the_revision_has_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    git(at, "", &["init", "-q", "-b", "main"]);
    let write = |path: &str, text: &str| std::fs::write(at.join(path), text).expect("written");
    write("scope.toml", "[services.a]\n");
    write("soclint.toml", "");
    write("other.toml", "exclude = [\"scope.toml\"]\n");
    let first = commit(at, "2026-01-01T00:00:00Z");
    write("other.toml", "");
    let second = commit(at, "2026-01-02T00:00:00Z");
    let root = find_root(at, None, Some(Path::new("other.toml")), &[]).expect("a root");
    let count = |revision: &str| {
        Session::at_revision(&root, revision)
            .expect("an estate")
            .sources()
            .len()
    };
    assert_eq!((count(&first), count(&second)), (0, 1));
}

/// One change of the files.
#[derive(Debug, Clone)]
enum Edit {
    Write(usize, usize),
    Remove(usize),
    /// A file that no one reads.
    Aside(usize),
    Config(usize),
    Link(usize),
    Folder(usize),
}

const PLACES: [&str; 9] = [
    "scope.toml",
    "a/scope.toml",
    "a/pay.scope.toml",
    "b/scope.toml",
    "b/c/scope.toml",
    "[x]/scope.toml",
    "x/scope.toml",
    "out/scope.toml",
    "named",
];

const CONFIGS: [&str; 5] = [
    "",
    "exclude = [\"b\"]\n",
    "include = [\"[x]\", \"named\", \"b/*/scope.toml\"]\n",
    "extends = [\"base.toml\"]\n",
    "exclude = [\"[x]/**\"]\n",
];

fn edits() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let place = 0..PLACES.len();
    let edit = prop_oneof![
        4 => (place.clone(), 0..6_usize).prop_map(|(place, id)| Edit::Write(place, id)),
        2 => place.clone().prop_map(Edit::Remove),
        2 => (0..3_usize).prop_map(Edit::Aside),
        1 => (0..CONFIGS.len()).prop_map(Edit::Config),
        1 => (0..3_usize).prop_map(Edit::Link),
        1 => place.prop_map(Edit::Folder),
    ];
    prop::collection::vec(prop::collection::vec(edit, 0..3), 2..7)
}

fn apply(at: &Path, edit: &Edit) {
    let write = |path: &str, text: String| {
        let path = at.join(path);
        let _ = std::fs::create_dir_all(path.parent().expect("a folder"));
        // A folder or a link may stand there.
        let _ = std::fs::remove_file(&path);
        let _ = std::fs::write(path, text);
    };
    match edit {
        Edit::Write(place, id) => write(PLACES[*place], format!("[services.s{place}-{id}]\n")),
        Edit::Remove(place) => {
            let _ = std::fs::remove_file(at.join(PLACES[*place]));
        }
        Edit::Aside(which) => write(["a/x.md", ".gitignore", "new/x.rs"][*which], "out/\n".to_owned()),
        Edit::Config(which) => {
            write("base.toml", "exclude = [\"a\"]\n".to_owned());
            write("soclint.toml", CONFIGS[*which].to_owned());
        }
        Edit::Link(which) => {
            let (link, target) = [("c", "b"), ("l.scope.toml", "a/scope.toml"), ("out/in", "../out")][*which];
            let _ = std::fs::create_dir_all(at.join("out"));
            #[cfg(unix)]
            let _ = std::os::unix::fs::symlink(target, at.join(link));
            #[cfg(not(unix))]
            let _ = (link, target);
        }
        Edit::Folder(place) => write(
            &format!("{}/scope.toml", PLACES[*place].replace(".toml", "")),
            "x = 1\n".into(),
        ),
    }
}

fn texts(session: &Session) -> Vec<(String, String)> {
    let manifests = session.sources().iter().map(|(_, source)| source);
    let configs = session.sources().configs().iter().map(|source| &**source);
    manifests
        .chain(configs)
        .map(|source| (source.path.clone(), source.text.clone()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_differs_is_read_and_nothing_else_has_changed(commits in edits()) {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        git(at, "", &["init", "-q", "-b", "main"]);
        std::fs::write(at.join("scope.toml"), "[services.first]\n").expect("written");
        let mut ids = vec![commit(at, "2026-01-01T00:00:00Z")];
        for edits in &commits {
            edits.iter().for_each(|edit| apply(at, edit));
            ids.push(commit(at, "2026-01-02T00:00:00Z"));
        }
        let history = history(at);
        let revision = |id: &String| history.resolve(id).expect("a commit");
        let mut one = Session::declared_at(&history, &revision(&ids[0])).expect("an estate");
        for id in &ids[1..] {
            let whole = Session::at(&history, &revision(id)).expect("an estate");
            let before = texts(&one);
            match one.declared_next(&history, &revision(id)).expect("an estate") {
                None => prop_assert_eq!(texts(&whole), before),
                Some(next) => {
                    let after = texts(&next.session);
                    let differs = before.iter().filter(|one| !after.contains(one));
                    let mut paths: Vec<&String> =
                        differs.chain(after.iter().filter(|one| !before.contains(one))).map(|(path, _)| path).collect();
                    paths.sort();
                    paths.dedup();
                    prop_assert_eq!(next.changed.iter().collect::<Vec<_>>(), paths);
                    prop_assert_eq!(after, texts(&whole));
                    one = next.session;
                }
            }
            let found = |session: &Session| {
                let checked = session.check(day("2026-10-01"), &Choice::default());
                let findings = checked.outcome.findings.into_iter();
                findings.map(|finding| (finding.rule, finding.subject.clone(), finding.message.clone())).collect::<Vec<_>>()
            };
            prop_assert_eq!(found(&one), found(&whole));
        }
    }
}
