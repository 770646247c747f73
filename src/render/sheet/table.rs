//! A table for terminals: as wide as they are, or whole.

use super::{Form, empty_line, filled, first_incomplete, incomplete_line, is_empty, items, text};
use crate::render::{safe, wrap};
use crate::source::Sources;
use crate::views::{Cell, Column, Holds, Sheet};
use std::fmt::Write;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// So many files are named of those that were not read.
const MAX_NAMED: usize = 3;
/// What is put in the place of what is left out. A dot is one column wide in every terminal.
const CUT: &str = "...";
/// Between two columns.
const GAP: usize = 2;
/// A column that would have less room than this is left out, unless it is the first. A day and the words for how things
/// stand have no more, and are never cut.
const MIN_ROOM: usize = 10;
const EMPTY: &str = "-";

const NARROW: Form = Form {
    between: ", ",
    whole: false,
};
const WIDE: Form = Form {
    between: ", ",
    whole: true,
};
const HINT: &str = "not all is shown: --wide has every column, uncut";

/// Sets a table in at most `width` columns, or with all that it has if `wide`.
pub fn table(sheet: &Sheet, sources: &Sources, width: usize, wide: bool) -> String {
    let mut out = String::new();
    let prose = |out: &mut String, text: &str| {
        if wide {
            let _ = writeln!(out, "{}", safe::line(text));
            return;
        }
        for line in wrap(&safe::line(text), width) {
            let _ = writeln!(out, "{}", cut_end(line, width));
        }
    };
    if let Some(line) = incomplete_line(sheet) {
        prose(&mut out, &line);
        let room = if wide { usize::MAX } else { width.saturating_sub(2) };
        for file in first_incomplete(sheet, MAX_NAMED) {
            let _ = writeln!(out, "  {}", cut_middle(&file, room));
        }
        out.push('\n');
    }
    for line in &sheet.about {
        prose(&mut out, line);
    }
    if !sheet.about.is_empty() {
        out.push('\n');
    }
    let is_all = if sheet.rows.is_empty() {
        prose(&mut out, &empty_line(sheet));
        true
    } else if wide {
        set(&mut out, &Set::whole(sheet, sources));
        true
    } else {
        let set_in = Set::fitted(sheet, sources, width);
        set(&mut out, &set_in);
        set_in.is_all
    };
    if !sheet.notes.is_empty() || !is_all {
        out.push('\n');
    }
    for note in &sheet.notes {
        prose(&mut out, note);
    }
    if !is_all {
        prose(&mut out, HINT);
    }
    out
}

/// How wide a table is with what a terminal has of it, if nothing is cut.
pub fn natural_width(sheet: &Sheet, sources: &Sources) -> usize {
    let columns = filled(sheet);
    let columns: Vec<(usize, &Column)> = columns.into_iter().filter(|(_, column)| column.is_narrow).collect();
    let rows = texts(sheet, &columns, |cell| narrow(cell, sources));
    let widths: usize = (0..columns.len()).map(|at| widest(&rows, at)).sum();
    widths + GAP * columns.len().saturating_sub(1)
}

/// What is set: the head and the rows, as texts that fit.
struct Set {
    rows: Vec<Vec<String>>,
    is_all: bool,
}

impl Set {
    fn whole(sheet: &Sheet, sources: &Sources) -> Self {
        let columns = filled(sheet);
        Self {
            rows: texts(sheet, &columns, |cell| text(cell, sources, WIDE)),
            is_all: true,
        }
    }

    fn fitted(sheet: &Sheet, sources: &Sources, width: usize) -> Self {
        let all = filled(sheet);
        let mut columns = chosen(sheet, sources, &all, width);
        let mut rows = texts(sheet, &columns, |cell| narrow(cell, sources));
        let natural: Vec<usize> = (0..columns.len()).map(|at| widest(&rows, at)).collect();
        let rooms = fit(&natural, width);
        columns.truncate(rooms.len());
        let mut is_all = columns.len() == all.len();
        for row in &mut rows {
            row.truncate(rooms.len());
            for (at, (cell, room)) in row.iter_mut().zip(&rooms).enumerate() {
                let holds_names =
                    at == 0 || matches!(columns.get(at), Some((_, column)) if column.holds == Holds::Places);
                let cut = if holds_names {
                    cut_middle(cell, *room)
                } else {
                    cut_end(cell, *room)
                };
                is_all &= cut == *cell;
                *cell = cut;
            }
        }
        let is_shortened = |cell: &Cell| matches!(cell, Cell::Places(places) if places.len() > 1);
        is_all &= !sheet.rows.iter().flatten().any(is_shortened);
        Self { rows, is_all }
    }
}

/// The columns that a reader needs first and, where there is room, others in full: how matters stand before anything else.
fn chosen<'c>(sheet: &Sheet, sources: &Sources, all: &[(usize, &'c Column)], width: usize) -> Vec<(usize, &'c Column)> {
    let natural = |column: (usize, &'c Column)| {
        let rows = texts(sheet, &[column], |cell| narrow(cell, sources));
        widest(&rows, 0) + GAP
    };
    let first = all.iter().copied().filter(|(_, column)| column.is_narrow);
    let mut chosen: Vec<(usize, &Column)> = first.collect();
    let mut taken: usize = chosen.iter().map(|column| natural(*column)).sum();
    let others = || all.iter().copied().filter(|(_, column)| !column.is_narrow);
    let matters = others().filter(|(_, column)| column.holds == Holds::Standing);
    let plain = others().filter(|(_, column)| column.holds != Holds::Standing);
    for column in matters.chain(plain) {
        if taken >= width {
            break;
        }
        let own = natural(column);
        if taken + own <= width.saturating_add(GAP) {
            taken += own;
            chosen.push(column);
        }
    }
    chosen.sort_by_key(|(at, _)| *at);
    chosen
}

