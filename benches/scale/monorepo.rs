//! A large repository with few manifests: what a check takes is the walk.

use super::estate::Made;
use std::fs;
use std::io;
use std::path::Path;

const FILES_OF_A_FOLDER: usize = 25;
const FOLDERS_OF_A_PART: usize = 20;

/// Where its manifests are, and a pattern of `include` that leads nowhere else.
pub const NARROW: &str = "include = [\"services/*/scope.toml\"]\n";
/// Beside the repository, for it would be found in it.
pub const NARROW_CONFIG: &str = "narrow.toml";

/// Writes so many manifests among so many other files into the empty folder `root`.
pub fn make(root: &Path, manifests: usize, others: usize) -> io::Result<Made> {
    let mut made = Made::begin(root)?;
    if let Some(beside) = root.parent() {
        fs::write(beside.join(NARROW_CONFIG), NARROW)?;
    }
    for at in 0..manifests {
        let folder = root.join(format!("services/app-{at:03}"));
        fs::create_dir_all(&folder)?;
        made.write(
            &folder,
            "scope.toml",
            &format!("owner = \"team-{at}\"\n\n[services.app-{at}]\ntitle = \"Application {at}\"\nkind = \"internal-tool\"\nexposure = \"internal\"\nfinancial-impact = \"none\"\n"),
        )?;
    }
    for at in 0..others {
        let (folder, part) = (at / FILES_OF_A_FOLDER, at / FILES_OF_A_FOLDER / FOLDERS_OF_A_PART);
        // Of ten folders, one belongs to a service and nine are elsewhere.
        let folder = match folder % 10 {
            0 => root.join(format!("services/app-{:03}/src/{folder}", folder / 10 % manifests)),
            _ => root.join(format!("libraries/part-{part:04}/{folder}")),
        };
        if at % FILES_OF_A_FOLDER == 0 {
            fs::create_dir_all(&folder)?;
        }
        fs::write(folder.join(format!("file_{at}.rs")), "pub const ANSWER: u8 = 42;\n")?;
        made.others += 1;
    }
    Ok(made)
}
