//! JUnit XML, as Jenkins, GitLab and most build servers read it.
//!
//! It fits both schemas that are in use, Jenkins' and Ant's: what only one of them knows is left out, and what one of
//! them requires is there. A finding is a failed test, whatever its severity, and an upcoming one a test that
//! passes. One that is waived is, if asked for, a test that is skipped, which only Jenkins' schema knows, and of it the
//! text alone. A test's name is the finding's identity, so that a build server knows it again in the next run.

use super::digest::digest;
use super::{Shown, asides, counts, page_of, path_in_repository, safe, stream, summary_line, waived_line};
use crate::finding::Finding;
use crate::source::Sources;
use crate::triage::{self, Declared};
use hashbrown::HashSet;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

pub fn write(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let findings = &shown.outcome.findings;
    // A suite without a test counts as one that never ran.
    let tests = shown.listed().count().max(1);
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"soclint\" package=\"soclint\" id=\"0\" hostname=\"localhost\" timestamp=\"{}T00:00:00\" tests=\"{tests}\" failures=\"{}\" errors=\"0\" time=\"0\">\n    <properties>",
        shown.as_of,
        findings.iter().filter(|finding| finding.from.is_none()).count()
    )?;
    let summary = shown.outcome.summary;
    for (name, value) in [
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("as-of", shown.as_of.to_string()),
        ("manifests", summary.files.to_string()),
        ("entities", summary.entities.to_string()),
        ("findings", counts(shown.outcome)),
        ("fail-on", shown.outcome.fail_on.as_str().to_owned()),
    ] {
        writeln!(out, "      <property name=\"{name}\" value=\"{}\"/>", xml(&value))?;
    }
    writeln!(out, "    </properties>")?;
    if shown.listed().next().is_none() {
        writeln!(
            out,
            "    <testcase classname=\"soclint\" name=\"no findings\" time=\"0\"/>"
        )?;
    }
    let mut names = Names::new(shown);
    let named = shown.listed().map(|item| (item, names.next(item.0)));
    stream::joined(out, named, "", |out, ((finding, waiver), name)| {
        test(out, shown, finding, *waiver, name)
    })?;
    write!(out, "    <system-out>{}", xml(&summary_line(shown)))?;
    for line in asides(shown) {
        write!(out, "\n{}", xml(&line))?;
    }
    // A test that passes has no place for words.
    for finding in findings.iter().filter(|finding| finding.from.is_some()) {
        write!(out, "\n\n{}", xml(&details(shown, finding)))?;
    }
    writeln!(out, "</system-out>\n    <system-err/>\n  </testsuite>\n</testsuites>")
}

/// The tests' names: the estate, the subject and the fact. The rule is the test's class.
struct Names<'r> {
    estate: &'r str,
    sources: &'r Sources,
    /// A digest of each: all of them would be as long as much of the report.
    taken: HashSet<[u8; 16]>,
}

impl<'r> Names<'r> {
    fn new(shown: &Shown<'r>) -> Self {
        Self {
            estate: shown.estate(),
            sources: shown.sources,
            taken: HashSet::new(),
        }
    }

    fn next(&mut self, finding: &Finding) -> String {
        let mut name = match self.estate {
            "" => String::new(),
            estate => format!("{}: ", safe::line(estate)),
        };
        let (subject, fact) = (safe::line(&finding.subject), triage::fact(finding, self.sources));
        name += &subject;
        let fact = safe::line(&fact);
        // Many a finding is about the entity as such, and is at its id.
        let is_id = subject
            .strip_suffix(&*fact)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'));
        if !is_id {
            let _ = write!(name, ": {fact}");
        }
        if let Some(day) = finding.from {
            let _ = write!(name, ", from {day} on");
        }
        let base = name.len();
        let mut nth = 1;
        while !self.taken.insert(digest([finding.rule, &name])) {
            nth += 1;
            name.truncate(base);
            let _ = write!(name, " ({nth})");
        }
        name
    }
}

fn test(
    out: &mut impl Write,
    shown: &Shown<'_>,
    finding: &Finding,
    waiver: Option<&Declared>,
    name: &str,
) -> io::Result<()> {
    write!(
        out,
        "    <testcase classname=\"soclint.{}\" name=\"{}\" time=\"0\"",
        xml(finding.rule),
        xml(name)
    )?;
    if finding.from.is_some() {
        return writeln!(out, "/>");
    }
    match waiver {
        Some(waiver) => write!(
            out,
            ">\n      <skipped>{}</skipped>",
            xml(&safe::line(&format!("{}; {}", finding.message, waived_line(waiver))))
        ),
        None => write!(
            out,
            ">\n      <failure type=\"{}\" message=\"{}\">{}</failure>",
            finding.severity,
            xml(&safe::line(&finding.message)),
            xml(&details(shown, finding))
        ),
    }?;
    writeln!(out, "\n    </testcase>")
}

/// All that is said about a finding, in lines.
fn details(shown: &Shown<'_>, finding: &Finding) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}[{}] {}",
        finding.severity,
        finding.rule,
        safe::line(&finding.message)
    );
    for label in std::iter::once(&finding.primary).chain(&finding.related) {
        let source = shown.sources.get(label.place.file);
        let at = source.position(label.place.span.start);
        let path = path_in_repository(shown, source);
        let _ = writeln!(
            out,
            "{}:{}:{}: {}",
            safe::line(&path),
            at.line,
            at.column,
            safe::line(&label.text)
        );
    }
    if finding.beyond.is_some() {
        let _ = writeln!(out, "and {} more places", finding.count_beyond());
    }
    if !finding.help.is_empty() {
        let _ = writeln!(out, "help: {}", safe::line(&finding.help));
    }
    if let Some(owner) = &finding.owner {
        let _ = writeln!(out, "owner: {}", safe::line(owner));
    }
    if let Some(page) = page_of(finding.rule) {
        let _ = writeln!(out, "page: {page}");
    }
    out
}

/// Text, for an attribute or between tags. Two characters that are not control characters cannot be in XML at all.
fn xml(text: &str) -> Cow<'_, str> {
    // The last is the first byte of those two, and of others.
    let is_special = |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 0xef);
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.bytes().position(is_special) {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        match chars.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            Some('\'') => out.push_str("&#39;"),
            Some(c @ ('\u{fffe}' | '\u{ffff}')) => out.extend(c.escape_unicode()),
            c => out.extend(c),
        }
        rest = chars.as_str();
    }
    if rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn what_xml_takes_for_markup_or_cannot_have_is_written_out_and_nothing_else() {
        for (text, written) in [
            ("", ""),
            ("plain \u{e9} \u{ffe5}", "plain \u{e9} \u{ffe5}"),
            ("a&b", "a&amp;b"),
            ("<\"'>", "&lt;&quot;&#39;&gt;"),
            ("\u{fffe}x\u{ffff}", "\\u{fffe}x\\u{ffff}"),
            ("\u{fffd}&", "\u{fffd}&amp;"),
            ("]]>", "]]&gt;"),
        ] {
            assert_eq!(xml(text), written);
        }
    }
}