/// The head and the rows.
fn texts(sheet: &Sheet, columns: &[(usize, &Column)], cell_text: impl Fn(&Cell) -> String) -> Vec<Vec<String>> {
    let head = columns
        .iter()
        .map(|(_, column)| safe::line(&column.head).into_owned())
        .collect();
    let of = |cell: Option<&Cell>| match cell {
        Some(cell) if !is_empty(cell) => cell_text(cell),
        _ => EMPTY.to_owned(),
    };
    let row = |row: &Vec<Cell>| columns.iter().map(|(at, _)| of(row.get(*at))).collect();
    std::iter::once(head).chain(sheet.rows.iter().map(row)).collect()
}

/// The first of many places, and how many more there are (`main.tf:3 +1`); anything else as it is.
fn narrow(cell: &Cell, sources: &Sources) -> String {
    if let Cell::Places(places) = cell
        && let [first, more @ ..] = items(cell, sources, NARROW).as_slice()
        && !more.is_empty()
        && places.len() > 1
    {
        return format!("{} +{}", safe::line(first), more.len());
    }
    text(cell, sources, NARROW)
}

fn widest(rows: &[Vec<String>], column: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.get(column));
    cells.map(|cell| cell.width()).max().unwrap_or(0)
}

/// How much room each column gets, as many as fit. The first says what the others are about, and may be twice as wide.
fn fit(natural: &[usize], width: usize) -> Vec<usize> {
    let mut columns = natural.len();
    while columns > 0 {
        let room = width.saturating_sub(GAP * (columns - 1));
        let at_most = |most: usize| {
            let limits = std::iter::once(most.saturating_mul(2)).chain(std::iter::repeat(most));
            let rooms = natural[..columns].iter().zip(limits);
            rooms
                .map(|(natural, limit)| (*natural).min(limit))
                .collect::<Vec<usize>>()
        };
        let widest = natural.iter().copied().max().unwrap_or(0).min(width);
        let fitting = (MIN_ROOM..=widest.max(MIN_ROOM)).rev().map(at_most);
        if let Some(mut rooms) = fitting.into_iter().find(|rooms| rooms.iter().sum::<usize>() <= room) {
            let left = room - rooms.iter().sum::<usize>();
            if let (Some(first), Some(natural)) = (rooms.first_mut(), natural.first()) {
                *first = (*first + left).min(*natural);
            }
            return rooms;
        }
        columns -= 1;
    }
    natural
        .first()
        .map(|natural| (*natural).min(width))
        .into_iter()
        .collect()
}

fn set(out: &mut String, set: &Set) {
    let columns = set.rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns).map(|at| widest(&set.rows, at)).collect();
    for row in &set.rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let blank = width.saturating_sub(cell.width()) + GAP;
            let _ = write!(line, "{cell}{:blank$}", "");
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// Of characters that take no room, some are taken with those that do, and not any number of them.
fn most_characters(room: usize) -> usize {
    room.saturating_mul(4)
}

fn fits(text: &str, room: usize) -> bool {
    text.width() <= room && text.chars().nth(most_characters(room)).is_none()
}

fn cut_end(text: &str, room: usize) -> String {
    if fits(text, room) {
        return text.to_owned();
    }
    let kept = beginning(text, room.saturating_sub(CUT.len()));
    format!("{}{}", kept.trim_end(), &CUT[..CUT.len().min(room)])
}

/// Names tell themselves apart by their ends as often as by their beginnings.
fn cut_middle(text: &str, room: usize) -> String {
    if fits(text, room) {
        return text.to_owned();
    }
    let left = room.saturating_sub(CUT.len());
    let before = beginning(text, left / 2);
    let after = end(text, left - left / 2);
    format!("{before}{}{after}", &CUT[..CUT.len().min(room)])
}

fn beginning(text: &str, room: usize) -> &str {
    let mut taken = 0;
    let fitting = text.char_indices().take(most_characters(room)).take_while(|(_, c)| {
        taken += c.width().unwrap_or(0);
        taken <= room
    });
    let mut kept = &text[..fitting.last().map_or(0, |(at, c)| at + c.len_utf8())];
    // Some characters are wider together than each is alone.
    while kept.width() > room {
        kept = &kept[..kept.char_indices().next_back().map_or(0, |(at, _)| at)];
    }
    kept
}

fn end(text: &str, room: usize) -> &str {
    let mut taken = 0;
    let fitting = text
        .char_indices()
        .rev()
        .take(most_characters(room))
        .take_while(|(_, c)| {
            taken += c.width().unwrap_or(0);
            taken <= room
        });
    let kept = &text[fitting.last().map_or(text.len(), |(at, _)| at)..];
    let first = |text: &str| text.chars().next().map_or(0, char::len_utf8);
    // What belongs to a character before it would now be put on another.
    let mut kept = kept.trim_start_matches(|c: char| c.width().unwrap_or(0) == 0);
    while kept.width() > room {
        kept = &kept[first(kept)..];
    }
    kept
}
