//! What people ask of a judged estate, free of formats.

mod advice;
mod cells;
mod compare;
mod inventory;
mod made;
mod matrix;
mod page;
mod plan;
mod sheet;
mod standing;
mod timeline;

pub use advice::{
    Advice, Because, Both, Correction, Dated, FamilyAdvice, NotRecommended, Recommendation, ServiceAdvice, State,
    Weight, additions, number as type_number,
};
pub use compare::{
    Change, Commit, Committed, Compared, Comparison, ConfigChange, CoverageChange, Effect, EntityChange, KeyChange,
    NeedChange, Period, Ran, WORKING_TREE, Walk, compare,
};
pub use inventory::{Judged, Listed, Wanted, matters};
pub use made::{Made, MadeFile, Making, made};
pub use matrix::{CONTROL_COLUMNS, COVERAGE_COLUMNS, Chosen, VENDOR_COLUMNS, live_reports};
pub use page::{Chapter, Col, Contents, Fact, ORGANIZATION, Page, Reader, Row, Says, Span, Table, Title};
pub use plan::{Declared, Plan, Step, Target, Year, plan, readers};
pub use sheet::{Cell, Column, Holds, Part, SeenPlace, Sheet, Word};
pub use timeline::{Asked, Entry, Group, Outside, Stage, Timeline, What, When};
