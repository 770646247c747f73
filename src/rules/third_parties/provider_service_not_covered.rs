//! A service used from a provider, or the region where it is used, is not covered by any of its reports.

use crate::decode::{List, Val};
use crate::estate::{ServiceRef, ThirdPartyRef};
use crate::finding::{Finding, Severity};
use crate::manifest::ProviderReport;
use crate::model::{Region, Text, list_words, regions, shortened};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::{Place, Span};
use crate::standards::Family;
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    name: "provider-service-not-covered",
    since: "0.2.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "A service used from a provider, or the region where it is used, is not covered by any of its reports.",
    references: &["CC9.2", "AU-C 402"],
    options: &[],
    yields_to: &[],
    page: include_str!("provider_service_not_covered.md"),
    check: Check::ThirdParty(judge),
};

/// What a service uses from a provider.
#[derive(Clone, Copy)]
enum Use<'e> {
    Service(&'e str),
    Region(&'e str),
}

/// What the reports of one family leave out, and where the reports state what they cover.
struct LeftOut<'e, 'a> {
    family: Family,
    /// Where it is stated, and by which service.
    uses: Vec<(Use<'e>, Place, ServiceRef<'e, 'a>)>,
    stated: Vec<(Place, &'static str)>,
}

fn judge(cx: &Context<'_, '_>, third_party: ThirdPartyRef<'_, '_>) -> Option<Finding> {
    let theirs = &third_party.body.reports;
    let alternative = |report: &Val<ProviderReport<'_>>| report.value.alternative_procedures.explains();
    if theirs.items.is_empty() || theirs.iter().any(alternative) {
        return None;
    }
    let used = used(cx, third_party);
    if used.is_empty() {
        return None;
    }
    let families = Family::ALL.into_iter();
    let left_out: Vec<LeftOut<'_, '_>> = families
        .filter_map(|family| left_out(third_party, family, &used))
        .collect();
    let (_, place, _) = left_out.first()?.uses.first()?;
    let message = message(&third_party.name().to_string(), &left_out);
    let mut finding = RULE.finding(third_party.path(), *place, "not covered by any of its reports", message);
    for of in &left_out {
        for (_, place, by) in &of.uses {
            let by = by.name();
            finding = finding.related(*place, format!("`{by}` uses this, which none of its reports covers"));
        }
        for (place, label) in &of.stated {
            finding = finding.related(*place, *label);
        }
    }
    if let [of] = left_out.as_slice() {
        finding = finding.citing(match of.family {
            Family::Icfr => &["AU-C 402"],
            Family::TrustServices => &["CC9.2"],
        });
    }
    for report in theirs.iter() {
        let stated = &report.value.alternative_procedures;
        finding = words::unexplained(finding, stated, |span| third_party.at(span));
    }
    Some(finding.help("ask the provider which of its reports covers it, and declare that report, or complete what the report is declared to cover; if none does, state in `alternative-procedures` what you do instead"))
}

/// What services in use state that they use from a third party.
fn used<'e, 'a>(cx: &Context<'_, '_>, third_party: ThirdPartyRef<'e, 'a>) -> Vec<(Use<'e>, Place, ServiceRef<'e, 'a>)> {
    let mut used = Vec::new();
    for service in third_party.services().filter(|service| service.body.is_in_use()) {
        for reliance in service.entity().body.third_parties.iter() {
            let name = reliance.value.third_party.get();
            let named = name.and_then(|name| cx.third_party_named(service.namespace, name));
            if named != Some(third_party) {
                continue;
            }
            let uses = reliance.value.uses.iter().filter(|text| !plain(&text.value).is_empty());
            used.extend(uses.map(|text| (Use::Service(text.value.as_str()), service.at(text.span), service)));
            let regions = reliance.value.regions.iter();
            used.extend(regions.map(|region| (Use::Region(region.value.0.as_str()), service.at(region.span), service)));
        }
    }
    used
}

/// What none of the recent reports of a family covers, as far as each of them states what it covers.
fn left_out<'e, 'a>(
    third_party: ThirdPartyRef<'e, 'a>,
    family: Family,
    used: &[(Use<'e>, Place, ServiceRef<'e, 'a>)],
) -> Option<LeftOut<'e, 'a>> {
    let reports = third_party.recent_reports(family)?;
    let services = stated(&reports, |report| &report.services, |text| !plain(text).is_empty());
    let regions = stated(&reports, |report| &report.regions, |_| true);
    let uses = used.iter().copied().filter(|(used, ..)| match used {
        Use::Service(text) => services.as_ref().is_some_and(|stated| !has_service(stated, text)),
        Use::Region(region) => regions.as_ref().is_some_and(|stated| !has_region(stated, region)),
    });
    let uses: Vec<(Use<'e>, Place, ServiceRef<'_, '_>)> = uses.collect();
    let any = |is: fn(&Use<'_>) -> bool| uses.iter().any(|(used, ..)| is(used));
    let mut places: Vec<(Span, &'static str)> = Vec::new();
    if any(|used| matches!(used, Use::Service(_))) {
        places.extend(
            reports
                .iter()
                .map(|report| (report.services.span, "covers these services")),
        );
    }
    if any(|used| matches!(used, Use::Region(_))) {
        places.extend(
            reports
                .iter()
                .map(|report| (report.regions.span, "covers these regions")),
        );
    }
    let places = places.into_iter().map(|(span, label)| (third_party.at(span), label));
    (!uses.is_empty()).then(|| LeftOut {
        family,
        stated: places.collect(),
        uses,
    })
}

/// What each of several reports states under a key; `None` when one of them states nothing there, or could not be read.
fn stated<'e, T>(
    reports: &[&'e ProviderReport<'_>],
    key: impl Fn(&'e ProviderReport<'_>) -> &'e List<T>,
    says: impl Fn(&T) -> bool,
) -> Option<Vec<&'e T>> {
    let mut all = Vec::new();
    for report in reports {
        let list = key(report);
        let before = all.len();
        all.extend(list.iter().map(|item| &item.value).filter(|item| says(item)));
        if list.damaged || all.len() == before {
            return None;
        }
    }
    Some(all)
}

fn has_service(stated: &[&Text<'_>], used: &str) -> bool {
    let used = plain(used);
    let is_within = |text: &&Text<'_>| {
        let text = plain(text);
        text.contains(&used) || used.contains(&text)
    };
    stated.iter().any(is_within)
}

/// Whether a region is in a stated one, or contains one: a report may cover a part of it.
fn has_region(stated: &[&Region<'_>], used: &str) -> bool {
    let meets = |region: &&Region<'_>| regions::contains(&region.0, used) || regions::contains(used, &region.0);
    stated.iter().any(meets)
}

/// Without case, spaces and punctuation.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// At most this many used items are named.
const MAX_NAMED: usize = 8;

/// "we use `cloudy` for `Vector Search` and in `br`, but none of its reports on .. is declared to cover that".
fn message(name: &str, left_out: &[LeftOut<'_, '_>]) -> String {
    let uses = |of: &LeftOut<'_, '_>| {
        let mut seen = HashSet::new();
        let words = of.uses.iter().map(|(used, ..)| match used {
            Use::Service(text) => format!("for `{}`", shortened(text)),
            Use::Region(region) => format!("in `{region}`"),
        });
        let mut words: Vec<String> = words.filter(|word| seen.insert(word.clone())).collect();
        if words.len() > MAX_NAMED {
            let more = words.len() - MAX_NAMED;
            words.truncate(MAX_NAMED);
            words.push(format!("{more} more"));
        }
        list_words(&words, "and")
    };
    let clause = |uses: &str, about: &str| {
        format!(
            "we use `{name}` {uses}, but none of its reports on {about} from the last 12 months is declared to cover that"
        )
    };
    match left_out {
        [one, other] if uses(one) == uses(other) => {
            let about = [one, other].map(|of| of.family.subject_matter());
            clause(&uses(one), &about.join(", or on "))
        }
        families => {
            let clauses = families.iter().map(|of| clause(&uses(of), of.family.subject_matter()));
            clauses.collect::<Vec<String>>().join("; ")
        }
    }
}
