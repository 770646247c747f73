//! How a table was made: what someone needs to make it again, and to tell whether it is all.

/// Where a table comes from.
#[derive(Debug, Default)]
pub struct Made {
    /// What and its value, in order: program, command, as-of date, commit, ..
    pub facts: Vec<(&'static str, String)>,
    /// Each file that was read, in the order of the paths.
    pub files: Vec<MadeFile>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFile {
    /// From the root.
    pub path: String,
    /// "as committed", "changed since the commit", "not in the commit", "unknown".
    pub state: &'static str,
    /// The id that git gives its content, if there is a repository.
    pub blob: Option<String>,
}
