//! Mending that moves or removes whole tables: only the bytes that have to change do.

use std::ops::Range;
use toml_edit::{Document, Item, Table, Value};

/// Moves the table of an id from one table of entities to another, by its headers.
pub fn move_table(text: &str, id: &str, from: &str, to: &str) -> Option<String> {
    let document = Document::parse(text).ok()?;
    let table = document.get(from)?.as_table()?.get(id)?.as_table()?;
    let taken = document.get(to).is_some_and(|to| {
        let known = to.as_table_like().map(|to| to.contains_key(id));
        known.unwrap_or(true)
    });
    let mut headers = Vec::new();
    collect_headers(table, &mut headers)?;
    if taken || headers.is_empty() {
        return None;
    }
    headers.sort_by_key(|header| std::cmp::Reverse(header.start));
    let mut out = text.to_owned();
    for header in headers {
        let name = first_name(text.get(header.clone())?)?;
        out.replace_range(header.start + name.start..header.start + name.end, to);
    }
    Some(out)
}

/// The headers of a table and of all tables in it. Nothing when a part of it stands elsewhere: under a dotted key.
fn collect_headers(table: &Table, headers: &mut Vec<Range<usize>>) -> Option<()> {
    if table.is_dotted() {
        return None;
    }
    if !table.is_implicit() {
        headers.push(table.span()?);
    }
    for (_, item) in table.iter() {
        match item {
            // A dotted key in a table's own body moves with it.
            Item::Table(inner) if inner.is_dotted() => {}
            Item::Table(inner) => collect_headers(inner, headers)?,
            Item::ArrayOfTables(inner) => {
                for one in inner.iter() {
                    collect_headers(one, headers)?;
                }
            }
            _ => {}
        }
    }
    Some(())
}

/// Where the first name of a header stands in it.
fn first_name(header: &str) -> Option<Range<usize>> {
    let start = header.find(|c: char| c != '[' && !c.is_whitespace())?;
    let rest = &header[start..];
    let length = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].find(quote)? + 2,
        _ => rest.find(|c: char| c == '.' || c == ']' || c.is_whitespace())?,
    };
    Some(start..start + length)
}

/// Removes the waiver at an index. Comments above it stay.
pub fn remove_waiver(text: &str, index: usize) -> Option<String> {
    let document = Document::parse(text).ok()?;
    let range = match document.get("waivers")? {
        Item::ArrayOfTables(waivers) => lines_of(text, waivers.get(index)?)?,
        Item::Value(Value::Array(waivers)) => element(text, waivers, index)?,
        _ => return None,
    };
    Some([&text[..range.start], &text[range.end..]].concat())
}

/// The lines from a table's header to its last value, with one of the blank lines around them.
fn lines_of(text: &str, table: &Table) -> Option<Range<usize>> {
    let header = table.span()?;
    let mut end = header.end;
    for (_, item) in table.iter() {
        end = end.max(item.as_value()?.span()?.end);
    }
    let start = text[..header.start].rfind('\n').map_or(0, |at| at + 1);
    let mut end = next_line(text, end);
    let blank_before =
        start == 0 || text[..start].trim_end_matches('\r').ends_with("\n\n") || text[..start].ends_with("\n\r\n");
    let next = next_line(text, end);
    if blank_before && end < text.len() && text[end..next].trim().is_empty() {
        end = next;
    }
    Some(start..end)
}

fn next_line(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at + 1)
}

/// An element of a list with the comma that goes with it.
fn element(text: &str, list: &toml_edit::Array, index: usize) -> Option<Range<usize>> {
    let own = list.get(index)?.span()?;
    if let Some(next) = list.get(index + 1) {
        return Some(own.start..next.span()?.start);
    }
    if let Some(before) = index.checked_sub(1) {
        return Some(list.get(before)?.span()?.end..own.end);
    }
    let comma = text[own.end..].find(|c: char| !c.is_whitespace())? + own.end;
    let end = if text[comma..].starts_with(',') {
        comma + 1
    } else {
        own.end
    };
    Some(own.start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_moves_by_its_headers_and_nothing_else_changes() {
        let text = "# top\r\n[reports.iso] # why\r\nframework = \"iso27001\"\r\nscope.x = 1\r\n\r\n[ reports . 'iso' . sub ]\r\nx=1\r\n[[reports.iso.list]]\r\n[reports.other]\r\n";
        let moved = move_table(text, "iso", "reports", "certificates");
        let expected = text
            .replace("[reports.iso]", "[certificates.iso]")
            .replace("[ reports . 'iso'", "[ certificates . 'iso'")
            .replace("[[reports.iso", "[[certificates.iso");
        assert_eq!(moved.as_deref(), Some(expected.as_str()));
        assert_eq!(
            move_table(
                "[reports]\niso = { framework = \"iso27001\" }\n",
                "iso",
                "reports",
                "certificates"
            ),
            None
        );
        let taken = "[reports.iso]\nframework = \"iso27001\"\n[certificates.iso]\n";
        assert_eq!(move_table(taken, "iso", "reports", "certificates"), None);
    }

    #[test]
    fn a_waiver_goes_and_comments_around_it_stay() {
        let text = "a = 1\n\n# kept\n[[waivers]]\nrule = \"x\"\nexpires = 2026-01-01 # gone\n\n# about b\n[[waivers]]\nrule = \"y\"\n";
        assert_eq!(
            remove_waiver(text, 0).as_deref(),
            Some("a = 1\n\n# kept\n\n# about b\n[[waivers]]\nrule = \"y\"\n")
        );
        let list = "waivers = [{ rule = \"x\" }, { rule = \"y\" }]\n";
        assert_eq!(
            remove_waiver(list, 0).as_deref(),
            Some("waivers = [{ rule = \"y\" }]\n")
        );
        assert_eq!(
            remove_waiver(list, 1).as_deref(),
            Some("waivers = [{ rule = \"x\" }]\n")
        );
        assert_eq!(remove_waiver("waivers = { rule = \"x\" }\n", 0), None);
    }
}
