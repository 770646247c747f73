//! Identities, above all non-human ones.

use super::EvidenceRef;
use crate::decode::{Field, List, OneOrTable, Rare};
use crate::model::{
    Action, Authentication, Autonomy, Credential, Date, Duration, Environment, IdentityKind, RotationMode, Text,
};
use serde::{Deserialize, Serialize};

/// A human or non-human identity and what it may do.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default, extend("anyOf" = [{ "required": ["kind"] }, { "required": ["profile"] }])))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Identity<'a> {
    /// The profile that supplies the keys it does not state itself.
    pub profile: Rare<Text<'a>>,
    /// The owner: a team or a person.
    pub owner: Field<Text<'a>>,
    /// What it is for.
    pub description: Rare<Text<'a>>,
    /// The day it was created.
    pub created: Field<Date>,
    /// The last day (inclusive) it works.
    pub expires: Rare<Date>,
    /// The day it was taken out of use.
    pub retired: Rare<Date>,
    /// What kind of identity it is.
    pub kind: Field<IdentityKind>,
    /// Its kind of credential.
    pub credential: Field<Credential>,
    /// The protocol by which it authenticates.
    pub authentication: Rare<Authentication>,
    /// Why nothing stronger is used.
    pub authentication_reason: Rare<Text<'a>>,
    /// What an OIDC trust is restricted to: repository, branch, environment.
    pub subject_condition: Rare<Text<'a>>,
    /// The third party, or any other organization, that provides it.
    pub provider: Rare<Text<'a>>,
    /// Where the secret is stored: `vault`, `aws-secrets-manager`, `gcp-secret-manager`, `azure-key-vault`, `kubernetes-secret`, `github-actions`, `gitlab-ci`, `hsm`, `source-code`, `config-file`, `chat`, `none` or another name; case, blanks, `-` and `_` make no difference.
    pub store: Field<Text<'a>>,
    /// Further stores that hold the secret on purpose, named as in `store`: a vault that fills `github-actions`.
    pub copies: List<Text<'a>>,
    /// Where it acts; `production` if not stated.
    pub environments: List<Environment>,
    /// Its home services; those of `access` if not stated.
    pub services: List<Text<'a>>,
    /// What it may do, and where.
    pub access: List<OneOrTable<Access<'a>>>,
    /// The identities it can become.
    pub may_assume: List<Text<'a>>,
    /// The identities, or `users`, on whose behalf it acts under its own name.
    pub acts_for: List<Text<'a>>,
    /// Whether it is a declared identity of a shared platform; `false` if not stated.
    pub platform: Rare<bool>,
    /// Where it is seen: `github-secret:NAME`, `k8s:namespace/name`, `terraform:type.name`, an ARN, an email.
    pub locators: List<Text<'a>>,
    /// How it serves both a financial and a trust-services population.
    pub assurance_note: Rare<Text<'a>>,
    /// How its credential is rotated.
    pub rotation: Rare<Rotation<'a>>,
    /// How its access, and its OAuth grants, are reviewed.
    pub review: Rare<Review<'a>>,
    /// How it is decommissioned.
    pub offboarding: Rare<Offboarding<'a>>,
    /// How its use is monitored.
    pub monitoring: Rare<Monitoring<'a>>,
    /// Who approved it.
    pub approval: Rare<Approval<'a>>,
    /// Why it has more than everyday rights.
    pub privilege: Rare<Privilege<'a>>,
    /// Whether and how a person may log in with it.
    pub interactive_login: Rare<InteractiveLogin<'a>>,
    /// What was granted to an OAuth application.
    pub oauth: Rare<Oauth<'a>>,
    /// Who is accountable for an AI agent, and how far it may go.
    pub agent: Rare<Agent<'a>>,
    /// For a profile only: why it is declared although nothing refers to it.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub keep: Rare<Text<'a>>,
}

/// What an identity may do on one service.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Access<'a> {
    /// The service.
    pub service: Field<Text<'a>>,
    /// The actions it may perform there.
    pub actions: List<Action>,
    /// The data it reaches; the service's if not stated.
    pub data: List<Text<'a>>,
    /// Where; the identity's own if not stated.
    pub environments: List<Environment>,
    /// The owner that must also agree.
    pub second_approver: Rare<Text<'a>>,
}

