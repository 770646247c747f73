use super::super::see;
use super::*;
use crate::discover::Power;

#[test]
fn the_files_of_a_folder_are_seen_together_and_shown_apart() {
    let users = "resource \"aws_iam_user\" \"deployer\" {\n  name = \"deployer\"\n}\n";
    let keys = "resource \"aws_iam_access_key\" \"k\" {\n  user = aws_iam_user.deployer.name\n}\n";
    let files = [
        Input {
            path: "infra/payroll/keys.tf",
            text: keys,
        },
        Input {
            path: "infra/payroll/x.tf.json",
            text: "{\"resource\": {}}",
        },
        Input {
            path: "infra/payroll/users.tf",
            text: users,
        },
    ];
    let shows = see("infra/payroll", &files);
    assert_eq!(shows.len(), 3);
    for (at, span) in [
        (0, "\"aws_iam_access_key\" \"k\""),
        (2, "\"aws_iam_user\" \"deployer\""),
    ] {
        let sighting = &shows[at].sightings[0];
        assert_eq!(sighting.locator, "terraform:infra/payroll/aws_iam_user.deployer");
        assert_eq!(slice(files[at].text, sighting.span), span);
        assert_eq!(shows[at].sightings.len(), 1);
    }
    assert_eq!(shows[1], Shows::default());
}

#[test]
fn local_values_stand_for_what_they_are() {
    let locals = "locals {\n  name = \"deployer\"\n  loop = local.pool\n  pool = local.poll\n  poll = local.loop\n  admin = \"arn:aws:iam::aws:policy/AdministratorAccess\"\n  all = [local.admin]\n  names = [\"NPM_TOKEN\"]\n}\n";
    let text = r#"
resource "aws_iam_user" "u" { name = local.name }
resource "aws_iam_user" "loop" { name = local.loop }
resource "aws_iam_access_key" "k" { user = "deployer" }
resource "aws_iam_role" "r" { managed_policy_arns = local.all }
resource "aws_iam_role" "round" {
  assume_role_policy  = local.loop
  managed_policy_arns = local.loop
  inline_policy {
    policy = local.loop
  }
}
resource "github_actions_secret" "s" {
  for_each    = toset(local.names)
  secret_name = each.value
}
"#;
    let files = [
        Input {
            path: "locals.tf",
            text: locals,
        },
        Input { path: "main.tf", text },
    ];
    let shows = see("", &files).remove(1);
    let user = of(&shows, "terraform:aws_iam_user.u");
    assert_eq!(user[0].also, ["arn:aws:iam::*:user/deployer"]);
    assert_eq!(user.len(), 2, "the key is its own");
    assert!(of(&shows, "terraform:aws_iam_user.loop")[0].also.is_empty());
    let admin = What::Power(Power::Administrator, "AdministratorAccess".to_owned());
    assert_eq!(facts(text, &shows, "terraform:aws_iam_role.r"), [("local.all", admin)]);
    assert_eq!(
        slice(text, of(&shows, "github-secret:NPM_TOKEN")[0].span),
        "toset(local.names)"
    );
}

#[test]
fn what_is_no_identity_is_not_seen() {
    let shows = shows(
        r#"
# resource "aws_iam_user" "commented" {}
/*
resource "aws_iam_user" "commented_too" {}
*/
resource "random_password" "token" { length = 32 }
resource "tls_private_key" "key" { algorithm = "RSA" }
resource "aws_ssm_parameter" "secret" {
  name  = "secret"
  value = random_password.token.result
}
resource "time_rotating" "t" { rotation_days = 30 }
data "aws_iam_user" "u" { user_name = "u" }
data "aws_iam_role" "r" { name = "AdministratorAccess" }
data "google_service_account" "s" { account_id = "s" }
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}
module "user" {
  source = "./modules/user"
  name   = "aws_iam_user"
}
output "user" { value = module.user.name }
locals { role = "arn:aws:iam::1:role/AdministratorAccess" }
variable "x" { default = "aws_iam_user" }
resource "aws_instance" "x" { user_data = "resource \"aws_iam_user\" \"in_text\" {}" }
resource "aws_iam_user" {}
resource "aws_iam_user" "too" "many" {}
"#,
    );
    assert_eq!(locators(&shows), Vec::<&str>::new());
    assert_eq!(shows.unread, []);
}

