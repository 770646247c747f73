use super::*;
use crate::discover::Power;
use crate::model::{Duration, IdentityKind};

const ACCOUNT: &str = "terraform:google_service_account.ci";

#[test]
fn an_account_its_keys_and_its_grants_are_one() {
    let text = r#"
resource "google_service_account" "ci" {
  account_id = "ci"
  project    = "payroll"
}
resource "time_rotating" "monthly" { rotation_days = 30 }
resource "google_service_account_key" "by_name" {
  service_account_id = google_service_account.ci.name
  keepers = { rotated = time_rotating.monthly.rotation_rfc3339 }
}
resource "google_service_account_key" "by_email" {
  service_account_id = "projects/payroll/serviceAccounts/ci@payroll.iam.gserviceaccount.com"
}
resource "google_service_account_key" "by_path" {
  service_account_id = "projects/x/serviceAccounts/${google_service_account.ci.email}"
}
resource "google_project_iam_member" "owner" {
  role   = "roles/owner"
  member = "serviceAccount:${google_service_account.ci.email}"
}
resource "google_project_iam_binding" "editor" {
  role    = "roles/editor"
  members = ["user:a@b.c", google_service_account.ci.member]
}
resource "google_folder_iam_member" "each" {
  for_each = toset(["roles/viewer", "roles/owner"])
  role     = each.key
  member   = "serviceAccount:ci@payroll.iam.gserviceaccount.com"
}
"#;
    let shows = shows(text);
    assert_eq!(locators(&shows), [ACCOUNT]);
    let account = of(&shows, ACCOUNT)[0];
    assert_eq!(account.also, ["ci@payroll.iam.gserviceaccount.com"]);
    assert_eq!(account.suggests.kind, Some(IdentityKind::ServiceAccount));
    assert_eq!(account.demand, Demand::Demanded);
    let owner = What::Power(Power::Administrator, "roles/owner".to_owned());
    assert_eq!(
        facts(text, &shows, ACCOUNT),
        [
            (
                "\"google_service_account_key\" \"by_name\"",
                What::StaticCredential("a service account key")
            ),
            (
                "time_rotating.monthly.rotation_rfc3339",
                What::RotatedEvery(Duration::days(30))
            ),
            (
                "\"google_service_account_key\" \"by_email\"",
                What::StaticCredential("a service account key")
            ),
            (
                "\"google_service_account_key\" \"by_path\"",
                What::StaticCredential("a service account key")
            ),
            ("\"roles/owner\"", owner.clone()),
            ("\"roles/editor\"", What::Power(Power::Broad, "roles/editor".to_owned())),
            ("\"roles/owner\"", owner),
        ]
    );
}

#[test]
fn what_is_not_literal_stays_open() {
    let text = r#"
resource "google_service_account" "a" {
  account_id = "a"
  project    = var.project
}
resource "google_service_account" "b" { account_id = "b-${var.stage}" }
resource "google_service_account_key" "c" { service_account_id = data.google_service_account.x.name }
resource "google_service_account_key" "d" { service_account_id = "a@other.iam.gserviceaccount.com" }
data "google_service_account" "x" { account_id = "x" }
resource "google_project_iam_member" "a" {
  role   = var.role
  member = "serviceAccount:${google_service_account.a.email}"
}
resource "google_storage_bucket_iam_member" "a" {
  role   = "roles/owner"
  member = "serviceAccount:${google_service_account.a.email}"
}
resource "google_project_iam_member" "users" {
  role   = "roles/owner"
  member = "user:x@example.com"
}
resource "google_project_iam_member" "agent" {
  role   = "roles/editor"
  member = "serviceAccount:service-1@gcp-sa-x.iam.gserviceaccount.com"
}
"#;
    let shows = shows(text);
    assert_eq!(
        locators(&shows),
        [
            "terraform:google_service_account.a",
            "terraform:google_service_account.b",
            "terraform:google_service_account_key.c",
        ]
    );
    assert_eq!(
        of(&shows, "terraform:google_service_account.a")[0].also,
        ["a@*.iam.gserviceaccount.com"]
    );
    assert!(of(&shows, "terraform:google_service_account.b")[0].also.is_empty());
}

#[test]
fn an_account_of_elsewhere_is_shown_by_its_email() {
    let shows = shows(
        "resource \"google_project_iam_member\" \"a\" {\n role = \"roles/owner\"\n member = \"serviceAccount:ci@far.iam.gserviceaccount.com\"\n}\n",
    );
    assert_eq!(demand(&shows, "ci@far.iam.gserviceaccount.com"), Some(Demand::Shown));
}

#[test]
fn secrets_are_shown_with_their_rotation() {
    let text = "resource \"google_secret_manager_secret\" \"s\" {\n  secret_id = \"s\"\n  rotation {\n    rotation_period = \"2592000s\"\n  }\n}\n";
    let shows = shows(text);
    let secret = "terraform:google_secret_manager_secret.s";
    assert_eq!(demand(&shows, secret), Some(Demand::Shown));
    assert_eq!(
        facts(text, &shows, secret),
        [
            (
                "\"google_secret_manager_secret\" \"s\"",
                What::Store("gcp-secret-manager")
            ),
            ("\"2592000s\"", What::RotatedEvery(Duration::days(30))),
        ]
    );
}
