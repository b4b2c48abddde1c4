//! Desk of the judge: blind grading, sessions and their roll, writing questions and cases.

pub mod author;
pub mod code;
mod editor;
pub mod grading_home;
pub mod grading_task;
pub mod meetings;
pub mod question_editor;
pub mod roll;
mod roll_said;
mod roll_sheet;
pub mod scenario_editor;
pub mod substitutes;

pub use code::code;
pub use grading_home::grading_home;
pub use grading_task::grading_task;
pub use meetings::meetings;
pub use question_editor::question_editor;
pub use roll::roll;
pub use scenario_editor::scenario_editor;
pub use substitutes::{substitute, substitutes};
