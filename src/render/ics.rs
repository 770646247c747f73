//! Calendars that others import, by RFC 5545: events of whole days.

use super::safe;
use jiff::ToSpan;
use jiff::civil::Date;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::HashMap;

/// An event of whole days, both ends included.
pub struct Event<'e> {
    /// What stays the same of it in each calendar that has it, so that a later one takes its place.
    pub name: &'e [&'e str],
    pub from: Date,
    pub to: Date,
    pub summary: &'e str,
    /// Each in a line.
    pub description: &'e [String],
    pub category: &'e str,
    /// From 1 to 9, the first the highest.
    pub priority: u8,
}

pub struct Calendar {
    out: String,
    as_of: Date,
    /// How many events have a name so far.
    known: HashMap<String, usize>,
}

impl Calendar {
    /// Nothing in it is of the clock: it is stamped with the as-of date.
    pub fn new(as_of: Date) -> Self {
        let mut calendar = Self {
            out: String::new(),
            as_of,
            known: HashMap::new(),
        };
        calendar.line("BEGIN:VCALENDAR");
        calendar.line("VERSION:2.0");
        calendar.line(&format!("PRODID:-//soclint//soclint {}//EN", env!("CARGO_PKG_VERSION")));
        calendar.line("CALSCALE:GREGORIAN");
        calendar
    }

    pub fn add(&mut self, event: &Event<'_>) {
        let key = event.name.iter();
        let key: Vec<String> = key
            .map(|part| utf8_percent_encode(part, NON_ALPHANUMERIC).to_string())
            .collect();
        let key = key.join("/");
        let nth = self.known.entry(key.clone()).or_default();
        *nth += 1;
        let nth = *nth;
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{key}/{nth}@soclint"));
        self.line(&format!("DTSTAMP:{}T000000Z", compact(self.as_of)));
        self.line(&format!("DTSTART;VALUE=DATE:{}", compact(event.from)));
        // An event of one day needs no end; after the calendar's last day there is none.
        if let Ok(next) = event.to.max(event.from).checked_add(1.day()) {
            self.line(&format!("DTEND;VALUE=DATE:{}", compact(next)));
        }
        self.line(&format!("SUMMARY:{}", escape(event.summary)));
        let description: Vec<String> = event.description.iter().map(|line| escape(line)).collect();
        self.line(&format!("DESCRIPTION:{}", description.join("\\n")));
        self.line(&format!("CATEGORIES:soclint,{}", escape(event.category)));
        self.line(&format!("PRIORITY:{}", event.priority));
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    pub fn finish(mut self) -> String {
        self.line("END:VCALENDAR");
        self.out
    }

    /// A line has at most 75 bytes; what goes on begins with a space.
    fn line(&mut self, text: &str) {
        let mut room = 75;
        for c in text.chars() {
            if c.len_utf8() > room {
                self.out.push_str("\r\n ");
                room = 74;
            }
            room -= c.len_utf8();
            self.out.push(c);
        }
        self.out.push_str("\r\n");
    }
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A text in one line: what a name holds does not begin another.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in safe::line(text).chars() {
        if matches!(c, '\\' | ';' | ',') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
