//! Places in the repository that evidence names, and what is wrong with them.
//!
//! Whatever a place names is judged once, and nothing outside the estate's root is opened.

mod attributes;
mod blank;
mod digest;
mod folder;
mod glob;
pub mod lfs;
mod names;
mod place;

pub use digest::Digests;

use super::files::{Base, Files, Kind};
use super::git::{Absence, Kind as Absent, MAX_OBJECT};
use super::remembered::Remembered;
use super::{Asked, FILE_NAMES, Ignored, Index, MAX_MANIFEST, ReadError, Root, read, relative};
use crate::source::Sources;
use attributes::Attributes;
use blank::Look;
use folder::Tree;
use names::{Names, Standing};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError};

/// What is wrong with a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceFault {
    Missing,
    /// Something is called almost so: its path from the root.
    Near(String),
    /// It is written with `\`; the right form, from where the place counts.
    Backslash(String),
    /// Only white space and invisible characters.
    Blank,
    /// A folder without any file that counts.
    EmptyFolder,
    /// A glob that matches no file.
    NoMatch,
    /// A glob that is none, and how to write it, if that is known.
    NoGlob(String, Option<String>),
    GitIgnored,
    /// It is there, and git does not track it.
    Untracked,
    /// A manifest or a config.
    Declaration,
    /// The estate's root, or the manifest's own folder: everything, and so nothing.
    Everything,
    OutsideRoot,
    Unreadable(String),
}

/// A fault, and the file at fault where the place names several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub what: PlaceFault,
    pub file: Option<String>,
}

impl Fault {
    /// Whether the evidence is there all the same.
    pub fn is_there(&self) -> bool {
        self.what == PlaceFault::Untracked
    }
}

impl From<PlaceFault> for Fault {
    fn from(what: PlaceFault) -> Self {
        Self { what, file: None }
    }
}

/// A file of evidence.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// Whole, links resolved.
    pub path: PathBuf,
    /// The SHA-256 digest of its content, when the file is only a pointer of Git LFS to it.
    pub behind_pointer: Option<String>,
}

/// What became of one path.
#[derive(Debug, Clone)]
struct Judged {
    fault: Option<Fault>,
    /// The file that it names, if it names one.
    file: Option<Arc<File>>,
}

impl Judged {
    fn faulty(what: PlaceFault) -> Self {
        Self {
            fault: Some(what.into()),
            file: None,
        }
    }

    /// Nothing is known to be wrong with it.
    const UNKNOWN: Self = Self {
        fault: None,
        file: None,
    };
}

/// The files of the repository, as far as evidence names them.
pub struct Repository {
    root: PathBuf,
    files: Files,
    ignore: Ignored,
    index: Index,
    attributes: Attributes,
    names: Names,
    /// Manifests and configs that are not called as such files ordinarily are, from the root.
    declarations: BTreeSet<String>,
    paths: Remembered<PathBuf, Judged>,
    folders: Remembered<PathBuf, Option<Fault>>,
    trees: Remembered<(PathBuf, usize), Arc<Tree>>,
    globs: Remembered<String, Option<Fault>>,
    entries_per_glob: AtomicUsize,
    bytes_of_trees: AtomicUsize,
    pointers: Mutex<BTreeSet<PathBuf>>,
    /// What evidence names and the checkout has not, each with the command that helps.
    absent: Mutex<BTreeSet<(String, String)>>,
}

impl Repository {
    pub fn new(root: &Root) -> Self {
        let top = root.repository.as_deref().unwrap_or(&root.dir);
        Self {
            root: root.dir.clone(),
            files: root.files.clone(),
            ignore: Ignored::new(root, Asked::Git),
            index: root.index.clone(),
            attributes: Attributes::new(Base {
                dir: top,
                files: &root.files,
            }),
            names: Names::new(root.base()),
            declarations: BTreeSet::new(),
            paths: Remembered::default(),
            folders: Remembered::default(),
            trees: Remembered::default(),
            globs: Remembered::default(),
            entries_per_glob: AtomicUsize::new(folder::MAX_ENTRIES),
            bytes_of_trees: AtomicUsize::new(0),
            pointers: Mutex::default(),
            absent: Mutex::default(),
        }
    }

