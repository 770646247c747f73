//! Keys that several tables have.

/// The keys that lead to what is meant, and the words that people write for it.
pub type Synonym = (&'static str, &'static str);

/// Lists of them, by the type that a table is read as.
pub type Tables = &'static [(&'static str, &'static [&'static [Synonym]])];

pub const OWNED: &[Synonym] = &[(
    "owner",
    "team owned-by owning-team owner-team business-owner maintainer maintained-by responsible \
         responsible-team custodian steward eigenaar verantwoordelijke verantwortlich verantwortlicher \
         eigentümer propriétaire proprietaire responsable",
)];

pub const TITLED: &[Synonym] = &[("title", "name display-name label naam bezeichnung nom libellé")];

pub const RECURRING: &[Synonym] = &[
    ("every", "interval frequency period cadence days max-age"),
    ("last", "last-rotated last-review last-reviewed date on"),
    ("evidence", "proof policy nachweis bewijs preuve"),
];

pub const EXCUSED: &[Synonym] = &[
    ("reason", "justification why rationale reden grund raison"),
    ("approved-by", "approver approved"),
    ("expires", "expiry until valid-until"),
];
