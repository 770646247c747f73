//! Where entries go: a manifest that is named, and one that is made.

use crate::cli::estate::Opened;
use crate::cli::failure::{Failure, OutputError, Refusal};
use crate::estate::Estate;
use crate::source::FileId;
use crate::starter::{Addition, Tables, Target, Targets};
use crate::workspace;
use std::path::Path;

/// The manifest that is named, if it is one of the estate's or can become one.
pub fn target(opened: &Opened, estate: &Estate<'_>, to: &Path, tables: Tables) -> Result<Target, Failure> {
    let path = opened.working.join(to);
    let refused = |why| {
        Failure::from(OutputError::Refused {
            path: to.to_owned(),
            why,
        })
    };
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(refused(Refusal::Folder));
    };
    let folder = folder.canonicalize().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => OutputError::Refused {
            path: to.to_owned(),
            why: Refusal::NoFolder,
        },
        _ => OutputError::Write {
            path: to.to_owned(),
            error,
        },
    })?;
    let whole = folder.join(name);
    let root = &opened.root().dir;
    // Another name would be written out, and be that of another file.
    if name.to_str().is_none() && whole.symlink_metadata().is_err() {
        return Err(refused(Refusal::NoManifestName));
    }
    let relative = workspace::relative(root, &whole).ok_or_else(|| refused(Refusal::Outside))?;
    if whole
        .components()
        .any(|part| part.as_os_str().eq_ignore_ascii_case(".git"))
    {
        return Err(refused(Refusal::Git));
    }
    let manifests = opened.sources().as_slice();
    if let Some(at) = manifests.iter().position(|source| source.path == relative) {
        let file = FileId::at(at);
        let leads_out = whole.canonicalize().is_ok_and(|target| !target.starts_with(root));
        let mut targets = Targets::of(tables, estate, opened.sources());
        let why = match () {
            () if leads_out => Refusal::LinkOut,
            () if !targets.is_sound(file) => Refusal::Faulty,
            () if !targets.can_take(file) => Refusal::InBraces(tables),
            () => return Ok(Target::Manifest(file)),
        };
        return Err(refused(why));
    }
    match whole.symlink_metadata() {
        Ok(there) if there.is_dir() => Err(refused(Refusal::Folder)),
        Ok(there) if there.is_symlink() => Err(refused(Refusal::Link)),
        Ok(_) if opened.may_be_manifest(&whole)? => Err(refused(Refusal::NotRead)),
        Ok(_) => Err(refused(Refusal::NoManifestName)),
        Err(_) if !opened.may_be_manifest(&whole)? => Err(refused(Refusal::NoManifestName)),
        Err(_) => Ok(Target::New(relative)),
    }
}

/// Refuses to make a manifest where something is, or where it would not be read.
pub fn check_new(opened: &Opened, additions: &[Addition]) -> Result<(), Failure> {
    for one in additions.iter().filter(|one| matches!(one.target, Target::New(_))) {
        let path = opened.root().dir.join(&one.path);
        let why = if path.symlink_metadata().is_ok() {
            format!("{} is there, and nothing can be added to it", one.path)
        } else if !opened.may_be_manifest(&path)? {
            format!(
                "{} would not be read, by the config's `include` and `exclude`",
                one.path
            )
        } else {
            continue;
        };
        return Err(nothing_to_write(why));
    }
    Ok(())
}

/// Nothing is written where what was there would read in another way.
pub fn cannot_be_added_to(path: String) -> Failure {
    nothing_to_write(format!(
        "what {path} declares would change if entries were added at its end"
    ))
}

fn nothing_to_write(why: String) -> Failure {
    let notes = vec!["name another manifest with --to".to_owned()];
    Failure::NothingToWrite { why, notes }
}
