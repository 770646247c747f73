//! Where the texts of labels go: beside their places while there is room, else below.

use super::Snippet;
use crate::finding::Label;
use crate::render::{Style, safe, wrap};
use crate::source::Position;
use miette::{LabeledSpan, SourceSpan};
use std::collections::BTreeMap;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text that is broken into lines shorter than this is read more easily below.
const LEAST_ROOM: usize = 30;
/// As miette draws them.
const TAB: usize = 4;

/// The labels of one file; the texts for which there is no room, with the line and column of their places. The first
/// label may be the primary one.
pub fn set(
    snippet: &Snippet<'_>,
    labels: &[&Label],
    first_is_primary: bool,
    style: Style,
) -> (Vec<LabeledSpan>, Vec<(String, String)>) {
    let hooks = hooks(snippet, labels);
    let (mut spans, mut below) = (Vec::with_capacity(labels.len()), Vec::new());
    for (index, (label, hook)) in labels.iter().zip(hooks).enumerate() {
        let span = label.place.span;
        let text = safe::line(&label.text);
        let text = match style.narrated {
            true => Some(text.into_owned()),
            false => beside(&text, style.width.saturating_sub(hook)),
        };
        if text.is_none() {
            let Position { line, column, .. } = snippet.source.position(span.start);
            below.push((format!("{line}:{column}"), safe::line(&label.text).into_owned()));
        }
        let span = SourceSpan::new((span.start as usize).into(), (span.end - span.start) as usize);
        spans.push(match first_is_primary && index == 0 {
            true => LabeledSpan::new_primary_with_span(text, span),
            false => LabeledSpan::new_with_span(text, span),
        });
    }
    (spans, below)
}

/// A text broken into lines for the room beside its place; `None` where it does not fit there.
fn beside(text: &str, room: usize) -> Option<String> {
    if text.width() <= room {
        return Some(text.to_owned());
    }
    let longest = text.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0);
    (room >= LEAST_ROOM && longest <= room).then(|| wrap(text, room).join("\n"))
}

/// For each label the column at which miette begins its text.
fn hooks(snippet: &Snippet<'_>, labels: &[&Label]) -> Vec<usize> {
    let lines = |label: &Label| {
        let span = label.place.span;
        let first = snippet.source.position(span.start).line;
        (first, snippet.source.position(span.end.max(span.start + 1) - 1).line)
    };
    let last = labels.iter().map(|label| lines(label).1).max().unwrap_or(1);
    // The number of the line, and the frame.
    let number = (last + 1).min(snippet.source.line_count()).to_string().len() + 4;
    // What goes over several lines is drawn to the left of them.
    let tall = labels.iter().filter(|label| lines(label).0 != lines(label).1).count();
    let gutter = if tall == 0 { 0 } else { tall + 3 };

    let mut by_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut hooks = vec![number + gutter + 3; labels.len()];
    for (index, label) in labels.iter().enumerate() {
        let (first, last) = lines(label);
        if first == last {
            by_line.entry(first).or_default().push(index);
        }
    }
    for (line, mut on_line) in by_line {
        on_line.sort_by_key(|index| labels[*index].place.span.start);
        let start_of_line = snippet.source.line_range(line).start;
        // Places that overlap are drawn one behind the other.
        let mut reached = 0;
        for index in on_line {
            let span = labels[index].place.span;
            let column = |offset: u32| {
                let before = snippet.text.get(start_of_line..offset as usize);
                width(before.unwrap_or_default())
            };
            let start = column(span.start).max(reached);
            let end = column(span.end).max(start + 1);
            reached = end;
            hooks[index] = number + gutter + (start + end) / 2 + 4;
        }
    }
    hooks
}

/// The columns of a text as miette draws it.
fn width(text: &str) -> usize {
    text.chars().fold(0, |column, c| match c {
        '\t' => column + TAB - column % TAB,
        c => column + c.width().unwrap_or(0),
    })
}
