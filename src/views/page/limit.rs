//! How much a chapter shows: of very many rows, those about which something is open.

use super::{Chapter, Table};
use crate::model::counted;

/// A chapter of more rows shows only what is open.
const MAX_ROWS: usize = 2_000;
/// Of more in all chapters, each shows its share, so that the page can be sent and opened.
const MAX_ALL: usize = 6_000;

pub fn limit(chapters: &mut [Chapter]) {
    let all: usize = chapters.iter().map(|chapter| shown(chapter, MAX_ROWS)).sum();
    let most = if all > MAX_ALL {
        MAX_ALL / chapters.len().max(1)
    } else {
        MAX_ROWS
    };
    chapters.iter_mut().for_each(|chapter| cut(chapter, most));
}

fn rows(chapter: &Chapter) -> usize {
    chapter.tables.iter().map(|table| table.rows.len()).sum()
}

/// How many rows a chapter would show.
fn shown(chapter: &Chapter, most: usize) -> usize {
    let all = rows(chapter);
    let open = || {
        chapter
            .tables
            .iter()
            .flat_map(|table| &table.rows)
            .filter(|row| row.is_open)
    };
    if all <= most { all } else { open().count().min(most) }
}

fn cut(chapter: &mut Chapter, most: usize) {
    if rows(chapter) <= most {
        return;
    }
    let mut room = most;
    for table in &mut chapter.tables {
        let rows = table.rows.len();
        table.rows.retain(|row| row.is_open);
        let open = table.rows.len();
        table.rows.truncate(room);
        room -= table.rows.len();
        if table.rows.len() < rows {
            table.left_out = Some(left_out(table, open, rows));
        }
    }
}

fn left_out(table: &Table, open: usize, all: usize) -> String {
    let shown = table.rows.len();
    let which = match (shown, open) {
        (0, 0) => format!("None of {all} rows is open, and so none is shown"),
        (0, _) => format!("There is no room here for its {}", counted(all, "row", "rows")),
        (shown, open) if shown == open && open < all => {
            let rows = counted(shown, "row is", "rows are");
            format!("Only what is open is shown: {rows} here, of {all}")
        }
        (shown, open) if open < all => {
            format!("Only what is open is shown, and of that the first {shown} of {open} rows; there are {all} in all")
        }
        (shown, _) => format!("The first {shown} of {all} rows are shown"),
    };
    format!("{which}. All of them: {}.", table.all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::page::Row;

    fn chapter(tables: &[(usize, usize)]) -> Chapter {
        let mut chapter = Chapter::new("x", "X");
        for (open, rows) in tables {
            let row = |at: usize| Row {
                subject: None,
                span: None,
                is_open: at < *open,
                cells: Vec::new(),
            };
            let mut table = Table::new("x", &[], "none");
            table.all = "`soclint x`".to_owned();
            table.rows = (0..*rows).map(row).collect();
            chapter.tables.push(table);
        }
        chapter
    }

    fn limited(tables: &[(usize, usize)]) -> Chapter {
        let mut chapters = [chapter(tables)];
        limit(&mut chapters);
        let [chapter] = chapters;
        chapter
    }

    fn rows_of(chapter: &Chapter) -> Vec<usize> {
        chapter.tables.iter().map(|table| table.rows.len()).collect()
    }

    fn said(chapter: &Chapter) -> Vec<Option<&str>> {
        let tables = chapter.tables.iter();
        tables.map(|table| table.left_out.as_deref()).collect()
    }

    #[test]
    fn a_chapter_of_few_rows_is_whole() {
        let all = limited(&[(0, 1_999), (1, 1)]);
        assert_eq!((rows_of(&all), said(&all)), (vec![1_999, 1], vec![None, None]));
    }

    #[test]
    fn of_more_rows_what_is_open_is_shown_and_where_the_rest_is_is_said() {
        let some = limited(&[(31, 2_000), (1, 1)]);
        assert_eq!(rows_of(&some), [31, 1]);
        let first = "Only what is open is shown: 31 rows are here, of 2000. All of them: `soclint x`.";
        assert_eq!(said(&some), [Some(first), None]);
        let many = limited(&[(1_500, 9_000), (3_000, 3_000)]);
        assert_eq!(rows_of(&many), [1_500, 500]);
        assert_eq!(
            said(&many)[1],
            Some("The first 500 of 3000 rows are shown. All of them: `soclint x`.")
        );
        let none = limited(&[(0, 2_001)]);
        assert_eq!(rows_of(&none), [0]);
        assert!(said(&none)[0].is_some_and(|said| said.starts_with("None of 2001 rows is open")));
    }

    #[test]
    fn of_very_many_in_all_each_chapter_shows_its_share() {
        let mut chapters: Vec<Chapter> = (0..10).map(|_| chapter(&[(1_000, 5_000)])).collect();
        chapters.push(chapter(&[(0, 300)]));
        limit(&mut chapters);
        let rows: Vec<usize> = chapters.iter().map(super::rows).collect();
        assert_eq!(rows[..10], [MAX_ALL / 11; 10]);
        assert_eq!(rows[10], 300);
        let said = said(&chapters[0])[0].unwrap_or_default();
        assert!(
            said.starts_with(
                "Only what is open is shown, and of that the first 545 of 1000 rows; there are 5000 in all."
            ),
            "{said}"
        );
    }
}
