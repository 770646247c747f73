//! `[discover]`: what is looked for beside the manifests, and what of it is not asked about.

use super::settings::{Set, Settings, StatedList};
use super::{Config, check::Check};
use crate::decode::{Entities, Fault, Field, List, OneOrTable, Val};
use crate::discover::Locator;
use crate::model::{Environment, SourceKind, Text, glob_matches, shortened};
use crate::source::{FileId, Place, Span};
use serde::{Deserialize, Serialize};

/// What the repository shows of the identities that are used; the table alone turns it on.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Discover<'a> {
    /// The sources that are read; all of them if not stated.
    pub sources: List<SourceKind>,
    /// Globs of files and folders that are not looked into, from the root; besides the config's own `exclude`.
    pub exclude: List<Text<'a>>,
    /// Whether folders of tests, fixtures, examples and docs are looked into, too; `false` if not stated.
    pub test_folders: Field<bool>,
    /// Whether the built-in list of low-stake secret names is heeded; `true` if not stated.
    pub well_known: Field<bool>,
    /// Locators that are seen in other repositories.
    pub elsewhere: List<Text<'a>>,
    /// Globs of names of deployment environments, and which of ours each means.
    #[cfg_attr(feature = "schema", schemars(schema_with = "environments"))]
    pub environments: Entities<'a, OneOrTable<Meaning>>,
    /// What is seen, and is no identity of ours.
    pub ignore: List<Ignored<'a>>,
}

/// The names are globs, and no ids.
#[cfg(feature = "schema")]
fn environments(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let (word, table) = (
        generator.subschema_for::<Environment>(),
        generator.subschema_for::<Meaning>(),
    );
    schemars::json_schema!({ "type": "object", "additionalProperties": { "anyOf": [word, table] } })
}

/// What a deployment environment's name means.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Meaning {
    /// The environment that is meant.
    pub environment: Field<Environment>,
}

/// Something that is seen, and is no identity of ours.
#[derive(Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default, extend("required" = ["locator", "reason"])))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Ignored<'a> {
    /// The locator, in which `*` stands for any characters but `/`.
    #[cfg_attr(feature = "schema", schemars(required))]
    pub locator: Field<Text<'a>>,
    /// Why it is none of ours.
    #[cfg_attr(feature = "schema", schemars(required))]
    pub reason: Field<Text<'a>>,
}

/// One that is ignored, where, and why.
#[derive(Debug, Clone)]
pub struct IgnoredLocator<'s> {
    pub place: Place,
    pub written: &'s str,
    pub locator: Locator,
    pub reason: &'s str,
}

