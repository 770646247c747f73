//! `soclint page`: one file for everyone, and one for customers.

use crate::cases::project;
use crate::tool::{AS_OF, copied_estate, run, soclint, stderr, stdout, write};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Output;

const ESTATES: [&str; 5] = [
    "brackwater-custody",
    "corrowmere-stores",
    "quillmarsh-payroll",
    "talervik-pay",
    "unusual-but-right",
];

fn estate(name: &str) -> PathBuf {
    project().join("fixtures/estates").join(name)
}

fn page(root: &Path, args: &[&str]) -> Output {
    let mut command = soclint();
    command
        .arg("page")
        .args(args)
        .args(["--as-of", AS_OF, "--root"])
        .arg(root);
    run(&mut command)
}

/// The page of an estate of which everything can be read.
fn html(root: &Path, args: &[&str]) -> String {
    let output = page(root, args);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

fn written(manifest: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", manifest);
    root
}

/// What stands between the first of one text and the next of another.
fn between<'h>(html: &'h str, from: &str, to: &str) -> &'h str {
    let (_, rest) = html.split_once(from).unwrap_or_else(|| panic!("there is no {from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("there is no {to}")).0
}

fn chapter<'h>(html: &'h str, id: &str) -> &'h str {
    between(html, &format!("id=\"{id}\">"), "</section>")
}

/// As someone reads it.
fn read(html: &str) -> String {
    let mut out = String::new();
    let mut is_markup = false;
    for c in html.replace("<wbr>", "").chars() {
        match c {
            '<' => is_markup = true,
            '>' => is_markup = false,
            c if !is_markup => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

fn decoded(base64: &str) -> Vec<u8> {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = base64
        .trim_end_matches('=')
        .chars()
        .map(|c| format!("{:06b}", letters.find(c).expect("a letter")))
        .collect();
    let bytes = bits.as_bytes().chunks_exact(8);
    bytes
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).expect("digits"), 2).expect("a byte"))
        .collect()
}

