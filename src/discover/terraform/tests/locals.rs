use super::*;

const ISSUER: &str = "locals {\n  issuer = \"token.actions.githubusercontent.com\"\n  far = \"example.com\"\n}\n";

/// Whether a role is seen as one that a CI system assumes.
fn is_of_ci(rest: &str) -> bool {
    let text = format!("{ISSUER}{rest}");
    demand(&shows(&text), "terraform:aws_iam_role.r") == Some(Demand::Demanded)
}

#[test]
fn a_trust_policy_may_name_its_issuer_by_a_local_value() {
    let by_document = |statement: &str| {
        format!(
            "resource \"aws_iam_openid_connect_provider\" \"p\" {{\n url = \"https://${{local.issuer}}\"\n}}\n\
             resource \"aws_iam_openid_connect_provider\" \"far\" {{\n url = \"https://${{local.far}}\"\n}}\n\
             resource \"aws_iam_role\" \"r\" {{\n assume_role_policy = data.aws_iam_policy_document.d.json\n}}\n\
             data \"aws_iam_policy_document\" \"d\" {{\n statement {{\n{statement}\n }}\n}}\n"
        )
    };
    let identifiers = |provider: &str| {
        by_document(&format!(
            "principals {{\n type = \"Federated\"\n identifiers = [{provider}]\n}}"
        ))
    };
    assert!(is_of_ci(&identifiers("aws_iam_openid_connect_provider.p.arn")));
    assert!(!is_of_ci(&identifiers("aws_iam_openid_connect_provider.far.arn")));
    let arn = "\"arn:aws:iam::${data.aws_caller_identity.x.account_id}:oidc-provider/${local.issuer}\"";
    assert!(is_of_ci(&identifiers(arn)));
    assert!(!is_of_ci(&identifiers(&arn.replace("issuer", "far"))));
    assert!(!is_of_ci(&identifiers(&arn.replace("local.issuer", "var.issuer"))));
    assert!(!is_of_ci(&identifiers(
        &arn.replace("local.issuer}", "local.issuer}${var.x}")
    )));
    let claim = |variable: &str| {
        by_document(&format!(
            "principals {{\n type = \"Federated\"\n identifiers = [var.arn]\n}}\ncondition {{\n test = \"StringLike\"\n variable = \"{variable}\"\n values = [\"x\"]\n}}"
        ))
    };
    assert!(is_of_ci(&claim("${local.issuer}:sub")));
    assert!(!is_of_ci(&claim("${local.far}:sub")));
    let json = format!(
        "resource \"aws_iam_role\" \"r\" {{\n assume_role_policy = <<EOF\n\
         {{\"Statement\": [{{\"Effect\": \"Allow\", \"Principal\": {{\"Federated\": {arn}}}}}]}}\nEOF\n}}\n"
    );
    assert!(is_of_ci(&json));
}

#[test]
fn templates_of_literal_local_values_are_texts() {
    let text = r#"
locals {
  env   = "prod"
  name  = "${local.env}-deployer"
  whole = "${local.name}-1"
  id    = 123456789012
  loop  = "${local.pool}"
  pool  = "${local.loop}"
}
resource "aws_iam_user" "a" { name = "${local.whole}" }
resource "aws_iam_user" "b" { name = "x-${local.env}-${local.id}" }
resource "aws_iam_user" "c" { name = "x-${local.env}-${var.x}" }
resource "aws_iam_user" "d" { name = "x-${local.loop}" }
resource "aws_iam_user" "e" { name = "x ${~ local.env}" }
resource "aws_iam_access_key" "k" { user = "${local.env}-deployer-1" }
resource "github_actions_secret" "s" { secret_name = "${local.env}_token" }
resource "github_actions_secret" "t" {
  for_each    = toset(["NPM"])
  secret_name = "${local.env}_${each.value}_token"
}
"#;
    let shows = shows(text);
    let also = |name: &str| of(&shows, &format!("terraform:aws_iam_user.{name}"))[0].also.clone();
    assert_eq!(also("a"), ["arn:aws:iam::*:user/prod-deployer-1"]);
    assert_eq!(also("b"), ["arn:aws:iam::*:user/x-prod-123456789012"]);
    for name in ["c", "d", "e"] {
        assert!(also(name).is_empty(), "{name}");
    }
    assert_eq!(of(&shows, "terraform:aws_iam_user.a").len(), 2, "the key is its own");
    let secret = of(&shows, "github-secret:PROD_TOKEN");
    assert_eq!(slice(text, secret[0].span), "\"${local.env}_token\"");
    assert_eq!(of(&shows, "github-secret:PROD_NPM_TOKEN").len(), 1);
}

#[test]
fn nothing_grows_beyond_bounds() {
    let started = std::time::Instant::now();
    let doubling: String = (0..10_000)
        .map(|at| format!(" a{} = \"${{local.a{at}}}${{local.a{at}}}\"\n", at + 1))
        .collect();
    let users: String = (0..2_000)
        .map(|at| format!("resource \"aws_iam_user\" \"u{at}\" {{\n name = \"${{local.long}}${{local.a{at}}}\"\n}}\n"))
        .collect();
    let text = format!(
        "locals {{\n a0 = \"xy\"\n long = \"{}\"\n{doubling}}}\n{users}",
        "x".repeat(100_000)
    );
    let shows = shows(&text);
    assert_eq!(shows.sightings.len(), 2_000);
    assert!(shows.sightings.iter().all(|sighting| sighting.also.is_empty()));
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
