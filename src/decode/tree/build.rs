//! Builds the tree of a file in which nothing is wrong from the events of the parser.

use super::{Item, Key, List, Made, Stated, Table, Value, plain};
use crate::source::Span;
use std::borrow::Cow;
use toml::value::Datetime;
use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, Raw};

/// How deep lists and inline tables may be nested, and how many keys dots may join.
const DEEPEST: usize = 64;

/// Hardly any section has more keys.
const SECTION: usize = 16;

pub(super) struct Builder<'a> {
    text: &'a str,
    pub failed: bool,
    pub root: Table<'a>,
    /// The table of the section that is being read. It is put where it belongs when the section ends.
    current: Table<'a>,
    /// Room for the entries of a section, whose number is unknown.
    spare: Vec<(Key<'a>, Item<'a>)>,
    /// Where that is: a position for each table on the way from the root.
    slot: Vec<usize>,
    section: u32,
    /// Where the header that is being read begins.
    header: Option<usize>,
    /// Keys for which there is no value yet, those of outer tables first.
    keys: Vec<Key<'a>>,
    /// Lists and inline tables that are not closed yet.
    open: Vec<Open<'a>>,
}

enum Open<'a> {
    List {
        start: usize,
        items: Vec<Item<'a>>,
    },
    Table {
        start: usize,
        table: Table<'a>,
        /// How many keys belong to what is around it.
        keys: usize,
    },
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start..end)
}