#[test]
fn the_policy_lets_in_this_style_and_this_script_and_nothing_else() {
    for args in [&[][..], &["--for", "customer"]] {
        let html = html(&estate("quillmarsh-payroll"), args);
        let policy = between(&html, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        for (directive, element) in [("style-src", "style"), ("script-src", "script")] {
            assert_eq!(html.matches(&format!("<{element}>")).count(), 1, "{element}");
            let text = between(&html, &format!("<{element}>"), &format!("</{element}>"));
            let digest = between(policy, &format!("{directive} 'sha256-"), "'");
            assert_eq!(decoded(digest), Sha256::digest(text.as_bytes()).to_vec(), "{element}");
        }
        for loads in [
            " src=", "@import", "url(", " style=", " onclick", "<iframe", "<img", "srcset", "fetch(",
        ] {
            assert!(!html.contains(loads), "{loads}");
        }
        assert_eq!(html.matches("<link ").count(), 1, "an icon of nothing");
        assert!(html.contains("<link rel=\"icon\" href=\"data:,\">"));
    }
}

#[test]
fn the_same_files_give_the_same_bytes_and_a_bundled_estate_less_than_a_megabyte() {
    for name in ESTATES {
        let output = page(&estate(name), &["--horizon", "1d"]);
        // What an estate gets wrong on purpose cannot be read as a whole, and that is said first.
        let is_whole = !stdout(&output).contains("<strong>Incomplete.</strong>");
        assert_eq!(output.status.code(), Some(i32::from(!is_whole)), "{name}");
        assert!(output.stdout.len() < 1_000_000, "{name}: {}", output.stdout.len());
    }
    let (_one, copy) = copied_estate("quillmarsh-payroll");
    let (_other, another) = copied_estate("quillmarsh-payroll");
    assert!(
        html(&copy, &["--horizon", "1mo"]) == html(&another, &["--horizon", "1mo"]),
        "the same files give another page"
    );
}

#[test]
fn every_chapter_is_there_and_says_what_the_other_views_say() {
    let html = html(&estate("quillmarsh-payroll"), &[]);
    let ids: Vec<&str> = html
        .split("<section ")
        .skip(1)
        .map(|section| between(section, " id=\"", "\""))
        .collect();
    assert_eq!(
        ids,
        [
            "about",
            "summary",
            "services",
            "timeline",
            "identities",
            "third-parties",
            "controls",
            "findings",
            "suppressed",
            "upcoming",
            "files"
        ]
    );
    for id in &ids {
        assert!(
            html.contains(&format!("<a href=\"#{id}\">")),
            "{id} is not in the contents"
        );
    }
    let of = |id: &str| read(chapter(&html, id));
    assert!(of("about").contains("no audit, no assurance report and no certificate"));
    assert!(of("services").contains("covered by a declared report"));
    assert!(of("files").contains("company.scope.toml"));
    let rows = |args: &[&str]| {
        let output = run(soclint()
            .args(args)
            .args(["--as-of", AS_OF, "--format", "json", "--root"])
            .arg(estate("quillmarsh-payroll")));
        let document: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        document
    };
    let services = rows(&["inventory", "services"]);
    let services = services["services"].as_array().expect("rows");
    assert!(services.len() > 5);
    for service in services {
        let subject = service["subject"].as_str().expect("a path");
        assert!(html.contains(&format!("id=\"{subject}\"")), "{subject}");
        for report in service["covered-by"].as_array().expect("a list") {
            assert!(
                of("services").contains(report.as_str().expect("a name")),
                "{subject}: {report}"
            );
        }
    }
    let (_, body) = html.split_once("<body>").expect("a body");
    let shown = read(body);
    for word in ["✓", "✔", "✅", "score", "compliant", "verified", "passed"] {
        assert!(!shown.contains(word), "{word}");
    }
}

const HOSTILE: &str = r#"
[organization]
name = "</title></style><script>owned()</script> شركة"
[services.pay]
title = "<script>owned()</script>"
owner = "\" onmouseover=\"owned()"
financial-impact = "direct"
claims = "soc1"
[services.late]
title = "a\u202Eb\u200Bc &lt;b&gt;"
owner = "财务团队"
[reports.soc1]
framework = "soc1"
type = 2
period = { from = 2025-07-01, to = 2026-06-30 }
issued = 2026-08-15
auditor = "<img src=x onerror=owned()>"
opinion = "unmodified"
covers = "pay"
[[waivers]]
rule = "unclaimed-service"
subject = "services.late"
reason = "</td></table><h1>`owned`</h1> javascript:owned()"
owner = "o"
approved-by = "<b>b</b>"
expires = 2026-12-31
"#;

#[test]
fn a_hostile_name_is_text() {
    let root = written(HOSTILE);
    for args in [
        &[][..],
        &[
            "--for",
            "customer",
            "--contact",
            "javascript:owned()//\"><script>owned()</script>",
        ],
    ] {
        let html = html(root.path(), args);
        for element in ["<script", "</script", "<style", "</style", "<title", "<h1", "<main"] {
            assert_eq!(html.matches(element).count(), 1, "{element}");
        }
        for markup in [
            "<img",
            "<b>",
            "\" onmouseover",
            "href=\"javascript",
            "\u{202e}",
            "\u{200b}",
        ] {
            assert!(!html.contains(markup), "{markup}");
        }
        assert!(read(&html).contains("<script>owned()</script>"), "it is shown as it is");
    }
    let html = html(root.path(), &[]);
    // Whichever way it is written, what stands beside it stays where it is; and what would turn it is written out.
    assert!(html.contains("<bdi>财务团队</bdi>") && html.contains("شركة</bdi>: what"));
    assert!(html.contains("a\\u{202e}b\\u{200b}c &amp;lt;b&amp;gt;"));
    let page_box = between(&html, "@bottom-left{content:\"", "\"");
    assert!(
        page_box.starts_with("\\3c \\2f title\\3e ") && !page_box.contains('<'),
        "{page_box}"
    );
}

const CUSTOMERS: &str = r#"
namespace = "wares"
owner = "PLANTED-team"
[organization]
name = "Acme"
[owners.PLANTED-team]
kind = "team"
members = "PLANTED-person"
contact = "PLANTED-contact"
[owners.PLANTED-person]
kind = "person"
[services.pay]
title = "Acme Pay"
description = "PLANTED-description"
financial-impact = "direct"
claims = "soc1"
third-parties = "PLANTED-host"
depends-on = "PLANTED-inner"
data = "PLANTED-data"
[services.PLANTED-inner]
exposure = "internal"
title = "PLANTED-internal"
[services.PLANTED-gone]
lifecycle = "retired"
[services.PLANTED-try]
lifecycle = "experimental"
[services.bare]
title = "Acme Bare"
[data.PLANTED-data]
classification = "restricted"
[identities.PLANTED-bot]
kind = "bot"
[reports.soc1]
framework = "soc1"
type = 2
period = { from = 2025-07-01, to = 2026-06-30 }
issued = 2026-08-15
auditor = "Example LLP"
opinion = "qualified"
affected = "PLANTED-objective"
remediation = "PLANTED-remediation"
covers = "pay"
audience = ["user-entity", "prospect-nda"]
bridge-letter = { period = { from = 2026-07-01, to = 2026-09-30 }, evidence = "./PLANTED-letter.md" }
system-description = { evidence = "./PLANTED-description.md" }
cuecs = { id = "PLANTED-cuec", text = "PLANTED-expected" }
exceptions = { about = "PLANTED-objective", text = "PLANTED-exception" }
[reports.soc1.objectives.PLANTED-objective]
text = "PLANTED-text"
controls = "PLANTED-control"
[reports.PLANTED-planned]
framework = "soc2"
type = 2
status = "planned"
covers = "pay"
period = { from = 2026-10-01, to = 2027-09-30 }
[controls.PLANTED-control]
title = "PLANTED-title"
reports = "soc1"
design = "./PLANTED-design.md"
operating = "PLANTED-evidence"
[evidence.PLANTED-evidence]
kind = "log"
at = "./PLANTED-log.csv"
[third-parties.PLANTED-host]
title = "PLANTED-provider"
supports = "pay"
review = { last = 2026-06-01, every = "1y", evidence = "./PLANTED-review.md" }
[[third-parties.PLANTED-host.reports]]
framework = "soc1"
type = 2
period = { from = 2024-01-01, to = 2024-12-31 }
[[waivers]]
rule = "unclaimed-service"
subject = "services.bare"
reason = "PLANTED-reason"
owner = "PLANTED-team"
approved-by = "PLANTED-person"
expires = 2026-12-31
"#;

#[test]
fn customers_see_products_and_reports_and_nothing_else() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), ".git/HEAD", "ref: refs/heads/main\n");
    write(root.path(), "PLANTED-folder/scope.toml", CUSTOMERS);
    let job = |args: &[&str]| {
        let output = run(soclint()
            .args(["page", "--as-of", AS_OF, "--root"])
            .arg(root.path())
            .args(args)
            .env("GITHUB_SERVER_URL", "https://github.example.com")
            .env("GITHUB_REPOSITORY", "acme/PLANTED-repository")
            .env("GITHUB_SHA", "0123456789abcdef0123456789abcdef01234567"));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let own = job(&[]);
    // Each of what is planted is on the page for ourselves, so that its absence on the other says something.
    let planted = [
        "team",
        "person",
        "inner",
        "internal",
        "gone",
        "bot",
        "objective",
        "cuec",
        "expected",
        "exception",
    ];
    let more = [
        "text",
        "planned",
        "control",
        "title",
        "design.md",
        "evidence",
        "log.csv",
        "host",
        "provider",
        "reason",
    ];
    for name in planted.iter().chain(&more).chain(&["folder", "repository"]) {
        assert!(
            read(&own).contains(&format!("PLANTED-{name}")) || own.contains(&format!("PLANTED-{name}")),
            "{name}"
        );
    }
    let linked = job(&["--for", "customer", "--contact", "https://example.com/trust"]);
    assert!(chapter(&linked, "asking").contains("<a href=\"https://example.com/trust\">"));
    for args in [
        &["--for", "customer"][..],
        &["--for", "customer", "--contact", "trust@example.com"],
    ] {
        let customer = job(args);
        for hidden in [
            "PLANTED",
            "PLAN<",
            "wares",
            "scope.toml",
            "unclaimed-service",
            "2024-12-31",
            "2027-09-30",
        ] {
            assert!(!customer.contains(hidden), "{hidden}: {}", read(&customer));
        }
        assert!(
            !customer.contains("github.example.com"),
            "the job's own pages tell where things are"
        );
        let products = read(chapter(&customer, "products"));
        for shown in [
            "Acme Pay",
            "SOC 1 type 2",
            "2025-07-01 to 2026-06-30",
            "bridge letter for 2026-07-01 to 2026-09-30",
            "2026-08-15",
            "Example LLP",
            "qualified",
            "on request; it is given to those who use the service and those who may become customers, under a confidentiality agreement",
            "Acme Bare",
            "no declared report or certificate",
        ] {
            assert!(products.contains(shown), "{shown}: {products}");
        }
        let asking = read(chapter(&customer, "asking"));
        match args.len() {
            2 => assert!(asking.contains("Ask whoever is your contact at Acme."), "{asking}"),
            _ => assert!(asking.contains("trust@example.com"), "{asking}"),
        }
    }
}

