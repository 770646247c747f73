//! Spellings that people use for a few standard terms, and the canonical one.

/// The names of the enums (as serde knows them) whose values are read in other spellings too.
const LENIENT: [&str; 3] = ["Framework", "ReportType", "Opinion"];

/// The canonical variant that `written` means in the enum `name`, if that enum is read leniently.
pub fn canonical(name: &str, written: &str, variants: &'static [&'static str]) -> Option<&'static str> {
    if !LENIENT.contains(&name) || written.len() > 64 {
        return None;
    }
    let plain: String = written
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_' | '/'))
        .collect();
    let meant = match (name, plain.trim_start_matches("type")) {
        ("ReportType", "1" | "i") => "1",
        ("ReportType", "2" | "ii") => "2",
        ("Opinion", "unqualified") => "unmodified",
        ("Framework", "isoiec27001") => "iso27001",
        ("Framework", "isoiec27017") => "iso27017",
        ("Framework", "isoiec27018") => "iso27018",
        ("Framework", "isoiec27701") => "iso27701",
        _ => plain.as_str(),
    };
    variants.iter().copied().find(|variant| *variant == meant)
}
