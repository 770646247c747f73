//! Upcoming findings about third parties.

use super::estate;
use super::horizon::forecast;

/// What is told of one rule until a day.
fn told(text: &str, config: &str, until: &str, rule: &str) -> Vec<String> {
    let root = estate(&[("scope.toml", text), ("soclint.toml", config)]);
    let mut rows = forecast(root.path(), until, &[]);
    rows.retain(|row| row.contains(&format!(" {rule} ")));
    rows
}

#[test]
fn a_vendors_report_ages_and_leaves_our_own_year_uncovered() {
    let vendor = |year_end: &str, period: &str| {
        format!(
            "[organization]\nfiscal-year-end = \"{year_end}\"\n[services.a]\nexposure = \"internal\"\nfinancial-impact = \"own-books\"\nthird-parties = \"erp\"\n\
             [third-parties.erp]\nrole = \"vendor\"\nreports = {{ framework = \"soc1\", type = 2, period = {{ {period} }}, opinion = \"unmodified\" }}\n"
        )
    };
    let told = |text: &str, config: &str, until: &str| told(text, config, until, "vendor-report-unfit");
    let begins = |day: &str| vec![format!("{day} warning vendor-report-unfit third-parties.erp")];
    let of_calendar_year = vendor("06-30", "from = 2025-11-01, to = 2026-10-31");
    assert_eq!(told(&of_calendar_year, "", "2027-06-29"), Vec::<String>::new());
    assert_eq!(told(&of_calendar_year, "", "2027-06-30"), begins("2027-06-30"));
    // By the first day after twelve months: that is in season, and found already.
    assert_eq!(told(&of_calendar_year, "", "2027-12-31"), begins("2027-06-30"));
    let old = vendor("10-31", "from = 2025-01-01, to = 2025-12-31");
    assert_eq!(told(&old, "", "2026-10-30"), Vec::<String>::new());
    // The season is over with February; in between, nothing that is written down tells of it.
    let long = "[rules.vendor-report-unfit]\nlongest = \"36mo\"\n";
    assert_eq!(told(&old, long, "2027-08-01"), begins("2026-10-31"));
    let short = "[rules.vendor-report-unfit]\nlongest = \"36mo\"\nseason = \"1d\"\n";
    assert_eq!(told(&old, short, "2027-08-01"), begins("2026-10-31"));
    let without_year = old.replace("fiscal-year-end = \"10-31\"", "name = \"X\"");
    assert_eq!(told(&without_year, "", "2026-12-31"), Vec::<String>::new());
    assert_eq!(told(&without_year, "", "2027-01-01"), begins("2027-01-01"));
}

#[test]
fn a_processor_is_due_for_review_by_its_last_one_and_by_its_first_cycle() {
    let processor = |line: &str| {
        format!(
            "[data.d]\nkinds = \"personal\"\n[third-parties.mail]\nrole = \"sub-processor\"\ndata = \"d\"\n{line}\n"
        )
    };
    let told = |line: &str, until: &str| told(&processor(line), "", until, "processor-unreviewed");
    let begins = |day: &str| vec![format!("{day} warning processor-unreviewed third-parties.mail")];
    let reviewed = "review = { last = 2026-02-28, every = \"12mo\" }";
    assert_eq!(told(reviewed, "2027-02-28"), Vec::<String>::new());
    assert_eq!(told(reviewed, "2027-03-01"), begins("2027-03-01"));
    let new = "since = 2026-02-15";
    assert_eq!(told(new, "2027-02-14"), Vec::<String>::new());
    assert_eq!(told(new, "2027-02-15"), begins("2027-02-15"));
}

/// The report that has it is too old for that before the other one is, and both are in the end.
#[test]
fn what_a_providers_reports_leave_out_comes_and_goes_on_days_that_nobody_wrote_down() {
    let text = "[services.a]\nexposure = \"internal\"\nthird-parties = { third-party = \"cloud\", uses = \"Search\" }\n\
        [third-parties.cloud]\nrole = \"vendor\"\nreports = [\n\
        { framework = \"soc2\", type = 2, period = { from = 2025-01-01, to = 2025-12-31 }, services = \"Search\" },\n\
        { framework = \"soc2\", type = 2, period = { from = 2025-02-01, to = 2026-01-10 }, services = \"Compute\" },\n]\n";
    let told = |until: &str| told(text, "", until, "provider-service-not-covered");
    let begins = ["2027-01-01 warning provider-service-not-covered third-parties.cloud"];
    assert_eq!(told("2026-12-31"), Vec::<String>::new());
    assert_eq!(told("2027-01-01"), begins);
    assert_eq!(told("2028-12-31"), begins);
}
