//! Where the texts of labels go: beside their places while there is room, else below.

use super::report::{LONGEST_LINE, Snippet};
use crate::finding::Label;
use crate::render::{Style, safe, wrap};
use crate::source::{Position, Span};
use miette::{LabeledSpan, SourceSpan};
use std::collections::BTreeMap;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text that is broken into lines shorter than this is read more easily below.
const LEAST_ROOM: usize = 30;
/// As miette draws them.
const TAB: usize = 4;

/// Of what goes over more lines than this, the beginning is shown.
const MAX_LINES: usize = 20;

/// The labels of one file; the texts for which there is no room, with the line and column of their places. The first
/// label may be the primary one.
pub fn set(
    snippet: &Snippet<'_>,
    labels: &[&Label],
    first_is_primary: bool,
    style: Style,
) -> (Vec<LabeledSpan>, Vec<(String, String)>) {
    let place = |label: &Label| {
        let Position { line, column, .. } = snippet.source.position(label.place.span.start);
        (format!("{line}:{column}"), safe::line(&label.text).into_owned())
    };
    let spans: Vec<Option<Span>> = labels.iter().map(|label| shown(snippet, label.place.span)).collect();
    let known: Vec<Span> = spans.iter().flatten().copied().collect();
    let mut hooks = hooks(snippet, &known).into_iter();
    let (mut drawn, mut below) = (Vec::with_capacity(labels.len()), Vec::new());
    for (index, (label, span)) in labels.iter().zip(spans).enumerate() {
        let Some(span) = span else {
            below.push(place(label));
            continue;
        };
        let hook = hooks.next().unwrap_or_default();
        let text = safe::line(&label.text);
        let text = if style.narrated {
            Some(text.into_owned())
        } else {
            beside(&text, style.width.saturating_sub(hook))
        };
        if text.is_none() {
            below.push(place(label));
        }
        let span = SourceSpan::new((span.start as usize).into(), (span.end - span.start) as usize);
        drawn.push(if first_is_primary && index == 0 {
            LabeledSpan::new_primary_with_span(text, span)
        } else {
            LabeledSpan::new_with_span(text, span)
        });
    }
    (drawn, below)
}

/// As much of a place as people read; nothing, where its line is too long.
fn shown(snippet: &Snippet<'_>, span: Span) -> Option<Span> {
    let source = snippet.source;
    let is_short = |line: &usize| source.line_range(*line).len() <= LONGEST_LINE;
    let first = source.position(span.start).line;
    let last = source.position(span.end.max(span.start + 1) - 1).line;
    let lines = (first..=last).take(MAX_LINES).take_while(is_short);
    let shown = lines.last()?;
    let end = if shown == last {
        span.end
    } else {
        Span::new(source.line_range(shown)).end
    };
    Some(Span {
        start: span.start,
        end: end.max(span.start),
    })
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
fn hooks(snippet: &Snippet<'_>, spans: &[Span]) -> Vec<usize> {
    let lines = |span: Span| {
        let first = snippet.source.position(span.start).line;
        (first, snippet.source.position(span.end.max(span.start + 1) - 1).line)
    };
    let last = spans.iter().map(|span| lines(*span).1).max().unwrap_or(1);
    // The number of the line, and the frame.
    let number = (last + 1).min(snippet.source.line_count()).to_string().len() + 4;
    // What goes over several lines is drawn to the left of them.
    let tall = spans.iter().filter(|span| lines(**span).0 != lines(**span).1).count();
    let gutter = if tall == 0 { 0 } else { tall + 3 };

    let mut by_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut hooks = vec![number + gutter + 3; spans.len()];
    for (index, span) in spans.iter().enumerate() {
        let (first, last) = lines(*span);
        if first == last {
            by_line.entry(first).or_default().push(index);
        }
    }
    for (line, mut on_line) in by_line {
        on_line.sort_by_key(|index| spans[*index].start);
        let start_of_line = snippet.source.line_range(line).start;
        // Places that overlap are drawn one behind the other.
        let mut reached = 0;
        for index in on_line {
            let span = spans[index];
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
