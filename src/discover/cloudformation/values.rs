//! Values of a template: what is literal, and what the functions in them refer to.

use crate::discover::yaml::Node;

/// A function and what it is given, in its short or its long form: `!Ref x`, `{Ref: x}`, `{Fn::Sub: x}`.
pub fn call<'n, 't>(node: Node<'n, 't>) -> Option<(&'n str, Node<'n, 't>)> {
    if let Some(tag) = node.tag().filter(|tag| !tag.starts_with("!!")) {
        return Some((tag.trim_start_matches('!'), node));
    }
    let mut entries = node.own_entries();
    let (key, value) = entries.next()?;
    if entries.next().is_some() {
        return None;
    }
    let name = key.text()?;
    let is_function = matches!(name, "Ref" | "Condition") && value.text().is_some();
    name.strip_prefix("Fn::")
        .or(is_function.then_some(name))
        .map(|name| (name, value))
}

/// A scalar that stands for itself.
pub fn literal<'n>(node: Node<'n, '_>) -> Option<&'n str> {
    let text = node.text().filter(|text| !text.is_empty())?;
    (call(node).is_none() && !text.contains("{{") && !text.contains("${")).then_some(text)
}

/// The nodes of a list; a single one is a list of one.
pub fn each<'n, 't>(node: Node<'n, 't>) -> Vec<Node<'n, 't>> {
    match call(node).is_none() && node.is_list() {
        true => node.items().collect(),
        false => vec![node],
    }
}

/// The nodes of a list under a key.
pub fn each_of<'n, 't>(node: Node<'n, 't>, key: &str) -> Vec<Node<'n, 't>> {
    node.get(key).map(each).unwrap_or_default()
}

/// The logical id of the resource that a value refers to, by its name or its ARN.
pub fn referred<'n>(node: Node<'n, '_>) -> Option<&'n str> {
    let (function, given) = call(node)?;
    let id = match function {
        "Ref" => given.text()?,
        "GetAtt" => match given.text() {
            Some(text) => text.split('.').next()?,
            None => given.items().next()?.text()?,
        },
        "Sub" => {
            let inner = given.text()?.strip_prefix("${")?.strip_suffix('}')?;
            inner.split('.').next()?
        }
        _ => return None,
    };
    Some(id)
}

/// A text with its holes as `${Name}`, of which `${AWS::Partition}` is one.
pub fn flat(node: Node<'_, '_>) -> Option<String> {
    let Some((function, given)) = call(node) else {
        return node.text().map(str::to_owned);
    };
    match function {
        "Sub" => Some(template(given)?.to_owned()),
        "Join" => {
            let mut given = given.items();
            let delimiter = given.next().and_then(literal_or_empty)?;
            let parts = given.next().filter(|parts| call(*parts).is_none())?;
            let parts: Vec<String> = parts.items().map(part).collect();
            Some(parts.join(delimiter))
        }
        _ => None,
    }
}

fn literal_or_empty<'n>(node: Node<'n, '_>) -> Option<&'n str> {
    node.text().filter(|_| call(node).is_none())
}

fn template<'n>(given: Node<'n, '_>) -> Option<&'n str> {
    given.text().or_else(|| given.items().next()?.text())
}

/// One that is joined, without going further down than this.
fn part(node: Node<'_, '_>) -> String {
    match call(node) {
        None => node.text().unwrap_or("${}").to_owned(),
        Some(("Sub", given)) => template(given).unwrap_or("${}").to_owned(),
        Some(("Ref", given)) => format!("${{{}}}", given.text().unwrap_or_default()),
        Some(_) => "${}".to_owned(),
    }
}
