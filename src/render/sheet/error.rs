//! Why a table is not written.

use rust_xlsxwriter::XlsxError;
use std::fmt;

#[derive(Debug)]
pub enum SheetError {
    Workbook(XlsxError),
    Csv(csv::Error),
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Workbook(error) => write!(f, "the workbook cannot be made: {error}"),
            Self::Csv(error) => write!(f, "the table cannot be made: {error}"),
        }
    }
}

impl std::error::Error for SheetError {}

impl From<XlsxError> for SheetError {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error)
    }
}

impl From<csv::Error> for SheetError {
    fn from(error: csv::Error) -> Self {
        Self::Csv(error)
    }
}