impl<'a> Builder<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut current = Table::new(Made::ByHeader);
        current.entries.reserve(SECTION);
        Self {
            text,
            failed: false,
            root: Table::default(),
            current,
            spare: Vec::new(),
            slot: Vec::new(),
            section: 0,
            header: None,
            keys: Vec::new(),
            open: Vec::new(),
        }
    }

    /// Takes the entries of these tables out of the tree, but for the one that is being read.
    pub fn take(&mut self, names: &[&str]) -> Table<'a> {
        let mut taken = Table::default();
        for (at, (key, item)) in self.root.entries.iter_mut().enumerate() {
            let Value::Table(table) = &mut item.value else {
                continue;
            };
            if !names.contains(&&*key.text) {
                continue;
            }
            let mut entries = std::mem::take(&mut table.entries);
            let is_open = self.slot.first() == Some(&at);
            let open = self.slot.get_mut(1).filter(|_| is_open);
            let kept = open.map(|open| entries.remove(std::mem::take(open)));
            table.replace(kept.into_iter().collect());
            let mut part = Table::default();
            part.replace(entries);
            let (span, value) = (item.span, Value::Table(part));
            taken.push(key.clone(), Item { span, value });
        }
        taken
    }

    fn written(&self, at: toml_parser::Span) -> &'a str {
        self.text.get(at.start()..at.end()).unwrap_or_default()
    }

    fn raw(&self, at: toml_parser::Span, encoding: Option<Encoding>) -> Raw<'a> {
        Raw::new_unchecked(self.written(at), encoding, at)
    }

    /// A key that is to be decoded.
    fn decoded_key(
        &self,
        at: toml_parser::Span,
        encoding: Option<Encoding>,
        error: &mut dyn ErrorSink,
    ) -> Cow<'a, str> {
        let mut text = Cow::Borrowed("");
        self.raw(at, encoding).decode_key(&mut text, error);
        text
    }

    /// A value that is to be decoded.
    fn decoded(&mut self, at: toml_parser::Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) -> Value<'a> {
        let mut text = Cow::Borrowed("");
        match self.raw(at, encoding).decode_scalar(&mut text, error) {
            ScalarKind::String => Value::Text(text),
            ScalarKind::Boolean(value) => Value::Boolean(value),
            ScalarKind::Float => Value::Float,
            ScalarKind::Integer(radix) => Value::Integer {
                digits: text,
                radix: radix.value(),
            },
            ScalarKind::DateTime => match text.parse::<Datetime>() {
                Ok(stated) => Value::Date(Stated::from(stated)),
                Err(_) => {
                    self.failed = true;
                    Value::Date(Stated::Time)
                }
            },
        }
    }

    /// Inlined, so that the item is built where it belongs: there is one for each value of a file.
    #[inline]
    fn take_value(&mut self, item: Item<'a>) {
        let (table, outer_keys) = match self.open.last_mut() {
            Some(Open::List { items, .. }) => return items.push(item),
            Some(Open::Table { table, keys, .. }) => (table, *keys),
            None => (&mut self.current, 0),
        };
        let inner = if self.keys.len() == outer_keys + 1 {
            Some(table)
        } else {
            by_dots(table, &mut self.keys, outer_keys, self.section)
        };
        let Some(table) = inner else {
            self.keys.truncate(outer_keys);
            self.failed = true;
            return;
        };
        match self.keys.pop() {
            Some(key) if table.find(&key.text).is_none() => {
                table.push(key, item);
            }
            _ => self.failed = true,
        }
    }

    /// Puts the table of the section that ends where it belongs.
    pub fn finish_section(&mut self) {
        let mut table = std::mem::take(&mut self.current);
        // What is kept takes no more room than it needs.
        let kept = table.entries.drain(..).collect();
        self.spare = std::mem::replace(&mut table.entries, kept);
        let mut place = &mut self.root;
        for at in self.slot.drain(..) {
            match place.entries.get_mut(at).and_then(|(_, item)| innermost(item)) {
                Some(inner) => place = inner,
                None => {
                    self.failed = true;
                    return;
                }
            }
        }
        *place = table;
    }

    /// Begins the section of a header.
    fn start_section(&mut self, at: Span, is_list: bool) -> Option<()> {
        self.finish_section();
        self.section += 1;
        let mut path = self.keys.drain(..);
        let last = path.next_back()?;
        let mut place = &mut self.root;
        for key in path {
            let position = match place.find(&key.text) {
                Some(position) => position,
                None => {
                    let span = key.span;
                    let value = Value::Table(Table::new(Made::OnTheWay));
                    place.push(key, Item { span, value })
                }
            };
            self.slot.push(position);
            place = innermost(&mut place.entries.get_mut(position)?.1)?;
            if !matches!(place.made, Made::OnTheWay | Made::ByHeader) {
                return None;
            }
        }
        let table = || Item {
            span: at,
            value: Value::Table(Table::new(Made::ByHeader)),
        };
        let position = match place.find(&last.text) {
            None if is_list => {
                let list = List {
                    items: vec![table()],
                    of_tables: true,
                };
                let value = Value::List(list);
                place.push(last, Item { span: at, value })
            }
            None => place.push(last, table()),
            Some(position) => {
                let (key, item) = place.entries.get_mut(position)?;
                match &mut item.value {
                    Value::List(list) if is_list && list.of_tables => list.items.push(table()),
                    Value::Table(table) if !is_list && table.made == Made::OnTheWay => {
                        table.made = Made::ByHeader;
                        *key = last;
                        item.span = at;
                    }
                    _ => return None,
                }
                position
            }
        };
        self.slot.push(position);
        let mut current = std::mem::take(innermost(&mut place.entries.get_mut(position)?.1)?);
        let mut entries = std::mem::take(&mut self.spare);
        entries.append(&mut current.entries);
        current.entries = entries;
        self.current = current;
        Some(())
    }

    fn close_header(&mut self, end: usize, is_list: bool) {
        let at = span(self.header.take().unwrap_or(end), end);
        if self.keys.len() > DEEPEST || self.start_section(at, is_list).is_none() {
            self.failed = true;
        }
    }

    fn may_open(&mut self) -> bool {
        let may = self.open.len() < DEEPEST;
        self.failed |= !may;
        may
    }
}