#[test]
fn every_fact_links_to_its_declaration() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), ".git/HEAD", "ref: refs/heads/main\n");
    write(root.path(), "soclint.toml", "");
    write(root.path(), "a b/scope.toml", CUSTOMERS);
    for (base, expected) in [
        (
            "https://git.example.com/x/blob/main",
            "https://git.example.com/x/blob/main/a%20b/scope.toml#L12",
        ),
        ("../src/", "../src/a%20b/scope.toml#L12"),
    ] {
        let html = html(root.path(), &["--link-base", base]);
        let services = chapter(&html, "services");
        assert!(services.contains(&format!("<a href=\"{expected}\">")), "{services}");
        // Each row ends with the place of what it is about.
        let rows: Vec<&str> = html.split("<tr").filter(|row| row.contains("<td")).collect();
        let linked = rows
            .iter()
            .filter(|row| row.contains(&base.trim_end_matches('/').to_owned()));
        let without = ["files", "owners"].map(|kind| {
            let table = html
                .split_once(&format!("<table class=\"{kind}\""))
                .map_or("", |(_, rest)| rest);
            table
                .split("</table>")
                .next()
                .unwrap_or_default()
                .matches("<tr><td")
                .count()
        });
        assert_eq!(linked.count() + without.iter().sum::<usize>(), rows.len());
    }
    for refused in [
        "javascript:alert(1)",
        "//evil.example",
        "data:text/html,x",
        "file:///etc",
        "",
        "https://a.example/\"x",
    ] {
        let output = page(root.path(), &["--link-base", refused]);
        assert_eq!(output.status.code(), Some(2), "{refused}");
        assert!(stderr(&output).contains("https: or http:"), "{}", stderr(&output));
    }
    let plain = html(root.path(), &[]);
    assert!(read(chapter(&plain, "services")).contains("a b/scope.toml:12") && !plain.contains("scope.toml#L12"));
}

