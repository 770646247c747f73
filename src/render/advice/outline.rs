//! What is said of a service, part by part.

use super::{title, titles};
use crate::model::{Framework, list_words};
use crate::rules::words;
use crate::source::{Place, Sources};
use crate::standards::Family;
use crate::views::{Because, Dated, FamilyAdvice, Recommendation, ServiceAdvice, State, Weight, additions};

/// A part of an outline.
pub enum Part {
    Heading(String),
    /// Under a heading.
    Subheading(String),
    Item(Item),
    /// A manifest, or a part of one.
    Code(String),
}

pub struct Item {
    /// What it is about: `period`.
    pub lead: Option<&'static str>,
    pub text: String,
    /// Where that is declared, and what it rests on: `scope.toml:4; AT-C 320`.
    pub source: Option<String>,
}

impl Item {
    fn bare(lead: Option<&'static str>, text: impl Into<String>) -> Part {
        Part::Item(Self {
            lead,
            text: text.into(),
            source: None,
        })
    }

    fn of(lead: Option<&'static str>, because: &Because, sources: &Sources) -> Part {
        let place = because.place.map(|place| shown(place, sources));
        let reference = because.reference.map(str::to_owned);
        let both: Vec<String> = place.into_iter().chain(reference).collect();
        Part::Item(Self {
            lead,
            text: because.text.clone(),
            source: (!both.is_empty()).then(|| both.join("; ")),
        })
    }
}

/// `payments/scope.toml:12`.
pub fn shown(place: Place, sources: &Sources) -> String {
    let source = sources.get(place.file);
    format!("{}:{}", source.path, source.position(place.span.start).line)
}

pub fn parts(advice: &ServiceAdvice, sources: &Sources) -> Vec<Part> {
    let mut parts = vec![Item::bare(None, verdict(advice))];
    for answer in &advice.answers {
        parts.push(Part::Heading(answer.question.to_owned()));
        parts.extend(answer.because.iter().map(|because| Item::of(None, because, sources)));
    }
    parts.push(Part::Heading("What covers it".to_owned()));
    for family in &advice.families {
        parts.push(Part::Subheading(format!(
            "{}: {}",
            subject(family.family),
            state(family)
        )));
        parts.extend(family.because.iter().map(|because| Item::of(None, because, sources)));
    }
    if !advice.corrections.is_empty() {
        parts.push(Part::Heading("To correct first".to_owned()));
        for correction in &advice.corrections {
            let held = correction
                .held
                .as_deref()
                .map_or_else(String::new, |held| format!(" ({held})"));
            let because = Because {
                text: format!("{}{held}; {}", correction.text, correction.help),
                reference: Some(correction.rule),
                place: Some(correction.place),
            };
            parts.push(Item::of(None, &because, sources));
        }
    }
    for weight in Weight::ALL {
        let of_weight = advice.recommendations.iter().filter(|one| one.weight == weight);
        for one in of_weight {
            parts.push(Part::Heading(format!(
                "{}: {}",
                match weight {
                    Weight::Needed => "Recommended",
                    Weight::Consider => "To consider",
                },
                title(one)
            )));
            recommended(&mut parts, one, advice, sources);
        }
    }
    not_recommended(&mut parts, advice, sources);
    declared(&mut parts, advice);
    parts
}

/// What readers of these reports ask about.
fn subject(family: Family) -> &'static str {
    match family {
        Family::Icfr => "User entities' financial reporting (SOC 1, ISAE 3402)",
        Family::TrustServices => "Trust services categories (SOC 2, SOC 3, ISAE 3000)",
    }
}

fn state(family: &FamilyAdvice) -> String {
    let state = match family.state {
        State::Covered => "covered by a declared report",
        State::Planned => "planned",
        State::Missing => "missing",
        State::Consider => "not covered, to consider",
        State::NotNeeded => "ordinarily not needed",
        State::Unknown => "not known",
    };
    match &family.held {
        Some(held) => format!("{state}, {held}"),
        None => state.to_owned(),
    }
}

