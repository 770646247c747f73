//! What pipelines of CircleCI show: the contexts that jobs take.

use super::yaml::{Fault, Node, Tree, literals, unread_in_place};
use super::{Demand, Input, Rank, Shows, Sighting, Suggests};
use crate::source::Span;
use hashbrown::HashSet;

pub const WORDS: &[&str] = &["context"];

/// What a pipeline's file shows.
pub fn see(input: Input<'_>) -> Shows {
    let mut shows = Shows::default();
    let (tree, fault) = Tree::parse(input.text);
    if let Some((fault, span)) = fault {
        shows.partial = true;
        // A config that another pipeline fills in and continues with is no YAML before.
        if fault != Fault::Syntax || !["{{", "{%"].iter().any(|mark| input.text.contains(mark)) {
            shows.unread.push(unread_in_place(fault, span));
        }
    }
    let mut met = HashSet::new();
    for document in tree.documents() {
        literals::of_credentials(document, &mut shows.literals);
        let workflows = document.get("workflows").into_iter().flat_map(Node::entries);
        let jobs = workflows
            .filter_map(|(_, workflow)| workflow.get("jobs"))
            .flat_map(Node::items);
        for (_, settings) in jobs.flat_map(Node::entries) {
            let Some(context) = settings.get("context") else {
                continue;
            };
            for name in std::iter::once(context).chain(context.items()) {
                shows.sightings.extend(sighting(name, &mut met));
            }
        }
    }
    shows.partial |= tree.is_exhausted();
    shows
}

/// A context, the first time that something leads to its name.
fn sighting(name: Node<'_, '_>, met: &mut HashSet<Span>) -> Option<Sighting> {
    let text = name.text()?.trim();
    let is_literal = !text.is_empty() && !name.is_null() && !text.contains("<<") && !text.contains(['$', '{', '\n']);
    (is_literal && met.insert(name.span())).then(|| Sighting {
        locator: format!("circleci-context:{text}"),
        also: Vec::new(),
        span: name.span(),
        rank: Rank::Unclassified,
        by_use: false,
        demand: Demand::Shown,
        suggests: Suggests::default(),
        facts: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(String, String)> {
        let path = ".circleci/config.yml";
        let shows = see(Input { path, text });
        let seen = shows.sightings.iter();
        seen.map(|one| (one.locator.clone(), text[one.span.range()].to_owned()))
            .collect()
    }

    fn context(name: &str) -> (String, String) {
        (format!("circleci-context:{name}"), name.to_owned())
    }

    #[test]
    fn contexts_of_jobs_are_seen_wherever_they_are_written() {
        let text = "\u{feff}x: &job\n  context: shared\nworkflows:\n  version: 2\n  main:\n    jobs:\n      - build\n      - test: {context: one}\n      - deploy:\n          context: [two words, 'three', << pipeline.parameters.four >>, \"$FIVE\"]\n          requires: [test] # context: six\n      - a:\n          <<: *job\n      - b:\n          <<: *job\n      - hold: {type: approval}\n";
        let names = ["one", "two words", "three", "shared"];
        assert_eq!(seen(text), names.map(context));
    }

    #[test]
    fn a_context_elsewhere_is_none() {
        for text in [
            "jobs:\n  build:\n    context: a\n",
            "workflows:\n  main:\n    context: a\n    jobs: [build]\n",
            "workflows:\n  main:\n    jobs:\n      - build: {context: }\n      - test: {context: << matrix.context >>}\n      - e: {context: []}\n",
            "workflows: context",
            "workflows: [context]",
        ] {
            assert_eq!(seen(text), [], "{text}");
        }
    }

    #[test]
    fn what_is_no_yaml_is_told_unless_it_is_a_template() {
        let unread = |text| {
            let path = ".circleci/config.yml";
            let shows = see(Input { path, text });
            (shows.partial, shows.unread.len())
        };
        assert_eq!(unread("workflows: {context\n"), (true, 1));
        assert_eq!(unread("{% for x in y %}\nworkflows: {context\n{% endfor %}"), (true, 0));
        assert_eq!(unread("workflows:\n  context: a\n"), (false, 0));
    }
}
