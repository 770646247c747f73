//! What is recommended, as a manifest declares it.

use super::{Dated, Recommendation, ServiceAdvice};
use crate::model::{Purpose, ReportType};
use std::fmt::Write;

/// A planned report or certificate as it could be declared.
pub struct Addition {
    /// The namespace that it is written in; empty for none.
    pub namespace: String,
    pub text: String,
    /// What the service would have to claim: the report, and for which purposes.
    pub claim: Option<(String, Vec<Purpose>)>,
}

/// What is recommended for a service, as it could be declared.
pub fn additions(advice: &ServiceAdvice) -> Vec<Addition> {
    advice.recommendations.iter().map(addition).collect()
}

fn addition(one: &Recommendation) -> Addition {
    let mut text = String::new();
    let table = if one.framework.is_certificate() {
        "certificates"
    } else {
        "reports"
    };
    let id = key(&one.id);
    let _ = writeln!(text, "[{table}.{id}]");
    let _ = writeln!(text, "framework = \"{}\"", one.framework.as_str());
    list(&mut text, "also", one.also.iter().map(|also| also.as_str()));
    if let Some(about) = one.subject_matter {
        let _ = writeln!(text, "subject-matter = \"{}\"", about.as_str());
    }
    if let Some(criteria) = one.suitable_criteria {
        let _ = writeln!(text, "suitable-criteria = \"{criteria}\"");
    }
    if let Some(report_type) = one.report_type {
        let _ = writeln!(text, "type = {}", number(report_type));
    }
    text.push_str("status = \"planned\"\n");
    match one.when {
        Some(Dated::Over(from, to)) => {
            let _ = writeln!(text, "period = {{ from = {from}, to = {to} }}");
        }
        Some(Dated::On(day)) => {
            let _ = writeln!(text, "as-of = {day}");
        }
        None => {}
    }
    list(
        &mut text,
        "categories",
        one.categories.iter().map(|category| category.as_str()),
    );
    let covers: Vec<String> = one.covers.iter().map(|path| reference(path, &one.namespace)).collect();
    list(&mut text, "covers", covers.iter().map(String::as_str));
    for (objective, says) in &one.objectives {
        let _ = writeln!(text, "objectives.{objective} = {{ text = \"{says}\" }}");
    }
    Addition {
        namespace: one.namespace.clone(),
        text,
        claim: (!one.claim_for.is_empty()).then(|| (one.id.clone(), one.claim_for.clone())),
    }
}

/// A service's path, as a manifest of a namespace names it.
fn reference(path: &str, namespace: &str) -> String {
    let (of, id) = match path.split_once("/services.") {
        Some((of, id)) => (of, id),
        None => ("", path.strip_prefix("services.").unwrap_or(path)),
    };
    match of == namespace {
        true => id.to_owned(),
        false => format!("{of}/{id}"),
    }
}

fn list<'t>(text: &mut String, key: &str, items: impl Iterator<Item = &'t str>) {
    let items: Vec<String> = items.map(|item| format!("\"{item}\"")).collect();
    let _ = match items.as_slice() {
        [] => Ok(()),
        [one] => writeln!(text, "{key} = {one}"),
        many => writeln!(text, "{key} = [{}]", many.join(", ")),
    };
}

/// 1 or 2.
pub const fn number(report_type: ReportType) -> u8 {
    match report_type {
        ReportType::One => 1,
        ReportType::Two => 2,
    }
}

fn key(id: &str) -> String {
    let is_bare = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    match is_bare {
        true => id.to_owned(),
        false => format!("\"{id}\""),
    }
}
