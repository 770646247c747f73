//! `soclint init`.

use super::{CLEAN, estate, output};
use crate::config::FILE_NAMES;
use crate::render::safe;
use crate::source::Sources;
use crate::workspace::Root;
use crate::{session, starter, triage};
use clap::Args;
use std::path::PathBuf;

const MANIFEST: &str = "scope.toml";

#[derive(Args, Debug)]
pub struct InitArgs {
    /// Print what would be written, and write nothing.
    #[arg(long)]
    dry_run: bool,

    /// The folder to begin in, instead of the estate's root that is found.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// A file to write, or why it is not written.
struct Step {
    name: &'static str,
    text: String,
    kept: Option<String>,
}

pub fn run(args: &InitArgs) -> Result<u8, String> {
    let (_, root) = estate::find_root(args.root.as_deref(), None, &[])?;
    let sources = read(&root)?;
    let mut facts = starter::look(&root.dir);
    let own = own_manifest(&root, &sources, &facts);
    if own.is_some() {
        // What counts so far shall go on counting.
        facts.vendored.retain(|folder| !has_manifest(&sources, folder));
    }
    let steps = [
        Step {
            name: MANIFEST,
            text: starter::manifest(&facts),
            kept: own,
        },
        Step {
            name: FILE_NAMES[0],
            text: starter::config(&facts),
            kept: root
                .config
                .as_ref()
                .map(|config| format!("{} is there already", config.display())),
        },
    ];
    if steps.iter().all(|step| step.kept.is_some()) {
        let why: Vec<&str> = steps.iter().filter_map(|step| step.kept.as_deref()).collect();
        return Err(format!("nothing was written: {}", why.join("; ")));
    }
    let mut said = String::new();
    for step in &steps {
        let path = root.dir.join(step.name);
        if let Some(why) = &step.kept {
            said.push_str(&format!("kept: {}\n", safe::line(why)));
        } else if args.dry_run {
            said.push_str(&format!(
                "would write {}:\n\n{}\n",
                safe::line(&path.to_string_lossy()),
                step.text
            ));
        } else {
            output::write_new(&path, &step.text)?;
            said.push_str(&format!("wrote {}\n", safe::line(&path.to_string_lossy())));
        }
    }
    if !args.dry_run {
        said.push_str(next(&root, steps[0].kept.is_none())?);
    }
    output::print(&said)?;
    Ok(CLEAN)
}

/// What a run of `check` would read now.
fn read(root: &Root) -> Result<Sources, String> {
    let configs = session::read_configs(root).map_err(|error| error.to_string())?;
    let settings = session::parse_configs(&configs).map_err(|error| error.to_string())?;
    let manifests = session::read_manifests(root, &settings, |_| ()).map_err(|error| error.to_string())?;
    Ok(manifests.sources)
}

/// Whoever has a manifest needs no first one; another that declares the same service would only be in its way.
fn own_manifest(root: &Root, sources: &Sources, facts: &starter::Facts) -> Option<String> {
    let path = root.dir.join(MANIFEST);
    if path.symlink_metadata().is_ok() {
        return Some(format!("{} is there already", path.display()));
    }
    // Those of vendored folders will be left out by the config, unless it is there already.
    let is_left_out = |path: &str| {
        let mut vendored = facts.vendored.iter();
        root.config.is_none() && vendored.any(|folder| triage::lies_in(path, folder))
    };
    let first = sources.as_slice().iter().find(|source| !is_left_out(&source.path))?;
    let path = root.dir.join(&first.path);
    Some(format!("{} is a manifest of this estate already", path.display()))
}

fn has_manifest(sources: &Sources, folder: &str) -> bool {
    sources
        .as_slice()
        .iter()
        .any(|source| triage::lies_in(&source.path, folder))
}

fn next(root: &Root, has_written_manifest: bool) -> Result<&'static str, String> {
    let is_read = || Ok::<bool, String>(read(root)?.as_slice().iter().any(|source| source.path == MANIFEST));
    Ok(if has_written_manifest && !is_read()? {
        "scope.toml is not read, since an ignore file or the config's `include` and `exclude` leave it out\n"
    } else {
        "fill in what is true, then run `soclint check`\n"
    })
}
