//! `.npmrc`: settings of npm, pnpm and Yarn, of which those of a registry begin with its address.

use super::{add, lines, span};
use crate::discover::{Shows, addresses, written_out};
use crate::source::Span;

/// What stands for npm's own registry, which is meant when no address is set.
const DEFAULT: &str = "npm";

/// A setting as it is written.
struct Setting<'t> {
    start: usize,
    key: &'t str,
    value: &'t str,
}

/// Adds what the settings show, and gives the names in them.
pub fn see(text: &str, shows: &mut Shows) -> Vec<Span> {
    let mut names = Vec::new();
    let settings = settings(text);
    let registry = settings.iter().rev().find(|one| one.key == "registry");
    let default = registry.map_or(Some(DEFAULT), |registry| addresses::host_of(registry.value));
    for one in &settings {
        let (address, name) = match one.key.rsplit_once(':') {
            Some((address, name)) => (Some(address), name),
            None => (None, one.key),
        };
        // `@scope:registry=https://user:password@host/`.
        if name == "registry" {
            names.push(span(one.start, one.key));
            if let Some(host) = addresses::host_of(one.value)
                && addresses::password_of(one.value).is_some()
                && written_out::is_written_out(one.value)
            {
                add(shows, host, span(one.start, one.key));
            }
            continue;
        }
        if !matches!(
            name,
            "_authToken" | "_auth" | "_password" | "username" | "email" | "always-auth"
        ) {
            continue;
        }
        // What is before an `@` may be a password, too.
        let is_plain = address.is_none_or(|address| !address.contains('@'));
        let key = match is_plain {
            true => span(one.start, one.key),
            false => span(one.start + one.key.len() - name.len(), name),
        };
        names.push(key);
        let host = match address {
            Some(address) => address.strip_prefix("//").and_then(addresses::host_of),
            None => default,
        };
        if name.starts_with('_')
            && let Some(host) = host
            && written_out::is_written_out(one.value)
        {
            add(shows, host, key);
        }
    }
    names
}

/// The settings of a file, as npm reads it: what stands under a `[section]` is none of a registry.
fn settings(text: &str) -> Vec<Setting<'_>> {
    let lines = lines(text).take_while(|(_, line)| !line.trim_start().starts_with('['));
    let settings = lines.filter(|(_, line)| !line.trim_start().starts_with(['#', ';']));
    let settings = settings.filter_map(|(start, line)| {
        let (key, value) = line.split_once('=')?;
        Some(Setting {
            start: start + key.len() - key.trim_start().len(),
            key: key.trim(),
            value: plain(value.trim()),
        })
    });
    settings.collect()
}

/// A value without its quotes, or without the comment behind it.
fn plain(value: &str) -> &str {
    for quote in ['"', '\''] {
        let inner = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if let Some(inner) = inner {
            return inner;
        }
    }
    value.split([';', '#']).next().unwrap_or(value).trim_end()
}
