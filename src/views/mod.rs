//! What people ask of a judged estate, free of formats.

mod cells;
mod compare;
mod inventory;
mod made;
mod matrix;
mod sheet;
mod standing;

pub use compare::{
    Change, Commit, Committed, Compared, Comparison, ConfigChange, CoverageChange, Effect, EntityChange, KeyChange,
    NeedChange, Period, Ran, WORKING_TREE, Walk, compare,
};
pub use inventory::{Judged, Listed, Wanted, matters};
pub use made::{Made, MadeFile, Making, made};
pub use matrix::{CONTROL_COLUMNS, COVERAGE_COLUMNS, Chosen, VENDOR_COLUMNS, live_reports};
pub use sheet::{Cell, Column, Holds, Part, SeenPlace, Sheet, Word};
