//! The closed lists of words that manifests may use.

/// Defines an enum whose variants are written in a manifest as the given text. Behind it stand other words that are read as
/// the same, without blanks, `-` and `_`.
macro_rules! vocabulary {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$doc:meta])* $variant:ident = $text:literal $(| $alias:literal)*,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant,)* }

        $crate::model::named! { $name }

        impl $name {
            /// Every value, in the order of the reference.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Every value as it is written in a manifest.
            pub const WORDS: &[&str] = &[$($text),*];

            /// Other words that are read, and what they mean.
            pub(in crate::model) const ALIASES: &[(&str, &str)] = &[$($(($alias, $text),)*)*];

            /// As it is written in a manifest.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

mod discovery;
mod identities;
mod others;
mod reports;
mod services;

pub use discovery::*;
pub use identities::*;
pub use others::*;
pub use reports::*;
pub use services::*;

/// What else is read in a list, by the list's name.
const LISTS: &[(&str, &[(&str, &str)])] = {
    macro_rules! lists {
        ($($name:ident)*) => { &[$(($name::NAME, $name::ALIASES)),*] };
    }
    lists! {
        IdentityKind Credential Authentication Environment Action RotationMode Autonomy ServiceKind Lifecycle Exposure FinancialImpact Tenancy Purpose Category Influence Level Scope Framework SubjectMatter AssuranceLevel Status CertificateStatus Opinion Audience Section Method LetterIssuer ReportType Classification DataKind Role CuecStatus Area EvidenceKind OwnerKind SourceKind
    }
};

/// What else is read in the list of a name, and what it means.
pub(super) fn aliases(list: &str) -> &'static [(&'static str, &'static str)] {
    let found = LISTS.iter().find(|(name, _)| *name == list);
    found.map_or(&[], |(_, aliases)| aliases)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_list_is_known_by_its_name() {
        let sources = [
            include_str!("discovery.rs"),
            include_str!("identities.rs"),
            include_str!("others.rs"),
            include_str!("reports.rs"),
            include_str!("services.rs"),
        ];
        let enums = sources.map(|source| source.matches("pub enum ").count());
        assert_eq!(super::LISTS.len(), enums.iter().sum::<usize>());
    }
}
