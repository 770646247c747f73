//! What is asked of an estate, as tables and trees: free of formats.

mod inventory;

pub use inventory::{Inventory, inventory};
