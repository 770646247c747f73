//! Controls and evidence.

use super::shared::{OWNED, Synonym, TITLED, Tables};
use crate::manifest::{Control, ControlLink, Evidence, EvidenceRef};

const CONTROL: &[Synonym] = &[
    ("title", "description objective"),
    ("area", "domain category type"),
    ("effective", "since effective-date in-effect-since"),
    (
        "every",
        "frequency cadence interval period häufigkeit frequentie fréquence",
    ),
    (
        "criteria",
        "mapping mappings maps-to criterion tsc requirement requirements",
    ),
    ("catalogue", "framework"),
    ("design", "policy policies procedure"),
    ("operating", "evidence tests bewijs nachweis nachweise preuve"),
    ("inherited-from", "performed-by"),
];

const EVIDENCE: &[Synonym] = &[
    ("kind", "type"),
    ("at", "path file url link location uri source pfad pad chemin"),
    ("collected", "date collected-on collected-at datum"),
    ("period.from", "start"),
    ("period.to", "end"),
    ("valid-for", "validity valid"),
    ("sha256", "hash checksum digest"),
];

pub const TABLES: Tables = &[
    (Control::NAME, &[OWNED, TITLED, CONTROL]),
    (
        ControlLink::NAME,
        &[&[("report", "name id"), ("narrative", "description")]],
    ),
    (Evidence::NAME, &[OWNED, EVIDENCE]),
    (
        EvidenceRef::NAME,
        &[&[("at", "path file url link"), ("collected", "date collected-on")]],
    ),
];