#[test]
fn of_more_than_two_thousand_rows_a_chapter_shows_what_is_open() {
    let mut manifest = String::from("owner = \"team\"\n");
    for at in 0..2_100 {
        let kind = if at % 100 == 0 {
            "kind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"source-code\"\n"
        } else {
            "kind = \"service-account\"\ncredential = \"provider-managed\"\nprovider = \"aws\"\nretired = 2020-01-01\noffboarding = { revoked = 2020-01-01 }\n"
        };
        manifest.push_str(&format!("[identities.of-{at}]\n{kind}"));
    }
    let root = written(&manifest);
    let html = html(root.path(), &["--horizon", "1d"]);
    let identities = chapter(&html, "identities");
    let rows = identities.matches("<tr id=").count();
    assert!((21..2_000).contains(&rows), "{rows}");
    assert!(
        identities.contains("id=\"identities.of-100\"") && !identities.contains("identities.of-101\""),
        "only what is open"
    );
    let said = read(identities);
    assert!(
        said.contains(&format!("Only what is open is shown: {rows} rows are here, of 2100")),
        "{said}"
    );
    assert!(said.contains("All of them: soclint inventory identities."));
    let summary = read(chapter(&html, "summary"));
    assert!(
        summary.contains(&format!("2100, of which {rows} have something open")),
        "{summary}"
    );
}

#[test]
fn what_could_not_be_read_is_said_at_the_head() {
    let root = written("[services.pay]\ntitle = \"Pay\"\nexposure = \"external\"\nclaims = [\n");
    let output = page(root.path(), &[]);
    assert_eq!(output.status.code(), Some(1), "it is not all");
    let html = stdout(&output);
    let head = read(between(&html, "<header>", "</header>"));
    assert!(
        head.contains("Incomplete. 1 file was not read as a whole") && head.contains("scope.toml"),
        "{head}"
    );
    let customer = stdout(&page(root.path(), &["--for", "customer"]));
    let head = read(between(&customer, "<header>", "</header>"));
    assert!(
        head.contains("1 file was not read as a whole") && !head.contains("scope.toml"),
        "{head}"
    );
}

#[test]
fn a_page_is_written_where_it_is_asked_for_and_over_no_manifest() {
    let root = written("[services.pay]\n");
    let into = |file: &str| {
        let file = root.path().join(file);
        let output = page(root.path(), &["--output", file.to_str().expect("a path")]);
        (output.status.code(), std::fs::read_to_string(file).unwrap_or_default())
    };
    let (status, text) = into("page.html");
    assert_eq!(status, Some(0));
    assert!(text.starts_with("<!DOCTYPE html>") && text.ends_with("</html>\n"));
    let (status, text) = into("scope.toml");
    assert_eq!((status, text.as_str()), (Some(2), "[services.pay]\n"));
}
