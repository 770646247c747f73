//! `docs/locators.md`.

use crate::discover::secret_name;
use crate::model::SourceKind;
use crate::reference::locators::FORMS;
use std::fmt::Write;

const INTRO: &str = "\
# Locators

What discovery sees, and its canonical locator: what `locators` of an identity, `discover.ignore` and `discover.elsewhere`
name. [Discovery](discovery.md) says how they are matched.
";

pub fn markdown() -> String {
    let mut out = INTRO.to_owned();
    for source in SourceKind::ALL {
        let _ = write!(
            out,
            "\n## `{source}`\n\n| seen | canonical locator, an example | has to be declared | also |\n| --- | --- | --- | --- |\n"
        );
        for form in FORMS.iter().filter(|form| form.source == *source) {
            let also: Vec<String> = form.also.iter().map(|also| format!("`{also}`")).collect();
            let seen = form.seen.replace('|', "\\|");
            let _ = writeln!(
                out,
                "| {seen} | `{}` | {} | {} |",
                form.example,
                form.demanded,
                also.join(", ")
            );
        }
    }
    let list = |names: &[&str]| {
        names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let _ = write!(
        out,
        "
## Names of secrets

What takes a secret tells first what it is, then its name. Words of an environment, a region or an encoding at the end, and
numbers there, are put aside.

- A credential, which has to be declared, ends in {}.
- An identifier, which does not, ends in {}.
- Secrets that can only report or post do not either: {}. `discover.well-known = false` turns this list off.
- Where the name of a credential stands before whose it is (`METRICS_API_KEY_MAIN_ACCOUNT`), and of any other name, a note asks
  whether it is a credential.
",
        list(secret_name::CREDENTIAL),
        list(secret_name::IDENTIFIER),
        list(secret_name::WELL_KNOWN),
    );
    out
}
