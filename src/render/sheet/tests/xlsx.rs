//! As a workbook, which is read again from its own XML.

use super::{HOSTILE, hostile, sheet, sources};
use crate::render::sheet::{SheetError, xlsx};
use crate::views::{Cell, Made, MadeFile, Sheet};
use jiff::civil::date;
use roxmltree::Document;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

type Done = Result<(), Box<dyn std::error::Error>>;

fn made() -> Made {
    Made {
        facts: vec![("program", "soclint 1.2.3".to_owned()), ("command", "=1+1".to_owned())],
        files: vec![
            MadeFile {
                path: "=a.tf".to_owned(),
                state: "as committed",
                blob: Some("0123456789".repeat(4)),
            },
            MadeFile {
                path: "b.yml".to_owned(),
                state: "unknown",
                blob: None,
            },
        ],
    }
}

fn workbook(sheet: &Sheet) -> Result<Vec<u8>, SheetError> {
    xlsx(sheet, &sources(), &made(), date(2026, 10, 1))
}

fn parts(bytes: &[u8]) -> Result<BTreeMap<String, String>, Box<dyn std::error::Error>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at)?;
        assert!(file.last_modified().is_none_or(|time| time.year() == 1980));
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let name = file.name()?.into_owned();
        parts.insert(name, text);
    }
    Ok(parts)
}

/// The cells of a worksheet by their names, as Excel reads them; a number as its digits.
fn cells(
    parts: &BTreeMap<String, String>,
    number: usize,
) -> Result<BTreeMap<String, String>, Box<dyn std::error::Error>> {
    let strings = Document::parse(&parts["xl/sharedStrings.xml"])?;
    let items = strings.descendants().filter(|node| node.has_tag_name("si"));
    let text = |node: roxmltree::Node<'_, '_>| -> String {
        node.descendants()
            .filter_map(|node| node.is_text().then(|| node.text())?)
            .collect()
    };
    let strings: Vec<String> = items.map(|node| text(node).replace("_x005F_", "_")).collect();
    let worksheet = Document::parse(&parts[&format!("xl/worksheets/sheet{number}.xml")])?;
    let mut cells = BTreeMap::new();
    for cell in worksheet.descendants().filter(|node| node.has_tag_name("c")) {
        let name = cell.attribute("r").unwrap_or_default().to_owned();
        let value = text(cell);
        let value = match cell.attribute("t") {
            Some("s") => strings[value.parse::<usize>()?].clone(),
            _ => value,
        };
        cells.insert(name, value);
    }
    Ok(cells)
}

#[test]
fn there_is_no_formula_no_link_and_nothing_of_the_machine() -> Done {
    let parts = parts(&workbook(&hostile())?)?;
    for (name, part) in &parts {
        let document = Document::parse(part).map_err(|error| format!("{name}: {error}"))?;
        for node in document.descendants() {
            let tag = node.tag_name().name();
            assert!(
                !matches!(tag, "f" | "hyperlink" | "oleObject" | "externalReference"),
                "{name}: {tag}"
            );
        }
        assert!(
            !name.contains("externalLink") && !part.contains("TargetMode=\"External\""),
            "{name}"
        );
    }
    let core = &parts["docProps/core.xml"];
    assert!(
        core.contains("<dc:title>Identities, as of 2026-10-01</dc:title>"),
        "{core}"
    );
    assert!(
        core.contains("<dc:creator></dc:creator>") || core.contains("<dc:creator/>"),
        "{core}"
    );
    assert_eq!(
        core.matches("2026-10-01T00:00:00Z").count(),
        core.matches("</dcterms:").count(),
        "{core}"
    );
    Ok(())
}

