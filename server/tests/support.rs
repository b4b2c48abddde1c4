//! What the tests share: a fresh installation, the people in it, a browser for each, and the way of a trainee.

pub mod app;
pub mod browser;
pub mod cast;
pub mod place;
pub mod probe;
pub mod process;
pub mod walk;

pub use app::TestApp;
pub use browser::{Answer, Browser};
pub use cast::{Person, World};

use ::app::texts::Texts;
use domain::curriculum::Language;

/// The texts that people are told, in the source language.
pub const ES: Texts = Texts(Language::Es);
/// The same in English.
pub const EN: Texts = Texts(Language::En);
