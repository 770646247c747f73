//! GitLab's pipelines: the variables that scripts use and no file sets, and the tokens by which jobs tell who they are.
//!
//! What other files set, [`assemble`](super::assemble()) takes away. `include` and `extends` are not followed: what they
//! bring in is seen where it is written.

mod heredoc;
mod job;
mod names;
mod predefined;
mod shell;
#[cfg(test)]
mod tests;

pub use job::demand_of_variable;

use super::yaml::{Fault, Node, Tree, literals, unread_in_place};
use super::{Input, Shows, secret_name};

/// Words without which a file shows nothing, and sets nothing.
pub const WORDS: &[&str] = &["script", "variables", "id_tokens", "secrets", "matrix"];

/// The scheme of a variable's locator.
pub const VARIABLE: &str = "gitlab-variable:";

/// What a file of a pipeline shows.
pub fn see(input: Input<'_>) -> Shows {
    let mut shows = Shows::default();
    let (tree, fault) = Tree::parse(input.text);
    if let Some((fault, span)) = fault {
        shows.partial = true;
        if fault != Fault::Syntax || !may_be_template(input) {
            shows.unread.push(unread_in_place(fault, span));
        }
    }
    for document in tree.documents() {
        define(document, &mut shows);
        job::see_all(document, input.text.len(), &mut shows);
        literals::of_credentials(document, &mut shows.literals);
    }
    // Then GitLab gives the variable itself, with what its agents may reach.
    if input.text.contains("config use-context") {
        shows.defines.push("KUBECONFIG".to_owned());
    }
    shows.defines.sort_unstable();
    shows.defines.dedup();
    if tree.is_exhausted() {
        shows.partial = true;
    }
    shows
}

/// Whether a file that is no YAML is one only after something was put into it.
fn may_be_template(input: Input<'_>) -> bool {
    let is_fixed = input.path == ".gitlab-ci.yml" || input.path.starts_with(".gitlab/");
    !is_fixed || ["{{", "{%", "<%"].iter().any(|mark| input.text.contains(mark))
}

/// Adds what a document sets outside its scripts, wherever that is.
fn define(document: Node<'_, '_>, shows: &mut Shows) {
    for map in document.walk().filter(|node| node.is_map() && !node.is_alias()) {
        for (key, value) in map.own_entries() {
            match key.text() {
                Some("variables") => variables(value, shows),
                Some("matrix") => value.items().for_each(|entry| names(entry, shows)),
                Some("id_tokens" | "secrets") => names(value, shows),
                _ => {}
            }
        }
    }
}

fn names(map: Node<'_, '_>, shows: &mut Shows) {
    let names = map.entries().filter_map(|(key, _)| key.text());
    shows.defines.extend(names.map(str::to_owned));
}

fn variables(map: Node<'_, '_>, shows: &mut Shows) {
    for (key, value) in map.entries() {
        let Some(name) = key.text() else { continue };
        let stated = value.get("value");
        // With the long form, the value is a key further down.
        if let Some(stated) = stated
            && secret_name::names_a_credential(name)
            && stated.text().is_some_and(literals::is_worth_hiding)
        {
            shows.literals.push(stated.span());
        }
        let text = stated.unwrap_or(value).text().unwrap_or_default();
        // What is made of itself was there before.
        if job::uses_in_value(text).iter().all(|(used, _)| *used != name) {
            shows.defines.push(name.to_owned());
        }
    }
}
