use super::*;

fn see_at(path: &str, text: &str) -> Shows {
    see(Input { path, text })
}

/// What is seen: the locator, whether it has to be declared, and the names of the literals.
fn seen(path: &str, text: &str) -> Vec<(String, bool, Vec<String>)> {
    let shows = see_at(path, text);
    let slice = |span: Span| text.get(span.range()).unwrap_or("?").to_owned();
    let sightings = shows.sightings.iter().map(|one| {
        let literals = one.facts.iter().filter(|fact| fact.what == What::Literal);
        let literals = literals.map(|fact| slice(fact.span)).collect();
        (one.locator.clone(), one.demand == Demand::Demanded, literals)
    });
    sightings.collect()
}

fn one(locator: &str, is_demanded: bool, literals: &[&str]) -> (String, bool, Vec<String>) {
    let literals = literals.iter().map(|name| (*name).to_owned()).collect();
    (locator.to_owned(), is_demanded, literals)
}

#[test]
fn a_server_is_demanded_when_it_is_given_a_credential() {
    for (server, is_demanded) in [
        (r#"{"command": "npx"}"#, false),
        (
            r#"{"command": "npx", "env": {"GITHUB_TOKEN": "${GITHUB_TOKEN}"}}"#,
            true,
        ),
        (r#"{"command": "npx", "env": {"apiKey": ""}}"#, true),
        (r#"{"command": "npx", "env": {"API_KEY": null}}"#, true),
        (
            r#"{"command": "npx", "env": {"LOG_LEVEL": "debug", "JIRA_URL": "x", "JIRA_USER": "y"}}"#,
            false,
        ),
        (
            r#"{"command": "npx", "env": {"MAX_OUTPUT_TOKENS": "${N}", "USE_KEY": "true", "PIN_KEY": "128000"}}"#,
            false,
        ),
        (
            r#"{"command": "npx", "env": {"CODECOV_TOKEN": "${CODECOV_TOKEN}"}}"#,
            false,
        ),
        (
            r#"{"command": "npx", "env": {"API_KEY": 12, "TOKEN": true, "SECRET": {"a": "b"}}}"#,
            false,
        ),
        (
            r#"{"url": "https://x", "headers": {"Authorization": "Bearer ${T}"}}"#,
            true,
        ),
        (
            r#"{"url": "https://x", "headers": {"X-API-Key": "${input:key}"}}"#,
            true,
        ),
        (r#"{"url": "https://x", "headers": {"cookie": "a=${T}"}}"#, true),
        (r#"{"url": "https://x", "headers": {"X-MCP-Toolsets": "repos"}}"#, false),
        (
            r#"{"command": "npx", "args": ["x", "--header", "Authorization: Bearer ${T}"]}"#,
            true,
        ),
        (
            r#"{"command": "npx", "args": ["x", "--header", "Authorization:${T}"]}"#,
            true,
        ),
        (r#"{"command": "npx", "args": ["x", "--header=X-Api-Key: ${T}"]}"#, true),
        (
            r#"{"command": "curl", "args": ["-H", "Authorization: Bearer ${T}", "x"]}"#,
            true,
        ),
        (
            r#"{"command": "npx", "args": ["--header", "Accept: text/plain", "--header"]}"#,
            false,
        ),
        (
            r#"{"command": "npx", "args": ["--header", 3, "Authorization: x", "Authorization: y"]}"#,
            false,
        ),
    ] {
        let text = format!(r#"{{"mcpServers": {{"s": {server}}}}}"#);
        let seen = seen(".mcp.json", &text);
        assert_eq!(seen, [one("mcp:s", is_demanded, &[])], "{server}");
    }
}

#[test]
fn what_is_written_out_is_a_fact_at_its_name() {
    let text = r#"{
        // The token of "ada": h7Gk29dLmPq81xZz
        "servers": {
            "a": {"command": "npx", "env": {"GITHUB_TOKEN": "ghp_h7Gk29dLmPq81xZz", "OTHER_TOKEN": "<token>"}},
            "b": {"url": "https://x", "headers": {"Authorization": "Bearer h7Gk29dLmPq81xZz"}},
            "c": {"command": "npx", "args": ["--header", "X-Key: h7Gk29dLmPq81xZz", "-H=H-Key : h7Gk29dLmPq81xZz", "--header=Cookie: \"h7Gk29dLmPq81xZz\""]},
            "d": {"command": "npx", "args": ["--header", "Authorization:${AUTH}"], "env": {"AUTH": "Bearer h7Gk29dLmPq81xZz"}},
            "e": {"command": "npx", "env": {"GOOGLE_APPLICATION_CREDENTIALS": "./keys/deploy-2026.json"}},
        },
    }"#;
    assert_eq!(
        seen(".vscode/mcp.json", text),
        [
            one("mcp:a", true, &["GITHUB_TOKEN"]),
            one("mcp:b", true, &["Authorization"]),
            one(
                "mcp:c",
                true,
                &["X-Key", "H-Key", r#"--header=Cookie: \"h7Gk29dLmPq81xZz\""#]
            ),
            one("mcp:d", true, &["AUTH"]),
            one("mcp:e", true, &[]),
        ]
    );
    let shows = see_at(".vscode/mcp.json", text);
    let masked = crate::discover::masked(text.to_owned(), &shows);
    assert!(!masked.contains("h7Gk29dLmPq81xZz"), "{masked}");
    for kept in ["GITHUB_TOKEN", "Authorization", "X-Key*", "${AUTH}", "\"env\""] {
        assert!(masked.contains(kept), "{kept}: {masked}");
    }
}

#[test]
fn servers_are_where_servers_are_set_up() {
    let server = r#"{"command": "npx"}"#;
    for (path, text, names) in [
        (
            ".mcp.json",
            format!(r#"{{"a": {server}, "b": {{"url": "https://x"}}, "c": {{"x": 1}}, "d": "npx"}}"#),
            &["a", "b"][..],
        ),
        (".mcp.json", format!(r#"{{"mcpServers": {{}}, "a": {server}}}"#), &[]),
        (".mcp.json", format!(r#"{{"servers": {server}}}"#), &["servers"]),
        (
            ".mcp.json",
            format!(r#"{{"servers": {{"a": {server}, "b": {{"gallery": true}}}}, "inputs": []}}"#),
            &["a"],
        ),
        (
            ".mcp.json",
            format!(r#"{{"mcpServers": {{"a": {{}}}}, "servers": {{"b": {server}}}}}"#),
            &["a", "b"],
        ),
        (
            ".mcp.json",
            format!(r#"{{"mcpServers": {{" a ": {server}, "": {server}, "*": {server}, "x y": {server}}}}}"#),
            &["a", "_", "x y"],
        ),
        (
            ".claude/settings.json",
            format!(r#"{{"statusLine": {server}, "hooks": {{"a": {server}}}}}"#),
            &[],
        ),
        (
            "a/.gemini/settings.json",
            format!(r#"{{"mcpServers": {{"a": {server}}}, "tool": {server}}}"#),
            &["a"],
        ),
        (".mcp.json", "[]".to_owned(), &[]),
        (".mcp.json", String::new(), &[]),
    ] {
        let seen: Vec<String> = see_at(path, &text)
            .sightings
            .into_iter()
            .map(|one| one.locator)
            .collect();
        let names: Vec<String> = names.iter().map(|name| format!("mcp:{name}")).collect();
        assert_eq!(seen, names, "{text}");
    }
}

#[test]
fn an_agents_own_settings_make_it_one_when_they_give_it_a_credential() {
    for (env, expected) in [
        (
            r#"{"ANTHROPIC_API_KEY": "sk-ant-h7Gk29dLmPq81xZz"}"#,
            Some(&["ANTHROPIC_API_KEY"][..]),
        ),
        (r#"{"ANTHROPIC_API_KEY": "$KEY"}"#, Some(&[])),
        (
            r#"{"ANTHROPIC_API_KEY": "", "CLAUDE_CODE_MAX_OUTPUT_TOKENS": "64000", "MAX_THINKING_TOKENS": "31999"}"#,
            None,
        ),
        (r#"{"AWS_REGION": "eu-central-1", "DISABLE_TELEMETRY": "1"}"#, None),
    ] {
        let text = format!(r#"{{"env": {env}}}"#);
        let expected = expected.map(|literals| one("agent:claude", true, literals));
        assert_eq!(seen(".claude/settings.json", &text), Vec::from_iter(expected), "{env}");
    }
    assert_eq!(seen(".mcp.json", r#"{"env": {"API_KEY": "h7Gk29dLmPq81xZz"}}"#), []);
}

#[test]
fn what_is_no_json_is_told_and_hidden() {
    for (text, why) in [
        (
            "{\"servers\": {\n  \"a\": hunter2-and-more=\n",
            "it is not JSON from here on, and nothing of it was read",
        ),
        (
            "{\"servers\": {}} {}",
            "it is not JSON from here on, and nothing of it was read",
        ),
        (
            "servers: {a: 1}",
            "it is not JSON from here on, and nothing of it was read",
        ),
        (
            "\u{feff}{\"servers\": \"ü",
            "it is not JSON from here on, and nothing of it was read",
        ),
    ] {
        let shows = see_at(".mcp.json", text);
        assert_eq!(shows.unread.len(), 1, "{text}: {shows:?}");
        let unread = &shows.unread[0];
        assert_eq!(unread.why, why, "{text}");
        assert!(shows.partial && text.get(unread.span.range()).is_some(), "{text}");
        let masked = crate::discover::masked(text.to_owned(), &shows);
        assert!(!masked.contains(char::is_alphanumeric), "{masked}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let long = format!("[{}1]", "1,".repeat(300_000));
    for (text, why) in [
        (deep, "it is nested deeper than 64 levels"),
        (long, "it has more than 250,000 values"),
    ] {
        let shows = see_at(".mcp.json", &text);
        assert_eq!(shows.unread.first().map(|unread| unread.why.as_str()), Some(why));
    }
    let just = format!(r#"{{"mcpServers": {}{}}}"#, "[".repeat(63), "]".repeat(63));
    assert!(see_at(".mcp.json", &just).unread.is_empty());
}

#[test]
fn places_count_a_byte_order_mark_and_characters_of_many_bytes() {
    let text = "\u{feff}{\"mcpServers\": {\"ü\": {\"command\": \"ü\", \"args\": [\"--header\", \"ü: x\", \"-H\", \"🔑-Token: h7Gk29dLmPq81xZz\"]}}}";
    assert_eq!(seen(".mcp.json", text), [one("mcp:ü", true, &["🔑-Token"])]);
    let spans = see_at(".mcp.json", text).literals;
    assert!(spans.iter().all(|span| text.get(span.range()).is_some()), "{spans:?}");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic_or_show_a_place_that_is_none(
        parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..40),
    ) {
        let text = parts.concat();
        for path in [".mcp.json", ".claude/settings.json"] {
            let shows = see_at(path, &text);
            let of_facts = shows.sightings.iter().flat_map(|one| one.facts.iter().map(|fact| fact.span));
            let spans = shows.sightings.iter().map(|one| one.span).chain(of_facts);
            let spans = spans.chain(shows.literals.iter().copied()).chain(shows.unread.iter().map(|part| part.span));
            for span in spans {
                proptest::prop_assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
            }
            let masked = crate::discover::masked(text.clone(), &shows);
            proptest::prop_assert_eq!(masked.len(), text.len());
            if !shows.is_empty() {
                proptest::prop_assert!(!masked.contains("h7Gk29dLmPq81xZz"), "{}", masked);
            }
        }
    }
}

const PARTS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\"mcpServers\":{",
    "\"s\":{",
    "\"command\":\"npx\",",
    "\"env\":{",
    "\"A_TOKEN\":\"h7Gk29dLmPq81xZz\"",
    "\"headers\":{",
    "\"args\":[",
    "\"--header\",",
    "\"Cookie: h7Gk29dLmPq81xZz\"",
    "\"--header=X-Key: \\u0041h7Gk29dLmPq81xZz\",",
    "${A}",
    "//",
    "/*",
    "*/",
    "\n",
    "ü",
    "\u{feff}",
    " ",
    "1",
    "null",
    "}}}",
    "]}}}",
];
