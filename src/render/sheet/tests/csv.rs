//! As comma-separated values.

use super::{COLUMNS, HOSTILE, hostile, sheet, sources};
use crate::render::safe;
use crate::render::sheet::csv;

type Done = Result<(), Box<dyn std::error::Error>>;

fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>, ::csv::Error> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let row = |row: ::csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|record| record.map(row)).collect()
}

#[test]
fn the_bytes_are_as_the_standard_has_them() -> Done {
    let text = String::from_utf8(csv(&sheet(&["identity.a"]), &sources())?)?;
    assert_eq!(
        text,
        "\"subject\",\"kind\",\"environments\",\"rotated\",\"credentials\",\"rotation\",\"places\",\"never\"\r\n\
         \"identity.a\",\"\",\"production; identity.a\",\"2026-03-31\",\"2\",\
         \"open\",\"a/main.tf:3; b.yml:7\",\"\"\r\n"
    );
    Ok(())
}

#[test]
fn no_cell_begins_a_formula_wherever_it_is_split() -> Done {
    let bytes = csv(&hostile(), &sources())?;
    let rows = read(&bytes)?;
    assert_eq!(rows.len(), HOSTILE.len() + 2);
    for cell in rows.iter().flatten() {
        assert!(cell.chars().all(|c| !safe::is_unsafe(c)), "{cell}");
        for part in cell.split(';') {
            let begins = part.trim_start().trim_start_matches('"');
            assert!(!begins.starts_with(['=', '+', '-', '@', '＝']), "{cell}");
        }
    }
    let subjects: Vec<&str> = rows
        .iter()
        .skip(1)
        .filter_map(|row| row.first())
        .map(String::as_str)
        .collect();
    let expected = [
        "'=cmd|' /C calc'!A0",
        "'@SUM(1+1)",
        "'+1",
        "'-1",
        "'-",
        "' =1+1",
        "'\\u{feff}=1+1",
        "'\u{3000}\u{a0}=1+1",
        "'＝1+1",
        "'\"=1+1",
        "x; '=1+1",
        "'\\t=1+1",
        "'\\r=1+1",
        "a\\tb",
        "a\\nb\\r\\nc",
        "a|b|c",
    ];
    assert_eq!(subjects[..expected.len()], expected);
    assert_eq!(rows[1][2], "production; '=cmd|' /C calc'!A0");
    Ok(())
}

#[test]
fn each_row_of_a_table_that_lacks_something_says_so() -> Done {
    let mut table = sheet(&["identity.a", "identity.b"]);
    assert_eq!(read(&csv(&table, &sources())?)?[0].len(), COLUMNS.len());
    table.incomplete = ["a.tf", "-b.tf", "c.tf", "d.tf"].map(str::to_owned).to_vec();
    let rows = read(&csv(&table, &sources())?)?;
    let last: Vec<&str> = rows.iter().filter_map(|row| row.last()).map(String::as_str).collect();
    let named = "a.tf; '-b.tf; c.tf; and 1 more file";
    assert_eq!(last, ["incomplete", named, named]);
    table.rows.clear();
    let rows = read(&csv(&table, &sources())?)?;
    assert_eq!(
        rows.len(),
        2,
        "an empty table that lacks something is not taken for one without"
    );
    assert_eq!(rows[1].iter().filter(|cell| !cell.is_empty()).count(), 1);
    table.incomplete.clear();
    assert_eq!(read(&csv(&table, &sources())?)?.len(), 1);
    Ok(())
}
