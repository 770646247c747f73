use super::*;
use crate::discover::{Power, Rank};
use crate::model::{Authentication, Credential, Duration, IdentityKind};

const USER: &str = "terraform:aws_iam_user.deployer";

#[test]
fn a_user_and_what_belongs_to_it_are_one() {
    let text = r#"
resource "aws_iam_user" "deployer" {
  name = "deployer"
  path = "/ci/"
}
resource "aws_iam_access_key" "by_name" { user = aws_iam_user.deployer.name }
resource "aws_iam_access_key" "by_literal" { user = "deployer" }
resource "aws_iam_access_key" "by_index" { user = "${aws_iam_user.deployer[0].id}" }
resource "aws_iam_access_key" "by_splat" { user = one(aws_iam_user.deployer[*].name) }
resource "aws_iam_access_key" "by_key" { user = aws_iam_access_key.by_name.user }
resource "aws_iam_user_login_profile" "x" { user = aws_iam_user.deployer.name }
resource "aws_iam_user_ssh_key" "x" { username = aws_iam_user.deployer.name }
"#;
    let shows = shows(text);
    assert_eq!(locators(&shows), [USER]);
    let user = of(&shows, USER)[0];
    assert_eq!(user.also, ["arn:aws:iam::*:user/ci/deployer"]);
    assert_eq!(slice(text, user.span), "\"aws_iam_user\" \"deployer\"");
    assert_eq!((user.rank, user.demand), (Rank::Account, Demand::Demanded));
    assert_eq!(user.suggests.kind, Some(IdentityKind::ServiceAccount));
    assert_eq!(user.suggests.credential, Some(Credential::StaticSecret));
    let facts = facts(text, &shows, USER);
    for (at, what) in [
        (
            "\"aws_iam_access_key\" \"by_name\"",
            What::StaticCredential("an access key"),
        ),
        (
            "\"aws_iam_access_key\" \"by_literal\"",
            What::StaticCredential("an access key"),
        ),
        (
            "\"aws_iam_access_key\" \"by_index\"",
            What::StaticCredential("an access key"),
        ),
        (
            "\"aws_iam_access_key\" \"by_splat\"",
            What::StaticCredential("an access key"),
        ),
        (
            "\"aws_iam_access_key\" \"by_key\"",
            What::StaticCredential("an access key"),
        ),
        ("\"aws_iam_user_login_profile\" \"x\"", What::ConsolePassword),
        ("\"aws_iam_user_ssh_key\" \"x\"", What::StaticCredential("an SSH key")),
    ] {
        assert!(facts.contains(&(at, what.clone())), "{at} {what:?}");
    }
    assert_eq!(facts.len(), 7);
}

#[test]
fn a_key_without_a_user_is_seen_by_itself() {
    let shows = shows(
        r#"
resource "aws_iam_access_key" "a" { user = var.user }
resource "aws_iam_access_key" "b" { user = data.aws_iam_user.x.user_name }
resource "aws_iam_access_key" "c" { user = "twice" }
resource "aws_iam_user_login_profile" "a" { user = var.user }
resource "aws_iam_user" "one" { name = "twice" }
resource "aws_iam_user" "two" { name = "twice" }
data "aws_iam_user" "x" { user_name = "x" }
"#,
    );
    assert_eq!(
        locators(&shows),
        [
            "terraform:aws_iam_access_key.a",
            "terraform:aws_iam_access_key.b",
            "terraform:aws_iam_access_key.c",
            "terraform:aws_iam_user.one",
            "terraform:aws_iam_user.two",
        ]
    );
    assert_eq!(demand(&shows, "terraform:aws_iam_access_key.a"), Some(Demand::Demanded));
}

#[test]
fn what_is_not_literal_gives_no_arn() {
    let shows = shows(
        r#"
resource "aws_iam_user" "a" { name = "ci-${var.stage}" }
resource "aws_iam_user" "b" { name = var.name }
resource "aws_iam_user" "c" {
  name = "c"
  path = var.path
}
resource "aws_iam_user" "d" {
  for_each = toset(["x", "y"])
  name     = each.value
}
resource "aws_iam_role" "e" { name_prefix = "e" }
resource "aws_iam_user" "f" { name = "f" }
"#,
    );
    let also: Vec<_> = shows.sightings.iter().flat_map(|sighting| &sighting.also).collect();
    assert_eq!(also, ["arn:aws:iam::*:user/f"]);
    assert_eq!(shows.sightings.len(), 6, "each of them is seen once");
}

#[test]
fn users_that_for_each_lists_are_meant() {
    let text = r#"
resource "aws_iam_user" "one" { name = "one" }
resource "aws_iam_user" "two" { name = "two" }
resource "aws_iam_user" "all" {
  for_each = toset(var.names)
  name     = each.value
}
resource "aws_iam_access_key" "listed" {
  for_each = toset(["one", "two", "three"])
  user     = each.value
}
resource "aws_iam_access_key" "chained" {
  for_each = aws_iam_user.all
  user     = each.value.name
}
"#;
    let shows = shows(text);
    for name in ["one", "two", "all"] {
        let facts = facts(text, &shows, &format!("terraform:aws_iam_user.{name}"));
        assert_eq!(facts.len(), 1, "{name}");
    }
    assert_eq!(locators(&shows).len(), 3);
}

