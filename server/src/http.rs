//! HTTP: the router, sessions, forms, pages, static files.

pub mod api;
pub mod assets;
pub mod context;
pub mod cookies;
pub mod errors;
pub mod fields;
pub mod headers;
pub mod limits;
pub mod pages;
pub mod render;
pub mod router;
pub mod sheets;
