//! What people ask of a judged estate, free of formats.

mod inventory;
mod made;
mod sheet;

pub use inventory::{Inventory, State, inventory};
pub use made::{Made, MadeFile, Making, made};
pub use sheet::{Cell, Column, Holds, SeenPlace, Sheet, Standing, Word};