    /// Tells which files are manifests and configs, however they are called.
    #[must_use]
    pub fn with_declarations(mut self, sources: &Sources) -> Self {
        let read = sources.as_slice().iter().chain(sources.configs());
        let named = read.map(|source| source.path.as_str());
        let unusual = named.filter(|path| !is_called_a_declaration(Path::new(path)));
        self.declarations = unusual.map(str::to_owned).collect();
        self
    }

    /// Judges the path of one file or folder, from the root.
    fn path(&self, path: &Path) -> Judged {
        self.paths.get(path, || self.judge(path))
    }

    fn judge(&self, path: &Path) -> Judged {
        let whole = self.root.join(path);
        let link = match self.names.standing(path) {
            Standing::There(link) => link.map(|link| self.root.join(link)),
            Standing::Outside => return Judged::faulty(PlaceFault::OutsideRoot),
            Standing::Missing => return self.missing(path),
        };
        let real = match self.files.canonicalize(&whole) {
            Ok(real) => real,
            Err(ReadError::NotAtHand) if self.is_absent(&whole) => return Judged::UNKNOWN,
            Err(error) => {
                return Judged::faulty(match link {
                    Some(_) => PlaceFault::Unreadable("its link leads nowhere".into()),
                    None => PlaceFault::Unreadable(error.to_string()),
                });
            }
        };
        let Ok(inside) = real.strip_prefix(&self.root) else {
            return Judged::faulty(PlaceFault::OutsideRoot);
        };
        if inside.as_os_str().is_empty() {
            return Judged::faulty(PlaceFault::Everything);
        }
        // A clone does not have git's own files of another.
        if inside.components().any(|part| part.as_os_str() == ".git") {
            return Judged::faulty(PlaceFault::GitIgnored);
        }
        let Ok(kind) = self.files.kind_behind(&real) else {
            return self.missing(path);
        };
        if kind == Kind::Folder {
            return Judged {
                fault: self.folders.get(&real, || self.judge_folder(&real)),
                file: None,
            };
        }
        if kind != Kind::File {
            return Judged::faulty(PlaceFault::Unreadable("it is not a regular file".into()));
        }
        if self.is_declaration(path) || self.is_declaration(inside) {
            return Judged::faulty(PlaceFault::Declaration);
        }
        let untracked = match self.of_git(link.as_deref(), &real) {
            Some(PlaceFault::Untracked) => Some(PlaceFault::Untracked),
            Some(fault) => return Judged::faulty(fault),
            None => None,
        };
        let look = match self.look(&real) {
            Ok(look) => look,
            Err(ReadError::NotAtHand) if self.is_absent(&real) => return Judged::UNKNOWN,
            Err(error) => return Judged::faulty(PlaceFault::Unreadable(error.to_string())),
        };
        if look.is_blank {
            return Judged::faulty(PlaceFault::Blank);
        }
        // A pointer is shorter than what was looked at.
        let oid = lfs::oid(&look.start).filter(|_| self.attributes.is_lfs(&real));
        if oid.is_some() {
            let mut pointers = self.pointers.lock().unwrap_or_else(PoisonError::into_inner);
            pointers.insert(real.clone());
        }
        Judged {
            fault: untracked.map(Fault::from),
            file: Some(Arc::new(File {
                behind_pointer: oid.map(str::to_owned),
                path: real,
            })),
        }
    }

