//! The texts of a first manifest and a first config.
//!
//! They say only what can be seen, and what was answered. The rest stands as a comment: `# ` before what explains, `#`
//! alone before what can be taken as it is once it is true.

use super::answers::Answers;
use super::facts::{Facts, Owner, Seen};
use super::id::id_of;
use crate::model::list_words;
use crate::reference::schema;
use std::fmt::Write;

/// What is listed in one line of a comment.
const MAX_LISTED: usize = 5;

pub fn manifest(facts: &Facts, answers: &Answers) -> String {
    let mut out = format!("#:schema {}\n", schema::address("manifest"));
    out.push_str(
        "# What this team builds, and what it declares about it. `soclint check` reads this file with every other scope.toml and\n\
         # *.scope.toml of the estate.\n\
         #\n\
         # A line that begins with `#` and no space is a suggestion: take the `#` away once what it says is true.\n\n",
    );
    owner(&mut out, facts);
    services(&mut out, facts, answers);
    reports(&mut out, facts);
    identities(&mut out, facts);
    out
}

fn owner(out: &mut String, facts: &Facts) {
    const WHOSE: &str = "# Who owns everything in this file that names no other owner";
    let _ = match &facts.owner {
        Owner::One { id, from } => writeln!(out, "{WHOSE}; taken from {from}.\nowner = {}\n", quoted(id)),
        Owner::Unclear { names, from } => {
            let _ = writeln!(out, "{WHOSE}. {from} names {}.", listed(names, "and"));
            suggested_owner(out, facts, names)
        }
        Owner::Unsaid => {
            let _ = writeln!(out, "{WHOSE}.");
            suggested_owner(out, facts, &[])
        }
    };
}

/// Where owners are declared, only one of them can be named.
fn suggested_owner(out: &mut String, facts: &Facts, names: &[String]) -> std::fmt::Result {
    if facts.owners_are_declared {
        return writeln!(out, "# Name one that the estate declares: `owner = \"..\"`.\n");
    }
    let first = names.first().map(|name| {
        let name = name.trim_start_matches('@').split('@').next().unwrap_or_default();
        id_of(name.rsplit('/').next().unwrap_or_default())
    });
    let first = first
        .filter(|id| id != "service")
        .unwrap_or_else(|| "team-name".to_owned());
    writeln!(out, "#owner = {}\n", quoted(&first))
}

fn services(out: &mut String, facts: &Facts, answers: &Answers) {
    out.push_str(
        "# lifecycle: no report is asked for as long as a service is \"experimental\". Say \"production\" once others rely on it:\n\
         # then soclint asks which one covers it.\n\
         # exposure: who it is for: \"external\" (offered to user entities, the default), \"internal\", or \"self-hosted\" (customers\n\
         # run it).\n\
         # financial-impact: its effect on its users' financial reporting: \"direct\", \"indirect\", \"itgc-only\", \"own-books\" or\n\
         # \"none\".\n\
         # commitments: what is promised to its users once it is offered to them: \"security\", \"availability\",\n\
         # \"processing-integrity\", \"confidentiality\", \"privacy\".\n\
         # What a service is built on goes into `depends-on` and `third-parties`, what it holds into `data`.\n",
    );
    for service in &facts.services {
        out.push('\n');
        service_table(out, service, answers);
    }
}

fn service_table(out: &mut String, service: &Seen, answers: &Answers) {
    if let Some(file) = &service.declared_in {
        let _ = writeln!(
            out,
            "# {} is declared in {} already. Move its table here if this is where its team looks after it.",
            quoted(&service.id),
            quoted(file)
        );
        return;
    }
    if let Some(file) = service.named_by.as_ref().or(service.folder.as_ref()) {
        let _ = writeln!(out, "# Named by {}.", quoted(file));
    }
    let _ = writeln!(
        out,
        "[services.{}]\ntitle = {}",
        key(&service.id),
        quoted(&service.title)
    );
    let _ = match &service.owner {
        Owner::Unsaid => Ok(()),
        Owner::One { id, .. } => writeln!(out, "owner = {}", quoted(id)),
        Owner::Unclear { names, from } => writeln!(out, "# {from} names {} as its owners.", listed(names, "and")),
    };
    let _ = writeln!(out, "lifecycle = \"{}\"", answers.offering.lifecycle());
    let _ = match answers.offering.exposure() {
        Some(exposure) => writeln!(out, "exposure = \"{exposure}\""),
        None => writeln!(out, "#exposure = \"external\""),
    };
    let _ = match answers.books {
        Some(impact) => writeln!(out, "financial-impact = \"{impact}\""),
        None => writeln!(out, "#financial-impact = \"none\""),
    };
    if answers.offering.is_offered() && !answers.promises.is_empty() {
        let promises: Vec<String> = answers
            .promises
            .iter()
            .map(|promise| quoted(promise.as_str()))
            .collect();
        let _ = writeln!(out, "commitments = [{}]", promises.join(", "));
    }
}

