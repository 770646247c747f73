//! Proposals for a reference that does not resolve and resembles nothing: what to write, or to declare.

use super::Flaw;
use crate::decode::{Repair, as_key, quoted};
use crate::estate::Estate;
use crate::manifest::Target;
use crate::manifest::{action_words, framework_of, id_of};
use crate::model::{Framework, NamespaceId};
use crate::source::{Source, Span};

/// A reference, and its place.
pub(super) struct Asked<'s> {
    pub source: &'s Source,
    pub span: Span,
    pub namespace: NamespaceId,
    pub target: Target,
    pub text: &'s str,
}

/// More names than this do not help.
const MAX_NAMES: usize = 8;

impl Estate<'_> {
    /// Adds to the flaw of a reference what to write instead; `is_near` if there is a similar name.
    pub(super) fn propose(&self, flaw: Flaw<'static>, asked: &Asked<'_>, is_near: bool) -> Flaw<'static> {
        match asked.target {
            Target::Service if asked.text.contains('*') => self.propose_names(flaw, asked),
            Target::Service if actions(asked).is_some() => propose_actions(flaw, asked),
            Target::Assurance if !is_near => match framework_of(asked.text) {
                Some(_) => self.propose_report(flaw, asked),
                None => flaw,
            },
            Target::Service | Target::Services if asked.text.contains('*') => flaw,
            Target::Owner if is_near => also_the_owners(flaw, asked.text),
            _ if is_near => flaw,
            target => match table_of(target) {
                Some(table) => {
                    let flaw = declare(flaw, asked, table, "");
                    match target {
                        Target::Owner => also_the_owners(flaw, asked.text),
                        _ => flaw,
                    }
                }
                None => flaw,
            },
        }
    }

    /// A pattern where names are expected: the services that it would match.
    fn propose_names(&self, mut flaw: Flaw<'static>, asked: &Asked<'_>) -> Flaw<'static> {
        let mut names: Vec<String> = self
            .services_named(asked.namespace, asked.text)
            .map(|id| self.services.get(id))
            .map(|service| {
                if service.namespace == asked.namespace {
                    service.id.to_string()
                } else {
                    format!("{}/{}", self.namespaces.name(service.namespace), service.id)
                }
            })
            .collect();
        names.sort_unstable();
        flaw.message = format!("\"{}\" is a pattern, but patterns are not allowed here", asked.text).into();
        flaw.label = "expected names of services".into();
        if names.is_empty() || names.len() > MAX_NAMES {
            flaw.help = Some("name each service; patterns are allowed in `covers` and `supports`".into());
            return flaw;
        }
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let names = names.join(", ");
        let before = asked.source.text[..asked.span.range().start].trim_end();
        let written = if before.ends_with(['[', ',']) {
            names.clone()
        } else {
            format!("[{names}]")
        };
        flaw.help = Some(format!("name each service, {names}; patterns are allowed in `covers` and `supports`").into());
        flaw.suggestion = Some(Repair::Edits(vec![(asked.span, written)]));
        flaw
    }

    /// `claims = "SOC 2"`: the report of that framework, or one to declare.
    fn propose_report(&self, mut flaw: Flaw<'static>, asked: &Asked<'_>) -> Flaw<'static> {
        let Some((framework, second)) = framework_of(asked.text) else {
            return flaw;
        };
        let is_meant = |stated: Option<Framework>| stated.is_some_and(|stated| stated.as_str() == framework);
        let reports = self
            .reports
            .iter()
            .filter(|report| is_meant(report.body.framework.value()));
        let reports = reports.map(|report| (report.namespace, report.id.as_str()));
        let certificates = self
            .certificates
            .iter()
            .filter(|one| is_meant(one.body.framework.value()));
        let certificates = certificates.map(|one| (one.namespace, one.id.as_str()));
        let all: Vec<(NamespaceId, &str)> = reports.chain(certificates).collect();
        let own = |namespace: NamespaceId| namespace == asked.namespace || namespace == NamespaceId::UNNAMED;
        match all.as_slice() {
            [(namespace, id)] if own(*namespace) => {
                flaw.label = format!("did you mean \"{id}\"?").into();
                flaw.help = Some(
                    format!(
                        "write \"{id}\": reports and certificates are named by their ids, and `{id}` is the {} here",
                        asked.text
                    )
                    .into(),
                );
                flaw.suggestion = Some(Repair::Edits(vec![(asked.span, quoted(id))]));
                flaw
            }
            [] => {
                let second = second.map_or_else(String::new, |(key, value)| format!("{key} = {value}\n"));
                let framework_of = Framework::ALL.iter().find(|one| one.as_str() == framework);
                let is_certificate = framework_of.is_some_and(|one| one.is_certificate());
                let table = if is_certificate { "certificates" } else { "reports" };
                let second = if is_certificate && second.starts_with("type") {
                    String::new()
                } else {
                    second
                };
                let asked = Asked { ..*asked };
                declare_as(
                    flaw,
                    &asked,
                    table,
                    framework,
                    &format!("framework = \"{framework}\"\n{second}"),
                )
            }
            several => {
                let mut ids: Vec<String> = several.iter().take(MAX_NAMES).map(|(_, id)| quoted(id)).collect();
                ids.sort_unstable();
                flaw.help = Some(
                    format!(
                        "write the id of the one that is meant: {}; reports and certificates are named by their ids",
                        ids.join(", ")
                    )
                    .into(),
                );
                flaw
            }
        }
    }
}

