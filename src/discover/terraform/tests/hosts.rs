use super::*;
use crate::discover::Rank;
use crate::model::{Credential, IdentityKind};

#[test]
fn secrets_of_ci_go_by_their_names() {
    let text = r#"
resource "github_actions_secret" "a" {
  secret_name     = "npm_token"
  plaintext_value = "hunter22"
}
resource "github_actions_organization_secret" "b" {
  secret_name = "SONAR"
  value       = var.sonar
}
resource "github_dependabot_secret" "c" {
  secret_name     = "STATE_BUCKET"
  plaintext_value = aws_s3_bucket.x.bucket
}
resource "github_actions_secret" "d" {
  secret_name     = "DEPLOY_ROLE_ARN"
  plaintext_value = module.role.arn
}
resource "github_actions_secret" "e" {
  secret_name     = "CODECOV_TOKEN"
  plaintext_value = var.codecov
}
resource "github_actions_secret" "f" {
  secret_name     = "X_${var.name}"
  plaintext_value = var.x
}
resource "github_actions_environment_secret" "g" {
  environment     = "production"
  secret_name     = "DEPLOY_KEY"
  plaintext_value = var.x
}
"#;
    let shows = shows(text);
    let all: Vec<_> = shows
        .sightings
        .iter()
        .map(|sighting| (sighting.locator.as_str(), sighting.rank, sighting.demand))
        .collect();
    assert_eq!(
        all,
        [
            ("github-secret:NPM_TOKEN", Rank::Credential, Demand::Demanded),
            ("github-secret:SONAR", Rank::Unclassified, Demand::AskedFor),
            ("github-secret:STATE_BUCKET", Rank::Identifier, Demand::Shown),
            ("github-secret:DEPLOY_ROLE_ARN", Rank::Identifier, Demand::Shown),
            ("github-secret:CODECOV_TOKEN", Rank::LowStake, Demand::Shown),
            ("github-secret:DEPLOY_KEY", Rank::Credential, Demand::Demanded),
        ]
    );
    assert_eq!(slice(text, shows.sightings[0].span), "\"npm_token\"");
    assert_eq!(slice(text, shows.literals[0]), "\"hunter22\"");
    assert!(shows.same.is_empty());
    assert_eq!(
        facts(text, &shows, "github-secret:DEPLOY_KEY"),
        [
            ("\"DEPLOY_KEY\"", What::StaticCredential("a secret")),
            ("\"DEPLOY_KEY\"", What::Store("github-actions")),
            ("\"production\"", What::Environment("production".to_owned())),
        ]
    );
    assert_eq!(
        of(&shows, "github-secret:DEPLOY_KEY")[0].also,
        ["github-secret:production/DEPLOY_KEY"]
    );
}

#[test]
fn a_secret_that_holds_a_key_is_one_with_it() {
    let text = r#"
resource "aws_iam_user" "u" { name = "u" }
resource "aws_iam_access_key" "k" { user = aws_iam_user.u.name }
resource "google_service_account_key" "g" { service_account_id = var.x }
resource "azuread_application" "app" { display_name = "x" }
resource "azuread_application_password" "p" { application_id = azuread_application.app.id }
resource "tls_private_key" "t" { algorithm = "ED25519" }
resource "github_repository_deploy_key" "d" { key = tls_private_key.t.public_key_openssh }
resource "github_actions_secret" "id" {
  secret_name     = "AWS_ACCESS_KEY_ID"
  plaintext_value = aws_iam_access_key.k.id
}
resource "github_actions_secret" "mail" {
  secret_name     = "SMTP"
  plaintext_value = "${aws_iam_access_key.k.ses_smtp_password_v4}"
}
resource "github_actions_secret" "google" {
  secret_name     = "GCP"
  plaintext_value = base64decode(google_service_account_key.g.private_key)
}
resource "github_actions_secret" "azure" {
  secret_name     = "AZURE"
  plaintext_value = jsonencode({ clientSecret = azuread_application_password.p.value })
}
resource "github_actions_secret" "deploy" {
  secret_name     = "DEPLOY"
  plaintext_value = tls_private_key.t.private_key_openssh
}
resource "github_actions_secret" "each" {
  for_each        = { FIRST = aws_iam_access_key.k.secret, SECOND = aws_s3_bucket.b.id }
  secret_name     = each.key
  plaintext_value = each.value
}
resource "github_actions_secret" "status" {
  secret_name     = "STATUS"
  plaintext_value = aws_iam_access_key.k.status
}
"#;
    let shows = shows(text);
    let same: Vec<_> = shows.same.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(
        same,
        [
            ("github-secret:AWS_ACCESS_KEY_ID", "terraform:aws_iam_user.u"),
            ("github-secret:SMTP", "terraform:aws_iam_user.u"),
            ("github-secret:GCP", "terraform:google_service_account_key.g"),
            ("github-secret:AZURE", "terraform:azuread_application.app"),
            ("github-secret:DEPLOY", "terraform:github_repository_deploy_key.d"),
            ("github-secret:FIRST", "terraform:aws_iam_user.u"),
        ]
    );
    for (secret, _) in same {
        assert_eq!(demand(&shows, secret), Some(Demand::Demanded), "{secret}");
    }
    assert_eq!(demand(&shows, "github-secret:SECOND"), Some(Demand::AskedFor));
    assert_eq!(demand(&shows, "github-secret:STATUS"), Some(Demand::AskedFor));
    assert!(
        !locators(&shows)
            .iter()
            .any(|locator| locator.contains("tls_private_key"))
    );
}

#[test]
fn deploy_keys_and_tokens_are_demanded() {
    let text = r#"
resource "github_repository_deploy_key" "a" { key = var.key }
resource "gitlab_deploy_key" "b" { key = var.key }
resource "gitlab_deploy_token" "c" { name = "c" }
resource "gitlab_project_access_token" "d" { name = "d" }
resource "gitlab_group_access_token" "e" { name = "e" }
"#;
    let shows = shows(text);
    assert_eq!(shows.sightings.len(), 5);
    for sighting in &shows.sightings {
        assert_eq!(sighting.demand, Demand::Demanded);
        assert_eq!(sighting.suggests.kind, Some(IdentityKind::ApiKey));
        assert!(matches!(sighting.facts[0].what, What::StaticCredential(_)));
    }
    assert_eq!(
        of(&shows, "terraform:gitlab_deploy_key.b")[0].suggests.credential,
        Some(Credential::KeyPair)
    );
    assert_eq!(
        of(&shows, "terraform:gitlab_deploy_token.c")[0].suggests.credential,
        Some(Credential::StaticSecret)
    );
}
