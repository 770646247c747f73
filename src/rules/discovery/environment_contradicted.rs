//! An identity is used in an environment that it does not state.

use crate::discover::What;
use crate::estate::IdentityRef;
use crate::finding::{Finding, Severity};
use crate::model::Environment;
use crate::rules::seen::{self, at};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "environment-contradicted",
    since: "0.2.0",
    group: Group::Discovery,
    severity: Severity::Error,
    summary: "An identity is used in an environment that its `environments` do not state.",
    references: &["NHI8", "A.8.31"],
    options: &[],
    yields_to: &[],
    page: include_str!("environment_contradicted.md"),
    check: Check::SeenIdentity(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let environments = identity.list(|i| &i.environments);
    let list = environments.list.filter(|list| list.stated && !list.items.is_empty())?;
    if !identity.is_active() || environments.damaged {
        return None;
    }
    let stated: Vec<Environment> = environments.iter().map(|environment| *environment.value).collect();
    let mut facts = seen::facts(identity, |what| match what {
        What::Environment(name) => {
            let meant = cx.settings.environment_named(name)?.value;
            (!stated.contains(&meant)).then_some((name.as_str(), meant))
        }
        _ => None,
    });
    facts.sort_by_key(|(.., (_, meant))| *meant != Environment::Production);
    let (first, fact, (name, meant)) = *facts.first()?;
    let severity = if meant == Environment::Production {
        Severity::Error
    } else {
        Severity::Warning
    };
    let own: Vec<&str> = stated.iter().map(|environment| environment.as_str()).collect();
    let message = format!(
        "`{}` is declared for {}, and is used in {meant}: `{}`",
        identity.name(),
        crate::model::list_words(&own, "and"),
        first.sighting().locator
    );
    let declared = Place {
        file: environments.file,
        span: list.span,
    };
    let label = if name.eq_ignore_ascii_case(meant.as_str()) {
        format!("the {meant} environment")
    } else {
        format!("the environment `{name}`, which is {meant}")
    };
    let finding = RULE
        .finding(identity.path(), first.place_of(fact), label, message)
        .severity(severity)
        .related(
            first.place(),
            format!("`{}` is used in that environment", first.sighting().locator),
        )
        .related(
            declared,
            crate::estate::in_profile(environments.profile, "the environments that are declared"),
        )
        .fact(meant.as_str());
    let by_config = cx.settings.environment_named(name).and_then(|meant| meant.place);
    let finding = by_config.into_iter().fold(finding, |finding, place| {
        finding.related(place, "the config says what the name means")
    });
    let finding = facts.iter().skip(1).fold(finding, |finding, (other, fact, (name, _))| {
        finding.related_with(other.place_of(fact), || {
            at(cx, &format!("the environment `{name}`"), other.place_of(fact))
        })
    });
    Some(finding.help(format!(
        "use an identity of its own there, or declare {meant} in `environments`: then what {meant} asks for is asked of it"
    )))
}
