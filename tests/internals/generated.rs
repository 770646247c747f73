//! What is written from the program itself: tables of rules, the end of their pages, the reference of manifest and config,
//! the glossary, schemas, what findings say, and the figures of the last stored run of the benchmark.
//!
//! `cargo xtask gen` writes it; it, and the tests, tell what is stale.

use crate::cases::{self, Ran, project};
use crate::measured;
use crate::rounds;
use soclint::internals::reference::schema;
use soclint::internals::render;
use soclint::internals::rules;
use soclint::{Checked, Finding, Label};

/// A file that is generated.
pub struct Artefact {
    /// From the project's root.
    pub path: String,
    pub text: String,
}

/// All that is generated. One more kind is one more entry.
const KINDS: [fn() -> Vec<Artefact>; 7] = [catalogue, reference, pages, schemas, said, first_hours, performance];

pub fn all() -> impl Iterator<Item = Artefact> {
    KINDS.into_iter().flat_map(|kind| kind())
}

impl Artefact {
    fn new(path: impl Into<String>, text: String) -> Self {
        Self {
            path: path.into(),
            text,
        }
    }

    /// Where the file differs from what it should say, if it does.
    pub fn stale(&self) -> Option<String> {
        let path = &self.path;
        let Ok(kept) = std::fs::read_to_string(project().join(path)) else {
            return Some(format!("{path} is not there, or is not text"));
        };
        if kept == self.text {
            return None;
        }
        let (mut kept, mut text) = (kept.split('\n'), self.text.split('\n'));
        let mut line = 0;
        loop {
            line += 1;
            let (was, is) = (kept.next(), text.next());
            if was != is {
                let said = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
                return Some(format!("{path}:{line}\n  was: {}\n  is:  {}", said(was), said(is)));
            }
        }
    }
}

/// All that is stale, in one message.
pub fn stale() -> Option<String> {
    let stale: Vec<String> = all().filter_map(|artefact| artefact.stale()).collect();
    (!stale.is_empty()).then(|| {
        format!(
            "{} generated files are stale; `cargo xtask gen` writes them:\n{}",
            stale.len(),
            stale.join("\n")
        )
    })
}

fn catalogue() -> Vec<Artefact> {
    vec![Artefact::new("docs/rules.md", render::rules_markdown())]
}

/// Every table and key, and every term.
fn reference() -> Vec<Artefact> {
    vec![
        Artefact::new("docs/manifest.md", render::manifest_markdown()),
        Artefact::new("docs/config.md", render::config_markdown()),
        Artefact::new("docs/glossary.md", render::glossary_markdown()),
        Artefact::new("docs/locators.md", render::locators_markdown()),
        Artefact::new("docs/columns.md", render::columns_markdown()),
    ]
}

/// What a rule yields to, at the end of its page.
fn pages() -> Vec<Artefact> {
    rules::all()
        .map(|rule| Artefact::new(rule.file(), rules::page::text(rule)))
        .collect()
}

fn schemas() -> Vec<Artefact> {
    let schema = |name: &str, text: String| Artefact::new(format!("schemas/{name}.schema.json"), text);
    vec![
        schema("manifest", schema::manifest()),
        schema("config", schema::config()),
        schema("inventory", render::inventory_schema()),
        schema("matrix", render::matrix_schema()),
        schema("compare", render::comparison_schema()),
        schema("compare-period", render::period_schema()),
        schema("advice", render::advice_schema()),
        schema("timeline", render::timeline_schema()),
        schema("timeline-plan", render::plan_schema()),
    ]
}

/// What findings say, of every case that fails: so that a change of words is there to be read.
fn said() -> Vec<Artefact> {
    let folders = cases::of_rules().iter();
    let said = folders.map(|folder| {
        let blocks: Vec<String> = folder.fails.iter().map(|ran| said_of(&folder.name, ran)).collect();
        Artefact::new(format!("fixtures/rules/{}/said.txt", folder.name), blocks.join("\n"))
    });
    said.collect()
}

fn said_of(rule: &str, ran: &Ran) -> String {
    let mut out = format!("# {}\n", cases::name(&ran.case.path));
    if let Ok(checked) = &ran.checked {
        let findings = checked.outcome.findings.iter();
        for finding in findings.filter(|finding| finding.rule == rule) {
            out.push_str(&words(checked, finding));
        }
    }
    out
}

/// A finding's message, and what else it points at.
fn words(checked: &Checked, finding: &Finding) -> String {
    let start = |label: &Label| {
        let source = checked.sources.get(label.place.file);
        format!("{}:{}", source.path, source.position(label.place.span.start).line)
    };
    let mut out = format!("{} {}\n", start(&finding.primary), finding.message);
    for related in &finding.related {
        out.push_str(&format!("  {} {}\n", start(related), related.text));
    }
    // What a case rests on, where its rule has others that rest on something else.
    if let Some(rule) = rules::find(finding.rule).filter(|rule| rule.references != finding.references) {
        out.push_str(&format!(
            "  references: {}\n",
            rule.resting_on(finding.references).join(", ")
        ));
    }
    out
}

/// What `init` writes for the new users of `fixtures/first-hour/`, what was said to them, and how long it took them.
fn first_hours() -> Vec<Artefact> {
    let hours = rounds::all();
    let mut artefacts = Vec::new();
    for hour in &hours {
        let folder = format!("{}/{}", rounds::FOLDER, hour.name);
        for (name, text) in hour.begun() {
            artefacts.push(Artefact::new(format!("{folder}/round-0/{name}"), text));
        }
        for (at, round) in hour.rounds.iter().enumerate() {
            artefacts.push(Artefact::new(format!("{folder}/round-{at}/said.txt"), round.said()));
        }
    }
    let readme = format!("{}/README.md", rounds::FOLDER);
    let kept = std::fs::read_to_string(project().join(&readme)).unwrap_or_default();
    artefacts.push(Artefact::new(readme, with_figures(&kept, &rounds::figures(&hours))));
    artefacts
}

/// The chapter about speed and memory, with the figures of the newest stored run.
fn performance() -> Vec<Artefact> {
    const PATH: &str = "docs/performance.md";
    let kept = std::fs::read_to_string(project().join(PATH)).unwrap_or_default();
    let newest = measured::newest().expect("a stored run");
    vec![Artefact::new(PATH, with_figures(&kept, &measured::tables(&newest)))]
}

/// A page whose table is the given one.
fn with_figures(page: &str, table: &str) -> String {
    const MARKS: [&str; 2] = ["<!-- generated: figures -->\n", "<!-- end -->"];
    let parts = page.split_once(MARKS[0]).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(MARKS[1])?;
        Some((before, after))
    });
    let (before, after) = parts.expect("a place for the figures");
    format!("{before}{}{table}{}{after}", MARKS[0], MARKS[1])
}
