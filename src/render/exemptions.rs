//! The exemptions of an estate: declarations that exempt from a rule.

use super::columns::columns;
use super::waivers::left;
use crate::estate::Exemption;
use crate::source::Sources;
use jiff::civil::Date;
use serde::Serialize;

fn line(sources: &Sources, exemption: &Exemption) -> usize {
    let place = exemption.place;
    sources.get(place.file).position(place.span.start).line
}

fn path<'s>(sources: &'s Sources, exemption: &Exemption) -> &'s str {
    &sources.get(exemption.place.file).path
}

/// The entity that it is about, else the file.
fn subject<'s>(sources: &'s Sources, exemption: &'s Exemption) -> &'s str {
    exemption.subject.as_deref().unwrap_or_else(|| path(sources, exemption))
}

pub fn table(exemptions: &[Exemption], sources: &Sources, as_of: Date) -> String {
    if exemptions.is_empty() {
        return "no exemptions\n".to_owned();
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let row = |exemption: &Exemption| {
        let expires = exemption.expires;
        vec![
            exemption.key.to_owned(),
            subject(sources, exemption).to_owned(),
            text(&exemption.owner),
            text(&exemption.approved_by),
            expires.map_or_else(|| "-".to_owned(), |day| format!("{day} ({})", left(day, as_of))),
            format!("{}:{}", path(sources, exemption), line(sources, exemption)),
            text(&exemption.reason),
        ]
    };
    let rows: Vec<Vec<String>> = exemptions.iter().map(row).collect();
    columns(
        &["key", "subject", "owner", "approved by", "expires", "where", "reason"],
        &rows,
    )
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'e> {
    key: &'e str,
    subject: &'e str,
    owner: Option<&'e str>,
    approved_by: Option<&'e str>,
    expires: Option<String>,
    reason: Option<&'e str>,
    path: &'e str,
    line: usize,
}

fn item<'e>(sources: &'e Sources, exemption: &'e Exemption) -> Item<'e> {
    Item {
        key: exemption.key,
        subject: subject(sources, exemption),
        owner: exemption.owner.as_deref(),
        approved_by: exemption.approved_by.as_deref(),
        expires: exemption.expires.map(|day| day.to_string()),
        reason: exemption.reason.as_deref(),
        path: path(sources, exemption),
        line: line(sources, exemption),
    }
}

pub fn json(exemptions: &[Exemption], sources: &Sources) -> String {
    let items: Vec<Item<'_>> = exemptions.iter().map(|exemption| item(sources, exemption)).collect();
    super::json_text(&items)
}
