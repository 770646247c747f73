//! Which of the settings are MCP servers.

use jsonc_parser::ast::{Object, ObjectProp, Value};

use super::json::Document;
use crate::source::Span;

/// The servers of a file, each with its name and where that stands.
///
/// They are under `mcpServers` or `servers`; only a file that is about nothing else may have them at its top: of other
/// settings, many have a `command`.
pub fn of<'d>(document: &Document<'_>, root: &'d Object<'_>, is_of_all: bool) -> Vec<(String, Span, &'d Object<'d>)> {
    let mut servers = Vec::new();
    let mut has_list = false;
    for setting in &root.properties {
        let Some((object, (key, _))) = object(setting).zip(document.key(&setting.name)) else {
            continue;
        };
        // One at the top may be called so, too.
        if !matches!(key, "mcpServers" | "servers") || is_server(object) {
            continue;
        }
        has_list = true;
        let is_meant = |one: &Object<'_>| key == "mcpServers" || is_server(one);
        servers.extend(
            object
                .properties
                .iter()
                .filter_map(|one| named(document, one, is_meant)),
        );
    }
    if !has_list && !is_of_all {
        servers.extend(root.properties.iter().filter_map(|one| named(document, one, is_server)));
    }
    servers
}

fn object<'d>(setting: &'d ObjectProp<'_>) -> Option<&'d Object<'d>> {
    match &setting.value {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

fn named<'d>(
    document: &Document<'_>,
    setting: &'d ObjectProp<'_>,
    is_meant: impl Fn(&Object<'_>) -> bool,
) -> Option<(String, Span, &'d Object<'d>)> {
    let server = object(setting).filter(|server| is_meant(server))?;
    let (name, span) = document.key(&setting.name)?;
    // In a locator, a star would mean any.
    let name = name.trim().replace(|c: char| c.is_control() || c == '*', "_");
    (!name.is_empty()).then_some((name, span, server))
}

/// Whether something is started, or called, as a server.
fn is_server(object: &Object<'_>) -> bool {
    let is_text = |key: &str| matches!(object.get(key).map(|setting| &setting.value), Some(Value::StringLit(_)));
    ["command", "url", "httpUrl", "serverUrl"].into_iter().any(is_text)
}