/// How to declare what no file shows: it is not a suggestion, since nothing of it is known.
fn reports(out: &mut String, facts: &Facts) {
    let Some(service) = facts.services.first() else { return };
    let _ = write!(
        out,
        "\n# A report or certificate is declared once, in any file, and claimed by each service whose team tells readers that it\n\
         # covers it. Frameworks are soc1, soc2, soc3, isae3402 and isae3000; any other attestation (PCI DSS, FedRAMP, ..) is \"other\"\n\
         # with its `name`; iso27001 and its like stand under `certificates`. Such as:\n\
         #\n\
         #     [reports.soc2-2026]\n\
         #     framework = \"soc2\"\n\
         #     type = 2\n\
         #     period = {{ from = 2025-07-01, to = 2026-06-30 }}\n\
         #     covers = {0}\n\
         #\n\
         # and in `[services.{1}]`: claims = \"soc2-2026\"\n",
        quoted(&service.id),
        key(&service.id)
    );
}

/// What is seen is declared at once, since it is there whether it is declared or not.
fn identities(out: &mut String, facts: &Facts) {
    if facts.entries.text.is_empty() {
        return;
    }
    out.push_str(
        "\n# What files of this repository show can act without a person, so each is an identity. What they show is stated. No file\n\
         # shows `rotation`, `review`, `offboarding` and `monitoring`, each with its `evidence`: say what is the same for all in a\n\
         # profile.\n",
    );
    out.push_str(&facts.entries.text);
}

/// Names in a sentence, the first few of many.
fn listed(names: impl IntoIterator<Item = impl AsRef<str>>, and: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| quoted(name.as_ref())).collect();
    match names.len().checked_sub(MAX_LISTED) {
        Some(more @ 1..) => format!("{} {and} {more} more", names[..MAX_LISTED].join(", ")),
        _ => list_words(&names, and),
    }
}

pub fn config(facts: &Facts) -> String {
    let mut out = format!("#:schema {}\n", schema::address("config"));
    out.push_str(
        "# The estate begins in this folder: soclint reads every scope.toml and *.scope.toml in it and below.\n\
         # A line that begins with `#` and no space is a suggestion.\n\n\
         # What is not read, from here",
    );
    if facts.vendored.is_empty() {
        out.push_str(", such as `exclude = [\"vendor/**\"]`.\n");
    } else {
        out.push_str(".\n");
        let globs: Vec<String> = facts.vendored.iter().map(|name| format!("\"{name}/**\"")).collect();
        let _ = writeln!(out, "exclude = [{}]", globs.join(", "));
    }
    out.push_str(
        "\n# The severity from which findings fail a run: \"error\", \"warning\", \"note\" or \"never\".\n\
         fail-on = \"error\"\n\n\
         # What workflows, infrastructure code and cluster files show is compared with what is declared. What is seen and is no\n\
         # identity of yours goes into `[[discover.ignore]]`, with a reason.\n\
         [discover]\n\n\
         # The only places where secrets may be kept, once your company has decided which.\n\
         #[policy]\n",
    );
    let seen = facts.entries.stores.iter().map(String::as_str);
    let stores: Vec<&str> = seen.filter(|store| *store != "vault").chain(["vault"]).collect();
    let _ = writeln!(out, "#secret-stores = [\"{}\"]", stores.join("\", \""));
    out.push_str(
        "\n# How severe a rule is here: \"off\", \"note\", \"warning\" or \"error\". `soclint rules` lists them, `soclint explain RULE`\n\
         # says what one is about.\n\
         #[rules]\n\
         #stale-report = \"error\"\n",
    );
    out
}

/// An id as a key. A dot would begin a table of its own.
pub(super) fn key(id: &str) -> String {
    if id.contains('.') { quoted(id) } else { id.to_owned() }
}

/// A text as TOML writes it, also within a comment: on one line, and with nothing in it that hides or turns text.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_alphanumeric() || c.is_ascii_graphic() || c == ' ' => out.push(c),
            c => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}
