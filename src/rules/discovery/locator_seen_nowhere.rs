//! None of an identity's locators is seen.

use crate::discover::Locator;
use crate::estate::IdentityRef;
use crate::finding::{Finding, Severity};
use crate::model::{SourceKind, nearest};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "locator-seen-nowhere",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Note,
    summary: "None of the places at which an identity is declared to be seen shows it.",
    references: &["NHI1", "CIS 5.5"],
    options: &[],
    yields_to: &[],
    page: include_str!("locator_seen_nowhere.md"),
    check: Check::ActiveNhi(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let discovered = cx.compared()?;
    let stated = &identity.entity().body.locators;
    if stated.damaged || stated.items.is_empty() || cx.seen.may_be_seen(identity.index) {
        return None;
    }
    let locators: Vec<(Place, &str, Locator)> = stated
        .iter()
        .filter_map(|locator| {
            let place = Place {
                file: identity.file,
                span: locator.span,
            };
            Some((place, locator.value.as_str(), Locator::read(&locator.value)?))
        })
        .collect();
    let (sources, _) = cx.settings.discovered_sources();
    let is_hidden = |locator: &Locator| {
        let failed = locator
            .source()
            .is_some_and(|source| discovered.reading.failed.has(source));
        let elsewhere = cx.settings.elsewhere();
        let elsewhere = elsewhere.iter().flat_map(|list| list.items.iter());
        let mut elsewhere = elsewhere.filter_map(|text| Locator::read(&text.value));
        let untold = |prefix: &str| {
            let locator = locator.as_str();
            // A secret of a deployment environment is used by its bare name.
            let bare = locator
                .rsplit_once('/')
                .map(|(_, name)| format!("github-secret:{name}"));
            prefix.starts_with("github-secret:")
                && locator.starts_with("github-secret:")
                && bare.as_deref().unwrap_or(locator).starts_with(prefix)
        };
        failed
            || may_be_excluded(cx, locator)
            || elsewhere.any(|elsewhere| elsewhere.means(locator) || locator.means(&elsewhere))
            || cx.untold_uses().any(|(_, use_)| untold(&use_.prefix))
    };
    if locators.iter().any(|(.., locator)| is_hidden(locator)) {
        return None;
    }
    let is_looked_for = |locator: &Locator| {
        let source = locator.source();
        source.is_some_and(|source| sources.contains(&source) && discovered.reading.read.has(source))
    };
    let (place, written, locator) = locators.iter().find(|(.., locator)| is_looked_for(locator))?;
    let message = match locators.len() {
        1 => format!(
            "`{}` is declared to be seen as `{written}`, and no file shows it",
            identity.name()
        ),
        _ => format!("`{}` is seen at none of its locators", identity.name()),
    };
    let scheme = locator.scheme().unwrap_or_default();
    let seen = cx.seen_things().filter(|thing| {
        let rest = thing.thing().locator.strip_prefix(scheme);
        rest.is_some_and(|rest| rest.starts_with(':'))
    });
    let seen: Vec<_> = seen.collect();
    let near = nearest(
        locator.as_str(),
        seen.iter().map(|thing| thing.thing().locator.as_str()),
    );
    let finding = RULE
        .finding(identity.path(), *place, "seen nowhere", message)
        .fact(locator.as_str());
    let first = near.and_then(|near| {
        let thing = seen.iter().find(|thing| thing.thing().locator == near)?;
        Some((near, thing.sightings().next()?))
    });
    let finding = match first {
        None => finding,
        Some((near, sighting)) => finding.related(sighting.place(), format!("`{near}` is seen here")),
    };
    Some(finding.help(match near {
        Some(near) => format!(
            "correct the locator if `{near}` is meant; if it is no longer used, retire the identity; if it is used in another repository, name the locator in `discover.elsewhere`"
        ),
        None => "correct the locator; if it is no longer used, retire the identity; if it is used in another repository, name the locator in `discover.elsewhere`".to_owned(),
    }))
}

/// Whether what discovery's own `exclude` leaves out may show it. Pipelines lie at known places, which a pattern names.
fn may_be_excluded(cx: &Context<'_, '_>, locator: &Locator) -> bool {
    let folder = match locator.source() {
        Some(SourceKind::GithubActions) => ".github",
        Some(SourceKind::Circleci) => ".circleci",
        _ => "",
    };
    let exclude = cx.settings.discover_exclude();
    let mut patterns = exclude.iter().flat_map(|list| list.items.iter());
    patterns.any(|pattern| {
        let pattern = pattern.value.as_str();
        folder.is_empty() || pattern.starts_with('*') || pattern.trim_start_matches('/').starts_with(folder)
    })
}
