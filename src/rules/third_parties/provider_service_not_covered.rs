//! What is used of a provider, or the region where it is used, is in none of its reports.

use crate::decode::{List, Text, Val, shortened};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::{ProviderReport, Region};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::{Place, Span};
use crate::standards::{Family, regions};
use std::collections::HashSet;

pub static RULE: Rule = Rule {
    name: "provider-service-not-covered",
    since: "0.2.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "What is used of a provider, or the region where it is used, is in none of its reports.",
    references: &["CC9.2", "AU-C 402"],
    options: &[],
    yields_to: &[],
    page: include_str!("provider_service_not_covered.md"),
    check: Check::Estate(check),
};

/// What a service uses of a provider.
#[derive(Clone, Copy)]
enum Use<'e> {
    Service(&'e str),
    Region(&'e str),
}

/// What the reports of one family leave out, and where the reports say what they have.
struct LeftOut<'e> {
    family: Family,
    /// Where it is said, and by which service.
    uses: Vec<(Use<'e>, Place, usize)>,
    stated: Vec<(Place, &'static str)>,
}

fn check(cx: &Context<'_, '_>) -> Vec<Finding> {
    (0..cx.third_parties.len())
        .filter_map(|third_party| judge(cx, third_party))
        .collect()
}

fn judge(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let third_party = cx.third_parties.get(index);
    let theirs = &third_party.body.reports;
    let alternative = |report: &Val<ProviderReport<'_>>| report.value.alternative_procedures.explains();
    if theirs.items.is_empty() || theirs.iter().any(alternative) {
        return None;
    }
    let used = used(cx, index);
    if used.is_empty() {
        return None;
    }
    let families = Family::ALL.into_iter();
    let left_out: Vec<LeftOut<'_>> = families
        .filter_map(|family| left_out(cx, index, family, &used))
        .collect();
    let (_, place, _) = left_out.first()?.uses.first()?;
    let message = message(&cx.name(third_party).to_string(), &left_out);
    let mut finding = RULE.finding(cx.path(third_party), *place, "in none of its reports", message);
    for of in &left_out {
        for (_, place, by) in &of.uses {
            let by = cx.name(cx.services.get(*by));
            finding = finding.related(*place, format!("`{by}` uses this, and none of its reports has it"));
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
    Some(finding.help("ask the provider which of its reports has it, and declare that report, or complete what the report is declared to cover; if none has it, say in `alternative-procedures` what you do instead"))
}

/// What services in use say that they use of a third party.
fn used<'e>(cx: &'e Context<'_, '_>, third_party: usize) -> Vec<(Use<'e>, Place, usize)> {
    let services = cx.services_relying_on(third_party).iter();
    let services = services.map(|index| (*index, cx.services.get(*index)));
    let mut used = Vec::new();
    for (index, service) in services.filter(|(_, service)| service.body.is_in_use()) {
        for reliance in service.body.third_parties.iter() {
            let name = reliance.value.third_party.get();
            let named = name.and_then(|name| cx.third_parties.resolve(&cx.namespaces, service.namespace, name));
            if named != Some(third_party) {
                continue;
            }
            let uses = reliance.value.uses.iter().filter(|text| !plain(&text.value).is_empty());
            used.extend(uses.map(|text| (Use::Service(text.value.as_str()), service.at(text.span), index)));
            let regions = reliance.value.regions.iter();
            used.extend(regions.map(|region| (Use::Region(region.value.0.as_str()), service.at(region.span), index)));
        }
    }
    used
}

/// What none of the recent reports of a family has, as far as each of them says what it has.
fn left_out<'e>(
    cx: &Context<'_, '_>,
    third_party: usize,
    family: Family,
    used: &[(Use<'e>, Place, usize)],
) -> Option<LeftOut<'e>> {
    let reports = cx.recent_reports(third_party, family)?;
    let entity = cx.third_parties.get(third_party);
    let services = stated(&reports, |report| &report.services, |text| !plain(text).is_empty());
    let regions = stated(&reports, |report| &report.regions, |_| true);
    let uses = used.iter().copied().filter(|(used, ..)| match used {
        Use::Service(text) => services.as_ref().is_some_and(|stated| !has_service(stated, text)),
        Use::Region(region) => regions.as_ref().is_some_and(|stated| !has_region(stated, region)),
    });
    let uses: Vec<(Use<'e>, Place, usize)> = uses.collect();
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
    let places = places.into_iter().map(|(span, label)| (entity.at(span), label));
    (!uses.is_empty()).then(|| LeftOut {
        family,
        stated: places.collect(),
        uses,
    })
}

/// What each of several reports states under a key; `None` when one of them states nothing there, or not readably.
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

/// Whether a region lies in one that is stated, or has one in it: a report may have a part of it.
fn has_region(stated: &[&Region<'_>], used: &str) -> bool {
    let meets = |region: &&Region<'_>| regions::contains(&region.0, used) || regions::contains(used, &region.0);
    stated.iter().any(meets)
}

/// Without case, blanks and punctuation.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// So many of what is used are named.
const MOST_NAMED: usize = 8;

/// "we use `cloudy` for `Vector Search` and in `br`, but none of its reports about .. is declared to cover that".
fn message(name: &str, left_out: &[LeftOut<'_>]) -> String {
    let said = |of: &LeftOut<'_>| {
        let mut seen = HashSet::new();
        let words = of.uses.iter().map(|(used, ..)| match used {
            Use::Service(text) => format!("for `{}`", shortened(text)),
            Use::Region(region) => format!("in `{region}`"),
        });
        let mut words: Vec<String> = words.filter(|word| seen.insert(word.clone())).collect();
        if words.len() > MOST_NAMED {
            let more = words.len() - MOST_NAMED;
            words.truncate(MOST_NAMED);
            words.push(format!("{more} more"));
        }
        list_words(&words, "and")
    };
    let clause = |uses: &str, about: &str| {
        format!(
            "we use `{name}` {uses}, but none of its reports of the last 12 months about {about} is declared to cover that"
        )
    };
    match left_out {
        [one, other] if said(one) == said(other) => {
            let about = [one, other].map(|of| of.family.subject_matter());
            clause(&said(one), &about.join(", or about "))
        }
        families => {
            let clauses = families.iter().map(|of| clause(&said(of), of.family.subject_matter()));
            clauses.collect::<Vec<String>>().join("; ")
        }
    }
}
