//! References that should name evidence but do not, and what to write instead.

use super::Flaw;
use crate::decode::{self, Fault, Repair};
use crate::estate::Estate;
use crate::manifest::{Faulty, Reading, Target, is_web, reading, scheme};
use crate::model::{is_id, shortened};
use crate::source::Place;

impl Estate<'_> {
    /// What the text of an evidence reference is in this estate.
    pub fn reading<'t>(&self, text: &'t str) -> Reading<'t> {
        match reading(text) {
            Reading::Elsewhere { scheme } if !is_web(scheme) && self.is_namespace(scheme) => {
                let rest = text.get(scheme.len() + 1..).unwrap_or_default();
                Reading::Faulty(Faulty::Namespace { name: scheme, rest })
            }
            read => read,
        }
    }

    /// Schemes are case-insensitive, names are not: the written name, or that name in lower case.
    fn is_namespace(&self, name: &str) -> bool {
        let names = &self.namespaces;
        names.find(name).is_some() || names.find(&name.to_ascii_lowercase()).is_some()
    }

    /// The flaw for a text that names no evidence; `near` is the nearest id, and whether it is certainly meant.
    pub(super) fn no_evidence(
        &self,
        place: Place,
        subject: String,
        target: Target,
        text: &str,
        near: Option<(&str, bool)>,
    ) -> Flaw<'static> {
        let quoted = &*shortened(text);
        if let Reading::Faulty(faulty) = self.reading(text) {
            let (message, label, help) = faulty_place(quoted, faulty, target);
            return Flaw::new(Fault::UnknownValue, place, subject, message, label, help);
        }
        let instead = instead(text, |name| self.is_namespace(name));
        if target == Target::Place {
            let message = format!("\"{quoted}\" is not a place");
            let help = match instead {
                Some(help) => help,
                None if is_reference(text) => {
                    format!("{WAYS}; the evidence entry \"{quoted}\" is named where evidence is listed, without `at`")
                }
                None => WAYS.to_owned(),
            };
            let label = "neither a path nor an address".to_owned();
            let mut flaw = Flaw::new(Fault::UnknownValue, place, subject, message, label, help);
            flaw.suggestion = written_as_place(text).map(|place| Repair::Replace(decode::quoted(&place)));
            return flaw;
        }
        let message = format!("there is no evidence entry \"{quoted}\"");
        let label = match near {
            Some((near, _)) => format!("did you mean \"{near}\"?"),
            None => "not declared".to_owned(),
        };
        let help = match (instead, near) {
            (Some(help), _) => help,
            (None, Some((near, _))) if is_reference(text) => format!("write \"{near}\", or declare \"{quoted}\""),
            (None, Some((near, _))) => format!("write \"{near}\""),
            (None, None) if is_reference(text) => {
                format!("declare \"{quoted}\" in a manifest of this estate, or state where the evidence is: {WAYS}")
            }
            (None, None) => format!("name an evidence entry by its id, or state where the evidence is: {WAYS}"),
        };
        let mut flaw = Flaw::new(Fault::UnknownReference, place, subject, message, label, help).about("evidence entry");
        match near {
            Some((near, sure)) => flaw.rename(near, sure),
            None => {
                flaw.suggestion = written_as_place(text).map(|place| Repair::Replace(decode::quoted(&place)));
                flaw
            }
        }
    }
}

/// How a place is written.
const WAYS: &str = "a path begins with `./` or `../` (relative to this manifest's folder) or with `/` (relative to the estate's root), an address with its scheme, as in \"https://wiki.example.com/page\" or \"jira:SEC-1\"";
const FROM_HERE: &str = "state the file relative to this manifest's folder (`./..`) or to the estate's root (`/..`), with `/` between folders: a path of one machine is not a place";

fn faulty_place(quoted: &str, faulty: Faulty<'_>, target: Target) -> (String, String, String) {
    match faulty {
        Faulty::FileScheme { path } => {
            let help = match path_of_this_estate(path) {
                Some(path) => format!("write \"{path}\"; {FROM_HERE}"),
                None => FROM_HERE.to_owned(),
            };
            (
                format!(
                    "\"{quoted}\" is not a place: a file of the repository has no scheme, and no one else can see other files"
                ),
                "a path, without `file:`".to_owned(),
                help,
            )
        }
        Faulty::NoHost { rest } => {
            let meant = rest.trim_start_matches('/');
            let is_host = |text: &str| text.starts_with(char::is_alphanumeric) && text.contains('.');
            let help = if is_host(meant) && !rest.starts_with("//") {
                format!("write \"https://{meant}\"")
            } else {
                "give the whole address, such as \"https://wiki.example.com/page\"".to_owned()
            };
            (
                format!("\"{quoted}\" names no host"),
                "no host after the scheme".to_owned(),
                help,
            )
        }
        Faulty::NothingBehind { scheme } => (
            format!("\"{quoted}\" is only a scheme"),
            format!("nothing follows `{scheme}:`"),
            format!("complete the address, as in \"{scheme}:{}\"", example(scheme)),
        ),
        Faulty::Namespace { name, rest } => {
            let rest = rest.trim_matches('/').trim();
            let help = match target {
                Target::Evidence if is_id(rest) => {
                    format!("write \"{name}/{rest}\" for the evidence entry `{rest}` of that namespace")
                }
                Target::Evidence => format!("an evidence entry of that namespace is named \"{name}/<id>\""),
                _ => "name the place by its path or its `https://` address".to_owned(),
            };
            (
                format!("\"{quoted}\" is not a place: `{name}` is a namespace of this estate, not a scheme"),
                "a namespace, not a scheme".to_owned(),
                help,
            )
        }
    }
}

