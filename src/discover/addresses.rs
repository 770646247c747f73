//! What the address of a service tells: its host, and whether it holds a password.

/// The host of an address, without user and port, as it is written; `None` where it is not literal.
pub fn host_of(address: &str) -> Option<&str> {
    let authority = authority_of(address)?;
    let host = authority.rsplit('@').next()?;
    // Of an address of IPv6, the colons are no port.
    let host = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next()?,
        None => host.split(':').next()?,
    };
    let is_written =
        |host: &str| !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || "$%{}<>*".contains(c));
    is_written(host).then_some(host)
}

/// The password in an address: `https://user:password@host`.
pub fn password_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    // A password may have a slash in it that should have been escaped, the host not.
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (user, _) = rest[..end].rsplit_once('@')?;
    user.split_once(':').map(|(_, password)| password)
}

/// Whether a host is the machine itself: what listens there is nobody's account.
pub fn is_local(host: &str) -> bool {
    let is = |name: &&str| host.eq_ignore_ascii_case(name);
    ["localhost", "0.0.0.0", "::1", "host.docker.internal"].iter().any(is)
        || host.starts_with("127.")
        || host.to_ascii_lowercase().ends_with(".localhost")
}

fn authority_of(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.trim_start_matches('/').split(['/', '?', '#']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host() {
        for (address, host) in [
            ("https://npm.example.com", Some("npm.example.com")),
            ("https://user@npm.example.com:8443/repo", Some("npm.example.com")),
            ("npm.example.com/path", Some("npm.example.com")),
            ("//npm.example.com:4873/path/", Some("npm.example.com")),
            ("https://[2001:db8::1]:8443/x", Some("2001:db8::1")),
            ("https://u:p@NPM.example.com?x", Some("NPM.example.com")),
            ("${{ vars.REGISTRY }}", None),
            ("https://${HOST}/x", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(host_of(address), host, "{address}");
        }
        assert!(is_local("LOCALHOST") && is_local("127.0.0.1") && !is_local("localhost.example.com"));
    }

    #[test]
    fn an_address_may_hold_a_password() {
        for (address, password) in [
            ("https://u:p@npm.example.com/x", Some("p")),
            ("postgres://u:p:q@db.example.com/x", Some("p:q")),
            ("https://u@npm.example.com/x", None),
            ("https://npm.example.com/a:b@c", None),
            ("u:p@npm.example.com", None),
        ] {
            assert_eq!(password_of(address), password, "{address}");
        }
    }
}
