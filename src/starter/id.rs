//! Ids for what a repository names in its own way.

use crate::model::is_id;

/// The nearest id: letters and digits of other scripts, and all that separates words, become a hyphen.
pub fn id_of(name: &str) -> String {
    let mut id = String::new();
    for c in name.chars() {
        let is_allowed = c.is_ascii_alphanumeric() || (matches!(c, '.' | '_') && !id.is_empty());
        if is_allowed {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches(['-', '.', '_']);
    if is_id(id) { id.to_owned() } else { "service".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_the_nearest_id() {
        for (name, id) in [
            ("payroll", "payroll"),
            ("My Repo!", "My-Repo"),
            ("Größe & mehr", "Gr-e-mehr"),
            (".dotfiles", "dotfiles"),
            ("_x.y_z-", "x.y_z"),
            ("日本語", "service"),
            ("", "service"),
        ] {
            assert_eq!(id_of(name), id, "{name}");
            assert!(is_id(&id_of(name)));
        }
    }
}
