//! In terminals.

use super::{hostile, sheet, sources};
use crate::render::safe;
use crate::render::sheet::table;
use crate::views::Cell;
use unicode_width::UnicodeWidthStr;

#[test]
fn no_line_is_wider_than_the_terminal() {
    let long = "チーム".repeat(60);
    let marks = format!("a{}", "\u{301}".repeat(40_000));
    let mut sheet = hostile();
    for subject in [
        "identity.billing-deployer",
        "seen(github-secret:AWS_ACCESS_KEY_ID_OF_THE_PRODUCTION_ACCOUNT)",
        &long,
        &marks,
        "",
    ] {
        sheet.rows.push(super::row(subject));
    }
    for width in [0, 1, 5, 10, 40, 80, 100, 160, 400, usize::MAX] {
        let table = table(&sheet, &sources(), width, false);
        // Below what a terminal has, words of the program itself are too long.
        for line in table.lines().filter(|_| width >= 40) {
            assert!(line.width() <= width, "{width}: {line}");
            assert!(line.len() / 20 < width, "{width}: {}", line.len());
        }
        assert!(table.chars().all(|c| c == '\n' || !safe::is_unsafe(c)));
    }
}

#[test]
fn what_is_shortened_or_left_out_is_told() {
    let table_of = |width, wide| table(&sheet(&["identity.billing-deployer"]), &sources(), width, wide);
    let narrow = table_of(80, false);
    assert!(narrow.starts_with("subject "), "{narrow}");
    assert!(narrow.contains("identity.billing-deployer"), "{narrow}");
    assert!(
        narrow.contains("...") && narrow.trim_end().ends_with("behind each word"),
        "{narrow}"
    );
    assert!(!narrow.contains("nhi-") && !narrow.contains("never filled"), "{narrow}");
    let wide = table_of(80, true);
    assert!(wide.contains("open"), "{wide}");
    assert!(wide.contains("a/main.tf:3, b.yml:7\n"), "{wide}");
    assert!(wide.contains("credentials"), "{wide}");
    assert!(
        !wide.contains("...") && !wide.contains("--wide") && !wide.contains("never filled"),
        "{wide}"
    );

    let mut small = sheet(&["identity.a"]);
    small.rows = vec![vec![
        Cell::Text("identity.a".to_owned()),
        Cell::Text("pipeline".to_owned()),
    ]];
    let small = table(&small, &sources(), 80, false);
    assert_eq!(small, "subject     kind\nidentity.a  pipeline\n");
}

#[test]
fn rows_that_begin_and_end_alike_stay_apart() {
    let long = |end: &str| format!("seen(github-secret:{}_{end})", "PRODUCTION_".repeat(10));
    let (one, other) = (long("KEY_ID"), long("TOKEN"));
    let table = table(&sheet(&[&one, &other]), &sources(), 80, false);
    assert!(table.contains("KEY_ID)") && table.contains("TOKEN)"), "{table}");
    assert!(table.contains("seen(github"), "{table}");
}

#[test]
fn columns_line_up_whatever_is_in_them() {
    let subjects = ["plain", "チーム", "e\u{301}le\u{300}ve", "🙂", "❤\u{fe0f}", "ไทย"];
    for width in [40, 80, 160] {
        let table = table(&sheet(&subjects), &sources(), width, false);
        let columns: Vec<usize> = table
            .lines()
            .skip(1)
            .take(subjects.len())
            .filter_map(|line| line.find("produc").map(|at| line[..at].width()))
            .collect();
        assert_eq!(columns.len(), subjects.len(), "{table}");
        assert!(columns.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
    }
}

#[test]
fn what_is_missing_stands_at_the_head_and_no_rows_are_told() {
    let mut empty = sheet(&[]);
    empty.incomplete = ["a.tf", "b.tf", "c.tf", "d.tf", "e.tf"].map(str::to_owned).to_vec();
    empty.notes = vec!["Without what is not demanded.".to_owned()];
    let text = table(&empty, &sources(), 100, false);
    assert_eq!(
        text,
        "incomplete: 5 files were not read as a whole, and what they hold is missing here\n  a.tf\n  b.tf\n  c.tf\n  \
         and 2 more files\n\nno identities to list\n\nWithout what is not demanded.\n"
    );
    assert_eq!(table(&sheet(&[]), &sources(), 80, true), "no identities to list\n");
}