#[test]
fn each_cell_is_read_as_it_was() -> Done {
    let mut table = hostile();
    table.incomplete.clear();
    let parts = parts(&workbook(&table)?)?;
    let cells = cells(&parts, 1)?;
    assert_eq!(cells["A1"], "Identities, as of 2026-10-01");
    assert_eq!((cells["A3"].as_str(), cells["G3"].as_str()), ("subject", "seen at"));
    for (row, hostile) in (4..).zip(HOSTILE) {
        let shown = crate::render::safe::line(hostile)
            .replace('\u{fffe}', "\\u{fffe}")
            .replace('\u{ffff}', "\\u{ffff}");
        assert_eq!(cells[&format!("A{row}")], shown);
        assert_eq!(cells[&format!("C{row}")], format!("production; {shown}"));
        assert!(!cells.contains_key(&format!("B{row}")));
    }
    let first = |column: &str| cells[&format!("{column}4")].as_str();
    // Days are counted from the last of 1899, and one too many since February 1900.
    assert_eq!((first("D"), first("E")), ("46112", "2"));
    assert_eq!(first("F"), "open");
    assert_eq!(first("G"), "a/main.tf:3; b.yml:7");
    let long = &cells[&format!("A{}", HOSTILE.len() + 4)];
    assert!(
        long.len() <= 32_767 && long.ends_with("(cut: the whole has 40000 characters)"),
        "{}",
        long.len()
    );
    let pane = "<pane xSplit=\"1\" ySplit=\"3\" topLeftCell=\"B4\"";
    let worksheet = &parts["xl/worksheets/sheet1.xml"];
    for holds in [
        pane,
        "<autoFilter ref=\"A3:H",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "Page &amp;P of &amp;N",
    ] {
        assert!(worksheet.contains(holds), "{holds}");
    }
    assert!(
        parts["xl/styles.xml"].contains("formatCode=\"yyyy\\-mm\\-dd\"")
            || parts["xl/styles.xml"].contains("formatCode=\"yyyy-mm-dd\"")
    );
    assert!(parts["xl/styles.xml"].contains("quotePrefix=\"1\""));
    assert!(parts["xl/workbook.xml"].contains("identities!$A:$A,identities!$3:$3"));
    Ok(())
}

#[test]
fn the_second_sheet_says_how_it_was_made_and_the_head_what_is_missing() -> Done {
    let parts = parts(&workbook(&hostile())?)?;
    let (first, second) = (cells(&parts, 1)?, cells(&parts, 2)?);
    assert!(
        first["A2"].starts_with("Incomplete: 22 files were not read as a whole"),
        "{}",
        first["A2"]
    );
    assert_eq!(first["A3"], "    =cmd|' /C calc'!A0");
    assert_eq!(first["A13"], "    and 12 more files");
    assert_eq!(first["A15"], "subject");
    let has = |one: &str, other: &str| {
        let row = second
            .iter()
            .find(|(name, value)| name.starts_with('A') && *value == one);
        let beside = row.and_then(|(name, _)| second.get(&name.replacen('A', "B", 1)));
        beside.is_some_and(|value| value == other)
    };
    assert!(has("program", "soclint 1.2.3") && has("command", "=1+1"));
    assert!(has("=a.tf", "as committed") && has("b.yml", "unknown"));
    assert!(second.values().any(|value| *value == "0123456789".repeat(4)));
    assert_eq!(
        second.values().filter(|value| *value == "not read as a whole").count(),
        HOSTILE.len()
    );
    Ok(())
}

#[test]
fn the_same_table_gives_the_same_bytes() -> Done {
    let bytes = workbook(&hostile())?;
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(workbook(&hostile())?, bytes);
    Ok(())
}

#[test]
fn a_day_that_workbooks_do_not_know_is_a_text_and_an_empty_table_says_so() -> Done {
    let mut table = sheet(&["a", "b"]);
    table.rows[0][3] = Cell::Day(date(1899, 1, 1));
    table.rows[1][3] = Cell::Day(date(-1, 1, 1));
    let read = cells(&parts(&workbook(&table)?)?, 1)?;
    assert_eq!(
        (read["D4"].as_str(), read["D5"].as_str()),
        ("1899-01-01", "-000001-01-01")
    );
    let read = cells(&parts(&workbook(&sheet(&[]))?)?, 1)?;
    assert_eq!(
        (read["A2"].as_str(), read["A4"].as_str()),
        ("No identities to list", "subject")
    );
    Ok(())
}
