//! Phrases that several rules use.

use crate::decode::Field;
use crate::estate::{AssuranceRef, Origin, ServiceRef};
use crate::finding::Finding;
use crate::model::{Action, Category, Duration, FinancialImpact, Framework, Purpose, Stated, Text, count, list_words};
use crate::source::{Place, Span};

/// "a direct effect".
pub fn impact(impact: FinancialImpact) -> &'static str {
    match impact {
        FinancialImpact::Direct => "a direct effect",
        FinancialImpact::Indirect => "an indirect effect",
        FinancialImpact::ItgcOnly => "an effect through general IT controls",
        FinancialImpact::OwnBooks => "no effect (`own-books`)",
        FinancialImpact::None => "no effect",
    }
}

/// "change financial records".
pub fn action(action: Action) -> &'static str {
    match action {
        Action::ChangeFinancialRecord => "change financial records",
        Action::CreatePayee => "create payees",
        Action::ReleasePayment => "release payments",
        Action::Admin => "act as administrator",
        Action::Impersonate => "impersonate others",
        Action::All => "do everything",
        other => other.as_str(),
    }
}

pub fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::FinancialStatementAudit => "financial statement audit",
        Purpose::StatutoryAudit => "statutory audit",
        Purpose::ItgcReliance => "reliance on general IT controls",
        Purpose::SecurityDueDiligence => "security due diligence",
        Purpose::MarketQualification => "market qualification",
        Purpose::InternalGovernance => "internal governance",
    }
}

pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// What a report or certificate is about.
pub fn subject_matter(assurance: AssuranceRef<'_, '_>) -> &'static str {
    match assurance.family {
        Stated::Known(family) => family.subject_matter(),
        _ if assurance.framework.is_some_and(Framework::is_certificate) => "a management system",
        _ => "other criteria",
    }
}

/// "claims only SOC 2 type 2 and ISO/IEC 27001 certificate", or "claims no report".
pub fn claimed(service: ServiceRef<'_, '_>) -> String {
    let mut titles: Vec<String> = Vec::new();
    for claimed in service.claims() {
        let title = claimed.assurance.title();
        if claimed.assurance.is_live() && !titles.contains(&title) {
            titles.push(title);
        }
    }
    if titles.is_empty() {
        "claims no report".to_owned()
    } else {
        format!("claims only {}", list_words(&titles, "and"))
    }
}

/// "`payroll`", "`payroll` and `ledger`", "`payroll`, `ledger` and 3 more services".
pub fn services(services: &[ServiceRef<'_, '_>]) -> String {
    let name = |service: &ServiceRef<'_, '_>| format!("`{}`", service.name());
    if services.len() <= 3 {
        let names: Vec<String> = services.iter().map(name).collect();
        return list_words(&names, "and");
    }
    let shown: Vec<String> = services.iter().take(2).map(name).collect();
    format!("{} and {} more services", shown.join(", "), services.len() - 2)
}

/// The display name, without a hyphen.
pub fn category(category: Category) -> &'static str {
    match category {
        Category::ProcessingIntegrity => "processing integrity",
        other => other.as_str(),
    }
}

/// "1 day", "92 days".
pub fn days(days: i64) -> String {
    count(days, "day")
}

/// "every month", "every 90 days".
pub fn every(interval: Duration) -> String {
    let interval = interval.to_string();
    match interval.strip_prefix("1 ").filter(|unit| !unit.contains(' ')) {
        Some(unit) => format!("every {unit}"),
        None => format!("every {interval}"),
    }
}

/// "the ISO/IEC 27001 certificate `iso-2025`", or a [report].
pub fn assurance(assurance: AssuranceRef<'_, '_>) -> String {
    let is_certified = matches!(assurance.origin(), Origin::Certificate(_));
    match assurance.framework {
        Some(framework) if framework.is_certificate() || framework == Framework::Other && is_certified => {
            format!("the {} `{}`", assurance.title(), assurance.name())
        }
        _ => report(assurance),
    }
}

/// "the SOC 2 type 2 report `soc2-2026`".
pub fn report<'e, 'a: 'e>(report: impl Into<AssuranceRef<'e, 'a>>) -> String {
    format!("the {}", named_report(report.into()))
}

/// "SOC 2 type 2 report `soc2-2026`".
pub fn named_report(report: AssuranceRef<'_, '_>) -> String {
    let name = report.name();
    match report.framework {
        Some(_) => format!("{} report `{name}`", report.title()),
        None => format!("report `{name}`"),
    }
}

/// Labels a text that would excuse the finding if it explained anything, so that readers see why it does not.
pub fn unexplained(finding: Finding, stated: &Field<Text<'_>>, at: impl Fn(Span) -> Place) -> Finding {
    match no_explanation(stated, at) {
        Some((place, label)) => finding.related(place, label),
        None => finding,
    }
}

/// Where a text is stated that explains nothing, and a label for it.
pub fn no_explanation(stated: &Field<Text<'_>>, at: impl Fn(Span) -> Place) -> Option<(Place, String)> {
    let text = stated.known().filter(|text| !text.value.explains())?;
    Some((at(text.span), NO_EXPLANATION.to_owned()))
}

/// The label of a text that would have to explain something.
pub const NO_EXPLANATION: &str = "not an explanation";
