//! Questions as the trainee sees them, without their key.

use super::{AuthoredOption, AuthoredQuestion, QuestionKind};
use crate::curriculum::Localised;
use crate::ids::QuestionId;
use serde::{Deserialize, Serialize};

/// An option as the trainee sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionOption {
    /// Its id inside the question; its place on her paper, from 1, where the id would tell the key.
    pub id: String,
    /// Its text.
    pub text: Localised,
}

/// A question as the trainee sees it. Has no field for the key, the feedback, the rubric, the norm or whether it is
/// critical: all of them tell the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its text id.
    pub id: QuestionId,
    /// Its type.
    pub kind: QuestionKind,
    /// What it is worth.
    pub points: u32,
    /// The question.
    pub prompt: Localised,
    /// The options in the order of her paper.
    pub options: Vec<QuestionOption>,
    /// The left sides of a matching question, as they were written.
    pub pairs: Vec<QuestionOption>,
    /// The unit of a number.
    pub unit: Option<Localised>,
    /// Least words asked of the answer; 0 for no wish.
    pub minimum_words: u32,
}

impl AuthoredQuestion {
    /// The options in `order` (ids); those that `order` does not name come last.
    #[must_use]
    pub fn ordered(&self, order: &[String]) -> Vec<&AuthoredOption> {
        let named = order.iter().filter_map(|id| self.option(id));
        let rest = self.options.iter().filter(|o| !order.contains(&o.id));
        named.chain(rest).collect()
    }

    /// What the trainee sees, with the options in `order` (ids); options that `order` does not name come last.
    #[must_use]
    pub fn question(&self, order: &[String]) -> Question {
        let hides_ids = self.kind.rules().hides_ids;
        let seen = |(place, id, text): (u32, &String, &Localised)| QuestionOption {
            id: if hides_ids { place.to_string() } else { id.clone() },
            text: text.clone(),
        };
        Question {
            id: self.id.clone(),
            kind: self.kind,
            points: self.points,
            prompt: self.prompt.clone(),
            options: (1..).zip(self.ordered(order)).map(|(place, o)| seen((place, &o.id, &o.text))).collect(),
            pairs: (1..).zip(&self.pairs).map(|(place, p)| seen((place, &p.id, &p.text))).collect(),
            unit: self.unit.clone(),
            minimum_words: self.minimum_words,
        }
    }
}