fn table_of(target: Target) -> Option<&'static str> {
    Some(match target {
        Target::Owner => "owners",
        Target::Service | Target::Services => "services",
        Target::Profile => "profiles",
        Target::Data => "data",
        Target::ThirdParty => "third-parties",
        Target::Control => "controls",
        Target::Identity | Target::Assurance | Target::Evidence | Target::Place => return None,
    })
}

/// What to write at the end of the file, so that the reference resolves.
fn declare(flaw: Flaw<'static>, asked: &Asked<'_>, table: &str, body: &str) -> Flaw<'static> {
    match id_of(asked.text) {
        Some(id) if !asked.text.contains('/') => declare_as(flaw, asked, table, &id, body),
        _ => flaw,
    }
}

fn declare_as(mut flaw: Flaw<'static>, asked: &Asked<'_>, table: &str, id: &str, body: &str) -> Flaw<'static> {
    let header = format!("[{table}.{}]", as_key(id));
    let renamed = (id != asked.text).then(|| (asked.span, quoted(id)));
    let with = match body.lines().collect::<Vec<_>>().join("`, `") {
        keys if keys.is_empty() => String::new(),
        keys => format!(" with `{keys}`"),
    };
    flaw.help = Some(match renamed {
        Some(_) => format!("declare `{header}`{with} in a manifest of this estate, and write \"{id}\" here").into(),
        None => format!("declare `{header}`{with} in a manifest of this estate, or correct the name").into(),
    });
    let text = &asked.source.text;
    // An inline table takes no headers.
    let is_statement = |line: &str| {
        let rest = line.trim_start().strip_prefix(table);
        rest.is_some_and(|rest| rest.trim_start().starts_with(['=', '.']))
    };
    let mut top = text.lines().take_while(|line| !line.trim_start().starts_with('['));
    if top.any(is_statement) {
        return flaw;
    }
    let end = Span::new(text.len()..text.len());
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    let mut edits = vec![(end, format!("{newline}\n{header}\n{body}"))];
    edits.extend(renamed);
    edits.sort_by_key(|(span, _)| *span);
    flaw.suggestion = Some(Repair::Edits(edits));
    flaw
}

fn also_the_owners(mut flaw: Flaw<'static>, text: &str) -> Flaw<'static> {
    let help = flaw.help.take().unwrap_or_default();
    let why = "once an estate declares one owner, the names of all are looked up";
    flaw.help = Some(match id_of(text) {
        Some(_) => format!("{help}; {why}").into(),
        None => help,
    });
    flaw
}

/// The actions stated where `access` names a service.
fn actions(asked: &Asked<'_>) -> Option<Vec<&'static str>> {
    // Back to the preceding text, and no further: one line may have thousands.
    let blank = [' ', '\t'];
    let before = asked.source.text[..asked.span.range().start].trim_end_matches(blank);
    let before = before.trim_end_matches('[').trim_end_matches(blank);
    let is_access = before
        .strip_suffix('=')
        .is_some_and(|key| key.trim_end_matches(blank).ends_with("access"));
    is_access.then(|| action_words(asked.text)).flatten()
}

fn propose_actions(mut flaw: Flaw<'static>, asked: &Asked<'_>) -> Flaw<'static> {
    let Some(actions) = actions(asked) else {
        return flaw;
    };
    let actions: Vec<String> = actions.iter().map(|action| quoted(action)).collect();
    let actions = actions.join(", ");
    flaw.message = format!("\"{}\" is an action, but `access` names a service", asked.text).into();
    flaw.label = "actions, not a service".into();
    flaw.help = Some(format!("write `{{ service = .., actions = [{actions}] }}`").into());
    flaw.suggestion = Some(Repair::Edits(vec![(
        asked.span,
        format!("{{ actions = [{actions}] }}"),
    )]));
    flaw
}
