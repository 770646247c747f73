use super::*;
use crate::discover::Power;

const ROLE: &str = "terraform:aws_iam_role.x";

fn admin(name: &str) -> What {
    What::Power(Power::Administrator, name.to_owned())
}

/// What the role `x` is granted by what follows it.
fn granted(rest: &str) -> Vec<(String, What)> {
    let text = format!("resource \"aws_iam_role\" \"x\" {{\n  name = \"x\"\n}}\n{rest}");
    let shows = shows(&text);
    let facts = facts(&text, &shows, ROLE);
    let is_admin = facts
        .iter()
        .any(|(_, what)| matches!(what, What::Power(Power::Administrator, _)));
    assert_eq!(demand(&shows, ROLE) == Some(Demand::Demanded), is_admin, "{rest}");
    facts.into_iter().map(|(at, what)| (at.to_owned(), what)).collect()
}

#[test]
fn policies_that_aws_keeps_are_told_by_their_arn() {
    for arn in [
        "\"arn:aws:iam::aws:policy/AdministratorAccess\"",
        "\"arn:aws-us-gov:iam::aws:policy/AdministratorAccess\"",
        "\"arn:${data.aws_partition.current.partition}:iam::aws:policy/AdministratorAccess\"",
        "format(\"arn:%s:iam::aws:policy/AdministratorAccess\", var.partition)",
    ] {
        let rest = format!(
            "resource \"aws_iam_role_policy_attachment\" \"a\" {{\n role = aws_iam_role.x.name\n policy_arn = {arn}\n}}"
        );
        assert_eq!(granted(&rest), [(arn.to_owned(), admin("AdministratorAccess"))]);
    }
    let broad = granted(
        "resource \"aws_iam_role_policy_attachment\" \"a\" {\n role = \"x\"\n policy_arn = \"arn:aws:iam::aws:policy/PowerUserAccess\"\n}",
    );
    assert_eq!(broad[0].1, What::Power(Power::Broad, "PowerUserAccess".to_owned()));
    let listed = granted(
        "resource \"aws_iam_role_policy_attachment\" \"a\" {\n for_each = toset([\"ReadOnlyAccess\", \"IAMFullAccess\"])\n role = aws_iam_role.x.id\n policy_arn = \"arn:aws:iam::aws:policy/${each.value}\"\n}",
    );
    assert_eq!(
        listed,
        [(
            "\"IAMFullAccess\"".to_owned(),
            What::Power(Power::Broad, "IAMFullAccess".to_owned())
        )]
    );
    let mapped = granted(
        "resource \"aws_iam_role_policy_attachment\" \"a\" {\n for_each = { a = \"arn:aws:iam::aws:policy/AdministratorAccess\" }\n role = aws_iam_role.x.id\n policy_arn = each.value\n}",
    );
    assert_eq!(mapped[0].1, admin("AdministratorAccess"));
    let exclusive = granted(
        "resource \"aws_iam_role_policy_attachments_exclusive\" \"a\" {\n role_name = aws_iam_role.x.name\n policy_arns = [\"arn:aws:iam::aws:policy/AdministratorAccess\"]\n}",
    );
    assert_eq!(exclusive[0].1, admin("AdministratorAccess"));
    let many = granted(
        "resource \"aws_iam_policy_attachment\" \"a\" {\n roles = [aws_iam_role.x.name]\n policy_arn = data.aws_iam_policy.admin.arn\n}\ndata \"aws_iam_policy\" \"admin\" { arn = \"arn:aws:iam::aws:policy/AdministratorAccess\" }",
    );
    assert_eq!(
        many,
        [("data.aws_iam_policy.admin.arn".to_owned(), admin("AdministratorAccess"))]
    );
}

#[test]
fn a_role_states_policies_of_its_own() {
    let text = r#"
resource "aws_iam_role" "a" {
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AdministratorAccess"]
}
resource "aws_iam_role" "b" {
  inline_policy {
    name   = "x"
    policy = jsonencode({ Statement = { Effect = "Allow", Action = ["*"], Resource = "*" } })
  }
}
"#;
    let shows = shows(text);
    assert_eq!(
        facts(text, &shows, "terraform:aws_iam_role.a"),
        [(
            "\"arn:aws:iam::aws:policy/AdministratorAccess\"",
            admin("AdministratorAccess")
        )]
    );
    assert_eq!(
        facts(text, &shows, "terraform:aws_iam_role.b"),
        [("[\"*\"]", admin("*"))]
    );
}

