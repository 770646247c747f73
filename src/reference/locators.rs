//! What is seen, by source, and its canonical locator.

use crate::model::SourceKind;

/// A form of canonical locators.
pub struct Form {
    pub source: SourceKind,
    /// What shows it.
    pub seen: &'static str,
    pub example: &'static str,
    /// Whether it has to be declared.
    pub demanded: &'static str,
    /// Other locators that mean the same.
    pub also: &'static [&'static str],
}

use SourceKind::{
    Agents, Circleci, Cloudformation, GithubActions, GitlabCi, Jenkins, Kubernetes, Registries, Terraform,
};

pub const FORMS: &[Form] = &[
    Form {
        source: GithubActions,
        seen: "`${{ secrets.NPM_TOKEN }}`, `secrets['npm_token']`",
        example: "github-secret:NPM_TOKEN",
        demanded: "by the class of its name",
        also: &["github-secret:production/NPM_TOKEN"],
    },
    Form {
        source: GithubActions,
        seen: "`role-to-assume` with an ARN; an interpolated part is `*`",
        example: "arn:aws:iam::*:role/deploy",
        demanded: "yes",
        also: &["github-oidc:deploy"],
    },
    Form {
        source: GithubActions,
        seen: "`role-to-assume` from `secrets`, `vars` or `env`",
        example: "github-oidc:AWS_ROLE",
        demanded: "yes",
        also: &[],
    },
    Form {
        source: GithubActions,
        seen: "`google-github-actions/auth` with a workload identity provider and a service account",
        example: "deploy@pay-prod.iam.gserviceaccount.com",
        demanded: "yes",
        also: &["github-oidc:deploy"],
    },
    Form {
        source: GithubActions,
        seen: "the same without a service account: the provider's last part, or the setting's name",
        example: "github-oidc:github",
        demanded: "yes",
        also: &[],
    },
    Form {
        source: GithubActions,
        seen: "`azure/login` with `client-id` and no secret",
        example: "github-oidc:AZURE_CLIENT_ID",
        demanded: "yes",
        also: &[],
    },
    Form {
        source: GithubActions,
        seen: "a literal credential of one of Dependabot's registries",
        example: "registry:npm.example.com",
        demanded: "yes",
        also: &[],
    },
    Form {
        source: GitlabCi,
        seen: "`$NPM_TOKEN`, `${NPM_TOKEN}` in a script or in `variables`, set in no file",
        example: "gitlab-variable:NPM_TOKEN",
        demanded: "if its name is that of a credential",
        also: &[],
    },
    Form {
        source: GitlabCi,
        seen: "a token of `id_tokens`",
        example: "gitlab-oidc:VAULT_ID_TOKEN",
        demanded: "no",
        also: &[],
    },
    Form {
        source: Circleci,
        seen: "a `context` of a job in a workflow",
        example: "circleci-context:npm-publish",
        demanded: "no",
        also: &[],
    },
    Form {
        source: Jenkins,
        seen: "a literal id in `credentialsId: '..'` or `credentials('..')`",
        example: "jenkins-credential:sonar-token",
        demanded: "yes",
        also: &[],
    },
    Form {
        source: Terraform,
        seen: "`aws_iam_user` and its keys",
        example: "terraform:infra/payroll/aws_iam_user.deployer",
        demanded: "yes",
        also: &["arn:aws:iam::*:user/deployer"],
    },
    Form {
        source: Terraform,
        seen: "`aws_iam_role`",
        example: "terraform:infra/payroll/aws_iam_role.deploy",
        demanded: "if it trusts a CI system, or is an administrator",
        also: &["arn:aws:iam::*:role/deploy"],
    },
    Form {
        source: Terraform,
        seen: "`google_service_account` and its keys",
        example: "terraform:infra/google_service_account.exporter",
        demanded: "yes",
        also: &["exporter@*.iam.gserviceaccount.com"],
    },
    Form {
        source: Terraform,
        seen: "`azuread_application`, its principal, passwords and certificates",
        example: "terraform:infra/azuread_application.portal",
        demanded: "yes",
        also: &[],
    },
    Form {
        source: Terraform,
        seen: "`azurerm_user_assigned_identity`",
        example: "terraform:infra/azurerm_user_assigned_identity.worker",
        demanded: "if it is an administrator",
        also: &[],
    },
    Form {
        source: Terraform,
        seen: "`github_actions_secret` and its like",
        example: "github-secret:UPLOAD_KEY",
        demanded: "by the class of its name, or if it holds a key",
        also: &["github-secret:production/UPLOAD_KEY"],
    },
    Form {
        source: Terraform,
        seen: "deploy keys and tokens of GitHub and GitLab",
        example: "terraform:infra/github_repository_deploy_key.mirror",
        demanded: "yes",
        also: &[],
    },
    Form {
        source: Terraform,
        seen: "secrets of AWS, Google and Azure",
        example: "terraform:infra/aws_secretsmanager_secret.db",
        demanded: "no",
        also: &[],
    },
    Form {
        source: Kubernetes,
        seen: "a ServiceAccount; a namespace that is not known is `*`",
        example: "k8s:payments/exporter",
        demanded: "if it has a role in a cloud, `cluster-admin`, or a long-lived token",
        also: &[],
    },
    Form {
        source: Kubernetes,
        seen: "a Secret, ExternalSecret or SealedSecret",
        example: "k8s-secret:payments/ledger-db",
        demanded: "no",
        also: &[],
    },
    Form {
        source: Cloudformation,
        seen: "`AWS::IAM::User` with its keys, and `AWS::IAM::Role`",
        example: "cloudformation:infra/stack.yaml/Deployer",
        demanded: "as in Terraform",
        also: &["arn:aws:iam::*:user/deployer"],
    },
    Form {
        source: Agents,
        seen: "an MCP server: a key of `mcpServers` or `servers`",
        example: "mcp:github",
        demanded: "if `env`, `headers` or a `--header` names a credential",
        also: &[],
    },
    Form {
        source: Agents,
        seen: "an agent whose own `env` in its `settings.json` names a credential: that of `.claude`",
        example: "agent:claude",
        demanded: "yes",
        also: &[],
    },
    Form {
        source: Registries,
        seen: "a literal credential in `.npmrc`, `.pypirc` or `.netrc`, by its host; `registry:npm`, `registry:pypi` where none is set",
        example: "registry:npm.example.com",
        demanded: "yes",
        also: &[],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Locator, SCHEMES};

    #[test]
    fn every_example_is_a_locator_in_its_one_spelling() {
        for form in FORMS {
            for text in std::iter::once(&form.example).chain(form.also) {
                assert!(Locator::read(text).is_some(), "{text}");
                assert_eq!(Locator::respelt(text), None, "{text}");
            }
        }
    }

    #[test]
    fn every_source_and_every_scheme_that_it_shows_is_listed() {
        for source in SourceKind::ALL {
            assert!(FORMS.iter().any(|form| form.source == *source), "{source}");
        }
        for (scheme, source) in SCHEMES.iter().filter(|(_, source)| source.is_some()) {
            let is_listed = FORMS.iter().any(|form| form.example.starts_with(&format!("{scheme}:")));
            assert!(is_listed, "{scheme} of {source:?}");
        }
    }
}
