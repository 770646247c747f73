//! What people ask of a judged estate, free of formats.

mod cells;
mod inventory;
mod made;
mod matrix;
mod page;
mod sheet;
mod standing;

pub use inventory::{Judged, Listed, Wanted, matters};
pub use made::{Made, MadeFile, Making, made};
pub use matrix::{CONTROL_COLUMNS, COVERAGE_COLUMNS, Chosen, VENDOR_COLUMNS, live_reports};
pub use page::{Asked, Chapter, Col, Fact, ORGANIZATION, Page, Reader, Row, Says, Table, Title};
pub use sheet::{Cell, Column, Holds, Part, SeenPlace, Sheet, Word};
