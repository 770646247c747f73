use super::*;
use crate::discover::Power;
use crate::model::{Credential, Duration, IdentityKind};

const APPLICATION: &str = "terraform:azuread_application.ci";

#[test]
fn an_application_and_what_belongs_to_it_are_one() {
    let text = r#"
resource "azuread_application" "ci" { display_name = "ci" }
resource "azuread_service_principal" "ci" { client_id = azuread_application.ci.client_id }
resource "time_rotating" "t" { rotation_months = 6 }
resource "azuread_application_password" "a" {
  application_id      = azuread_application.ci.id
  end_date_relative   = "8760h"
  rotate_when_changed = { rotation = time_rotating.t.id }
}
resource "azuread_service_principal_password" "b" {
  service_principal_id = azuread_service_principal.ci.id
  end_date_relative    = "2160h"
}
resource "azuread_application_certificate" "c" { application_object_id = azuread_application.ci.object_id }
resource "azuread_application_federated_identity_credential" "d" { application_id = azuread_application.ci.id }
resource "azurerm_role_assignment" "e" {
  scope                = data.azurerm_subscription.primary.id
  role_definition_name = "Owner"
  principal_id         = azuread_service_principal.ci.object_id
}
"#;
    let shows = shows(text);
    assert_eq!(locators(&shows), [APPLICATION]);
    assert_eq!(
        of(&shows, APPLICATION)[0].suggests.kind,
        Some(IdentityKind::ServiceAccount)
    );
    assert_eq!(
        facts(text, &shows, APPLICATION),
        [
            (
                "\"azuread_application_password\" \"a\"",
                What::StaticCredential("an application password")
            ),
            ("time_rotating.t.id", What::RotatedEvery(Duration::months(6))),
            (
                "\"azuread_service_principal_password\" \"b\"",
                What::StaticCredential("an application password")
            ),
            ("\"2160h\"", What::RotatedEvery(Duration::days(90))),
            (
                "\"azuread_application_certificate\" \"c\"",
                What::StaticCredential("an application certificate")
            ),
            ("\"Owner\"", What::Power(Power::Administrator, "Owner".to_owned())),
        ]
    );
}

#[test]
fn an_id_that_is_built_around_that_of_an_application_is_followed() {
    for id in [
        "\"/applications/${azuread_application.ci.object_id}\"",
        "\"/applications/${azuread_application.ci.id}\"",
        "\"${var.prefix}/${azuread_application.ci.client_id}\"",
        "\"/applications/${local.object}\"",
        "local.path",
    ] {
        let text = format!(
            "locals {{\n object = azuread_application.ci.object_id\n path = \"/applications/${{azuread_application.ci.object_id}}\"\n}}\n\
             resource \"azuread_application\" \"ci\" {{}}\nresource \"azuread_application_password\" \"p\" {{\n application_id = {id}\n}}\n"
        );
        assert_eq!(locators(&shows(&text)), [APPLICATION], "{id}");
    }
    for id in [
        "\"${azuread_application.ci.id}/${azuread_application.other.id}\"",
        "\"/applications/${azuread_application.ci.display_name}\"",
        "\"/applications/${data.azuread_application.ci.id}\"",
        "\"/applications/${azuread_group.ci.id}\"",
    ] {
        let text = format!(
            "resource \"azuread_application\" \"ci\" {{}}\nresource \"azuread_application\" \"other\" {{}}\n\
             resource \"azuread_application_password\" \"p\" {{\n application_id = {id}\n}}\n"
        );
        assert!(
            locators(&shows(&text)).contains(&"terraform:azuread_application_password.p"),
            "{id}"
        );
    }
}

#[test]
fn a_principal_is_seen_by_itself_unless_it_is_of_others() {
    let shows = shows(
        r#"
resource "azuread_service_principal" "own" { client_id = var.client_id }
resource "azuread_service_principal" "graph" {
  client_id    = data.azuread_application_published_app_ids.x.result.MicrosoftGraph
  use_existing = true
}
resource "azuread_service_principal" "others" {
  client_id    = var.client_id
  use_existing = true
}
resource "azuread_service_principal_password" "p" { service_principal_id = azuread_service_principal.others.id }
resource "azuread_application_password" "far" { application_id = data.azuread_application.x.id }
data "azuread_application" "x" { display_name = "x" }
"#,
    );
    assert_eq!(
        locators(&shows),
        [
            "terraform:azuread_application_password.far",
            "terraform:azuread_service_principal.others",
            "terraform:azuread_service_principal.own"
        ]
    );
}

#[test]
fn a_managed_identity_is_demanded_as_administrator() {
    let text = r#"
resource "azurerm_user_assigned_identity" "admin" { name = "admin" }
resource "azurerm_user_assigned_identity" "plain" { name = "plain" }
resource "azurerm_role_assignment" "a" {
  scope                = "/subscriptions/00000000-0000-0000-0000-000000000000"
  role_definition_name = "Owner"
  principal_id         = azurerm_user_assigned_identity.admin.principal_id
}
resource "azurerm_role_assignment" "b" {
  scope                = "/subscriptions/${data.azurerm_client_config.x.subscription_id}"
  role_definition_name = "Contributor"
  principal_id         = azurerm_user_assigned_identity.plain.principal_id
}
resource "azurerm_role_assignment" "c" {
  scope                = "/subscriptions/1/resourceGroups/x"
  role_definition_name = "Owner"
  principal_id         = azurerm_user_assigned_identity.plain.principal_id
}
resource "azurerm_role_assignment" "d" {
  scope                = azurerm_resource_group.x.id
  role_definition_name = "Owner"
  principal_id         = azurerm_user_assigned_identity.plain.principal_id
}
resource "azurerm_role_assignment" "e" {
  scope                = "/subscriptions/${var.subscription}"
  role_definition_name = var.role
  principal_id         = azurerm_user_assigned_identity.plain.principal_id
}
resource "azurerm_role_assignment" "f" {
  scope                = data.azurerm_subscription.x.id
  role_definition_name = "Owner"
  principal_id         = azurerm_linux_web_app.x.identity[0].principal_id
}
"#;
    let shows = shows(text);
    let (admin, plain) = (
        "terraform:azurerm_user_assigned_identity.admin",
        "terraform:azurerm_user_assigned_identity.plain",
    );
    assert_eq!(locators(&shows), [admin, plain]);
    assert_eq!(demand(&shows, admin), Some(Demand::Demanded));
    assert_eq!(demand(&shows, plain), Some(Demand::Shown));
    let suggests = of(&shows, admin)[0].suggests;
    assert_eq!(suggests.kind, Some(IdentityKind::WorkloadIdentity));
    assert_eq!(suggests.credential, Some(Credential::ProviderManaged));
    assert_eq!(suggests.provider, Some("azure"));
    assert_eq!(
        facts(text, &shows, plain),
        [("\"Contributor\"", What::Power(Power::Broad, "Contributor".to_owned()))]
    );
}

#[test]
fn vault_secrets_are_shown() {
    let text = "resource \"azurerm_key_vault_secret\" \"s\" {\n  name  = \"s\"\n  value = \"hunter22\"\n}\n";
    let shows = shows(text);
    assert_eq!(
        demand(&shows, "terraform:azurerm_key_vault_secret.s"),
        Some(Demand::Shown)
    );
    assert_eq!(slice(text, shows.literals[0]), "\"hunter22\"");
}