impl<'c> Settings<'c> {
    fn discover<'s>(&'s self) -> impl Iterator<Item = (FileId, &'s Discover<'c>)> {
        self.files()
            .filter_map(|(file, config)| Some((file, config.discover.get()?)))
    }

    /// Whether what is used is compared with what is declared.
    pub fn discovers(&self) -> bool {
        self.discover().next().is_some()
    }

    /// The sources that are read.
    pub fn discovered_sources(&self) -> (Vec<SourceKind>, Option<Place>) {
        let stated = self.discover().find(|(_, discover)| discover.sources.stated);
        match stated {
            Some((file, discover)) => {
                let kinds = discover.sources.iter().map(|kind| kind.value).collect();
                let span = discover.sources.span;
                (kinds, Some(Place { file, span }))
            }
            None => (SourceKind::ALL.to_vec(), None),
        }
    }

    /// What is not looked into.
    pub fn discover_exclude(&self) -> Option<StatedList<'_, 'c>> {
        self.list(|config| config.discover.get().map(|discover| &discover.exclude))
    }

    /// Locators that are seen in other repositories.
    pub fn elsewhere(&self) -> Option<StatedList<'_, 'c>> {
        self.list(|config| config.discover.get().map(|discover| &discover.elsewhere))
    }

    /// Whether folders of tests are looked into.
    pub fn test_folders(&self) -> Set<bool> {
        self.of_discover(|discover| discover.test_folders.known(), false)
    }

    /// Whether the names of secrets that can only report or post are heeded.
    pub fn well_known(&self) -> Set<bool> {
        self.of_discover(|discover| discover.well_known.known(), true)
    }

    fn of_discover<T: Copy>(
        &self,
        key: impl for<'x> Fn(&'x Discover<'c>) -> Option<&'x Val<T>>,
        otherwise: T,
    ) -> Set<T> {
        let stated = self.nearest(|config| {
            let stated = key(config.discover.get()?)?;
            Some((stated.value, stated.span))
        });
        stated.unwrap_or(Set {
            value: otherwise,
            place: None,
        })
    }

    /// Everything that is ignored, in every config.
    pub fn ignored(&self) -> impl Iterator<Item = IgnoredLocator<'_>> {
        self.discover().flat_map(|(file, discover)| {
            discover.ignore.iter().filter_map(move |ignored| {
                let written = ignored.value.locator.known()?.value.as_str();
                Some(IgnoredLocator {
                    place: Place {
                        file,
                        span: ignored.span,
                    },
                    written,
                    locator: Locator::read(written)?,
                    reason: ignored.value.reason.known()?.value.as_str(),
                })
            })
        })
    }

    /// The names of deployment environments that configs explain, the nearest first: the glob, what it means, and where.
    pub fn environment_names<'s>(&'s self) -> impl Iterator<Item = (&'s str, Environment, Place)> + use<'s, 'c> {
        self.discover().flat_map(|(file, discover)| {
            discover.environments.iter().filter_map(move |entry| {
                let meaning = entry.body.environment.known()?;
                let span = meaning.span;
                Some((entry.id.as_str(), meaning.value, Place { file, span }))
            })
        })
    }

    /// Which of our environments a deployment environment's name means, if that is known, and where a config says so.
    pub fn environment_named(&self, name: &str) -> Option<Set<Environment>> {
        let name = name.to_lowercase();
        let mut stated = self.environment_names();
        if let Some((_, value, place)) = stated.find(|(glob, ..)| glob_matches(&glob.to_lowercase(), &name)) {
            let place = Some(place);
            return Some(Set { value, place });
        }
        let value = match name.as_str() {
            "production" | "prod" | "live" => Environment::Production,
            "staging" | "stage" | "preprod" | "pre-prod" | "preproduction" | "uat" => Environment::Staging,
            "development" | "dev" | "preview" => Environment::Development,
            "test" | "qa" | "ci" => Environment::Test,
            _ => return None,
        };
        Some(Set { value, place: None })
    }
}

impl Check<'_> {
    /// Whether `[discover]` says only what it can say.
    pub(super) fn discover(&mut self, config: &Config<'_>) {
        let Some(discover) = config.discover.get() else {
            return;
        };
        for glob in discover.exclude.iter() {
            self.glob(glob);
        }
        let allows_broad = config
            .waiver_policy
            .get()
            .and_then(|policy| policy.allow_broad.value())
            .unwrap_or(false);
        for locator in discover.elsewhere.iter() {
            self.locator(&locator.value, locator.span, allows_broad);
        }
        for entry in &discover.environments {
            if entry.body.environment.is_absent() {
                let message = format!("the environment name \"{}\" needs a meaning", shortened(&entry.id));
                self.problem(
                    Fault::MissingKey,
                    entry.span,
                    message,
                    "which of our environments it is",
                );
            }
        }
        for ignored in discover.ignore.iter() {
            for (key, field) in [("locator", &ignored.value.locator), ("reason", &ignored.value.reason)] {
                if field.is_absent() {
                    let message = format!("what is ignored needs `{key}`");
                    self.problem(Fault::MissingKey, ignored.span, message, "a required key is missing");
                }
            }
            if let Some(locator) = ignored.value.locator.known() {
                self.locator(&locator.value, locator.span, allows_broad);
            }
            if let Some(reason) = ignored.value.reason.known().filter(|reason| !reason.value.explains()) {
                let message = "what is ignored needs a reason".to_owned();
                self.problem(Fault::UnknownValue, reason.span, message, "not a reason");
            }
        }
    }

    fn locator(&mut self, text: &str, span: Span, allows_broad: bool) {
        let Some(locator) = Locator::read(text) else {
            let message = format!("\"{}\" is not a locator", shortened(text));
            let label = "not a form such as github-secret:NAME, terraform:infra/aws_iam_user.deployer or an ARN";
            return self.problem(Fault::UnknownValue, span, message, label);
        };
        if !locator.is_bounded() && !allows_broad {
            let message = format!("\"{}\" means every locator of its form", shortened(text));
            let label = "nothing literal after the scheme; `waiver-policy.allow-broad` would allow it";
            self.problem(Fault::UnknownValue, span, message, label);
        }
    }
}
