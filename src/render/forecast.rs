//! Upcoming findings: a table, and a calendar that a team can import.

use super::columns::columns;
use super::links::Links;
use super::markdown::{owner, place, rule};
use super::markdown_text::{code, prose};
use super::owners;
use super::safe;
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::source::Sources;
use crate::triage;
use jiff::ToSpan;
use jiff::civil::Date;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use std::collections::HashMap;
use std::fmt::Write;

pub struct Forecast<'f> {
    pub sources: &'f Sources,
    /// By day.
    pub upcoming: &'f [Finding],
    pub as_of: Date,
    pub until: Date,
    /// The estate's root from the repository's, with a `/` at its end, or nothing.
    pub prefix: &'f str,
    /// Where places are shown, if the job says so.
    pub links: Option<&'f Links>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document<'f> {
    as_of: String,
    until: String,
    findings: Vec<Item<'f>>,
}

#[derive(Serialize)]
struct Item<'f> {
    from: String,
    severity: &'static str,
    rule: &'static str,
    subject: &'f str,
    owner: Option<&'f str>,
    message: &'f str,
    help: &'f str,
    path: &'f str,
    line: usize,
}

impl Forecast<'_> {
    fn day(&self, finding: &Finding) -> Date {
        finding.from.unwrap_or(self.until)
    }

    fn place(&self, finding: &Finding) -> (&str, usize) {
        let source = self.sources.get(finding.primary.place.file);
        (&source.path, source.position(finding.primary.place.span.start).line)
    }

    fn nothing(&self) -> String {
        format!("No upcoming findings from {} to {}.\n", self.as_of, self.until)
    }

    pub fn table(&self) -> String {
        if self.upcoming.is_empty() {
            return self.nothing();
        }
        let rows: Vec<Vec<String>> = self
            .upcoming
            .iter()
            .map(|finding| {
                let (path, line) = self.place(finding);
                vec![
                    self.day(finding).to_string(),
                    finding.severity.to_string(),
                    finding.rule.to_owned(),
                    finding.subject.clone(),
                    finding.owner.clone().unwrap_or_else(|| "-".to_owned()),
                    format!("{path}:{line}"),
                ]
            })
            .collect();
        columns(&["from", "severity", "rule", "subject", "owner", "where"], &rows)
    }

    pub fn json(&self) -> String {
        super::json_text(&Document {
            as_of: self.as_of.to_string(),
            until: self.until.to_string(),
            findings: self
                .upcoming
                .iter()
                .map(|finding| {
                    let (path, line) = self.place(finding);
                    Item {
                        from: self.day(finding).to_string(),
                        severity: finding.severity.as_str(),
                        rule: finding.rule,
                        subject: &finding.subject,
                        owner: finding.owner.as_deref(),
                        message: &finding.message,
                        help: &finding.help,
                        path,
                        line,
                    }
                })
                .collect(),
        })
    }

    pub fn markdown(&self) -> String {
        if self.upcoming.is_empty() {
            return self.nothing();
        }
        let mut out = owners::of_upcoming(self.upcoming);
        out.push_str("\n| from | severity | rule | subject | owner | what | place |\n");
        out.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
        for finding in self.upcoming {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} | {} |",
                self.day(finding),
                finding.severity,
                rule(finding),
                code(&finding.subject),
                owner(finding),
                prose(&finding.message),
                place(self.sources, self.prefix, self.links, finding)
            );
        }
        out
    }

    /// RFC 5545: an event of a whole day for each finding. It has the same name in each forecast, so that a
    /// calendar that imports the next one does not hold it twice.
    pub fn ics(&self) -> String {
        let mut out = String::new();
        let mut line = |text: &str| fold(&mut out, text);
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line(&format!("PRODID:-//soclint//soclint {}//EN", env!("CARGO_PKG_VERSION")));
        line("CALSCALE:GREGORIAN");
        let mut seen: HashMap<String, usize> = HashMap::new();
        for finding in self.upcoming {
            let day = self.day(finding);
            let fact = triage::fact(finding, self.sources);
            let key = [finding.rule, &finding.subject, &fact]
                .map(|part| utf8_percent_encode(part, NON_ALPHANUMERIC).to_string());
            let key = key.join("/");
            let nth = seen.entry(key.clone()).or_default();
            *nth += 1;
            let (path, number) = self.place(finding);
            let page = rules::find(finding.rule).map(rules::Rule::url).unwrap_or_default();
            let owner = finding
                .owner
                .as_deref()
                .map_or_else(String::new, |owner| format!("\nOwner: {owner}"));
            let description = format!(
                "{}.\nTo do: {}.{owner}\n{path}:{number}\n{page}",
                finding.message, finding.help
            );
            let next = day.checked_add(1.day()).unwrap_or(day);
            line("BEGIN:VEVENT");
            line(&format!("UID:{key}/{nth}@soclint"));
            line(&format!("DTSTAMP:{}T000000Z", compact(self.as_of)));
            line(&format!("DTSTART;VALUE=DATE:{}", compact(day)));
            line(&format!("DTEND;VALUE=DATE:{}", compact(next)));
            line(&format!(
                "SUMMARY:{}",
                escape(&format!("{}: {}", finding.subject, finding.rule))
            ));
            line(&format!("DESCRIPTION:{}", escape(&description)));
            line(&format!("CATEGORIES:soclint,{}", finding.severity));
            // From 1 to 9, the first the highest.
            line(match finding.severity {
                Severity::Error => "PRIORITY:1",
                Severity::Warning => "PRIORITY:5",
                Severity::Note => "PRIORITY:9",
            });
            line("TRANSP:TRANSPARENT");
            line("END:VEVENT");
        }
        line("END:VCALENDAR");
        out
    }
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        if !out.is_empty() {
            out.push_str("\\n");
        }
        for c in safe::line(line).chars() {
            if matches!(c, '\\' | ';' | ',') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// A line has at most 75 bytes; what goes on begins with a space.
fn fold(out: &mut String, text: &str) {
    let mut room = 75;
    for c in text.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}
