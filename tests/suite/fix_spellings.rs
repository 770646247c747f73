//! What `--fix` writes: spellings, quotes, a header's quotes, a slip in a key; and what it leaves alone.

use soclint::{Choice, Session, Source};

fn once(text: &str) -> Option<String> {
    let source = Source::new("scope.toml".to_owned(), text.to_owned());
    let session = Session::of_texts(vec![source], Vec::new()).expect("no config");
    let checked = session.check(jiff::civil::date(2026, 10, 1), &Choice::default());
    checked.fixed().into_iter().next().map(|one| one.text)
}

fn fixed(text: &str) -> String {
    let mut last = text.to_owned();
    for _ in 0..20 {
        match once(&last) {
            Some(next) => last = next,
            None => return last,
        }
    }
    panic!("fixing does not end: {text}");
}

#[test]
fn spellings_become_canonical() {
    for (before, after) in [
        ("kind = \"Managed Service\"", "kind = \"managed-service\""),
        ("exposure = 'Internal'", "exposure = \"internal\""),
        (
            "tenancy = \"SINGLE_PURPOSE\" # why",
            "tenancy = \"single-purpose\" # why",
        ),
        ("since = \"2023-03-01\"", "since = 2023-03-01"),
        ("since = '2023-03-01' # then", "since = 2023-03-01 # then"),
        (
            "user-entities = { regions = [\"US\", \"us_ca\"] }",
            "user-entities = { regions = [\"us\", \"us-ca\"] }",
        ),
        (
            "assurance-for = [\"Security Due Diligence\"]",
            "assurance-for = [\"security-due-diligence\"]",
        ),
    ] {
        let text = |line: &str| format!("[services.a]\n{line}\ntitle = \"A\"\n");
        assert_eq!(fixed(&text(before)), text(after));
    }
}

#[test]
fn a_slip_in_a_key_whose_value_fits_goes_whatever_the_value_is_written_like() {
    for (before, after) in [
        ("exposrue = \"Internal\"", "exposure = \"internal\""),
        ("Since = \"2023-03-01\"", "since = 2023-03-01"),
        ("lifecylce = \"prod\"", "lifecycle = \"production\""),
        (
            "assurance_for = [\"Internal Governance\"]",
            "assurance-for = [\"internal-governance\"]",
        ),
        (
            "user_entities = { regions = \"US\" }",
            "user-entities = { regions = \"us\" }",
        ),
        ("tenanci = \"single-purpose\"", "tenancy = \"single-purpose\""),
    ] {
        let text = |line: &str| format!("[services.a]\n{line}\ntitle = \"A\"\n");
        assert_eq!(fixed(&text(before)), text(after));
    }
}

#[test]
fn a_second_fact_gets_its_own_key() {
    for (before, after) in [
        (
            "[reports.a]\nframework = \"SOC 2 Type II\" # ours\nstatus = \"planned\"\n",
            "[reports.a]\ntype = 2\nframework = \"soc2\" # ours\nstatus = \"planned\"\n",
        ),
        (
            "[reports.a]\r\n  framework = 'soc1 type 1'\r\n",
            "[reports.a]\r\n  type = 1\r\n  framework = \"soc1\"\r\n",
        ),
        (
            "[reports.a]\nframework = \"ISAE 3402 (Type 2)\"\ntype = \"II\"\n",
            "[reports.a]\nframework = \"isae3402\"\ntype = 2\n",
        ),
        (
            "reports.a.framework = \"SOC 2 Type 2\"\n",
            "reports.a.type = 2\nreports.a.framework = \"soc2\"\n",
        ),
        (
            "[third-parties.host]\nreports = [{ framework = \"SOC 2 Type 2\", opinion = \"unmodified\" }]\n",
            "[third-parties.host]\nreports = [{ framework = \"soc2\", type = 2, opinion = \"unmodified\" }]\n",
        ),
        (
            "[certificates.a]\nframework = \"ISO/IEC 27001:2022\"\n",
            "[certificates.a]\nedition = \"2022\"\nframework = \"iso27001\"\n",
        ),
        (
            "[certificates.a]\nframework = \"ISO 27701:2019\"\nedition = \"2019\"\n",
            "[certificates.a]\nframework = \"iso27701\"\nedition = \"2019\"\n",
        ),
    ] {
        assert_eq!(fixed(before), after);
    }
}

