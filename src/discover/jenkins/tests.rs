use super::*;
use std::time::{Duration, Instant};

fn ids(text: &str) -> Vec<&str> {
    let path = "Jenkinsfile";
    let shows = see(Input { path, text });
    let seen = shows.sightings.iter();
    seen.map(|one| {
        let id = &text[one.span.range()];
        assert_eq!(one.locator, format!("jenkins-credential:{}", id.trim()));
        id
    })
    .collect()
}

#[test]
fn literal_ids_are_seen() {
    for (text, id) in [
        ("withCredentials([string(credentialsId: 'a', variable: 'X')])", "a"),
        ("git url: 'x', credentialsId: \"a-b\"\nsh 'y'", "a-b"),
        ("git credentialsId :\n  'a'\n", "a"),
        ("[credentialsId: 'a']", "a"),
        ("x(credentialsId: /* which */ 'a' /* this */ , y: 1)", "a"),
        ("[$class: 'X', 'credentialsId': 'a']", "a"),
        ("environment { A = credentials('a') }", "a"),
        ("A = credentials ( \"a.b\" ) // x", "a.b"),
        ("#!/usr/bin/env groovy don't\nA = credentials('a')", "a"),
        ("\u{feff}A = credentials('ü')", "ü"),
        ("x = y =~ /it's/\ncredentials('a')", "a"),
        ("x = a / b; credentials('a'); y = c / d", "a"),
        ("x = $/it's \"/$; credentials('a')", "a"),
        ("sh \"x ${y(\"'\", '}')} '\"; credentials('a')", "a"),
        ("sh '''it's \\''' '''; credentials('a')", "a"),
        ("x 'torn\ncredentials('a')", "a"),
        ("x \"torn ${y\n}\ncredentials('a')", "a"),
        ("'**/*.xml'; credentials('a')", "a"),
        ("git credentialsId: 'a'", "a"),
    ] {
        assert_eq!(ids(text), [id], "{text}");
    }
}

#[test]
fn what_is_no_literal_id_is_not() {
    for text in [
        "// credentialsId: 'a'",
        "/* credentials('a') */",
        "/* never closed credentials('a')",
        "x = \"credentialsId: 'a'\"",
        "sh '''\ncredentials('a')\n'''",
        "sh \"\"\"\n${x} credentialsId: 'a'\n\"\"\"",
        "x = /credentials('a')/",
        "x = $/credentials('a')/$",
        "credentialsId: \"a-${env.B}\"",
        "credentialsId: \"$a\"",
        "credentialsId: 'a$b'",
        "credentialsId: a",
        "credentialsId: 'a' + b, x: 1",
        "credentialsId: 'a'.concat(b)",
        "x(credentialsId: 'a'\n + b)",
        "credentialsId: x ? 'a' : 'b'",
        "x ? credentialsId : 'a'",
        "credentials('a' + b)",
        "credentials('a', 'b')",
        "credentials(name: 'a')",
        "credentials('')",
        "credentials(' ')",
        "credentials('''a''')",
        "credentials 'a'",
        "script.credentials('a')",
        "myCredentials('a'); usesCredentialsId: 'a'",
        "credentialsId = 'a'",
        "credentials('a\\'b')",
        "credentials('a",
        "credentials(",
        "credentials",
        "",
    ] {
        assert_eq!(ids(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn no_shape_takes_more_than_linear_time() {
    for piece in [
        "\"${",
        "/* ",
        "(/",
        "(/\\/",
        "$/",
        "=$/",
        "'",
        "\"",
        "'''",
        "{",
        "credentials('a') ",
        "/",
        "\\",
        "\"\"\"${",
    ] {
        let text = piece.repeat(200_000);
        let start = Instant::now();
        ids(&text);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(60), "{took:?}: {piece}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "(credentials|credentialsId|[ \\n\\\\$`'\"{}()/*:,é🔑a]){0,40}") {
        ids(&text);
    }
}
