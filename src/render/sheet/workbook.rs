//! What the sheets of a workbook share: how cells look, what they hold at most, and how pages are set.

use crate::render::safe;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};
use unicode_width::UnicodeWidthStr;

/// What a cell holds at most, in UTF-16.
const MAX_CELL: usize = 32_767;
/// What a worksheet holds at most.
pub const MAX_ROWS: usize = 1_048_576;
/// In points.
const LINE: u16 = 15;
pub const TITLE_LINE: u16 = 21;
/// A row is no higher than 409 points.
const MAX_LINES: usize = 27;
const A4: u8 = 9;

pub struct Formats {
    pub text: Format,
    pub day: Format,
    pub count: Format,
    pub head: Format,
    pub title: Format,
    pub label: Format,
    pub warning: Format,
    pub plain: Format,
}

impl Formats {
    pub fn new() -> Self {
        // Even when someone edits such a cell and leaves it as it is, it stays a text.
        let plain = Format::new().set_align(FormatAlign::Top).set_quote_prefix();
        let text = plain.clone().set_text_wrap();
        let bold = plain.clone().set_bold();
        Self {
            day: Format::new()
                .set_align(FormatAlign::Top)
                .set_align(FormatAlign::Left)
                .set_num_format("yyyy-mm-dd"),
            count: Format::new()
                .set_align(FormatAlign::Top)
                .set_align(FormatAlign::Center)
                .set_num_format("0"),
            head: text
                .clone()
                .set_bold()
                .set_background_color("E7ECF1")
                .set_border_bottom(FormatBorder::Thin),
            title: bold.clone().set_font_size(14),
            label: bold.clone(),
            warning: bold.set_font_color("B00020"),
            text,
            plain,
        }
    }
}

/// How many lines a text takes in a column; more than it can have are not counted.
pub fn lines(text: &str, width: usize) -> usize {
    let (mut lines, mut taken) = (1, 0);
    // A letter may be wider than those that the width is counted in.
    let width = width.saturating_sub(1).max(1);
    for word in text.split(' ') {
        let own = word.width();
        if taken > 0 && taken + 1 + own > width {
            lines += 1;
            taken = 0;
        }
        let all = taken + usize::from(taken > 0) + own;
        lines += all.saturating_sub(1) / width;
        taken = all - all.saturating_sub(1) / width * width;
        if lines >= MAX_LINES {
            return MAX_LINES;
        }
    }
    lines
}

pub fn height(lines: usize) -> u16 {
    LINE * u16::try_from(lines.min(MAX_LINES)).unwrap_or(1)
}

pub fn set_page(worksheet: &mut Worksheet, pages: u16) {
    worksheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(pages, 0)
        .set_page_order(false)
        .set_footer("&L&A&RPage &P of &N");
}

/// A text that a cell takes: in one line, and cut with a word that says so.
pub fn cut(text: &str) -> String {
    let text = safe::line(text);
    // Two characters that XML cannot have.
    let text = match text.contains(['\u{fffe}', '\u{ffff}']) {
        true => text.replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}"),
        false => text.into_owned(),
    };
    let units: usize = text.chars().map(char::len_utf16).sum();
    if units <= MAX_CELL {
        return text;
    }
    let said = format!(" ... (cut: the whole has {} characters)", text.chars().count());
    let room = MAX_CELL - said.len();
    let mut taken = 0;
    let kept = text.chars().take_while(|c| {
        taken += c.len_utf16();
        taken <= room
    });
    kept.collect::<String>() + &said
}
