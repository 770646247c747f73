//! From the parser's events to the list of nodes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use granit_parser::{ErrorKind, Event, Marker, Options, Parser, ScalarStyle, StructureStyle};
use hashbrown::HashMap;

use super::{Fault, Item, Kind, MAX_DEPTH, MAX_FOLLOWED, MAX_NODES, Tree};
use crate::source::Span;

pub fn tree(text: &str) -> (Tree<'_>, Option<(Fault, Span)>) {
    let mut builder = Builder {
        text,
        items: Vec::new(),
        roots: Vec::new(),
        open: Vec::new(),
        anchors: HashMap::new(),
        end: 0,
    };
    let fault = builder.read();
    let tree = Tree {
        source: text,
        items: builder.items,
        roots: builder.roots,
        nothing: scalar(Kind::Plain, Span::default(), Span::default(), Cow::Borrowed("")),
        budget: Cell::new(MAX_FOLLOWED),
        places: RefCell::new(None),
    };
    (tree, fault)
}

fn scalar<'t>(kind: Kind, span: Span, tag: Span, text: Cow<'t, str>) -> Item<'t> {
    Item {
        kind,
        span,
        link: 0,
        tag,
        text,
    }
}

struct Builder<'t> {
    text: &'t str,
    items: Vec<Item<'t>>,
    roots: Vec<u32>,
    /// Collections that have not ended, and whether their end is written.
    open: Vec<(usize, bool)>,
    anchors: HashMap<usize, usize>,
    /// Where the last of what was met ends.
    end: u32,
}

impl<'t> Builder<'t> {
    fn read(&mut self) -> Option<(Fault, Span)> {
        let mut options = Options::default();
        options.emit_unresolved_aliases = true;
        options.set_emit_comments(false);
        let mut whole = 0;
        let mut fault = None;
        for next in Parser::new_from_str_with_options(self.text, options) {
            let (event, span) = match next {
                Ok(next) => next,
                Err(error) => {
                    let kind = match error.kind() {
                        ErrorKind::RecursionLimitExceeded => Fault::TooDeep,
                        _ => Fault::Syntax,
                    };
                    fault = Some((kind, self.span(*error.marker(), *error.marker())));
                    break;
                }
            };
            let span_of_tag = span
                .tag_span()
                .map_or_else(Span::default, |tag| self.span(tag.start, tag.end));
            let span = self.span(span.start, span.end);
            if let Err(kind) = self.take(event, span, span_of_tag, &mut whole) {
                fault = Some((kind, span));
                break;
            }
        }
        // Of a document that is not whole, nothing is kept.
        self.items.truncate(whole);
        self.roots.retain(|root| (*root as usize) < whole);
        fault
    }

    fn take(&mut self, event: Event<'t>, span: Span, tag: Span, whole: &mut usize) -> Result<(), Fault> {
        match event {
            Event::DocumentStart(..) => {
                self.anchors.clear();
                self.roots.push(at(self.items.len()));
            }
            Event::DocumentEnd => *whole = self.items.len(),
            Event::Scalar(value, style, anchor, _) => {
                let kind = match style {
                    ScalarStyle::Plain => Kind::Plain,
                    ScalarStyle::SingleQuoted => Kind::Single,
                    ScalarStyle::DoubleQuoted => Kind::Double,
                    ScalarStyle::Literal => Kind::Literal,
                    ScalarStyle::Folded => Kind::Folded,
                };
                let written = self.text.get(span.range()).unwrap_or_default();
                let inner = match kind {
                    Kind::Single | Kind::Double if written.len() >= 2 => &written[1..written.len() - 1],
                    _ => written,
                };
                let value = match value {
                    // The parser gives a value that is not there as `~`.
                    _ if kind == Kind::Plain && written.is_empty() => Cow::Borrowed(""),
                    value if value == inner => Cow::Borrowed(inner),
                    value => Cow::Owned(value.into_owned()),
                };
                self.push(scalar(kind, span, tag, value), anchor)?;
            }
            Event::MappingStart(style, anchor, _) => self.begin(Kind::Map, style, span, tag, anchor)?,
            Event::SequenceStart(style, anchor, _) => self.begin(Kind::List, style, span, tag, anchor)?,
            Event::MappingEnd | Event::SequenceEnd => self.finish(span),
            Event::Alias(anchor) => {
                // One that leads to a collection around it is nothing: it would have no end.
                let target = self.anchors.get(&anchor).copied();
                let is_whole = |target: &usize| self.items.get(*target).is_some_and(|item| item.link != 0);
                let mut item = scalar(Kind::Plain, span, Span::default(), Cow::Borrowed(""));
                if let Some(target) = target.filter(is_whole) {
                    item.kind = Kind::Alias;
                    item.link = at(target);
                }
                self.push(item, 0)?;
            }
            Event::UnresolvedAlias(_) => {
                self.push(scalar(Kind::Plain, span, Span::default(), Cow::Borrowed("")), 0)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, mut item: Item<'t>, anchor: usize) -> Result<usize, Fault> {
        let index = self.items.len();
        if index >= MAX_NODES {
            return Err(Fault::TooLarge);
        }
        if anchor != 0 {
            self.anchors.insert(anchor, index);
        }
        if !matches!(item.kind, Kind::Map | Kind::List | Kind::Alias) {
            item.link = at(index + 1);
        }
        self.end = item.span.end;
        self.items.push(item);
        Ok(index)
    }

    fn begin(&mut self, kind: Kind, style: StructureStyle, span: Span, tag: Span, anchor: usize) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        let index = self.push(scalar(kind, span, tag, Cow::Borrowed("")), anchor)?;
        self.open.push((index, style == StructureStyle::Flow));
        Ok(())
    }

    fn finish(&mut self, span: Span) {
        let Some((index, end_is_written)) = self.open.pop() else {
            return;
        };
        // Without a bracket the parser sees the end only at what follows, perhaps lines later.
        if end_is_written {
            self.end = self.end.max(span.end);
        }
        let end = self.end;
        let behind = at(self.items.len());
        if let Some(item) = self.items.get_mut(index) {
            item.link = behind;
            item.span.end = end.max(item.span.start);
        }
    }

    /// Whatever the parser says, it is inside the text and cuts no character.
    fn span(&self, start: Marker, end: Marker) -> Span {
        let floor = |marker: Marker| {
            let byte = marker.byte_offset().unwrap_or(0).min(self.text.len());
            (0..=byte).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
        };
        let start = floor(start);
        Span::new(start..floor(end).max(start))
    }
}

/// Nodes are far fewer than `u32::MAX`.
fn at(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
