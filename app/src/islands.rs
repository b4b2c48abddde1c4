//! Parts of pages that run in the browser. Every page works without them; none of them formats dates or numbers.

mod answer_saver;
mod draft_saver;
#[cfg(feature = "hydrate")]
mod net;
#[cfg(feature = "hydrate")]
mod shelf;
mod study_clock;

pub use answer_saver::{AnswerSaver, AnswerTexts};
pub use draft_saver::DraftSaver;
pub use study_clock::{ClockTexts, REVEALED, StudyClock};
