//! Findings and waivers, by what touches what.
//!
//! Of two clusters, neither has a say in what becomes of the other's findings: so they are sorted out apart from each other
//! as they are together. Clusters only grow together; that two were one once is no reason to part them.

use super::Declared;
use super::holding::MAX_COMPARED;
use crate::finding::Finding;
use crate::model::glob_matches;
use crate::rules::{self, Question, Shares};
use hashbrown::{HashMap, HashSet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A subject, or, with a rule, where those meet that yield to what the rule says of it.
type Name = (Option<&'static str>, String);

/// What is found about a subject, and the waivers of that path.
#[derive(Default)]
struct Node {
    /// The next on the way to the node that stands for its cluster.
    joined: Option<usize>,
    /// Of that node: all of the cluster.
    members: Vec<usize>,
    /// What each question finds.
    found: Vec<(Question, Found)>,
    /// By their numbers.
    waivers: Vec<usize>,
}

/// What a question finds, with its number among all that it finds.
struct Found {
    node: usize,
    at: usize,
    finding: Finding,
}

/// What is found at a node, of what comes in the order of the nodes.
fn at_node(found: &[Found], node: usize) -> &[Found] {
    let from = found.partition_point(|found| found.node < node);
    let to = found.partition_point(|found| found.node <= node);
    &found[from..to]
}

#[derive(Default)]
pub struct Clusters {
    nodes: Vec<Node>,
    by_name: HashMap<Name, usize>,
    /// The nodes at which a question finds something.
    of_question: HashMap<Question, Vec<usize>>,
    /// Of which rules findings about which nodes were compared with all waivers.
    compared: HashSet<(&'static str, usize)>,
    /// Which rules yield to which by the names that they give.
    by_names: Arc<[(&'static str, &'static str)]>,
    waivers: Vec<Declared>,
    waiver_nodes: Vec<usize>,
    /// By rule and subject.
    exact: HashMap<(String, String), Vec<usize>>,
    /// Those with `*`, by rule.
    patterns: HashMap<String, Vec<usize>>,
    /// How often a finding is compared with a pattern, at most.
    comparisons: usize,
    /// Whether all are one cluster: where not every waiver can be compared with all that is found, which are depends on
    /// everything.
    is_one: bool,
}

impl Clusters {
    pub fn of(declared: Vec<Declared>) -> Self {
        let by_names = rules::all().flat_map(|rule| {
            let named = rule.yields_to.iter().filter(|to| to.shares == Shares::Named);
            named.map(|to| (rule.name, to.rule))
        });
        let mut clusters = Self {
            by_names: by_names.collect(),
            ..Self::default()
        };
        for (number, waiver) in declared.iter().enumerate() {
            // What is said of a waiver itself is about its path, and of two with one path it is known by the same.
            let node = clusters.node((None, waiver.path()));
            clusters.nodes[node].waivers.push(number);
            clusters.waiver_nodes.push(node);
            let rule = waiver.rule.text.clone();
            let of_rule = if waiver.resolved.contains('*') {
                clusters.patterns.entry(rule).or_default()
            } else {
                clusters.exact.entry((rule, waiver.resolved.clone())).or_default()
            };
            of_rule.push(number);
        }
        clusters.waivers = declared;
        clusters
    }

    fn node(&mut self, name: Name) -> usize {
        let next = self.nodes.len();
        let node = *self.by_name.entry(name).or_insert(next);
        if node == next {
            self.nodes.push(Node {
                members: vec![node],
                ..Node::default()
            });
        }
        node
    }

    /// The node that stands for the cluster of one.
    fn cluster(&self, node: usize) -> usize {
        let mut last = node;
        while let Some(next) = self.nodes[last].joined {
            last = next;
        }
        last
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.cluster(one), self.cluster(other));
        if one == other {
            return;
        }
        let is_larger = self.nodes[one].members.len() >= self.nodes[other].members.len();
        let (large, small) = if is_larger { (one, other) } else { (other, one) };
        let members = std::mem::take(&mut self.nodes[small].members);
        self.nodes[large].members.extend(members);
        self.nodes[small].joined = Some(large);
    }

    /// Joins what a finding touches to its node.
    fn connect(&mut self, node: usize, finding: &Finding) {
        for (rule, to) in self.by_names.clone().iter() {
            let names = if finding.rule == *rule { &finding.names[..] } else { &[] };
            let own = Some(&finding.subject).filter(|_| finding.rule == *to);
            for name in names.iter().chain(own) {
                let meeting = self.node((Some(to), name.clone()));
                self.join(node, meeting);
            }
        }
        if self.waivers.is_empty() || !self.compared.insert((finding.rule, node)) {
            return;
        }
        let exact = self.exact.get(&(finding.rule.to_owned(), finding.subject.clone()));
        let patterns = self.patterns.get(finding.rule).into_iter().flatten();
        let matching = patterns.filter(|waiver| glob_matches(&self.waivers[**waiver].resolved, &finding.subject));
        let waivers: Vec<usize> = exact.into_iter().flatten().chain(matching).copied().collect();
        for waiver in waivers {
            self.join(node, self.waiver_nodes[waiver]);
        }
    }

    /// Replaces what a question finds; the nodes at which that changes something.
    pub fn replace(&mut self, question: Question, findings: Vec<Finding>) -> BTreeSet<usize> {
        let mut before: Vec<Found> = Vec::new();
        for node in self.of_question.remove(&question).unwrap_or_default() {
            let found = self.nodes[node].found.extract_if(.., |(of, _)| *of == question);
            before.extend(found.map(|(_, found)| found));
        }
        for known in &before {
            self.comparisons -= self.patterns.get(known.finding.rule).map_or(0, Vec::len);
        }
        let mut after: Vec<Found> = Vec::with_capacity(findings.len());
        for (at, finding) in findings.into_iter().enumerate() {
            let node = self.node((None, finding.subject.clone()));
            self.comparisons += self.patterns.get(finding.rule).map_or(0, Vec::len);
            self.is_one |= self.comparisons > MAX_COMPARED;
            if !self.is_one {
                self.connect(node, &finding);
            }
            after.push(Found { node, at, finding });
        }
        before.sort_by_key(|found| (found.node, found.at));
        after.sort_by_key(|found| (found.node, found.at));
        let mut changed: BTreeSet<usize> = before.iter().chain(&after).map(|found| found.node).collect();
        let alike = |(one, other): (&Found, &Found)| one.finding == other.finding;
        changed.retain(|node| {
            let (before, after) = (at_node(&before, *node), at_node(&after, *node));
            before.len() != after.len() || !before.iter().zip(after).all(alike)
        });
        for found in after {
            let nodes = self.of_question.entry(question).or_default();
            if nodes.last() != Some(&found.node) {
                nodes.push(found.node);
            }
            self.nodes[found.node].found.push((question, found));
        }
        changed
    }

    /// Some node of every cluster.
    pub fn everything(&self) -> BTreeSet<usize> {
        let nodes = self.nodes.iter().enumerate();
        nodes
            .filter(|(_, node)| node.joined.is_none())
            .map(|(at, _)| at)
            .collect()
    }

    /// The node of a waiver.
    pub fn of_waiver(&self, waiver: usize) -> usize {
        self.waiver_nodes[waiver]
    }

    /// All nodes of the clusters of some.
    fn members(&self, touched: &BTreeSet<usize>) -> impl Iterator<Item = &Node> {
        let clusters: BTreeSet<usize> = if self.is_one {
            self.everything()
        } else {
            touched.iter().map(|node| self.cluster(*node)).collect()
        };
        let members = clusters.into_iter().flat_map(|cluster| &self.nodes[cluster].members);
        members.map(|node| &self.nodes[*node])
    }

    /// The findings of the clusters of some nodes, in the order in which rules find them.
    pub fn findings(&self, touched: &BTreeSet<usize>) -> Vec<Finding> {
        let found = self.members(touched).flat_map(|node| &node.found);
        let mut found: Vec<&(Question, Found)> = found.collect();
        found.sort_by_key(|(question, found)| (*question, found.at));
        found.into_iter().map(|(_, found)| found.finding.clone()).collect()
    }

    /// The numbers of the waivers of the clusters of some nodes, in their order.
    pub fn waivers_of(&self, touched: &BTreeSet<usize>) -> Vec<usize> {
        let mut waivers: Vec<usize> = self
            .members(touched)
            .flat_map(|node| node.waivers.iter().copied())
            .collect();
        waivers.sort_unstable();
        waivers
    }

    /// Those waivers.
    pub fn waivers(&self, touched: &BTreeSet<usize>) -> Vec<Declared> {
        let numbers = self.waivers_of(touched).into_iter();
        numbers.map(|number| self.waivers[number].clone()).collect()
    }

    /// The questions that find something about a subject.
    pub fn questions_about(&self, subject: &str) -> impl Iterator<Item = Question> {
        let node = self.by_name.get(&(None, subject.to_owned()));
        node.into_iter()
            .flat_map(|node| self.nodes[*node].found.iter().map(|(question, _)| *question))
    }
}