#[test]
fn an_id_with_dots_gets_its_quotes_in_each_header() {
    for (before, after) in [
        (
            "[third-parties.example.com]\nrole = \"vendor\"\n",
            "[third-parties.\"example.com\"]\nrole = \"vendor\"\n",
        ),
        (
            "[reports.soc1.2026]\nframework = \"soc1\"\n[reports.soc1.2026.objectives.CO1]\ntext = \"x\"\n",
            "[reports.\"soc1.2026\"]\nframework = \"soc1\"\n[reports.\"soc1.2026\".objectives.CO1]\ntext = \"x\"\n",
        ),
        (
            "\u{feff}[ evidence . scan . 2026 ] # x\r\nkind = \"log\"\r\n",
            "\u{feff}[ evidence . \"scan.2026\" ] # x\r\nkind = \"log\"\r\n",
        ),
        (
            "[services.api.v1]\ntitle = \"1\"\n[services.api.v2]\ntitle = \"2\"\n",
            "[services.\"api.v1\"]\ntitle = \"1\"\n[services.\"api.v2\"]\ntitle = \"2\"\n",
        ),
        (
            "[data.'pay'.grade]\nclassification = \"public\"\n",
            "[data.\"pay.grade\"]\nclassification = \"public\"\n",
        ),
    ] {
        assert_eq!(fixed(before), after);
    }
}

#[test]
fn what_might_mean_something_else_stays() {
    let stays = [
        // Another word, or two slips.
        "[services.a]\nlocation = \"us\"\nexposure = \"internal\"\n",
        "[services.a]\nexposre-s = \"internal\"\n",
        "[identities.a]\nkind = \"bot\"\nlocation = { every = \"90d\" }\n",
        "[identities.a]\nkind = \"bots\"\n",
        "[services.a]\nlifecycle = \"producton\"\n",
        // A value that the right key does not take.
        "[services.a]\nexposrue = 3\n",
        "[services.a]\nlifecylce = \"nothing\"\n",
        "[services.a]\nsinc = \"some day\"\n",
        "[identities.a]\nkind = \"bot\"\nrotaton = \"90d\"\n",
        "[services.a]\nTitle = [\"x\"]\n",
        // A key that is there already.
        "[services.a]\ntitle = \"x\"\nTitle = \"y\"\n",
        // What is contradicted, or has no key to go to.
        "[reports.a]\nframework = \"SOC 2 Type II\"\ntype = 1\n",
        "[certificates.a]\nframework = \"ISO 27001:2022\"\nedition = \"2013\"\n",
        "[reports.a]\nframework = \"soc2 type 2\"\ntype = [2]\n",
        // A table of an entity, or of an id of its own.
        "[services.a.settings]\ndebug = true\n",
        "[evidence.scan]\nkind = \"log\"\n[evidence.scan.2026]\nkind = \"log\"\n",
        // Dates that are none.
        "[services.a]\nsince = \"2023-02-29\"\n",
        "[services.a]\nsince = \"01.03.2023\"\n",
        // Another report, another rule, another region.
        "[services.a]\nclaims = \"soc1-us\"\n[reports.soc1-eu]\nframework = \"soc1\"\n",
        "[services.a]\nclaims = \"soc1-2025\"\n[reports.soc1-2026]\nframework = \"soc1\"\n",
        "[services.a]\ndepends-on = \"ledgr\"\n[services.ledger]\nexposure = \"internal\"\n",
        "[services.a]\ndepends-on = \"pay-roll\"\n[services.pay_roll]\n[services.payroll]\n",
        "[[waivers]]\nrule = \"stale-reports\"\nsubject = \"reports.a\"\n",
        "[services.a]\nuser-entities = { regions = \"europe\" }\n",
        // Curly quotes may be part of a text.
        "[services.a]\nexposure = “internal”\n",
    ];
    for text in stays {
        assert_eq!(fixed(text), text);
    }
}

#[test]
fn references_and_rules_take_case_and_hyphens() {
    for (before, after) in [
        ("depends-on = \"Ledger\"", "depends-on = \"ledger\""),
        ("depends-on = ['LEDGER']", "depends-on = ['ledger']"),
        ("third-parties = \"cloud_host\"", "third-parties = \"cloud-host\""),
        (
            "depends-on = [{ service = \"led-ger\" }]",
            "depends-on = [{ service = \"ledger\" }]",
        ),
        ("depends-on = \"/Ledger\"", "depends-on = \"/ledger\""),
    ] {
        let text = |line: &str| {
            format!(
                "[services.a]\nexposure = \"internal\"\n{line}\n[services.ledger]\nexposure = \"internal\"\n[third-parties.cloud-host]\nrole = \"vendor\"\n"
            )
        };
        assert_eq!(fixed(&text(before)), text(after));
    }
    let waiver = "[[waivers]]\nrule = \"Stale_Report\"\nsubject = \"reports.a\"\nreason = \"r\"\nowner = \"a\"\napproved-by = \"b\"\nexpires = 2026-12-01\n";
    assert_eq!(fixed(waiver), waiver.replace("Stale_Report", "stale-report"));
}
