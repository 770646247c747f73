//! Who issues the tokens of CI systems.

/// Hosts from which CI systems issue tokens.
const HOSTS: &[&str] = &[
    "token.actions.githubusercontent.com",
    "gitlab.com",
    "oidc.circleci.com",
    "agent.buildkite.com",
    "api.bitbucket.org",
    "app.terraform.io",
];

/// Whether an issuer, with or without its scheme, is a CI system.
pub fn is_ci(issuer: &str) -> bool {
    let issuer = issuer.strip_prefix("https://").unwrap_or(issuer);
    let host = issuer.split(['/', ':']).next().unwrap_or_default().to_ascii_lowercase();
    // GitHub and GitLab also run on hosts of one's own.
    let is_own = host.starts_with("gitlab.") || (host.starts_with("token.actions.") && host.ends_with(".ghe.com"));
    HOSTS.contains(&host.as_str()) || (is_own && !host.contains(['$', '{']))
}
