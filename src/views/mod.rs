//! What people ask of a judged estate, free of formats.

mod cells;
mod inventory;
mod made;
mod sheet;
mod standing;

pub use inventory::{Judged, Listed, Wanted, matters};
pub use made::{Made, MadeFile, Making, made};
pub use sheet::{Cell, Column, Holds, SeenPlace, Sheet, Word};