/// The table that a header's path leads into: the item itself, or the last of its list.
fn innermost<'t, 'a>(item: &'t mut Item<'a>) -> Option<&'t mut Table<'a>> {
    match &mut item.value {
        Value::Table(table) => Some(table),
        Value::List(list) if list.of_tables => match &mut list.items.last_mut()?.value {
            Value::Table(table) => Some(table),
            _ => None,
        },
        _ => None,
    }
}

/// The table that the keys from `first` on lead to by their dots, and takes all but the last of them. Nothing if there is
/// none, or it may not be added to.
fn by_dots<'t, 'a>(
    mut table: &'t mut Table<'a>,
    keys: &mut Vec<Key<'a>>,
    first: usize,
    section: u32,
) -> Option<&'t mut Table<'a>> {
    let last = keys
        .len()
        .checked_sub(1)
        .filter(|last| (first..first + DEEPEST).contains(last))?;
    let made = Made::ByDots(section);
    for key in keys.drain(first..last) {
        let position = match table.find(&key.text) {
            Some(position) => position,
            None => {
                let span = key.span;
                let value = Value::Table(Table::new(made));
                table.push(key, Item { span, value })
            }
        };
        match &mut table.entries.get_mut(position)?.1.value {
            Value::Table(inner) if inner.made == made => table = inner,
            _ => return None,
        }
    }
    Some(table)
}

impl EventReceiver for Builder<'_> {
    fn std_table_open(&mut self, at: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.header = Some(at.start());
    }

    fn std_table_close(&mut self, at: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close_header(at.end(), false);
    }

    fn array_table_open(&mut self, at: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.header = Some(at.start());
    }

    fn array_table_close(&mut self, at: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close_header(at.end(), true);
    }

    fn inline_table_open(&mut self, at: toml_parser::Span, _: &mut dyn ErrorSink) -> bool {
        self.open.push(Open::Table {
            start: at.start(),
            table: Table::new(Made::Inline),
            keys: self.keys.len(),
        });
        self.may_open()
    }

    fn inline_table_close(&mut self, at: toml_parser::Span, _: &mut dyn ErrorSink) {
        match self.open.pop() {
            Some(Open::Table { start, mut table, .. }) => {
                table.entries.shrink_to_fit();
                self.take_value(Item {
                    span: span(start, at.end()),
                    value: Value::Table(table),
                })
            }
            _ => self.failed = true,
        }
    }

    fn array_open(&mut self, at: toml_parser::Span, _: &mut dyn ErrorSink) -> bool {
        self.open.push(Open::List {
            start: at.start(),
            items: Vec::new(),
        });
        self.may_open()
    }

    fn array_close(&mut self, at: toml_parser::Span, _: &mut dyn ErrorSink) {
        match self.open.pop() {
            Some(Open::List { start, mut items }) => {
                items.shrink_to_fit();
                self.take_value(Item {
                    span: span(start, at.end()),
                    value: Value::List(List {
                        items,
                        of_tables: false,
                    }),
                })
            }
            _ => self.failed = true,
        }
    }

    fn simple_key(&mut self, at: toml_parser::Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let text = match plain::key(self.written(at), encoding) {
            Some(text) => Cow::Borrowed(text),
            None => self.decoded_key(at, encoding, error),
        };
        self.keys.push(Key {
            text,
            span: span(at.start(), at.end()),
        });
    }

    fn scalar(&mut self, at: toml_parser::Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let written = self.written(at);
        let value = if let Some(text) = plain::text(written, encoding) {
            Value::Text(Cow::Borrowed(text))
        } else if let Some(day) = plain::day(written, encoding) {
            Value::Date(Stated::Day(day))
        } else {
            self.decoded(at, encoding, error)
        };
        self.take_value(Item {
            span: span(at.start(), at.end()),
            value,
        });
    }

    fn comment(&mut self, at: toml_parser::Span, error: &mut dyn ErrorSink) {
        self.raw(at, None).decode_comment(error);
    }

    fn newline(&mut self, at: toml_parser::Span, error: &mut dyn ErrorSink) {
        self.raw(at, None).decode_newline(error);
    }

    fn error(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.failed = true;
    }
}
