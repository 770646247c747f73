//! Whatever a matrix holds, what is added is its controls and nothing else.

use crate::session::Session;
use crate::source::{FileId, Source};
use crate::starter::Target;
use crate::starter::import::{Columns, MAX_ROWS, Matrix, NotAdded, Surroundings, plan};
use proptest::prelude::*;

const DAY: jiff::civil::Date = jiff::civil::date(2026, 10, 1);

/// The manifest's text afterwards, the rows that are left out, and what else was told.
type Imported = (String, Vec<(u64, String)>, Vec<String>);

/// Imports a matrix into an estate of one manifest.
fn imported(manifest: &str, matrix: &[u8]) -> Result<Imported, String> {
    let matrix = Matrix::read(matrix, &[]).map_err(|why| why.to_string())?;
    let columns = Columns::of(&matrix.heads.cells, &[]).map_err(|why| why.to_string())?;
    let source = Source::new("scope.toml".to_owned(), manifest.to_owned());
    let session = Session::of_texts(vec![source], Vec::new()).map_err(|error| error.to_string())?;
    let linked = session.link(DAY);
    let surroundings = Surroundings {
        folder: Some(String::new()),
        exists: &|_| false,
    };
    let target = Target::Manifest(FileId::at(0));
    let import = plan(
        &matrix,
        &columns,
        target,
        surroundings,
        (&linked.estate, session.sources()),
    );
    let import = import.map_err(|why| match why {
        NotAdded::Changes(path) | NotAdded::TooLarge(path) => path,
    })?;
    let text = import
        .addition
        .map_or_else(|| manifest.to_owned(), |addition| addition.text);
    Ok((text, import.rows, import.told))
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

const ODD: [&str; 24] = [
    "",
    "a",
    "CC6.1",
    "=cmd|'/c calc'!A1",
    "\"\"\"",
    "\\",
    "a\nb",
    "\r\n",
    "\t",
    "\u{202e}x",
    "\u{feff}",
    "\0",
    "\u{1b}[31m",
    "]",
    "[x]",
    "#",
    "' '",
    "./a",
    "https://x.example/ä",
    "jira:A-1",
    "2026-01-01",
    "monthly",
    "n/a",
    "\u{1f600}",
];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(&ODD[..]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[A-C][0-9]",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_manifest_stays_one_and_has_the_new_controls_alone(
        rows in prop::collection::vec(prop::collection::vec(cell(), 11), 0..8),
        separator in prop::sample::select(&[",", ";", "\t"][..]),
    ) {
        let heads = ["Control ID", "Title", "Owner", "Area", "Frequency", "TSC", "Framework", "Policy", "Evidence", "Since", "Report"];
        let mut matrix = heads.join(separator) + "\n";
        for row in &rows {
            let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
            matrix.push_str(&(cells.join(separator) + "\r\n"));
        }
        let before = "[services.a]\nkind = \"saas\"\n";
        let (text, left_out, _) = imported(before, matrix.as_bytes()).map_err(TestCaseError::fail)?;
        prop_assert!(text.starts_with(before));
        let table: toml::Table = text.parse().map_err(|error| TestCaseError::fail(format!("{error}")))?;
        let controls = table.get("controls").and_then(toml::Value::as_table).map_or(0, toml::Table::len);
        prop_assert!(controls + left_out.len() <= rows.len());
        prop_assert_eq!(table.len(), if controls == 0 { 1 } else { 2 });
        let (again, _, _) = imported(&text, matrix.as_bytes()).map_err(TestCaseError::fail)?;
        prop_assert_eq!(again, text);
    }

    #[test]
    fn whatever_bytes_a_file_has_it_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = imported("", &bytes);
        let _ = imported("", &[b"Control ID,Owner\n", bytes.as_slice()].concat());
    }
}

#[test]
fn a_control_on_several_rows_is_one_with_all_that_they_list() -> Result<(), String> {
    let matrix = "Control ID,Title,TSC\nA1,x,CC6.1\nA1,x,CC6.2\nA1,,CC6.1\nA1,y,CC6.3\nA/1,z,\nA-1,z,";
    let (text, rows, _) = imported("", matrix.as_bytes())?;
    assert_eq!(
        text,
        "[controls.A1]\ntitle = \"x\"\ncriteria = [\"CC6.1\", \"CC6.2\"]\n\n[controls.A-1]\ntitle = \"z\"\n"
    );
    let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [5, 7], "{rows:?}");
    Ok(())
}

