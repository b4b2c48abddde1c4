//! Desk of the judge: blind grading, sessions and their roll.

pub mod author;
pub mod code;
pub mod grading_home;
pub mod grading_task;
pub mod meetings;
pub mod roll;
mod roll_said;
mod roll_sheet;
pub mod substitutes;

pub use code::code;
pub use grading_home::grading_home;
pub use grading_task::grading_task;
pub use meetings::meetings;
pub use roll::roll;
pub use substitutes::{substitute, substitutes};