#[test]
fn a_statement_that_allows_everything_is_found_wherever_it_stands() {
    let all = "*";
    let json = "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}";
    let quoted = json.replace('"', "\\\"");
    for (policy, at) in [
        (
            "jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"*\", Resource = \"*\" }] })".to_owned(),
            "\"*\"",
        ),
        (format!("<<EOF\n{json}\nEOF"), "policy"),
        (format!("\"{quoted}\""), "policy"),
        (
            format!("<<-EOF\n{}\n  EOF", json.replace("[{", "[{\"Sid\": \"${var.sid}\"}, {")),
            "policy",
        ),
    ] {
        let rest =
            format!("resource \"aws_iam_role_policy\" \"a\" {{\n role = aws_iam_role.x.id\n policy = {policy}\n}}");
        assert_eq!(granted(&rest), [(at.to_owned(), admin(all))], "{rest}");
    }
    let document =
        "data \"aws_iam_policy_document\" \"d\" {\n statement {\n actions = [\"*\"]\n resources = [\"*\"]\n }\n}\n";
    let by_document = format!(
        "{document}resource \"aws_iam_role_policy\" \"a\" {{\n role = aws_iam_role.x.id\n policy = data.aws_iam_policy_document.d.json\n}}"
    );
    assert_eq!(
        granted(&by_document),
        [("data.aws_iam_policy_document.d.json".to_owned(), admin(all))]
    );
    let by_policy = format!(
        "{document}data \"aws_iam_policy_document\" \"e\" {{\n source_policy_documents = [data.aws_iam_policy_document.d.json]\n}}\nresource \"aws_iam_policy\" \"p\" {{\n policy = data.aws_iam_policy_document.e.json\n}}\nresource \"aws_iam_role_policy_attachment\" \"a\" {{\n role = aws_iam_role.x.id\n policy_arn = aws_iam_policy.p.arn\n}}"
    );
    assert_eq!(granted(&by_policy), [("aws_iam_policy.p.arn".to_owned(), admin(all))]);
}

#[test]
fn what_does_not_grant_everything_is_no_administrator() {
    let statements = [
        "{ Effect = \"Deny\", Action = \"*\", Resource = \"*\" }",
        "{ Effect = \"Allow\", Action = \"*\", Resource = \"arn:aws:s3:::x\" }",
        "{ Effect = \"Allow\", Action = \"s3:*\", Resource = \"*\" }",
        "{ Effect = \"Allow\", NotAction = \"iam:*\", Resource = \"*\" }",
        "{ Effect = \"Allow\", Action = \"*\", Resource = \"*\", Condition = {} }",
        "{ Effect = \"Allow\", Action = \"${var.action}\", Resource = \"*\" }",
        "{ Effect = var.effect, Action = \"*\", Resource = \"*\" }",
    ];
    for statement in statements {
        let rest = format!(
            "resource \"aws_iam_role_policy\" \"a\" {{\n role = aws_iam_role.x.id\n policy = jsonencode({{ Statement = [{statement}] }})\n}}"
        );
        assert_eq!(granted(&rest), [], "{statement}");
    }
    for arn in [
        "\"arn:aws:iam::aws:policy/${var.policy}\"",
        "\"arn:aws:iam::123456789012:policy/AdministratorAccess\"",
        "\"arn:aws:iam::123456789012:role/AWSReservedSSO_AdministratorAccess\"",
        "\"arn:aws:iam::aws:policy/AdministratorAccess-Amplify\"",
        "var.admin ? \"arn:aws:iam::aws:policy/AdministratorAccess\" : \"arn:aws:iam::aws:policy/ReadOnlyAccess\"",
        "data.aws_iam_policy.x.arn",
        "format(\"arn:%s:iam::aws:policy/%s\", var.partition, var.name)",
        "aws_iam_policy.gone.arn",
        "module.x.arn",
    ] {
        let rest = format!(
            "resource \"aws_iam_role_policy_attachment\" \"AdministratorAccess\" {{\n role = aws_iam_role.x.name\n policy_arn = {arn}\n}}"
        );
        assert_eq!(granted(&rest), [], "{arn}");
    }
    assert_eq!(
        granted("# policy_arn = \"arn:aws:iam::aws:policy/AdministratorAccess\"\n"),
        []
    );
}

#[test]
fn documents_that_refer_to_each_other_end() {
    let rest = "data \"aws_iam_policy_document\" \"a\" {\n source_policy_documents = [data.aws_iam_policy_document.b.json]\n}\ndata \"aws_iam_policy_document\" \"b\" {\n source_policy_documents = [data.aws_iam_policy_document.a.json]\n}\nresource \"aws_iam_role_policy\" \"a\" {\n role = aws_iam_role_policy.a.role\n policy = data.aws_iam_policy_document.a.json\n}\nresource \"aws_iam_role_policy\" \"b\" {\n role = aws_iam_role.x.name\n policy = data.aws_iam_policy_document.a.json\n}\n";
    assert_eq!(granted(rest), []);
    let chain: String = (0..5_000)
        .map(|at| {
            let next = at + 1;
            format!("data \"aws_iam_policy_document\" \"d{at}\" {{\n source_policy_documents = [data.aws_iam_policy_document.d{next}.json]\n}}\n")
        })
        .collect();
    let rest = format!(
        "{chain}resource \"aws_iam_role_policy\" \"b\" {{\n role = aws_iam_role.x.name\n policy = data.aws_iam_policy_document.d0.json\n}}\n"
    );
    assert_eq!(granted(&rest), []);
}