fn verdict(advice: &ServiceAdvice) -> String {
    let missing = advice.families.iter().filter(|family| family.state == State::Missing);
    let missing: Vec<&str> = missing.map(|family| family.family.subject_matter()).collect();
    let considered = advice.recommendations.iter().any(|one| one.weight == Weight::Consider);
    match (advice.nothing_missing, missing.as_slice()) {
        (true, _) if considered => "Nothing is missing by what is declared; there is something to consider.".to_owned(),
        (true, _) => "Nothing is missing by what is declared.".to_owned(),
        (false, []) => "What is declared contradicts itself; correct that first.".to_owned(),
        (false, missing) => format!("Missing: a declared report on {}.", list_words(missing, "and on")),
    }
}

fn recommended(parts: &mut Vec<Part>, one: &Recommendation, advice: &ServiceAdvice, sources: &Sources) {
    let mut items = |lead: &'static str, because: &[Because]| {
        for (at, because) in because.iter().enumerate() {
            parts.push(Item::of(Some(if at == 0 { lead } else { "" }), because, sources));
        }
    };
    // What has been said of the families is not said again.
    let said: Vec<&Because> = advice.families.iter().flat_map(|family| &family.because).collect();
    let rest: Vec<Because> = one
        .because
        .iter()
        .filter(|because| !said.contains(because))
        .cloned()
        .collect();
    items("because", &rest);
    if !one.categories.is_empty() {
        let categories: Vec<&str> = one
            .categories
            .iter()
            .map(|category| words::category(*category))
            .collect();
        items("categories", &[plain(list_words(&categories, "and"))]);
    }
    match one.when {
        Some(Dated::Over(from, to)) => items("period", &[plain(format!("{from} to {to}"))]),
        Some(Dated::On(day)) => items("as of", &[plain(day.to_string())]),
        None if one.report_type.is_some() => items("period", &[plain("to be agreed with the auditor".to_owned())]),
        None => {}
    }
    if let Some((from, to)) = one.then {
        items("then", &[plain(format!("type 2, {from} to {to}"))]);
    }
    items("carve out", &one.carve_out);
    items("needed", &one.needed);
    items("exists", &one.exists);
    items("would change it", &one.would_change);
    if !one.claim_for.is_empty() {
        let purposes: Vec<&str> = one.claim_for.iter().map(|purpose| words::purpose(*purpose)).collect();
        items(
            "claim it",
            &[plain(format!(
                "for {}: readers are told of another report today",
                list_words(&purposes, "and")
            ))],
        );
    }
}

fn plain(text: String) -> Because {
    Because {
        text,
        reference: None,
        place: None,
    }
}

fn not_recommended(parts: &mut Vec<Part>, advice: &ServiceAdvice, sources: &Sources) {
    // Those with the same reasons are said together.
    let mut groups: Vec<(Vec<Framework>, &[Because])> = Vec::new();
    for one in &advice.not_recommended {
        match groups
            .iter_mut()
            .find(|(_, because)| *because == one.because.as_slice())
        {
            Some((frameworks, _)) => frameworks.push(one.framework),
            None => groups.push((vec![one.framework], &one.because)),
        }
    }
    // Why a family is not needed has been said.
    groups.retain(|(_, because)| advice.families.iter().all(|family| family.because != *because));
    for (frameworks, because) in groups {
        parts.push(Part::Heading(format!("Not recommended: {}", titles(&frameworks))));
        parts.extend(because.iter().map(|because| Item::of(None, because, sources)));
    }
}

fn declared(parts: &mut Vec<Part>, advice: &ServiceAdvice) {
    let additions = additions(advice);
    if additions.is_empty() {
        return;
    }
    parts.push(Part::Heading("To declare, once it is decided".to_owned()));
    let texts: Vec<&str> = additions.iter().map(|addition| addition.text.as_str()).collect();
    let namespace = additions.first().map_or("", |addition| addition.namespace.as_str());
    if !namespace.is_empty() {
        parts.push(Item::bare(
            None,
            format!("in a manifest of the namespace `{namespace}`:"),
        ));
    }
    parts.push(Part::Code(texts.join("\n")));
    for (report, purposes) in additions.iter().filter_map(|addition| addition.claim.as_ref()) {
        let purposes: Vec<String> = purposes
            .iter()
            .map(|purpose| format!("\"{}\"", purpose.as_str()))
            .collect();
        let text = format!(
            "and in the service's `claims`: {{ report = \"{report}\", for = [{}] }}",
            purposes.join(", ")
        );
        parts.push(Item::bare(None, text));
    }
}
