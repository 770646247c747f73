//! What people write for a key or a word: each leads to one that there is, and is none itself.

use crate::config::{self, FailOn, Level as Severity};
use crate::decode::{Fault, Repair, keys_of};
use crate::manifest::{self, *};
use crate::model::*;
use crate::model::{folded, slip_of};
use crate::source::Source;
use std::collections::{BTreeMap, BTreeSet};

/// The keys of each table by the name of its type, and a header of one.
fn tables() -> BTreeMap<&'static str, (&'static [&'static str], &'static str)> {
    macro_rules! tables {
        ($($name:ident $header:literal,)*) => {
            BTreeMap::from([$((stringify!($name), (keys_of::<$name<'_>>(), $header))),*])
        };
    }
    let mut tables = tables! {
        Manifest "",
        Organization "[organization]",
        Owner "[owners.x]",
        Service "[services.x]",
        UserEntities "[services.x.user-entities]",
        Dependency "[[services.x.depends-on]]",
        Reliance "[[services.x.third-parties]]",
        Claim "[[services.x.claims]]",
        Exclusion "[services.x.exclusion]",
        Identity "[identities.x]",
        Access "[[identities.x.access]]",
        Rotation "[identities.x.rotation]",
        Review "[identities.x.review]",
        Offboarding "[identities.x.offboarding]",
        Monitoring "[identities.x.monitoring]",
        Approval "[identities.x.approval]",
        Privilege "[identities.x.privilege]",
        InteractiveLogin "[identities.x.interactive-login]",
        Oauth "[identities.x.oauth]",
        Agent "[identities.x.agent]",
        Data "[data.x]",
        Report "[reports.x]",
        SystemDescription "[reports.x.system-description]",
        NotRelevant "[[reports.x.not-relevant]]",
        NotedException "[[reports.x.exceptions]]",
        Objective "[reports.x.objectives.x]",
        Cuec "[[reports.x.cuecs]]",
        Subservice "[reports.x.subservice.x]",
        BridgeLetter "[[reports.x.bridge-letter]]",
        Certificate "[certificates.x]",
        ThirdParty "[third-parties.x]",
        Csoc "[[third-parties.x.csocs]]",
        ProviderReport "[[third-parties.x.reports]]",
        ProviderCuec "[[third-parties.x.cuecs]]",
        Control "[controls.x]",
        ControlLink "[[controls.x.reports]]",
        Evidence "[evidence.x]",
        EvidenceRef "[[controls.x.design]]",
        Waiver "[[waivers]]",
    };
    tables.insert("StatedPeriod", (keys_of::<StatedPeriod>(), "[reports.x.period]"));
    tables
}

#[test]
fn every_synonym_leads_to_a_key_that_there_is() {
    let tables = tables();
    let within = [
        ("rotation", "Rotation"),
        ("review", "Review"),
        ("offboarding", "Offboarding"),
        ("monitoring", "Monitoring"),
        ("approval", "Approval"),
        ("privilege", "Privilege"),
        ("interactive-login", "InteractiveLogin"),
        ("oauth", "Oauth"),
        ("agent", "Agent"),
        ("access", "Access"),
        ("user-entities", "UserEntities"),
        ("period", "StatedPeriod"),
    ];
    let mut wrong = Vec::new();
    let mut seen = BTreeMap::new();
    for (table, word, meant) in every_synonym() {
        let (keys, _) = tables.get(table).unwrap_or_else(|| panic!("there is no table {table}"));
        let (outer, inner) = meant
            .split_once('.')
            .map_or((meant, None), |(outer, inner)| (outer, Some(inner)));
        let inner_is_known = inner.is_none_or(|inner| {
            let named = within.iter().find(|(key, _)| *key == outer);
            named.is_some_and(|(_, name)| tables[name].0.contains(&inner))
        });
        if !keys.contains(&outer) || !inner_is_known {
            wrong.push(format!("{table}: {word}: there is no key {meant}"));
        }
        if keys.contains(&word) {
            wrong.push(format!("{table}: {word} is a key itself"));
        }
        if slip_of(word, keys.iter().copied()) == Some(meant) {
            wrong.push(format!(
                "{table}: {word} is a slip of {meant}, which is known without it"
            ));
        }
        if let Some(other) = seen.insert((table, word), meant)
            && table != "Manifest"
        {
            wrong.push(format!("{table}: {word} means {other} and {meant}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen.len() > 500, "{}", seen.len());
}

#[test]
fn every_synonym_is_answered_with_the_key_that_is_meant() {
    let tables = tables();
    let mut wrong = Vec::new();
    for (table, word, meant) in every_synonym() {
        let header = tables[table].1;
        let quoted = format!("\"{word}\"");
        let text = match (table, meant) {
            ("Manifest", "owner" | "namespace") => format!("{quoted} = \"x\"\n"),
            ("Manifest", "organization") => format!("[{quoted}]\n"),
            ("Manifest", "waivers") => format!("[[{quoted}]]\nrule = \"x\"\nsubject = \"y\"\n"),
            ("Manifest", _) => format!("[{quoted}.x]\n"),
            _ => format!("{header}\n{quoted} = true\n"),
        };
        let problems = |text: &str| {
            let source = Source::new("scope.toml".to_owned(), text.to_owned());
            let mut problems = manifest::read(&source).problems;
            problems.retain(|problem| problem.fault == Fault::UnknownKey);
            problems
        };
        let found = problems(&text);
        let [problem] = found.as_slice() else {
            wrong.push(format!("{table}: {word}: {} findings", found.len()));
            continue;
        };
        let Some(Repair::Edits(edits)) = &problem.suggestion else {
            wrong.push(format!("{table}: {word}: no suggestion: {:?}", problem.help));
            continue;
        };
        let mut after = text.clone();
        for (span, with) in edits.iter().rev() {
            after.replace_range(span.range(), with);
        }
        if !problems(&after).is_empty() || !after.contains(meant) {
            wrong.push(format!("{table}: {word}: {meant}:\n{after}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_word_for_another_leads_to_one_that_there_is() {
    macro_rules! lists {
        ($($name:ident,)*) => {
            BTreeMap::from([$((stringify!($name), $name::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>())),*])
        };
    }
    let mut lists = lists! {
        IdentityKind, Credential, Authentication, Environment, Action, RotationMode, Autonomy, ServiceKind, Lifecycle,
        Exposure, FinancialImpact, Tenancy, Scope, Purpose, Category, Influence, Level, Framework, SubjectMatter, Status,
        CertificateStatus, Opinion, Audience, Section, Method, LetterIssuer, Classification, DataKind, Role, CuecStatus,
        Area, EvidenceKind, OwnerKind,
    };
    let of_config = [Severity::Off, Severity::Note, Severity::Warning, Severity::Error].map(Severity::as_str);
    lists.entry("Level").or_default().extend(of_config);
    let of_config = [FailOn::Error, FailOn::Warning, FailOn::Note, FailOn::Never].map(FailOn::as_str);
    lists.insert("FailOn", of_config.to_vec());
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (list, word, meant) in every_word().chain(config::every_word()) {
        let words = lists.get(list).unwrap_or_else(|| panic!("there is no list {list}"));
        if !words.contains(&meant) {
            wrong.push(format!("{list}: {word}: there is no {meant}"));
        }
        if words.iter().any(|known| folded(known) == word) {
            wrong.push(format!("{list}: {word} is a word itself"));
        }
        if folded(word) != word {
            wrong.push(format!("{list}: {word} is compared as {}", folded(word)));
        }
        let is_new = seen.insert((list, word));
        if !is_new && list != "Level" {
            wrong.push(format!("{list}: {word} is listed twice"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
