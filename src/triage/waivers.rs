//! Waivers: which of them are valid, what each suppresses, and what is wrong with the others.

use crate::config::Settings;
use crate::decode::{Field, Val};
use crate::estate::{Estate, OwnerName};
use crate::manifest::Waiver;
use crate::model::{Date, Locator, NamespaceId, Text};
use crate::rules;
use crate::source::{FileId, Place};

/// How the subject begins that is seen, and declared by no identity.
const SEEN: &str = "seen(";

/// Text that a waiver states, and where.
#[derive(Debug, Clone)]
pub struct Word {
    /// The text, as it is read.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A waiver as it is declared, in a manifest or in a config.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The `[[waivers]]` that it is.
    pub place: Place,
    /// Whether that is a config, and no manifest.
    pub in_config: bool,
    /// Which of the waivers of its file it is; not certain when some of them could not be read.
    pub index: Option<usize>,
    /// Where its names are looked up.
    pub(crate) namespace: NamespaceId,
    /// The rule whose findings it suppresses.
    pub rule: Word,
    /// As it is written.
    pub subject: Word,
    /// As it is matched: with its namespace, if it has one.
    pub resolved: String,
    /// Why it is accepted.
    pub reason: Option<Word>,
    /// Its owner.
    pub owner: Option<Word>,
    /// Who approved it.
    pub approved_by: Option<Word>,
    /// Its last day, and where that stands.
    pub expires: Option<(jiff::civil::Date, Place)>,
    /// Where it is dealt with.
    pub ticket: Option<Word>,
    /// Whether a part of it could not be read, which is reported there: then it suppresses nothing.
    pub unread: bool,
}

impl Declared {
    /// The path by which findings about the waiver itself name it.
    pub fn path(&self) -> String {
        format!("waivers({}, {})", self.rule.text, self.resolved)
    }

    /// A name that it states, as an owner of the estate.
    pub(crate) fn named(&self, word: &Word) -> OwnerName {
        (self.namespace, word.text.clone())
    }

    /// Whether it takes in everything, or a whole table. A namespace is a bound, if it is known how it begins.
    pub fn is_broad(&self) -> bool {
        let written = self.subject.text.trim_start_matches('/');
        if let Some(seen) = written.strip_prefix(SEEN) {
            let locator = Locator::read(seen.trim_end_matches(')'));
            return locator.is_none_or(|locator| !locator.is_bounded());
        }
        let says_something = |part: &str| part.contains(|c| c != '*');
        match written.split_once('/') {
            Some((namespace, _)) => namespace.is_empty() || namespace.starts_with('*'),
            None => !written.split_once('.').is_some_and(|(_, id)| says_something(id)),
        }
    }
}

/// Every waiver that names a rule and a subject, in the order of the files.
pub fn declared(estate: &Estate<'_>, settings: &Settings<'_>) -> Vec<Declared> {
    let files = (0_u32..).map(FileId).zip(&estate.files);
    let in_manifests = files.flat_map(|(file, facts)| {
        let waivers = facts.waivers.iter().enumerate();
        waivers.filter_map(move |(index, waiver)| {
            let index = Some(index).filter(|_| !facts.waivers.damaged);
            read(estate, waiver, (file, index), facts.namespace, false)
        })
    });
    let in_configs = settings
        .waivers()
        .filter_map(|(file, index, waiver)| read(estate, waiver, (file, index), NamespaceId::UNNAMED, true));
    in_manifests.chain(in_configs).collect()
}

fn read(
    estate: &Estate<'_>,
    waiver: &Val<Waiver<'_>>,
    (file, index): (FileId, Option<usize>),
    namespace: NamespaceId,
    in_config: bool,
) -> Option<Declared> {
    let body = &waiver.value;
    let word = |val: &Val<Text<'_>>| Word {
        text: val.value.as_str().to_owned(),
        place: Place { file, span: val.span },
    };
    // Blank is as good as nothing.
    let stated = |field: &Field<Text<'_>>| field.known().filter(|text| text.value.says_something()).map(word);
    let subject = word(body.subject.known()?);
    let resolved = match (subject.text.strip_prefix('/'), estate.namespaces.name(namespace)) {
        // What is seen is in no namespace.
        _ if subject.text.starts_with(SEEN) => subject.text.clone(),
        (Some(unnamed), _) => unnamed.to_owned(),
        (None, "") => subject.text.clone(),
        (None, _) if subject.text.contains('/') => subject.text.clone(),
        (None, name) => format!("{name}/{}", subject.text),
    };
    let is_unread = |field: &Field<Text<'_>>| field.is_unknown();
    let expires = |date: &Val<Date>| (date.value.0, Place { file, span: date.span });
    Some(Declared {
        place: Place {
            file,
            span: waiver.span,
        },
        in_config,
        index,
        namespace,
        rule: Word {
            text: rules::current(&body.rule.known()?.value).to_owned(),
            ..word(body.rule.known()?)
        },
        subject,
        resolved,
        reason: body.reason.known().filter(|text| text.value.explains()).map(word),
        owner: stated(&body.owner),
        approved_by: stated(&body.approved_by),
        expires: body.expires.known().map(expires),
        ticket: stated(&body.ticket),
        unread: body.expires.is_unknown()
            || [&body.reason, &body.owner, &body.approved_by, &body.ticket]
                .into_iter()
                .any(is_unread),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn is_broad(subject: &str) -> bool {
        let place = Place {
            file: FileId(0),
            span: Span::default(),
        };
        let word = |text: &str| Word {
            text: text.to_owned(),
            place,
        };
        let waiver = Declared {
            place,
            in_config: false,
            index: None,
            namespace: NamespaceId::UNNAMED,
            rule: word("stale-report"),
            subject: word(subject),
            resolved: subject.to_owned(),
            reason: None,
            owner: None,
            approved_by: None,
            expires: None,
            ticket: None,
            unread: false,
        };
        waiver.is_broad()
    }

    #[test]
    fn a_subject_is_broad_when_it_bounds_neither_the_namespace_nor_the_id() {
        for broad in [
            "*",
            "/*",
            "**",
            "identities.*",
            "/identities.*",
            "ident*",
            "*.*",
            "*/*",
            "*/identities.deployer",
            "*a*/*",
            "*a/*",
            "**a/identities.deployer",
            "/*a*/services.b",
            "*-eu/identities.pay-*",
            "seen(*)",
            "seen(*",
            "seen(github-secret:*)",
            "seen(k8s:*/*)",
            "seen(git*)",
            "/seen(*)",
        ] {
            assert!(is_broad(broad), "{broad}");
        }
        for narrow in [
            "identities.deployer",
            "identities.pay-*",
            "*.deployer",
            "legacy/*",
            "legacy/identities.*",
            "pay*/services.*",
            "p*/*",
            "p*y*/identities.*",
            "seen(github-secret:NPM_*)",
            "seen(terraform:infra/*)",
            "seen(k8s:pay/*)",
        ] {
            assert!(!is_broad(narrow), "{narrow}");
        }
    }
}