#[test]
fn a_role_is_demanded_when_a_pipeline_assumes_it() {
    let text = r#"
resource "aws_iam_openid_connect_provider" "github" { url = "https://token.actions.githubusercontent.com" }
resource "aws_iam_openid_connect_provider" "eks" { url = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC" }
resource "aws_iam_role" "by_reference" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = aws_iam_openid_connect_provider.github.arn } }]
  })
}
resource "aws_iam_role" "by_document" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::${var.account}:oidc-provider/gitlab.com"]
    }
  }
}
resource "aws_iam_role" "by_heredoc" {
  assume_role_policy = <<-EOF
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
     "Principal": {"Federated": "${aws_iam_openid_connect_provider.github.arn}"},
     "Condition": {"StringLike": {"x": "${var.x}"}}}}
  EOF
}
resource "aws_iam_role" "by_claim" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect = "Allow", Principal = { Federated = var.provider }
      Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } }
    }]
  })
}
resource "aws_iam_openid_connect_provider" "circle" { url = "https://oidc.circleci.com/org/${var.org}" }
resource "aws_iam_role" "by_host" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Federated = aws_iam_openid_connect_provider.circle.arn } }]
  })
}
resource "aws_iam_openid_connect_provider" "open" { url = "https://gitlab.com${var.rest}" }
resource "aws_iam_role" "open" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Federated = aws_iam_openid_connect_provider.open.arn } }]
  })
}
resource "aws_iam_role" "eks" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Federated = aws_iam_openid_connect_provider.eks.arn } }]
  })
}
resource "aws_iam_role" "ec2" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
resource "aws_iam_role" "denied" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Deny", Principal = { Federated = "arn:aws:iam::1:oidc-provider/gitlab.com" } }]
  })
}
resource "aws_iam_role" "mentions" {
  description = "not for token.actions.githubusercontent.com"
  assume_role_policy = "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"gitlab.com\"}}]}"
}
resource "aws_iam_service_linked_role" "never" { aws_service_name = "x.amazonaws.com" }
"#;
    let shows = shows(text);
    for name in ["by_reference", "by_document", "by_heredoc", "by_claim", "by_host"] {
        let locator = format!("terraform:aws_iam_role.{name}");
        assert_eq!(demand(&shows, &locator), Some(Demand::Demanded), "{name}");
        let suggests = of(&shows, &locator)[0].suggests;
        assert_eq!(suggests.kind, Some(IdentityKind::CiPipeline));
        assert_eq!(suggests.credential, Some(Credential::Federated));
        assert_eq!(suggests.authentication, Some(Authentication::Oidc));
    }
    for name in ["eks", "open", "ec2", "denied", "mentions"] {
        let locator = format!("terraform:aws_iam_role.{name}");
        assert_eq!(demand(&shows, &locator), Some(Demand::Shown), "{name}");
        assert_eq!(
            of(&shows, &locator)[0].suggests.kind,
            Some(IdentityKind::WorkloadIdentity)
        );
    }
    assert_eq!(
        of(&shows, "terraform:aws_iam_role.by_reference")[0].also,
        ["arn:aws:iam::*:role/deploy"]
    );
    assert_eq!(locators(&shows).len(), 10);
}

#[test]
fn groups_hand_on_what_they_are_granted() {
    let text = r#"
resource "aws_iam_user" "deployer" { name = "deployer" }
resource "aws_iam_group" "admins" { name = "admins" }
resource "aws_iam_group" "readers" { name = "readers" }
resource "aws_iam_group_policy_attachment" "x" {
  group      = aws_iam_group.admins.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_iam_user_group_membership" "x" {
  user   = aws_iam_user.deployer.name
  groups = [aws_iam_group.readers.name, aws_iam_group.admins.name]
}
"#;
    let shows = shows(text);
    let admin = What::Power(Power::Administrator, "AdministratorAccess".to_owned());
    assert_eq!(
        facts(text, &shows, USER),
        [("[aws_iam_group.readers.name, aws_iam_group.admins.name]", admin)]
    );
    assert_eq!(locators(&shows), [USER]);
}

#[test]
fn secrets_are_shown_with_their_rotation() {
    let text = r#"
resource "aws_secretsmanager_secret" "db" { name = "db" }
resource "aws_secretsmanager_secret_rotation" "db" {
  secret_id = aws_secretsmanager_secret.db.id
  rotation_rules {
    automatically_after_days = 30
  }
}
resource "aws_secretsmanager_secret_rotation" "cron" {
  secret_id = aws_secretsmanager_secret.db.id
  rotation_rules {
    schedule_expression = "cron(0 0 1 * ? *)"
  }
}
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = "hunter22"
}
resource "aws_ssm_parameter" "never" { name = "/db/password" }
resource "random_password" "never" { length = 12 }
"#;
    let shows = shows(text);
    let db = "terraform:aws_secretsmanager_secret.db";
    assert_eq!(locators(&shows), [db]);
    assert_eq!(demand(&shows, db), Some(Demand::Shown));
    assert_eq!(of(&shows, db)[0].suggests.store, Some("aws-secrets-manager"));
    assert_eq!(
        facts(text, &shows, db),
        [
            (
                "\"aws_secretsmanager_secret\" \"db\"",
                What::Store("aws-secrets-manager")
            ),
            ("30", What::RotatedEvery(Duration::days(30))),
        ]
    );
    assert_eq!(slice(text, shows.literals[0]), "\"hunter22\"");
}
