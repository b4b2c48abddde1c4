//! What people see: the design system (`ui`), the pages by role (`pages`), what each page shows (`features`),
//! the islands that run in the browser (`islands`) and the texts.
//!
//! A page is a pure function of its model, the texts and the frame; the server fills the model and renders it.
//! Nothing here knows of databases, HTTP or the clock.

pub mod features;
#[cfg(feature = "ssr")]
pub mod format;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod texts;
#[cfg(feature = "ssr")]
pub mod ui;
