//! Errors of a manifest itself, as opposed to the estate.

use super::{Check, Context, Group, Rule, names};
use crate::decode::{Fault, Repair};
use crate::estate::Flaw;
use crate::finding::{Finding, Fix, Severity};
use crate::model::{nearest, short_digest, spelt_alike};
use crate::source::{FileId, Place};

macro_rules! reading_rules {
    ($($id:ident, $fault:ident, $severity:ident, $page:literal, $summary:literal;)*) => {
        $(static $id: Rule = Rule {
            name: Fault::$fault.name(),
            since: "0.1.0",
            group: Group::Reading,
            severity: Severity::$severity,
            summary: $summary,
            references: &[],
            options: &[],
            yields_to: &[],
            page: include_str!($page),
            check: Check::Estate(|cx| findings(cx, &$id, Fault::$fault)),
        };)*
        pub const RULES: &[&Rule] = &[$(&$id,)*];
    };
}

reading_rules! {
    INVALID_TOML, InvalidToml, Error, "invalid_toml.md", "A manifest is not valid TOML.";
    NOT_UTF8, NotUtf8, Error, "not_utf8.md", "A manifest is not UTF-8 text.";
    UNREADABLE_FILE, UnreadableFile, Error, "unreadable_file.md", "A manifest exists but cannot be read.";
    UNKNOWN_KEY, UnknownKey, Error, "unknown_key.md", "A key is not known in its table.";
    UNKNOWN_VALUE, UnknownValue, Error, "unknown_value.md", "A value is not one that its key accepts.";
    WRONG_TYPE, WrongType, Error, "wrong_type.md", "A value has a different type than its key accepts.";
    MISSING_KEY, MissingKey, Error, "missing_key.md", "A required key is missing.";
    DUPLICATE_ID, DuplicateId, Error, "duplicate_id.md", "Two declarations have the same name.";
    UNKNOWN_REFERENCE, UnknownReference, Error, "unknown_reference.md", "A reference does not resolve to a declared entity.";
    INVALID_ID, InvalidId, Error, "invalid_id.md", "An id or a namespace has characters that are not allowed in names.";
    INVALID_DATE, InvalidDate, Error, "invalid_date.md", "A date does not exist, or is not a valid TOML date.";
    INVALID_DURATION, InvalidDuration, Error, "invalid_duration.md", "A duration is not valid, or is shorter than a day.";
    NON_CANONICAL_SPELLING, NonCanonicalSpelling, Note, "non_canonical_spelling.md", "A standard term is not in its canonical spelling.";
}

fn findings(cx: &Context<'_, '_>, rule: &Rule, fault: Fault) -> Vec<Finding> {
    let flaws = cx.flaws.iter().filter(|flaw| flaw.fault == fault);
    let mut findings: Vec<Finding> = flaws
        .map(|flaw| {
            let mut finding = rule.finding(flaw.subject.clone(), flaw.place, flaw.label.to_string(), &*flaw.message);
            finding.help = flaw.help.as_deref().unwrap_or_default().to_owned().into();
            finding.fact = fact(cx, flaw).map(Into::into);
            finding.fix = flaw.fix.clone().map(fix).map(Box::new);
            finding.suggestion = flaw.suggestion.clone().map(fix).map(Box::new);
            if cx.sources.get(flaw.place.file).absent.is_some() {
                // Unknown, but not an error of anyone.
                finding.severity = Severity::Note;
            }
            match &flaw.related {
                Some((place, text)) => finding.related(*place, text.clone()),
                None => finding,
            }
        })
        .collect();
    if fault == Fault::UnknownValue {
        findings.extend(waivers_of_no_rule(cx, rule));
        findings.extend(super::stores::look_alikes(cx, rule));
    }
    findings
}

/// What distinguishes a reading error from the others of its subject, where the text at its place alone does not.
fn fact(cx: &Context<'_, '_>, flaw: &Flaw<'_>) -> Option<String> {
    let source = cx.sources.get(flaw.place.file);
    let text = source.slice(flaw.place.span);
    if flaw.fault == Fault::InvalidToml {
        // Unparsable text may contain anything, so it is not shown.
        let line = source.line_range(source.position(flaw.place.span.start).line);
        let line = source.text.get(line).unwrap_or_default().trim();
        return Some(short_digest(&format!("{text}\n{line}")));
    }
    let about = flaw.about.as_deref()?;
    let text = text.trim_matches(['"', '\'']);
    // For a key, stated or missing, its path is enough.
    let is_key = about
        .strip_suffix(text)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'));
    Some(if is_key || flaw.fault == Fault::MissingKey {
        about.to_owned()
    } else {
        format!("{about} = {text}")
    })
}

fn fix(repair: Repair) -> Fix {
    match repair {
        Repair::Replace(with) => Fix::Replace(with),
        Repair::Rename(with) => Fix::Rename(with),
        Repair::Edits(edits) => Fix::Edits(edits),
    }
}

/// A waiver for a rule that does not exist waives nothing.
fn waivers_of_no_rule(cx: &Context<'_, '_>, rule: &Rule) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, facts) in cx.files.iter().enumerate() {
        let file = FileId(u32::try_from(at).unwrap_or(u32::MAX));
        for waiver in facts.waivers.iter() {
            let Some(name) = waiver.value.rule.known() else {
                continue;
            };
            if names().any(|known| known == name.value.as_str()) {
                continue;
            }
            let alike = spelt_alike(&name.value, names());
            let near = alike.or_else(|| nearest(&name.value, names()));
            let label = match near {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "not a rule".to_owned(),
            };
            let place = Place { file, span: name.span };
            let message = format!(
                "this waiver names the rule \"{}\", which does not exist",
                name.value.as_str()
            );
            let subject = cx.sources.get(file).path.clone();
            let mut finding = rule
                .finding(subject, place, label, message)
                .help("`soclint rules` lists every rule");
            let rename = near.map(|near| Box::new(Fix::Rename(near.to_owned())));
            match alike {
                Some(_) => finding.fix = rename,
                None => finding.suggestion = rename,
            }
            findings.push(finding);
        }
    }
    findings
}
