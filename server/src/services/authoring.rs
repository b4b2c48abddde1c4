//! Writing lessons, questions and practice cases in the browser.

pub mod findings;
