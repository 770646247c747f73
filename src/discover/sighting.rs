//! What a file shows: names of identities, and what can be told of them there.

use crate::model::{Authentication, Credential, Duration, IdentityKind};
use crate::source::Span;

/// Whether something that is seen has to be declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// It is in the inventory, and nobody is asked to declare it.
    Shown,
    /// It may be an identity: a note asks.
    AskedFor,
    Demanded,
}

/// What gives its name to several things seen that are one identity: the first of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The account itself, where it is made.
    Account,
    /// A secret that authenticates its bearer.
    Credential,
    /// A secret whose name does not tell what it is.
    Unclassified,
    /// A name, an id or a setting.
    Identifier,
    /// A secret that can only report or post.
    LowStake,
}

/// What a declaration of it would state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Suggests {
    pub kind: Option<IdentityKind>,
    pub credential: Option<Credential>,
    pub authentication: Option<Authentication>,
    /// One of the stores that rules know.
    pub store: Option<&'static str>,
    pub provider: Option<&'static str>,
}

/// One place at which an identity is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The canonical locator of what is seen here.
    pub locator: String,
    /// Other locators that mean the same here.
    pub also: Vec<String>,
    /// The name in the expression, the labels of the resource, the name of the object.
    pub span: Span,
    pub rank: Rank,
    /// Whether what takes it tells the rank, and not its name alone.
    pub by_use: bool,
    pub demand: Demand,
    pub suggests: Suggests,
    pub facts: Vec<Fact>,
}

/// What a grant is called that has no name of its own: every action on every resource.
pub const EVERYTHING: &str = "*";

/// How much a grant allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Power {
    /// Almost everything: `PowerUserAccess`, `roles/editor`.
    Broad,
    /// Everything: `AdministratorAccess`, `roles/owner`, `cluster-admin`.
    Administrator,
}

/// What can be told of an identity at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What shows it.
    pub span: Span,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A credential that stays the same until it is rotated, and what it is: "an access key".
    StaticCredential(&'static str),
    /// Its secret is kept in a store, by the name that rules know; for `source-code`, in clear.
    Store(&'static str),
    /// What it is granted, as it is written: `AdministratorAccess`.
    Power(Power, String),
    /// How often its secret is rotated.
    RotatedEvery(Duration),
    /// It acts in a deployment environment of this name.
    Environment(String),
    /// It has a password for the console.
    ConsolePassword,
    /// A long-lived key where the host's own token would do: the action that takes it.
    KeyInsteadOfToken(&'static str),
    /// A literal where a credential belongs.
    Literal,
}

/// A use of secrets whose name cannot be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    pub span: Span,
    /// How the locators begin that it may mean.
    pub prefix: String,
}

/// A part of a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub span: Span,
    /// What was not read, and why: "the block `resource` from line 3 is not HCL".
    pub why: String,
}

/// Everything that one file shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shows {
    pub sightings: Vec<Sighting>,
    /// Pairs of canonical locators that are one identity.
    pub same: Vec<(String, String)>,
    /// Variables of pipelines that the file sets itself.
    pub defines: Vec<String>,
    /// What is seen if the workflow takes all secrets of one that calls it.
    pub parameters: Vec<Sighting>,
    /// Local workflows that take all secrets of this one.
    pub inherits: Vec<String>,
    /// Whether it is a workflow that only others start.
    pub is_called_only: bool,
    pub untold: Vec<Untold>,
    pub unread: Vec<Unread>,
    /// Literals where a credential belongs, which nothing may show.
    pub literals: Vec<Span>,
    /// Whether a part of it could not be parsed, be that said or not.
    pub partial: bool,
}

impl Shows {
    /// Adds what another source shows of the same file.
    pub fn add(&mut self, other: Self) {
        self.sightings.extend(other.sightings);
        self.parameters.extend(other.parameters);
        self.inherits.extend(other.inherits);
        self.is_called_only |= other.is_called_only;
        self.same.extend(other.same);
        self.defines.extend(other.defines);
        self.untold.extend(other.untold);
        self.unread.extend(other.unread);
        self.literals.extend(other.literals);
        self.partial |= other.partial;
    }

    /// Whether there is nothing to say of the file.
    pub fn is_empty(&self) -> bool {
        self.sightings.is_empty()
            && self.parameters.is_empty()
            && self.inherits.is_empty()
            && self.defines.is_empty()
            && self.untold.is_empty()
            && self.unread.is_empty()
    }
}

/// A file to look into.
#[derive(Debug, Clone, Copy)]
pub struct Input<'s> {
    /// From the estate's root, with `/` between its parts.
    pub path: &'s str,
    pub text: &'s str,
}
