//! Nine services as they are met, each with the argument that a partner of an assurance practice would give for it.

use super::advised;
use crate::model::{Category, Framework, ReportType, SubjectMatter};
use crate::session::Session;
use crate::source::Source;
use crate::standards::Family;
use crate::views::{Because, Dated, Recommendation, ServiceAdvice, State, Weight};
use jiff::civil::date;

fn advice(manifest: &str, service: &str) -> ServiceAdvice {
    let source = Source::new("scope.toml".to_owned(), manifest.to_owned());
    let session = Session::of_texts(vec![source], Vec::new()).expect("no config");
    let (_, advice) = advised(&session);
    assert!(advice.unread.is_empty(), "{:?}", advice.unread);
    let mut services = advice.services.into_iter();
    services
        .find(|one| one.subject == service)
        .unwrap_or_else(|| panic!("{service}"))
}

fn state(advice: &ServiceAdvice, family: Family) -> State {
    advice
        .families
        .iter()
        .find(|one| one.family == family)
        .expect("both")
        .state
}

fn of(advice: &ServiceAdvice, framework: Framework) -> &Recommendation {
    let found = advice.recommendations.iter().find(|one| one.framework == framework);
    found.unwrap_or_else(|| panic!("{framework:?} is not recommended"))
}

fn frameworks(advice: &ServiceAdvice) -> Vec<(Weight, Framework)> {
    advice
        .recommendations
        .iter()
        .map(|one| (one.weight, one.framework))
        .collect()
}

fn says(because: &[Because], text: &str) -> bool {
    because.iter().any(|because| because.text.contains(text))
}

fn cites(because: &[Because], reference: &str) -> bool {
    because.iter().any(|because| because.reference == Some(reference))
}

