//! Upcoming findings: a table, and a calendar that a team can import.

use super::columns::columns;
use super::ics::{Calendar, Event};
use super::links::Links;
use super::markdown::{owner, place, rule};
use super::markdown_text::{code, prose};
use super::owners;
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::source::Sources;
use crate::triage;
use jiff::civil::Date;
use serde::Serialize;
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
                    finding.owner.as_deref().unwrap_or("-").to_owned(),
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

    /// An event for each finding. It has the same name in each forecast, so that a calendar that imports the next one does
    /// not hold it twice.
    pub fn ics(&self) -> String {
        let mut calendar = Calendar::new(self.as_of);
        for finding in self.upcoming {
            let day = self.day(finding);
            let fact = triage::fact(finding, self.sources);
            let (path, number) = self.place(finding);
            let page = rules::find(finding.rule).map(rules::Rule::url).unwrap_or_default();
            let mut description = vec![
                format!("{}.", finding.message),
                format!("To do: {}.", finding.help),
                format!("{path}:{number}"),
                page,
            ];
            if let Some(owner) = &finding.owner {
                description.insert(2, format!("Owner: {owner}"));
            }
            calendar.add(&Event {
                name: &[finding.rule, &finding.subject, &fact],
                from: day,
                to: day,
                summary: &format!("{}: {}", finding.subject, finding.rule),
                description: &description,
                category: finding.severity.as_str(),
                priority: match finding.severity {
                    Severity::Error => 1,
                    Severity::Warning => 5,
                    Severity::Note => 9,
                },
            });
        }
        calendar.finish()
    }
}
