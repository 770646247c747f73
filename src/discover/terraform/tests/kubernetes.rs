use super::*;
use crate::discover::Power;

#[test]
fn a_service_account_is_demanded_when_it_reaches_beyond_its_namespace() {
    let text = r#"
resource "kubernetes_namespace" "apps" {
  metadata {
    name = "apps"
  }
}
resource "kubernetes_service_account" "plain" {
  metadata {
    name      = "plain"
    namespace = kubernetes_namespace.apps.metadata[0].name
  }
}
resource "kubernetes_service_account_v1" "cloud" {
  metadata {
    name        = "cloud"
    namespace   = var.namespace
    annotations = { "eks.amazonaws.com/role-arn" = aws_iam_role.x.arn }
  }
}
resource "kubernetes_service_account" "admin" {
  metadata {
    name      = "admin"
    namespace = "kube-system"
  }
}
resource "kubernetes_cluster_role_binding" "x" {
  metadata {
    name = "x"
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "cluster-admin"
  }
  subject {
    kind      = "ServiceAccount"
    name      = kubernetes_service_account.admin.metadata.0.name
    namespace = "kube-system"
  }
  subject {
    kind      = "ServiceAccount"
    name      = "far"
    namespace = "elsewhere"
  }
  subject {
    kind = "Group"
    name = "system:masters"
  }
}
resource "kubernetes_secret" "token" {
  type = "kubernetes.io/service-account-token"
  metadata {
    namespace   = "apps"
    annotations = { "kubernetes.io/service-account.name" = "bot" }
  }
}
resource "kubernetes_service_account" "bot" {
  metadata {
    name      = "bot"
    namespace = "apps"
  }
}
"#;
    let shows = shows(text);
    assert_eq!(
        locators(&shows),
        [
            "k8s:*/cloud",
            "k8s:apps/bot",
            "k8s:apps/plain",
            "k8s:elsewhere/far",
            "k8s:kube-system/admin"
        ]
    );
    assert_eq!(of(&shows, "k8s:apps/plain")[0].demand, Demand::Shown);
    for locator in [
        "k8s:*/cloud",
        "k8s:apps/bot",
        "k8s:elsewhere/far",
        "k8s:kube-system/admin",
    ] {
        assert_eq!(of(&shows, locator)[0].demand, Demand::Demanded, "{locator}");
    }
    let admin = What::Power(Power::Administrator, "cluster-admin".to_owned());
    assert_eq!(
        facts(text, &shows, "k8s:kube-system/admin"),
        [("\"cluster-admin\"", admin)]
    );
    let token = What::StaticCredential("a service account token");
    assert_eq!(
        facts(text, &shows, "k8s:apps/bot"),
        [("\"kubernetes_secret\" \"token\"", token)]
    );
    assert_eq!(
        of(&shows, "k8s:apps/plain")[0].also,
        ["terraform:kubernetes_service_account.plain"]
    );
}

#[test]
fn plain_secrets_other_roles_and_the_default_account_are_not_seen() {
    let shows = shows(
        r#"
resource "kubernetes_secret" "s" {
  metadata {
    name = "api-token"
  }
  data = { bucket_name = module.s3.bucket_name }
}
resource "kubernetes_service_account" "default" {
  metadata {
    name = "default"
  }
}
resource "kubernetes_default_service_account" "default" {
  metadata {
    namespace = "x"
  }
}
"#,
    );
    assert_eq!(locators(&shows), Vec::<&str>::new());
}

#[test]
fn an_account_that_only_a_binding_names_is_shown_there() {
    for kind in [
        "kubernetes_role_binding",
        "kubernetes_role_binding_v1",
        "kubernetes_cluster_role_binding",
        "kubernetes_cluster_role_binding_v1",
    ] {
        for role in ["view", "cluster-admin"] {
            let text = format!(
                r#"
resource "{kind}" "x" {{
  role_ref {{
    kind = "ClusterRole"
    name = "{role}"
  }}
  subject {{
    kind      = "ServiceAccount"
    name      = "bot"
    namespace = "apps"
  }}
  subject {{
    kind = "ServiceAccount"
    name = "default"
  }}
  subject {{
    kind = "ServiceAccount"
    name = var.name
  }}
  subject {{
    kind = "User"
    name = "somebody"
  }}
}}
"#
            );
            let shows = shows(&text);
            assert_eq!(locators(&shows), ["k8s:apps/bot"], "{kind}");
            let bot = of(&shows, "k8s:apps/bot");
            assert_eq!(slice(&text, bot[0].span), format!("\"{kind}\" \"x\""));
            let is_admin = kind.contains("cluster") && role == "cluster-admin";
            assert_eq!(bot[0].demand == Demand::Demanded, is_admin, "{kind} {role}");
            assert_eq!(bot[0].facts.len(), usize::from(is_admin), "{kind} {role}");
        }
    }
}