#[test]
fn literals_are_found_where_credentials_belong() {
    let text = r#"
provider "x" {
  token    = "one"
  region   = "not-this"
  password = var.password
}
resource "aws_db_instance" "db" {
  username = "not-this"
  password = "two${var.x}"
  secret   = "${var.secret}"
  settings = { client_secret = "three", name = "not-this" }
  nested {
    api_key = base64encode("four")
  }
}
resource "kubernetes_secret" "s" {
  data = { user = "five" }
}
resource "aws_ssm_parameter" "p" {
  name  = "not-this"
  value = "six"
}
variable "db_password" {
  default     = "seven"
  description = "not-this"
}
resource "aws_secretsmanager_secret_version" "v" {
  secret_string = jsonencode({ user = "eight", password = var.password })
}
resource "aws_x" "heredoc" {
  private_key = <<EOF
nine
EOF
}
"#;
    let shows = shows(text);
    let literals: Vec<_> = shows.literals.iter().map(|span| slice(text, *span)).collect();
    assert_eq!(
        literals,
        [
            "\"one\"",
            "\"two${var.x}\"",
            "\"three\"",
            "\"four\"",
            "\"five\"",
            "\"six\"",
            "\"seven\"",
            "\"eight\"",
            "<<EOF\nnine\nEOF"
        ]
    );
}

#[test]
fn a_torn_block_hides_nothing_but_itself_and_nothing_of_it_is_told() {
    let text =
        "resource \"aws_iam_user\" \"torn\" {\n  password = \"hunter22\n}\nresource \"aws_iam_user\" \"whole\" {\n}\n";
    let shows = shows(text);
    assert_eq!(locators(&shows), ["terraform:aws_iam_user.whole"]);
    assert_eq!(
        shows.unread[0].why,
        "the block `resource \"aws_iam_user\" \"torn\"` from line 1 could not be parsed"
    );
    assert!(
        shows
            .literals
            .iter()
            .any(|span| slice(text, *span).contains("hunter22"))
    );
    assert!(!format!("{shows:?}").contains("hunter22"));
}

#[test]
fn a_torn_block_that_could_show_nothing_is_not_told() {
    let shows = shows("locals {\n  a = { x = 1, x = 2 }\n}\nresource \"aws_iam_user\" \"u\" {\n}\n");
    assert_eq!(locators(&shows), ["terraform:aws_iam_user.u"]);
    assert_eq!(shows.unread, []);
    assert_eq!(shows.literals.len(), 1);
}

#[test]
fn no_file_takes_longer_than_it_is() {
    let started = std::time::Instant::now();
    let many = |one: fn(usize) -> String| (0..6_000).map(one).collect::<String>();
    let document = format!(
        "data \"aws_iam_policy_document\" \"d\" {{\n{}}}\n",
        "statement {\n actions = [\"s3:*\"]\n resources = [\"*\"]\n}\n".repeat(5_000)
    );
    let list = (0..5_000).map(|at| format!("\"u{at}\",")).collect::<String>();
    for text in [
        many(|at| {
            format!(
                "resource \"aws_iam_user\" \"u{at}\" {{\n name = \"same\"\n}}\nresource \"aws_iam_access_key\" \"k{at}\" {{\n user = \"same\"\n}}\n"
            )
        }),
        document.clone()
            + &many(|at| {
                format!(
                    "resource \"aws_iam_role\" \"r{at}\" {{\n assume_role_policy = data.aws_iam_policy_document.d.json\n inline_policy {{\n policy = data.aws_iam_policy_document.d.json\n }}\n}}\n"
                )
            }),
        format!(
            "resource \"aws_iam_policy_attachment\" \"a\" {{\n for_each = toset([{list}])\n users = [{}]\n policy_arn = \"arn:aws:iam::aws:policy/AdministratorAccess\"\n}}\n",
            "each.value,".repeat(5_000)
        ),
        many(|at| {
            format!(
                "resource \"aws_iam_access_key\" \"k{at}\" {{\n user = aws_iam_access_key.k{}.user\n}}\n",
                at + 1
            )
        }),
        format!(
            "locals {{\n x = [{list}]\n p = jsonencode({{ Statement = [{}] }})\n}}\n",
            "{ Effect = \"Deny\" },".repeat(10_000)
        ) + &many(|at| {
            format!(
                "resource \"aws_iam_role\" \"r{at}\" {{\n managed_policy_arns = local.x\n assume_role_policy = local.p\n}}\n"
            )
        }),
        "resource \"aws_iam_access_key\" \"k\" {\n user = aws_iam_access_key.k.user\n}\n".to_owned(),
        format!(
            "resource \"aws_iam_user\" \"x\" {{ name = \"{}\" }}\n",
            "x".repeat(1_000_000)
        ),
        format!(
            "resource \"aws_iam_role\" \"x\" {{\n assume_role_policy = <<EOF\n{}\nEOF\n}}\n",
            "{\"Statement\":[".repeat(50_000)
        ),
    ] {
        let shows = shows(&text);
        for sighting in &shows.sightings {
            assert!(text.get(sighting.span.range()).is_some());
        }
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
