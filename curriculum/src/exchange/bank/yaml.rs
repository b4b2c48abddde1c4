//! Questions as a file of our bank (`curriculum/README.md`, questions).

use domain::assessment::question::AuthoredQuestion;

/// The questions as a YAML list, every text in quotes; `None` where YAML cannot hold one, which is never so for a
/// question that was read.
#[must_use]
pub fn yaml(questions: &[AuthoredQuestion]) -> Option<String> {
    let options = serde_saphyr::ser_options! { quote_all: true, prefer_block_scalars: false };
    let mut text = String::new();
    serde_saphyr::to_fmt_writer_with_options(&mut text, &questions, options).ok()?;
    Some(text)
}
