//! The texts of a first manifest and a first config.
//!
//! They say only what can be seen. The rest stands as a comment: `# ` before what explains, `#` alone before what
//! can be taken as it is once it is true.

use super::facts::{Facts, Host, Pipeline, id_of};
use crate::finding::list_words;
use std::collections::BTreeMap;
use std::fmt::Write;

/// More of them would hide the rest of the file.
const MOST_SUGGESTED: usize = 12;

/// Where a schema is read from, by editors.
fn schema(name: &str) -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    match repository.strip_prefix("https://github.com/") {
        Some(path) => format!("https://raw.githubusercontent.com/{path}/main/schemas/{name}.schema.json"),
        None => format!("{repository}/raw/main/schemas/{name}.schema.json"),
    }
}

pub fn manifest(facts: &Facts) -> String {
    let mut out = format!("#:schema {}\n", schema("manifest"));
    out.push_str(
        "# What this repository builds, and what its team declares about it. `soclint check` reads this file with every other\n\
         # scope.toml and *.scope.toml of the estate.\n\
         #\n\
         # A line that begins with `#` and no space is a suggestion: take the `#` away once what it says is true.\n\n",
    );
    match &facts.owner {
        Some(owner) => {
            let _ = writeln!(
                out,
                "# Who owns everything in this file that names no other owner; taken from {}.\nowner = {}\n",
                owner.from,
                quoted(&owner.id)
            );
        }
        None => {
            out.push_str("# Who owns everything in this file that names no other owner.\n#owner = \"team-name\"\n\n")
        }
    }
    service(&mut out, facts);
    // Tables of one kind stand together.
    for pipeline in facts.pipelines.iter().filter(|pipeline| !pipeline.secrets.is_empty()) {
        profile(&mut out, facts, pipeline);
    }
    for pipeline in &facts.pipelines {
        if pipeline.federated {
            role(&mut out, facts, pipeline);
        }
        secrets(&mut out, facts, pipeline);
    }
    out
}

fn service(out: &mut String, facts: &Facts) {
    let Facts { id, title, .. } = facts;
    let title = if title.is_empty() { id } else { title };
    let _ = writeln!(out, "[services.{}]\ntitle = {}", key(id), quoted(title));
    out.push_str(
        "# No report is asked for as long as a service is experimental. Say \"production\" once others rely on it: then soclint\n\
         # asks which one answers for it.\n\
         lifecycle = \"experimental\"\n\
         # Who it is for: \"external\" (offered to user entities, the default), \"internal\", or \"self-hosted\" (customers run it).\n\
         #exposure = \"internal\"\n\
         # Its effect on its users' financial reporting: \"direct\", \"indirect\", \"itgc-only\", \"own-books\" or \"none\".\n\
         #financial-impact = \"none\"\n\
         # What is promised to its users: \"security\", \"availability\", \"processing-integrity\", \"confidentiality\", \"privacy\".\n\
         #commitments = [\"security\", \"availability\"]\n\
         # The reports and certificates that its team tells readers cover it; each is declared below, or in another file.\n\
         #claims = \"soc2-report\"\n\
         # What it is built on goes into `depends-on` and `third-parties`, what it holds into `data`.\n\n",
    );
    let _ = writeln!(
        out,
        "# Frameworks are soc1, soc2, soc3, isae3402 and isae3000, certificates iso27001 and its like (under `certificates`); any\n\
         # other attestation (PCI DSS, FedRAMP, ..) is \"other\", with its `name`.\n\
         #[reports.soc2-report]\n\
         #framework = \"soc2\"\n\
         #type = 2\n\
         #period = {{ from = 2025-07-01, to = 2026-06-30 }}\n\
         #covers = {}",
        quoted(id)
    );
}

/// What the pipelines of one host are called where they are declared.
struct Names {
    store: &'static str,
    secret: &'static str,
    token: &'static str,
}

fn names(host: Host) -> Names {
    match host {
        Host::Github => Names {
            store: "github-actions",
            secret: "github-secret",
            token: "github-oidc",
        },
        Host::Gitlab => Names {
            store: "gitlab-ci",
            secret: "gitlab-variable",
            token: "gitlab-oidc",
        },
    }
}

/// Both are kept for every secret and role alike.
const KEPT: &str = "#offboarding = { trigger = \"service retired\", evidence = \"./evidence/offboarding.md\" }\n\
                    #monitoring = { evidence = \"./evidence/monitoring.md\" }\n";

