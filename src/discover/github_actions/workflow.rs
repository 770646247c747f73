//! Workflows and composite actions: their jobs, steps and calls of other workflows.

use super::SECRET;
use super::cloud;
use super::envs::Envs;
use super::fields::{self, Around, Environment};
use crate::discover::yaml::Node;
use crate::discover::{Shows, Untold};
use std::rc::Rc;

/// What a workflow shows.
pub fn see(workflow: Node<'_, '_>, shows: &mut Shows) {
    let triggers = Triggers::of(workflow);
    shows.is_called_only = triggers.is_called_only;
    let around = Around {
        environment: None,
        parameters: Rc::new(if triggers.is_called_only {
            triggers.parameters
        } else {
            Vec::new()
        }),
    };
    for (key, value) in workflow.own_entries() {
        match key.text() {
            // Descriptions and defaults there are no use of anything.
            Some("on" | "name" | "jobs") => {}
            _ => fields::everything(value, &around, shows),
        }
    }
    let envs = Envs(workflow.get("env").into_iter().collect());
    let Some(jobs) = workflow.get("jobs") else { return };
    for (_, job) in jobs.entries() {
        see_job(job, &around, &envs, shows);
    }
}

/// What a composite action shows.
pub fn see_action(action: Node<'_, '_>, shows: &mut Shows) {
    let Some(steps) = action.get("runs").and_then(|runs| runs.get("steps")) else {
        return;
    };
    for step in steps.items() {
        see_step(step, &Around::default(), &Envs(Vec::new()), shows);
    }
}

/// What starts a workflow.
#[derive(Default)]
struct Triggers {
    /// Whether only other workflows do.
    is_called_only: bool,
    /// The secrets that it takes from them, in upper case.
    parameters: Vec<String>,
}

impl Triggers {
    fn of(workflow: Node<'_, '_>) -> Self {
        let Some(on) = workflow.get("on") else {
            return Self::default();
        };
        let mut names: Vec<&str> = on.text().into_iter().collect();
        names.extend(on.items().filter_map(Node::text));
        names.extend(on.entries().filter_map(|(key, _)| key.text()));
        let parameters = on.get("workflow_call").and_then(|call| call.get("secrets"));
        let parameters = parameters.into_iter().flat_map(Node::entries);
        Self {
            is_called_only: names == ["workflow_call"],
            parameters: parameters
                .filter_map(|(key, _)| Some(key.text()?.to_ascii_uppercase()))
                .collect(),
        }
    }
}

fn see_job<'n, 't>(job: Node<'n, 't>, around: &Around, envs: &Envs<'n, 't>, shows: &mut Shows) {
    let around = Around {
        environment: environment(job),
        ..around.clone()
    };
    let envs = envs.with(job.get("env"));
    let calls = job.get("uses").and_then(Node::text);
    for (key, value) in job.own_entries() {
        match key.text() {
            Some("steps") => value.items().for_each(|step| see_step(step, &around, &envs, shows)),
            Some("secrets") if calls.is_some() => see_call(calls.unwrap_or_default(), value, &around, &envs, shows),
            Some("container") => see_container(value, &around, &envs, shows),
            Some("services") => value
                .entries()
                .for_each(|(_, service)| see_container(service, &around, &envs, shows)),
            Some(key) if value.text().is_some() => {
                fields::value(value, None, key, &around, shows);
            }
            _ => fields::everything(value, &around, shows),
        }
    }
}

/// A job's deployment environment, where its name is literal.
fn environment(job: Node<'_, '_>) -> Option<Environment> {
    let stated = job.get("environment")?;
    let name = if stated.is_map() { stated.get("name")? } else { stated };
    let text = name.text()?.trim();
    let is_literal = !text.is_empty() && !text.contains("${{");
    is_literal.then(|| Environment {
        name: text.to_owned(),
        span: name.span(),
    })
}

fn see_step<'n, 't>(step: Node<'n, 't>, around: &Around, envs: &Envs<'n, 't>, shows: &mut Shows) {
    let envs = envs.with(step.get("env"));
    let action = step.get("uses").and_then(Node::text);
    for (key, value) in step.own_entries() {
        match key.text() {
            Some("with") if value.is_map() => {
                let from = shows.sightings.len();
                let inputs = fields::inputs(value, around, &envs, shows);
                cloud::see(action.unwrap_or_default(), value, &inputs, from, around, &envs, shows);
            }
            Some(key) if value.text().is_some() => {
                fields::value(value, None, key, around, shows);
            }
            _ => fields::everything(value, around, shows),
        }
    }
}

fn see_container(container: Node<'_, '_>, around: &Around, envs: &Envs<'_, '_>, shows: &mut Shows) {
    for (key, value) in container.own_entries() {
        if key.text() == Some("credentials") {
            fields::inputs(value, around, envs, shows);
        } else {
            fields::everything(value, around, shows);
        }
    }
    if container.text().is_some() {
        fields::everything(container, around, shows);
    }
}

/// Secrets that a job hands to the workflow that it calls.
fn see_call(workflow: &str, secrets: Node<'_, '_>, around: &Around, envs: &Envs<'_, '_>, shows: &mut Shows) {
    if secrets.is_map() {
        fields::inputs(secrets, around, envs, shows);
        return;
    }
    if secrets.text().is_none_or(|text| text.trim() != "inherit") {
        return;
    }
    match workflow.strip_prefix("./") {
        Some(path) => shows.inherits.push(path.split('@').next().unwrap_or(path).to_owned()),
        // What another repository's workflow takes of all that it gets is not known.
        None => shows.untold.push(Untold {
            span: secrets.span(),
            prefix: SECRET.to_owned(),
        }),
    }
}
