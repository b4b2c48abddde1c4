//! What a form shows again after it was refused: what was typed, and what is wrong with it.

use std::collections::BTreeMap;

/// One thing to mend: the field's name and a sentence in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field, as in the form; empty when it is about the whole form.
    pub field: String,
    /// What is wrong and how to mend it.
    pub message: String,
}

/// State of a form: empty at first sight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormState {
    /// What was typed, by field; never passwords, PINs or files.
    pub values: BTreeMap<String, String>,
    /// What is wrong, in the order of the form.
    pub errors: Vec<FieldError>,
}

impl FormState {
    /// What was typed in `field`, else nothing.
    #[must_use]
    pub fn value(&self, field: &str) -> String {
        self.values.get(field).cloned().unwrap_or_default()
    }

    /// The message about `field`.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|e| e.field == field).map(|e| e.message.clone())
    }

    /// Adds a message about `field`.
    pub fn refuse(&mut self, field: &str, message: impl Into<String>) {
        self.errors.push(FieldError { field: field.to_owned(), message: message.into() });
    }
}
