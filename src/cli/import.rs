//! `soclint import`.

use super::adopt::{left_out, patch, to, write};
use super::args::EstateArgs;
use super::estate::{self, Needs, Opened};
use super::failure::{Failure, Usage};
use super::{CLEAN, FINDINGS, ask, output};
use crate::estate::Estate;
use crate::model::{count, counted};
use crate::render::safe;
use crate::starter::import::{self, Columns, IMPORTED, Import, Mapped, Matrix, NoMapping, NotAdded, Surroundings};
use crate::starter::{Target, Targets};
use crate::workspace;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
pub struct ImportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Write an entry for each control of a control matrix.
    Controls(ControlsArgs),
}

#[derive(Args, Debug)]
struct ControlsArgs {
    /// The control matrix: CSV in UTF-8, one control in each row, with a row of heads.
    file: PathBuf,

    /// What a column says, by its head: HEAD=KEY, with a key of a control, `id` or `description`; HEAD=- leaves it out.
    /// Repeatable.
    #[arg(long, value_name = "HEAD=KEY", value_delimiter = ',', value_parser = parse_mapped)]
    map: Vec<Mapped>,

    /// The manifest to write into, which is made if it is not there; the nearest above the control matrix if not given, else
    /// controls.scope.toml in the root.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,

    /// Print what would be written as a patch; write nothing.
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,

    /// Write without asking.
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    estate: EstateArgs,
}

fn parse_mapped(text: &str) -> Result<Mapped, NoMapping> {
    Mapped::read(text)
}

pub fn run(args: &ImportArgs) -> Result<u8, Failure> {
    match &args.what {
        What::Controls(args) => controls(args),
    }
}

fn controls(args: &ControlsArgs) -> Result<u8, Failure> {
    let needs = Needs {
        manifests: false,
        discovery: false,
    };
    let opened = estate::open_with(&args.estate, &[], needs)?;
    let unread = |why: String| Usage::Matrix {
        path: args.file.clone(),
        why,
    };
    let file = opened.working.join(&args.file);
    let bytes = workspace::read_bytes(&file).map_err(|why| unread(why.to_string()))?;
    let matrix = Matrix::read(&bytes, &args.map).map_err(|why| unread(why.to_string()))?;
    let columns = Columns::of(&matrix.heads.cells, &args.map).map_err(|why| unread(why.to_string()))?;
    let linked = opened.linked();
    // What cannot be read may declare anything.
    if linked.estate.may_hide("") {
        let consequence = ", and may declare what would be imported; fix that first (soclint check)".to_owned();
        return Err(Failure::Unread { consequence });
    }
    let folder = folder(&opened, &file);
    let target = match &args.to {
        Some(to) => to::target(&opened, &linked.estate, to, IMPORTED)?,
        None => nearest(&linked.estate, &opened, folder.as_deref()),
    };
    let root = opened.root().dir.clone();
    let surroundings = Surroundings {
        folder,
        exists: &|path| root.join(path).exists(),
    };
    let import = import::plan(
        &matrix,
        &columns,
        target,
        surroundings,
        (&linked.estate, opened.sources()),
    )
    .map_err(not_added)?;
    to::check_new(&opened, import.addition.as_slice())?;
    opened.progress.finish();
    say(&import, &args.file);
    let status = if import.rows.is_empty() { CLEAN } else { FINDINGS };
    let Some(addition) = &import.addition else {
        output::print(&nothing(&import))?;
        return Ok(status);
    };
    let additions = std::slice::from_ref(addition);
    if args.dry_run {
        output::print_patch(&patch(additions, opened.sources()))?;
        return Ok(status);
    }
    if !args.yes {
        if !ask::is_attended() {
            let entries = addition.added.entries();
            return Err(Usage::AdoptUnattended { entries }.into());
        }
        output::print_patch(&patch(additions, opened.sources()))?;
        if !ask::confirm("Write this?")? {
            output::print("nothing was written\n")?;
            return Ok(status);
        }
    }
    write(additions, &opened)?;
    output::print(&format!(
        "wrote {} to {}{}\n`soclint check` says which ids of criteria are in no catalogue, and which controls have no evidence\n",
        count(addition.added.entries(), "control"),
        safe::line(&addition.path),
        beside(&import)
    ))?;
    Ok(status.max(left_out(additions, &opened)?))
}

/// The folder of the matrix from the root, if it lies below it.
fn folder(opened: &Opened, file: &Path) -> Option<String> {
    let folder = file.parent()?.canonicalize().ok()?;
    workspace::relative(&opened.root().dir, &folder)
}

fn nearest(estate: &Estate<'_>, opened: &Opened, folder: Option<&str>) -> Target {
    let beside = match folder {
        None | Some("") => "x".to_owned(),
        Some(folder) => format!("{folder}/x"),
    };
    let found = Targets::of(IMPORTED, estate, opened.sources()).nearest(&beside);
    found.map_or_else(|| Target::New(import::OWN_MANIFEST.to_owned()), Target::Manifest)
}

fn not_added(why: NotAdded) -> Failure {
    match why {
        NotAdded::Changes(path) => to::cannot_be_added_to(path),
        NotAdded::TooLarge(path) => Failure::NothingToWrite {
            why: format!("{path} would be larger than manifests are read"),
            notes: vec!["split the control matrix, and name another manifest with --to".to_owned()],
        },
    }
}

/// What is left out, and why: rows by their lines, values by their columns.
fn say(import: &Import, file: &Path) {
    let file = file.display();
    for (line, why) in &import.rows {
        output::warn(&format!("{file}:{line}: the row is left out: {why}"));
    }
    for told in &import.told {
        output::warn(&format!("{file}: {told}"));
    }
}

fn nothing(import: &Import) -> String {
    match (import.same, import.rows.len()) {
        (0, 0) => "nothing to import: there is no row\n".to_owned(),
        (same, 0) => format!("nothing to import: {} declared as the file says\n", are(same)),
        (same, left) => format!(
            "nothing was imported: {} declared as the file says, and {} left out\n",
            are(same),
            counted(left, "row is", "rows are")
        ),
    }
}

fn are(controls: usize) -> String {
    counted(controls, "control is", "controls are")
}

/// What else the rows came to.
fn beside(import: &Import) -> String {
    let mut said = String::new();
    if import.same > 0 {
        said.push_str(&format!("; {} declared already", are(import.same)));
    }
    if !import.rows.is_empty() {
        said.push_str(&format!(
            "; {} left out",
            counted(import.rows.len(), "row is", "rows are")
        ));
    }
    said
}