/// How a credential is rotated.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Rotation<'a> {
    /// How often.
    pub every: Field<Duration>,
    /// The day of the last rotation.
    pub last: Field<Date>,
    /// How.
    pub mode: Field<RotationMode>,
    /// Why rotation does not apply.
    pub reason: Rare<Text<'a>>,
    /// The evidence.
    pub evidence: List<OneOrTable<EvidenceRef<'a>>>,
}

/// A recurring review.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Review<'a> {
    /// How often.
    pub every: Field<Duration>,
    /// The day of the last one.
    pub last: Field<Date>,
    /// The owner that reviews.
    pub by: Field<Text<'a>>,
    /// The evidence.
    pub evidence: List<OneOrTable<EvidenceRef<'a>>>,
}

/// How an identity is decommissioned.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Offboarding<'a> {
    /// What triggers it.
    pub trigger: Field<Text<'a>>,
    /// The day its access was revoked.
    pub revoked: Field<Date>,
    /// The evidence.
    pub evidence: List<OneOrTable<EvidenceRef<'a>>>,
}

/// How the use of an identity is monitored.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Monitoring<'a> {
    /// The evidence.
    pub evidence: List<OneOrTable<EvidenceRef<'a>>>,
}

/// Who approved an identity.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Approval<'a> {
    /// The owner that approved it.
    pub approved_by: Field<Text<'a>>,
    /// The day.
    pub approved_on: Field<Date>,
    /// The evidence.
    pub evidence: List<OneOrTable<EvidenceRef<'a>>>,
}

/// Why an identity has more than everyday rights.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Privilege<'a> {
    /// Why.
    pub reason: Field<Text<'a>>,
    /// The owner that approved it.
    pub approved_by: Field<Text<'a>>,
    /// The last day (inclusive) it applies.
    pub expires: Field<Date>,
}

/// Whether and how a person may log in with a non-human identity.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct InteractiveLogin<'a> {
    /// Whether it is possible.
    pub allowed: Field<bool>,
    /// Whether the session ends by itself.
    pub time_limited: Field<bool>,
    /// Whether the person is known before access is given.
    pub individual_confirmed: Field<bool>,
    /// Whether each action is traced to a person.
    pub attributable: Field<bool>,
    /// Why it is needed.
    pub reason: Field<Text<'a>>,
    /// The owner that approved it.
    pub approved_by: Field<Text<'a>>,
}

/// What was granted to an OAuth application.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Oauth<'a> {
    /// The scopes.
    pub scopes: List<Text<'a>>,
    /// The grant types.
    pub grants: List<Text<'a>>,
}

/// Who is accountable for an AI agent, and how far it may go.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Agent<'a> {
    /// The person who is accountable for it.
    pub accountable: Field<Text<'a>>,
    /// How autonomous it is.
    pub autonomy: Field<Autonomy>,
    /// How people supervise and stop it.
    pub oversight: Field<Text<'a>>,
    /// The evidence.
    pub evidence: List<OneOrTable<EvidenceRef<'a>>>,
}

/// Keys that identities share by `profile`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(bound(deserialize = "'de: 'a"), transparent)]
pub struct Profile<'a>(pub Identity<'a>);

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Profile<'_> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Profile".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = Identity::json_schema(generator);
        schema.remove("anyOf");
        schema.insert(
            "description".into(),
            "Keys of an identity that others take with `profile`.".into(),
        );
        if let Some(properties) = schema.get_mut("properties").and_then(|value| value.as_object_mut()) {
            for fact_of_one in ["profile", "retired", "locators"] {
                properties.remove(fact_of_one);
            }
            let mut keep = generator.subschema_for::<Field<Text<'_>>>();
            keep.insert(
                "description".into(),
                "Why it is declared though nothing names it.".into(),
            );
            properties.insert("keep".into(), keep.to_value());
        }
        schema
    }
}
