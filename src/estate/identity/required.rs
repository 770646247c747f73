//! Keys that an identity must state, itself or by its profile.

use crate::decode::Fault;
use crate::estate::{Estate, Flaw, IdentityRef};
use crate::model::Credential;
use rayon::prelude::*;

impl<'a> Estate<'a> {
    /// What an identity must state, its profile included.
    pub(in crate::estate) fn missing_keys(&self) -> Vec<Flaw<'static>> {
        let missing = |identity: IdentityRef<'_, 'a>, key: &str, message: String, help: &str| {
            Flaw::new(
                Fault::MissingKey,
                identity.place(),
                identity.path(),
                message,
                "a required key is missing".into(),
                help.to_owned(),
            )
            .about(key)
        };
        let check = |identity: IdentityRef<'_, 'a>| {
            let id = identity.id.as_str();
            let kind = (identity.readable && identity.stated(|i| &i.kind).is_absent()).then(|| {
                let message = format!("`identities.{id}` does not state its `kind`");
                missing(identity, "kind", message, "add kind, such as \"service-account\"")
            });
            let credential = identity.stated(|i| &i.credential).value();
            let is_provider_managed =
                credential == Some(Credential::ProviderManaged) && identity.stated(|i| &i.provider).is_absent();
            let provider = is_provider_managed.then(|| {
                let message = format!("`identities.{id}` is provider-managed, but does not state its `provider`");
                let help = "add provider: the third party or other organization that holds and rotates the credential";
                missing(identity, "provider", message, help)
            });
            kind.into_iter().chain(provider)
        };
        let identities = self.identities.par_ids();
        identities.flat_map_iter(|index| check(self.identity(index))).collect()
    }
}