fn profile(out: &mut String, facts: &Facts, pipeline: &Pipeline) {
    let Names { store, .. } = names(pipeline.host);
    let _ = write!(
        out,
        "\n# Secrets are used by {}.\n\
         # Whoever holds one can act without a person, so each is an identity; this is what they have in common. Say in\n\
         # `rotation.last` when it was last renewed, and put what shows it where `evidence` points.\n\
         #[profiles.{store}-secret]\n\
         #credential = \"static-secret\"\n\
         #store = \"{store}\"\n\
         #services = {}\n\
         #rotation = {{ every = \"90d\", evidence = \"./evidence/rotation.md\" }}\n{KEPT}",
        files(pipeline),
        quoted(&facts.id)
    );
}

fn role(out: &mut String, facts: &Facts, pipeline: &Pipeline) {
    let Names { store, token, .. } = names(pipeline.host);
    let _ = write!(
        out,
        "\n# A token of their own, which others trust, is asked for by {}.\n\
         # Such a pipeline acts without a person, so each of its roles is an identity.\n\
         #[identities.{store}-role]\n\
         #kind = \"ci-pipeline\"\n\
         #credential = \"federated\"\n\
         #locators = \"{token}:role\"\n\
         #access = {{ service = {}, actions = \"deploy\" }}\n{KEPT}",
        files(pipeline),
        quoted(&facts.id)
    );
}

fn secrets(out: &mut String, facts: &Facts, pipeline: &Pipeline) {
    let Names { store, secret, .. } = names(pipeline.host);
    // What another host's pipelines use too would be a second identity of one name.
    let others = || facts.pipelines.iter().take_while(|other| *other != pipeline);
    let by_id: BTreeMap<String, &str> = pipeline
        .secrets
        .iter()
        .map(|name| {
            let id = id_of(&name.to_ascii_lowercase().replace('_', "-"));
            let is_taken = others().any(|other| other.secrets.contains(name));
            (if is_taken { format!("{store}-{id}") } else { id }, name.as_str())
        })
        .collect();
    for (id, name) in by_id.iter().take(MOST_SUGGESTED) {
        let _ = write!(
            out,
            "\n#[identities.{}]\n#kind = \"api-key\"\n#profile = \"{store}-secret\"\n#locators = \"{secret}:{name}\"\n",
            key(id)
        );
    }
    if by_id.len() > MOST_SUGGESTED {
        let more: Vec<&str> = by_id.values().skip(MOST_SUGGESTED).copied().collect();
        let _ = writeln!(out, "\n# And in the same way: {}.", more.join(", "));
    }
}

fn files(pipeline: &Pipeline) -> String {
    let files: Vec<String> = pipeline.files.iter().map(|file| quoted(file)).collect();
    match files.as_slice() {
        [a, b, c, rest @ ..] if !rest.is_empty() => format!("{a}, {b}, {c} and {} more", rest.len()),
        files => list_words(files, "and"),
    }
}

pub fn config(facts: &Facts) -> String {
    let mut out = format!("#:schema {}\n", schema("config"));
    out.push_str(
        "# The estate begins in this folder: soclint reads every scope.toml and *.scope.toml in it and below.\n\
         # A line that begins with `#` and no space is a suggestion.\n\n\
         # What is not read, from here.\n",
    );
    if facts.vendored.is_empty() {
        out.push_str("#exclude = [\"vendor/**\"]\n");
    } else {
        let globs: Vec<String> = facts.vendored.iter().map(|name| format!("\"{name}/**\"")).collect();
        let _ = writeln!(out, "exclude = [{}]", globs.join(", "));
    }
    out.push_str(
        "\n# The severity from which findings fail a run: \"error\", \"warning\", \"note\" or \"never\".\n\
         fail-on = \"error\"\n\n\
         # The only places where secrets may be kept, once your company has decided which.\n\
         #[policy]\n",
    );
    let stores: Vec<&str> = facts
        .pipelines
        .iter()
        .filter(|pipeline| !pipeline.secrets.is_empty())
        .map(|pipeline| names(pipeline.host).store)
        .chain(["vault"])
        .collect();
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
fn key(id: &str) -> String {
    if id.contains('.') { quoted(id) } else { id.to_owned() }
}

/// A text as TOML writes it, also within a comment: on one line, and with nothing in it that hides or turns text.
fn quoted(text: &str) -> String {
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