#[test]
fn what_is_declared_stays_and_only_what_a_row_says_is_compared() -> Result<(), String> {
    let manifest = "owner = \"a\"\n[controls.C1]\ntitle = \"x\"\ncriteria = [\"CC6.2\", \"CC6.1\"]\nevery = \"1y\"\n\
                    effective = 2026-01-01\ndesign = { at = \"./b/../p.md\" }\narea = \"change\"\n";
    for (row, differing) in [
        ("C1,x,a,CC6.1,annual,2026-01-01,./p.md", None),
        ("C1,,,,,,", None),
        ("C1,y,a,CC6.1,annual,2026-01-01,./p.md", Some("title")),
        (
            "C1,x,b,CC6.3,monthly,2026-01-02,./q.md",
            Some("owner, effective, every, criteria and design"),
        ),
        ("C1,x,,,continuous,1/2/2026,a policy", None),
    ] {
        let matrix = format!("ID,Title,Owner,TSC,Frequency,Since,Policy\n{row}\n");
        let (text, rows, told) = imported(manifest, matrix.as_bytes())?;
        assert_eq!(text, manifest, "{row}");
        match differing {
            None => assert_eq!((rows, told), (Vec::new(), Vec::new()), "{row}"),
            Some(keys) => assert!(rows[0].1.contains(&format!("with another {keys};")), "{rows:?}"),
        }
    }
    Ok(())
}

#[test]
fn a_control_that_is_not_in_place_is_none() -> Result<(), String> {
    let matrix = "ID;Status\nA;Implemented\nB;Planned\nC;Partly\nD;\n";
    let (text, rows, told) = imported("", matrix.as_bytes())?;
    assert_eq!(text.matches("[controls.").count(), 3);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].0, 3);
    assert!(told.iter().any(|told| told.contains("\"Partly\"")), "{told:?}");
    Ok(())
}

#[test]
fn owners_and_others_are_named_if_they_are_declared() -> Result<(), String> {
    let manifest = "[owners.it]\nkind = \"team\"\n[third-parties.host]\nrole = \"vendor\"\n[evidence.log]\nkind = \"log\"\n\
                    at = \"jira:A-1\"\n[reports.soc2]\nframework = \"soc2\"\n";
    let matrix = "ID,Owner,Inherited from,Evidence,Report\nA,it,host,\"log, jira:B-2\",soc2\nB,hr,other,logs,soc1\n";
    let (text, rows, told) = imported(manifest, matrix.as_bytes())?;
    let added = text.strip_prefix(manifest).ok_or("what was there")?;
    assert_eq!(
        added.trim_start(),
        "[controls.A]\nowner = \"it\"\noperating = [\"log\", \"jira:B-2\"]\ninherited-from = \"host\"\nreports = \"soc2\"\n\n\
         [controls.B]\n"
    );
    assert!(rows.is_empty());
    assert_eq!(told.len(), 4, "{told:?}");
    Ok(())
}

#[test]
fn very_many_rows_and_very_long_cells_are_read() -> Result<(), String> {
    let rows: String = (0..20_000).map(|at| format!("C{at},CC6.{at},{at}\n")).collect();
    let (text, left_out, _) = imported("", format!("ID,TSC,Owner\n{rows}").as_bytes())?;
    assert_eq!(text.matches("[controls.").count(), 20_000);
    assert!(left_out.is_empty());
    let long = "x".repeat(1 << 20);
    let cells = format!("ID,Title,Owner,TSC,Evidence\nA,{long},{long},{long},{long}\n{long},,,,\n");
    let (text, left_out, told) = imported("", cells.as_bytes())?;
    assert_eq!(text.matches("[controls.").count(), 1);
    assert_eq!(left_out.len(), 1);
    assert!(
        told.iter()
            .chain(left_out.iter().map(|(_, why)| why))
            .all(|told| told.len() < 500)
    );
    assert!(imported("", ",".repeat(1 << 20).as_bytes()).is_err());
    let (max, row) = (MAX_ROWS, "a,b\n");
    assert!(Matrix::read(format!("ID,Title\n{}", row.repeat(max + 1)).as_bytes(), &[]).is_err());
    Ok(())
}
