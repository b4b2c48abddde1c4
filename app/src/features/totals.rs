//! Hours of many: totals by cohort and district, and the sheet that is exported.

use chrono::NaiveDate;
use domain::ids::CohortId;
use domain::time::Seconds;

/// Sums over some trainees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// How many.
    pub trainees: u32,
    /// How many have all their minutes confirmed.
    pub complete: u32,
    /// Confirmed credit.
    pub confirmed: Seconds,
    /// Credit that waits for its checkpoint.
    pub provisional: Seconds,
    /// Time measured by the clock.
    pub attributed: Seconds,
    /// What their programmes require together.
    pub required: Seconds,
}

impl std::ops::AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.trainees += other.trainees;
        self.complete += other.complete;
        self.confirmed = self.confirmed + other.confirmed;
        self.provisional = self.provisional + other.provisional;
        self.attributed = self.attributed + other.attributed;
        self.required = self.required + other.required;
    }
}

/// One cohort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortTotals {
    /// Which.
    pub id: CohortId,
    /// Its title.
    pub title: String,
    /// Its sums.
    pub sums: Sums,
}

/// One judicial district with its cohorts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictTotals {
    /// Its name.
    pub name: String,
    /// Its sums.
    pub sums: Sums,
    /// Its cohorts.
    pub cohorts: Vec<CohortTotals>,
}

/// The page `/staff/hours`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursTotals {
    /// On which day.
    pub on: NaiveDate,
    /// Districts in scope, by name.
    pub districts: Vec<DistrictTotals>,
}

/// A cell of an exported sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, whatever it begins with.
    Text(String),
    /// A whole number.
    Number(i64),
}

/// An exported sheet: heads, then one row a trainee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Name of the sheet and of the file.
    pub name: String,
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}
