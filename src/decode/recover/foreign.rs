//! Lines of another language.

use super::syntax_error::SyntaxError;

/// What a line that is not TOML begins, and how long.
pub fn syntax_error(statement: &str, start: usize) -> Option<SyntaxError> {
    let line = statement.lines().next()?;
    let lead = line.len() - line.trim_start_matches(['\u{feff}', ' ', '\t']).len();
    let shown = line.trim_end();
    let at = start + lead..start + shown.len().max(lead);
    let (what, help) = if is_yaml(line) {
        (
            "this is YAML",
            "a manifest is TOML: an entity has a header, `[services.ledger]`, and each key an equals sign, `title = \"..\"`",
        )
    } else if is_json(statement) {
        (
            "this is JSON",
            "a manifest is TOML: an entity has a header, `[services.ledger]`, and each key its own line, `title = \"..\"`",
        )
    } else if is_block(line) {
        (
            "this is a block of HCL",
            "a manifest is TOML: an entity has a header, `[services.ledger]`, with its keys on the lines below and no braces around them",
        )
    } else {
        return None;
    };
    let mut error = SyntaxError::new(what, at);
    error.help = Some(help.to_owned());
    error.message = format!("{what}, and not TOML");
    Some(error)
}

/// `key: value`, `key:`, `- element` or `---`.
pub fn is_yaml(line: &str) -> bool {
    let line = line.trim_start_matches('\u{feff}').trim();
    if line == "---" || line.starts_with("- ") {
        return true;
    }
    let Some((key, behind)) = line.split_once(':') else {
        return false;
    };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '"' | '\'' | ' ');
    !key.trim().is_empty() && key.chars().all(is_name) && (behind.is_empty() || behind.starts_with([' ', '\t']))
}

fn is_json(statement: &str) -> bool {
    let inner = statement.trim().strip_prefix('{').map(str::trim_start);
    let Some(inner) = inner.and_then(|inner| inner.strip_prefix('"')) else {
        return false;
    };
    inner
        .split_once('"')
        .is_some_and(|(_, behind)| behind.trim_start().starts_with(':'))
}

/// `service "payroll" {`
fn is_block(line: &str) -> bool {
    let Some(head) = line.trim().strip_suffix('{') else {
        return false;
    };
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '"' | ' ' | '.');
    let head = head.trim_start_matches('\u{feff}').trim();
    head.starts_with(|c: char| c.is_alphabetic()) && head.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::syntax_error;

    #[test]
    fn another_language_is_called_by_its_name() {
        for (text, what) in [
            ("services:\n", Some("this is YAML")),
            ("  title: Payroll engine\n", Some("this is YAML")),
            ("- id: payroll\n", Some("this is YAML")),
            ("---\n", Some("this is YAML")),
            ("\"title\": \"x\",\n", Some("this is YAML")),
            ("{ \"services\": { } }\n", Some("this is JSON")),
            ("{\n  \"services\" : 1\n}\n", Some("this is JSON")),
            ("service \"payroll\" {\n}\n", Some("this is a block of HCL")),
            ("locals {\n", Some("this is a block of HCL")),
            ("oops\n", None),
            ("a::b\n", None),
            ("http://x\n", None),
            ("}\n", None),
            ("{ a = 1 }\n", None),
        ] {
            assert_eq!(
                syntax_error(text, 0).map(|error| error.label).as_deref(),
                what,
                "{text}"
            );
        }
    }
}