/// An example of what may follow a scheme.
fn example(scheme: &str) -> &'static str {
    match scheme.to_ascii_lowercase().as_str() {
        "s3" | "gs" | "az" | "abfss" => "//bucket/object",
        "mailto" => "audit@example.com",
        _ => "SEC-1",
    }
}

/// What to write instead of a text that is neither an id nor a place, when that is known.
fn instead(text: &str, is_namespace: impl Fn(&str) -> bool) -> Option<String> {
    let trimmed = text.trim();
    if trimmed != text && !trimmed.is_empty() {
        let short = shortened(trimmed);
        return Some(format!("write \"{short}\", without the surrounding spaces"));
    }
    let quoted = shortened(text);
    if is_of_a_machine(text) {
        return Some(FROM_HERE.to_owned());
    }
    if text.contains('\\') {
        let path = text.replace('\\', "/");
        return path_of_this_estate(&path)
            .map(|path| format!("write \"{}\", with `/` between folders", shortened(&path)));
    }
    if let Some((before, after)) = text.split_once(':') {
        if is_namespace(before) && is_id(after) {
            return Some(format!(
                "write \"{before}/{after}\" for the evidence entry `{after}` of that namespace"
            ));
        }
        if before.contains('@') {
            let page =
                "give the address of a web page with the evidence, as in \"https://git.example.com/team/project\"";
            return Some(format!("readers cannot open an address for `git` or `ssh`: {page}"));
        }
        if let Some((scheme, rest)) = scheme(&text.replace(' ', "")).filter(|_| text.contains(' ')) {
            return Some(format!("write \"{scheme}:{rest}\", without spaces"));
        }
        return None;
    }
    if is_ticket(text) {
        return Some(format!(
            "if this is a ticket, name its tracker, as in \"jira:{quoted}\", or give its address"
        ));
    }
    if text.starts_with("www.") {
        return Some(format!("write \"https://{quoted}\""));
    }
    let first = text.split('/').next().unwrap_or_default();
    let may_be_host = text.contains('/') && first.contains('.') && !first.starts_with('.');
    if may_be_host && !text.contains(char::is_whitespace) {
        return Some(format!(
            "if this is a page, write \"https://{quoted}\"; if it is a file, \"./{quoted}\""
        ));
    }
    if is_like_a_file(text) {
        return path_of_this_estate(text)
            .map(|path| format!("if this is a file, write \"{}\": {WAYS}", shortened(&path)));
    }
    None
}

/// A text that is probably a place, in the form of a place.
fn written_as_place(text: &str) -> Option<String> {
    let trimmed = text.trim();
    if trimmed.len() > 400 || is_of_a_machine(trimmed) {
        return None;
    }
    if crate::manifest::is_place(trimmed) {
        return Some(trimmed.to_owned());
    }
    if trimmed.starts_with("www.") {
        return Some(format!("https://{trimmed}"));
    }
    let path = trimmed.replace('\\', "/");
    let first = path.split('/').next().unwrap_or_default();
    let may_be_host = path.contains('/') && first.contains('.') && !first.starts_with('.');
    (is_like_a_file(&path) && !may_be_host).then(|| path_of_this_estate(&path))?
}

/// A path that is valid on one machine only.
fn is_of_a_machine(text: &str) -> bool {
    let has_drive = text.as_bytes().get(1) == Some(&b':') && text.starts_with(|c: char| c.is_ascii_alphabetic());
    has_drive || text.starts_with("\\\\") || text.starts_with('~') || text.starts_with('$') || text.starts_with('%')
}

/// A path in the form in which it is read as one; `None` when it may be outside the estate, or is empty.
fn path_of_this_estate(path: &str) -> Option<String> {
    let path = path.strip_prefix("./").unwrap_or(path);
    let names_something = path.split('/').any(|part| part.chars().any(char::is_alphanumeric));
    let is_plain = !path.starts_with('/') && !path.contains(':') && !is_of_a_machine(path);
    let prefix = if path.starts_with("../") { "" } else { "./" };
    (names_something && is_plain).then(|| format!("{prefix}{path}"))
}

/// `SEC-1432`: a word in capitals and a number.
fn is_ticket(text: &str) -> bool {
    text.split_once('-').is_some_and(|(project, number)| {
        project.len() >= 2
            && project.starts_with(|c: char| c.is_ascii_uppercase())
            && project
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Whether a text has folders, or ends like a file name.
fn is_like_a_file(text: &str) -> bool {
    if text.contains(['@', '?', '=', '#', '|', '<', '>', '"']) {
        return false;
    }
    let name = text.rsplit('/').next().unwrap_or(text);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let has_ending = ending.is_some_and(|ending| {
        (1..=8).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            && ending.bytes().any(|b| b.is_ascii_alphabetic())
    });
    has_ending || (text.contains('/') && !text.contains(char::is_whitespace) && !is_reference(text))
}

/// Whether a text can name an entity: an id, after a namespace or not.
fn is_reference(text: &str) -> bool {
    match text.split_once('/') {
        Some((namespace, id)) => (namespace.is_empty() || is_id(namespace)) && is_id(id),
        None => is_id(text),
    }
}
