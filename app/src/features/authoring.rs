//! Writing questions and practice cases in forms: what was typed, row by row, and what the page shows around it.

pub mod question;
pub mod scenario;

/// A text in both languages, as typed; English may stay empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Spanish.
    pub es: String,
    /// English.
    pub en: String,
}

impl Words {
    /// Whether nothing is typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.es.trim().is_empty() && self.en.trim().is_empty()
    }

    /// Its two fields under `name`.
    fn fields(&self, name: &str, fields: &mut Vec<(String, String)>) {
        fields.push((format!("{name}-es"), self.es.clone()));
        fields.push((format!("{name}-en"), self.en.clone()));
    }
}

/// Adds a field that is sent only when it is ticked.
fn ticked(name: String, is_ticked: bool, fields: &mut Vec<(String, String)>) {
    if is_ticked {
        fields.push((name, TICKED.to_owned()));
    }
}

/// The value of a ticked checkbox.
pub const TICKED: &str = "yes";
