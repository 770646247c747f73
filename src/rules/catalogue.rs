//! Names of the catalogue that have no rule yet. A waiver may name them already.

const PLANNED: &[&str] = &["waiver-invalid", "required-key-missing"];

/// Whether a name belongs to a rule that is in the catalogue, and not in this version.
pub fn is_planned(name: &str) -> bool {
    PLANNED.contains(&name)
}

/// The names of every rule of the catalogue, here or planned.
pub fn names() -> impl Iterator<Item = &'static str> {
    super::all().map(|rule| rule.name).chain(PLANNED.iter().copied())
}