    /// The first look into a file. Blobs are the same in every tree.
    fn look(&self, file: &Path) -> Result<Look, ReadError> {
        let tree = match &self.files {
            Files::Disk => return Ok(read::open(file).and_then(blank::look)?),
            Files::Tree(tree) => tree,
        };
        let blob = tree.blob(file)?;
        let (is_blank, start) = blob.objects().glances.get(&blob.id(), || {
            // So much is something.
            if blob.size()? >= blank::LARGEST as u64 {
                return Ok((false, [].into()));
            }
            let look = blank::look(&*blob.read(blank::LARGEST as u64)?)?;
            Ok((look.is_blank, look.start.into_iter().take(lfs::TOO_LARGE).collect()))
        })?;
        let start = start.to_vec();
        Ok(Look { is_blank, start })
    }

    /// The digests of a file of evidence that can be read.
    pub fn digests(&self, file: &File) -> Option<Digests> {
        match &self.files {
            Files::Disk => digest::digests(&file.path).ok(),
            Files::Tree(tree) => {
                let blob = tree.blob(&file.path).ok()?;
                let known = &blob.objects().digests;
                let digests = known.get(&blob.id(), || digest::digests_of(&*blob.read(MAX_OBJECT).ok()?).ok());
                if digests.is_none() {
                    self.tell_absent(&Absence {
                        path: file.path.clone(),
                        kind: Absent::Object,
                        command: format!("git cat-file blob {}", blob.id()),
                    });
                }
                digests
            }
        }
    }

    /// Whether `digest` is that of the text of a file with CRLF line ends.
    pub fn is_digest_with_crlf(&self, file: &File, digest: &str) -> bool {
        let bytes = self.files.read(&file.path, MAX_MANIFEST);
        bytes.is_ok_and(|bytes| digest::is_digest_with_crlf(&bytes, digest))
    }

    fn base(&self) -> Base<'_> {
        Base {
            dir: &self.root,
            files: &self.files,
        }
    }

    /// Nothing is at a path by that name: git may have it all the same, or something may be called almost so.
    fn missing(&self, path: &Path) -> Judged {
        if self.is_absent(&self.root.join(path)) {
            return Judged::UNKNOWN;
        }
        Judged::faulty(match self.names.near(path) {
            Some(near) => PlaceFault::Near(slashed(&near)),
            None => PlaceFault::Missing,
        })
    }

    /// What git makes of a file that is there, and of the link by which it is named.
    fn of_git(&self, link: Option<&Path>, real: &Path) -> Option<PlaceFault> {
        let mut untracked = None;
        for path in link.into_iter().chain([real]) {
            match self.index.tracks(path) {
                Some(true) => {}
                _ if self.ignore.by(path).is_some() => return Some(PlaceFault::GitIgnored),
                Some(false) => untracked = Some(PlaceFault::Untracked),
                None => {}
            }
        }
        untracked
    }

    /// Whether a path from the root is that of a manifest or a config.
    fn is_declaration(&self, path: &Path) -> bool {
        is_called_a_declaration(path) || self.declarations.contains(&slashed(path))
    }

    /// Whether git has what evidence names, and the checkout has not: then it is unknown, and told.
    fn is_absent(&self, path: &Path) -> bool {
        let absence = self.index.is_absent_by_choice(path);
        absence.inspect(|absence| self.tell_absent(absence)).is_some()
    }

    fn tell_absent(&self, absence: &Absence) {
        let told = (super::shown(&self.root, &absence.path), absence.command.clone());
        self.absent.lock().unwrap_or_else(PoisonError::into_inner).insert(told);
    }

    /// What evidence names and the checkout has not, each with the command that helps.
    pub fn not_checked_out(&self) -> Vec<(String, String)> {
        let absent = self.absent.lock().unwrap_or_else(PoisonError::into_inner);
        absent.iter().cloned().collect()
    }

    /// How many pointers of Git LFS stand for evidence, whose content was not looked at.
    pub fn pointers(&self) -> usize {
        self.pointers.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

fn is_called_a_declaration(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name == b"scope.toml" || name.ends_with(b".scope.toml") || FILE_NAMES.iter().any(|config| name == config.as_bytes())
}

/// A path from the root, as messages name it.
fn slashed(path: &Path) -> String {
    relative(Path::new(""), path).unwrap_or_default()
}
