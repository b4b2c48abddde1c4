//! The design system: the document around every page, and the pieces that pages are made of.

pub mod desk;
pub mod dispute;
pub mod document;
pub mod field;
pub mod form;
pub mod frame;
pub mod icon;
pub mod message;
pub mod progress;
pub mod requirements;

pub use icon::icon;
