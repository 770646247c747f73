//! `soclint import controls`: the controls of a matrix, and nothing that it does not say.

use crate::cases::project;
use crate::tool::{self, AS_OF, copy_folder, findings, run, soclint, stderr, stdout, write};
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

fn import(root: &Path, args: &[&str]) -> Output {
    run(soclint()
        .args(["import", "controls"])
        .args(args)
        .args(["--as-of", AS_OF])
        .current_dir(root))
}

fn text(root: &Path, path: &str) -> String {
    std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The made-up company that keeps its controls in a spreadsheet.
fn tarnbeck() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    copy_folder(&project().join("fixtures/import/tarnbeck"), root.path());
    root
}

fn wrong_ids(root: &Path) -> Vec<(String, String)> {
    let document = tool::check_json_with(root, AS_OF, &["unknown-control-reference"]);
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    let found = findings(&document).iter();
    let found = found.map(|finding| {
        let message = text(&finding["message"]);
        let id = message.split('"').nth(1).unwrap_or_default().to_owned();
        (text(&finding["subject"]), id)
    });
    found.collect()
}

#[test]
fn the_controls_of_a_matrix_are_declared_and_its_wrong_ids_found() {
    let root = tarnbeck();
    let before = text(root.path(), "scope.toml");
    let output = import(root.path(), &["controls.csv", "--yes"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(
        stdout(&output).starts_with("wrote 7 controls to scope.toml; 4 rows are left out\n"),
        "{}",
        stdout(&output)
    );
    let after = text(root.path(), "scope.toml");
    assert!(after.starts_with(&before), "what was there stays");
    let table: toml::Table = after.parse().expect("TOML");
    let controls = table["controls"].as_table().expect("controls");
    assert_eq!(controls.len(), 7);
    let control = |id: &str| controls[id].as_table().expect("a control").clone();
    let granted = control("AC-01");
    assert_eq!(
        granted["criteria"].as_array().map(Vec::len),
        Some(5),
        "its two rows are one"
    );
    assert!(!granted.contains_key("every"), "per event is no interval");
    let reviewed = control("AC-02");
    assert_eq!(reviewed["every"].as_str(), Some("3mo"));
    assert_eq!(
        reviewed["operating"].as_str(),
        Some("access-review-2026"),
        "an entry that is declared"
    );
    assert!(!reviewed.contains_key("design"), "no such file is there");
    assert_eq!(
        control("CH-01")["design"].as_str(),
        Some("./policies/change.md"),
        "a file that is there"
    );
    assert!(!control("CH-01").contains_key("effective"), "a day that may be two");
    assert!(!control("OP-01").contains_key("owner"), "no such owner");

    let errors = stderr(&output);
    let rows: Vec<&str> = errors
        .lines()
        .filter(|line| line.contains("the row is left out"))
        .collect();
    let lines: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.strip_prefix("soclint: warning: controls.csv:")?.split(':').next())
        .collect();
    assert_eq!(lines, ["12", "13", "14", "15"], "{errors}");
    for told in [
        "\"team-operations\"",
        "\"Per event\"",
        "\"01/02/2024\"",
        "\"Test reports\"",
        "\"policies/access.md\"",
        "\"§ 9\"",
    ] {
        assert!(errors.contains(told), "{told}: {errors}");
    }

    let wrong = wrong_ids(root.path());
    let wrong: Vec<(&str, &str)> = wrong
        .iter()
        .map(|(subject, id)| (subject.as_str(), id.as_str()))
        .collect();
    assert_eq!(
        wrong,
        [
            ("controls.AC-02", "CC6.12"),
            ("controls.CH-02", "CC8.2"),
            ("controls.9", "CC9.9"),
            ("controls.9", "A.15.2.1"),
        ]
    );

    let again = import(root.path(), &["controls.csv", "--yes"]);
    assert_eq!(
        text(root.path(), "scope.toml"),
        after,
        "a second import changes nothing"
    );
    assert_eq!(again.status.code(), Some(1));
    assert!(
        stdout(&again).starts_with("nothing was imported: 7 controls are declared"),
        "{}",
        stdout(&again)
    );
}

#[test]
fn a_run_without_a_terminal_writes_only_when_it_is_told_to() {
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        "grc/matrix.csv",
        "Control ID;Owner;Evidence\nA-1;someone;./log.csv\n",
    );
    let output = import(root.path(), &["grc/matrix.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("nothing was written: 1 entry"),
        "{}",
        stderr(&output)
    );
    let patch = import(root.path(), &["grc/matrix.csv", "--dry-run"]);
    assert_eq!(patch.status.code(), Some(0), "{}", stderr(&patch));
    assert!(
        stdout(&patch).contains("+operating = \"./grc/log.csv\""),
        "{}",
        stdout(&patch)
    );
    assert!(!root.path().join("controls.scope.toml").exists());
    let written = import(root.path(), &["grc/matrix.csv", "--yes"]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    let made = text(root.path(), "controls.scope.toml");
    assert!(
        made.ends_with("[controls.A-1]\nowner = \"someone\"\noperating = \"./grc/log.csv\"\n"),
        "{made}"
    );
    let again = import(root.path(), &["grc/matrix.csv", "--yes"]);
    assert_eq!(
        stdout(&again),
        "nothing to import: 1 control is declared as the file says\n"
    );
    assert_eq!(text(root.path(), "controls.scope.toml"), made);
}

#[test]
fn the_nearest_manifest_is_taken_unless_another_is_named() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", "");
    write(root.path(), "pay/scope.toml", "namespace = \"pay\"\n");
    write(root.path(), "pay/docs/controls.csv", "ID,Title\nA,x\n");
    let output = import(root.path(), &["pay/docs/controls.csv", "--yes"]);
    assert!(
        stdout(&output).starts_with("wrote 1 control to pay/scope.toml\n"),
        "{}",
        stdout(&output)
    );
    // Another namespace has no such control yet.
    let output = import(root.path(), &["pay/docs/controls.csv", "--yes", "--to", "scope.toml"]);
    assert!(
        stdout(&output).starts_with("wrote 1 control to scope.toml\n"),
        "{}",
        stdout(&output)
    );
    let output = import(
        root.path(),
        &["pay/docs/controls.csv", "--yes", "--to", "pay/more.scope.toml"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    write(root.path(), "braces.scope.toml", "namespace = \"x\"\ncontrols = {}\n");
    let output = import(
        root.path(),
        &["pay/docs/controls.csv", "--yes", "--to", "braces.scope.toml"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("[controls.ID]"), "{}", stderr(&output));
}

#[test]
fn what_is_no_matrix_is_refused_with_words() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", "");
    write(root.path(), "no-id.csv", "Owner,Title\na,b\n");
    write(root.path(), "two.csv", "ID,Owner,Responsible\na,b,c\n");
    write(root.path(), "utf16.csv", "x");
    std::fs::write(root.path().join("utf16.csv"), b"\xff\xfeI\0D\0").expect("a file");
    for (args, says) in [
        (&["none.csv"][..], "there is no such file"),
        (&["no-id.csv"], "--map \"Control ref=id\""),
        (&["two.csv"], "--map \"Owner=owner\""),
        (&["utf16.csv"], "CSV UTF-8"),
        (&["two.csv", "--map", "Ower=owner"], "did you mean \"Owner\"?"),
        (&["two.csv", "--map", "Owner=ownr"], "did you mean `owner`?"),
        (&["two.csv", "--map", "Owner"], "write it as HEAD=KEY"),
    ] {
        let output = import(root.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = stderr(&output).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(says), "{args:?}: {said}");
    }
    let output = import(
        root.path(),
        &["two.csv", "--map", "Owner=owner,Responsible=-", "--dry-run"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    write(root.path(), "torn.scope.toml", "[controls.a\n");
    let output = import(root.path(), &["two.csv", "--map", "Owner=owner", "--dry-run"]);
    assert_eq!(
        output.status.code(),
        Some(2),
        "what cannot be read may declare anything"
    );
}

#[test]
fn what_a_cell_hides_reaches_neither_a_terminal_nor_a_manifest() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", "[owners.a]\nkind = \"team\"\n");
    write(
        root.path(),
        "c.csv",
        "ID,Title,Owner,\u{1b}[31mHead\nA,\"\u{202e}x\u{7}\"\"\n[services.y]\",\u{1b}[2Jb,\n\u{1b}B,,,\n",
    );
    let output = import(root.path(), &["c.csv", "--yes"]);
    let written = text(root.path(), "scope.toml");
    for shown in [&stdout(&output), &stderr(&output), &written] {
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{shown:?}");
    }
    let table: toml::Table = written.parse().expect("TOML");
    assert!(!table.contains_key("services"), "{written}");
    assert_eq!(table["controls"].as_table().map(toml::Table::len), Some(2));
}

#[cfg(unix)]
mod on_a_terminal {
    use super::*;
    use crate::init_asks::{interruptible, start};

    #[test]
    fn the_patch_is_shown_and_one_is_asked() {
        for (answer, written) in [("y", true), ("", false)] {
            let root = tempfile::tempdir().expect("a folder");
            write(root.path(), "c.csv", "ID,Title\nA-1,x\n");
            let mut command = interruptible(&soclint());
            command
                .args(["import", "controls", "c.csv"])
                .current_dir(root.path())
                .env_remove("CI");
            let mut terminal = start(command);
            let mut said = terminal.exp_string("Write this? [y/N] ").expect("it asks");
            assert!(
                !root.path().join("controls.scope.toml").exists(),
                "nothing is written before"
            );
            terminal.send_line(answer).expect("it takes an answer");
            said += &terminal.exp_eof().expect("it ends");
            assert!(said.contains("+[controls.A-1]"), "{said}");
            assert_eq!(root.path().join("controls.scope.toml").exists(), written, "{said}");
        }
    }
}
