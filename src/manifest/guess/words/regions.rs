//! Regions as people call them.

use crate::model::folded;

const REGIONS: &[(&str, &str)] = &[
    (
        "us",
        "usa unitedstates unitedstatesofamerica america vereinigtestaaten verenigdestaten étatsunis",
    ),
    ("gb", "uk unitedkingdom greatbritain england"),
    ("de", "germany deutschland duitsland allemagne ger deu"),
    (
        "nl",
        "netherlands thenetherlands nederland niederlande paysbas holland nld",
    ),
    ("fr", "france frankrijk frankreich fra"),
    ("be", "belgium belgië belgien belgique"),
    ("ch", "switzerland schweiz suisse zwitserland"),
    ("at", "austria österreich oostenrijk autriche"),
    ("ca", "canada kanada"),
    ("ie", "ireland irland"),
    ("es", "spain españa spanje spanien espagne"),
    ("it", "italy italia italien italië italie"),
    ("se", "sweden schweden zweden"),
    ("au", "australia"),
    ("jp", "japan"),
    ("in", "india"),
    ("sg", "singapore"),
    ("eu", "europe europeanunion europa ue"),
    (
        "global",
        "world worldwide international all everywhere weltweit wereldwijd monde",
    ),
];

/// The region that is meant by another name.
pub fn region(written: &str) -> Option<&'static str> {
    if written.len() > 64 {
        return None;
    }
    let plain = folded(written);
    let mut found = REGIONS
        .iter()
        .filter(|(_, names)| names.split(' ').any(|name| name == plain));
    found.next().map(|(region, _)| *region)
}