/// Payroll for US companies. "Net pay goes into the books of each customer; their auditors have to understand the controls
/// here, and rely on how they worked. So SOC 1, type 2, over a period that covers most of a calendar year and ends shortly
/// before December, with objectives, since SEC issuers' auditors map to them. Availability and confidentiality are promised
/// as well, and security teams ask for that: a SOC 2 beside it, with its own populations. The cloud host is carved out."
#[test]
fn payroll_for_us_companies() {
    let advice = advice(
        "\
[services.payroll]
kind = \"payroll-hr\"
financial-impact = \"direct\"
user-entities = { regions = \"us\", sec-issuers = true, fiscal-year-ends = \"12-31\" }
assurance-for = [\"financial-statement-audit\", \"security-due-diligence\"]
commitments = [\"availability\", \"confidentiality\"]
third-parties = \"host\"

[third-parties.host]
role = \"subservice-organization\"
method = \"carve-out\"
",
        "services.payroll",
    );
    assert!(!advice.nothing_missing);
    assert_eq!(
        frameworks(&advice),
        [(Weight::Needed, Framework::Soc1), (Weight::Needed, Framework::Soc2)]
    );
    let soc1 = of(&advice, Framework::Soc1);
    assert!(soc1.also.is_empty());
    assert_eq!(soc1.report_type, Some(ReportType::Two));
    assert!(cites(&soc1.because, "AT-C 320") && cites(&soc1.because, "AU-C 402.17"));
    assert_eq!(soc1.when, Some(Dated::Over(date(2026, 11, 1), date(2027, 10, 31))));
    assert!(!soc1.objectives.is_empty());
    assert!(says(&soc1.carve_out, "`host` is declared as carved out"));
    assert!(says(&soc1.needed, "evidence of its own"));
    let soc2 = of(&advice, Framework::Soc2);
    assert_eq!(
        soc2.categories,
        [Category::Security, Category::Availability, Category::Confidentiality]
    );
    assert!(soc2.also.is_empty());
}

/// A SaaS that stores documents for German hospitals. "No figure of it reaches anyone's ledger: no ISAE 3402. Hospitals
/// entrust patients' data to it; what they need is assurance over security, availability and confidentiality, and German law
/// asks processors of such data for a C5 type 2 attestation, which is an ISAE 3000 report on other criteria. Procurement asks
/// for ISO 27001 first; it is a certificate, and replaces neither."
#[test]
fn documents_for_german_hospitals() {
    let advice = advice(
        "\
[services.archive]
kind = \"saas\"
financial-impact = \"none\"
data = \"patients\"
user-entities = { regions = \"de\" }
assurance-for = \"security-due-diligence\"
commitments = [\"security\", \"availability\", \"confidentiality\"]

[data.patients]
classification = \"restricted\"
kinds = \"special-category\"
",
        "services.archive",
    );
    assert_eq!(state(&advice, Family::Icfr), State::NotNeeded);
    assert_eq!(state(&advice, Family::TrustServices), State::Consider);
    assert!(advice.nothing_missing, "what is only promised is a note");
    let soc2 = of(&advice, Framework::Soc2);
    assert_eq!(
        (soc2.weight, soc2.also.as_slice()),
        (Weight::Consider, &[Framework::Isae3000][..])
    );
    let c5 = of(&advice, Framework::Isae3000);
    assert_eq!(
        (c5.suitable_criteria, c5.subject_matter),
        (Some("C5:2020"), Some(SubjectMatter::Security))
    );
    assert_eq!(c5.report_type, Some(ReportType::Two));
    assert!(says(&c5.because, "section 393 of SGB V"));
    let iso = of(&advice, Framework::Iso27001);
    assert!(says(&iso.would_change, "does not replace a report"));
    let not: Vec<Framework> = advice.not_recommended.iter().map(|one| one.framework).collect();
    assert_eq!(not, [Framework::Soc1, Framework::Isae3402]);
}

/// A data centre with hosted finance systems. "Customers run their ledgers in these rooms: who can walk in matters to their
/// auditors, so general IT controls (physical access, environment, monitoring) are reported under SOC 1 or ISAE 3402. Providers
/// of this kind ordinarily have a SOC 2 as well, because security teams ask the same rooms another question."
#[test]
fn a_data_centre_with_hosted_finance_systems() {
    let advice = advice(
        "\
[services.rooms]
kind = \"datacenter\"
financial-impact = \"itgc-only\"
user-entities = { regions = [\"us\", \"eu\"], fiscal-year-ends = [\"12-31\", \"06-30\"] }
assurance-for = \"itgc-reliance\"
",
        "services.rooms",
    );
    let soc1 = of(&advice, Framework::Soc1);
    assert_eq!(soc1.also, [Framework::Isae3402]);
    let drafts: Vec<&str> = soc1.objectives.iter().map(|(id, _)| *id).collect();
    assert_eq!(drafts, ["physical-access", "environment", "monitoring"]);
    let Some(Dated::Over(from, to)) = soc1.when else {
        panic!("a period");
    };
    assert!(
        crate::calendar::Period { from, to }.lasts_months(12),
        "two year-ends six months apart need a year"
    );
    let soc2 = of(&advice, Framework::Soc2);
    assert_eq!(soc2.weight, Weight::Needed);
    assert!(says(&soc2.because, "providers of hosting"));
}

/// A European cloud provider with global clients. "Auditors in Europe know ISAE 3402, those in the US SOC 1: one engagement,
/// one combined report. Its clients' security teams ask for SOC 2, issued under ISAE 3000 as well. German clients will ask for
/// C5. The ISO certificate that it has is none of these; it shows that there is a management system, so that the trust-services
/// report is to be considered rather than missing."
#[test]
fn a_european_cloud_provider_with_global_clients() {
    let manifest = "\
[services.cloud]
kind = \"iaas\"
financial-impact = \"itgc-only\"
user-entities = { regions = [\"us\", \"de\", \"jp\"], fiscal-year-ends = \"12-31\" }
assurance-for = [\"itgc-reliance\", \"security-due-diligence\"]
commitments = [\"security\", \"availability\"]
claims = \"isms\"

[certificates.isms]
framework = \"iso27001\"
edition = \"2022\"
issued = 2025-03-01
expires = 2028-02-29
covers = \"cloud\"
";
    let advice = advice(manifest, "services.cloud");
    let soc1 = of(&advice, Framework::Soc1);
    assert_eq!(
        (soc1.weight, soc1.also.as_slice()),
        (Weight::Needed, &[Framework::Isae3402][..])
    );
    let soc2 = of(&advice, Framework::Soc2);
    assert_eq!(
        (soc2.weight, soc2.also.as_slice()),
        (Weight::Consider, &[Framework::Isae3000][..])
    );
    assert!(says(&soc2.exists, "`isms` (ISO/IEC 27001 certificate)"));
    assert_eq!(of(&advice, Framework::Isae3000).suitable_criteria, Some("C5:2020"));
    assert!(
        !advice
            .recommendations
            .iter()
            .any(|one| one.framework == Framework::Iso27001)
    );
}

/// An internal control plane with no financial role. "No customer sees it, nobody's books depend on it, nothing is promised:
/// nobody asks for a report of its own. It will be part of the description of whatever runs on it."
#[test]
fn an_internal_control_plane_with_no_financial_role() {
    let advice = advice(
        "[services.plane]\nkind = \"control-plane\"\nexposure = \"internal\"\nfinancial-impact = \"none\"\n",
        "services.plane",
    );
    assert!(advice.nothing_missing && advice.recommendations.is_empty());
    for family in Family::ALL {
        assert_eq!(state(&advice, family), State::NotNeeded);
    }
    assert!(says(&advice.families[0].because, "declared internal"));
}

/// Metering for one's own invoices. "Customers see the figures in an API, and pay by them; but what they book is our invoice,
/// and their auditors test it against contract and payment. It is our revenue, audited by our own auditors. No SOC 1, even
/// though outsiders read the numbers; it would be one if customers billed on from them."
#[test]
fn metering_for_ones_own_invoices() {
    let advice = advice(
        "\
[services.metering]
kind = \"billing\"
exposure = \"external\"
financial-impact = \"own-books\"
assurance-for = \"internal-governance\"
",
        "services.metering",
    );
    assert!(advice.nothing_missing);
    assert_eq!(state(&advice, Family::Icfr), State::NotNeeded);
    let why = &advice
        .not_recommended
        .iter()
        .find(|one| one.framework == Framework::Soc1)
        .expect("it is said")
        .because;
    assert!(
        says(why, "book your invoice") && says(why, "it would be if customers computed"),
        "{why:?}"
    );
}

/// A UK fund administrator under AAF 01/20. "Trustees and auditors of UK funds ask for an AAF 01/20 report; it is an assurance
/// report on control objectives that matter to their financial reporting, issued under ISAE 3000, so it answers as ISAE 3402
/// would. Once it is there nothing is missing; for readers elsewhere, ISAE 3402."
#[test]
fn a_uk_fund_administrator_under_aaf_01_20() {
    let service = "\
[services.funds]
kind = \"fund-administration\"
financial-impact = \"direct\"
user-entities = { regions = \"gb\", fiscal-year-ends = \"03-31\" }
assurance-for = \"statutory-audit\"
";
    let advice_before = advice(service, "services.funds");
    let aaf = of(&advice_before, Framework::Isae3000);
    assert_eq!(aaf.subject_matter, Some(SubjectMatter::FinancialReporting));
    assert!(says(&aaf.because, "AAF 01/20") && says(&aaf.would_change, "ISAE 3402"));
    let Some(Dated::Over(_, to)) = aaf.when else {
        panic!("a period");
    };
    assert!(
        (date(2027, 12, 31)..=date(2028, 3, 31)).contains(&to) || to <= date(2027, 3, 31),
        "{to}"
    );
    let report = "\
[reports.aaf]
framework = \"isae3000\"
subject-matter = \"financial-reporting\"
issued-under = \"AAF 01/20\"
type = 2
period = { from = 2025-04-01, to = 2026-03-31 }
issued = 2026-06-30
auditor = \"Example LLP\"
opinion = \"unmodified\"
covers = \"funds\"
suitable-criteria = \"AAF 01/20\"
";
    let advice_after = advice(&format!("{service}\n{report}"), "services.funds");
    assert!(advice_after.nothing_missing && advice_after.recommendations.is_empty());
    assert_eq!(state(&advice_after, Family::Icfr), State::Covered);
}

/// Software that customers run. "We operate nothing: a SOC report is about a system that a service organization operates.
/// Customers' own controls cover how it runs. How it is developed may be the subject of something else."
#[test]
fn software_that_customers_run() {
    let advice = advice(
        "\
[services.appliance]
kind = \"software\"
exposure = \"self-hosted\"
financial-impact = \"direct\"
commitments = \"security\"
user-entities = { regions = \"us\" }
",
        "services.appliance",
    );
    assert!(advice.nothing_missing && advice.recommendations.is_empty());
    assert!(says(&advice.families[0].because, "customers run it themselves"));
    assert!(says(&advice.answers[2].because, "customers run it themselves"));
}

/// A start-up before its first report. "Customers promise to sign once they see a SOC 2. Nothing has operated for long, so
/// there is nothing to test over a period: type 1 first, some three months from now, then type 2 without a gap."
#[test]
fn a_start_up_before_its_first_report() {
    let advice = advice(
        "\
[services.board]
kind = \"control-plane\"
since = 2026-08-01
financial-impact = \"none\"
commitments = [\"security\", \"availability\"]
assurance-for = \"security-due-diligence\"
user-entities = { regions = \"us\" }
",
        "services.board",
    );
    assert!(!advice.nothing_missing);
    let soc2 = of(&advice, Framework::Soc2);
    assert_eq!((soc2.weight, soc2.report_type), (Weight::Needed, Some(ReportType::One)));
    assert_eq!(soc2.when, Some(Dated::On(date(2027, 1, 31))));
    assert!(soc2.then.is_some_and(|(from, _)| from == date(2027, 2, 1)));
    assert!(says(&soc2.because, "typically two to four months"));
    assert!(
        advice
            .not_recommended
            .iter()
            .any(|one| one.framework == Framework::Iso27001)
    );
}

/// What a waiver suppresses is missing all the same, and said to be waived.
#[test]
fn what_is_waived_is_missing_until_a_day() {
    let advice = advice(
        "\
[services.pay]
financial-impact = \"direct\"

[[waivers]]
rule = \"financial-impact-without-icfr-report\"
subject = \"services.pay\"
reason = \"the report is being tendered for\"
owner = \"ada\"
approved-by = \"grace\"
expires = 2027-01-31
",
        "services.pay",
    );
    assert!(!advice.nothing_missing);
    assert_eq!(advice.families[0].held.as_deref(), Some("waived until 2027-01-31"));
}
