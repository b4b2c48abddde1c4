//! What each page shows: one model a page, filled by the server's services, free of rows and requests.
//! A `NaiveDateTime` in a model is local time of the programme.

pub mod assessment;
pub mod attendance;
pub mod authoring;
pub mod certification;
pub mod error;
pub mod form;
pub mod frame;
pub mod hours;
pub mod people;
pub mod study;
pub mod totals;
