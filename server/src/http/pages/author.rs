//! The pages of authors. [`content`] has the handlers of lists, comparison, review and norms, [`editor`] those of drafts;
//! [`question`] and [`scenario`] turn what a draft holds into a form and back, decide nothing and store nothing.

mod content;
mod editor;
mod forms;
mod pictures;
pub mod question;
mod rows;
pub mod scenario;

pub use content::{begin, compare, decide, desk, mark, module, norms, review, settle};
pub use editor::{draft, preview, write};
pub use pictures::{picture, upload};

use crate::services::enrolment::lesson_number;
use app::features::form::FormState;
use app::texts::Texts;
use domain::assessment::question::AuthoredQuestion;
use domain::curriculum::{Module, Programme};
use domain::ids::ModuleId;

/// Where a question or a case belongs: what its form offers to choose from.
#[derive(Debug, Clone)]
pub struct Place<'p> {
    /// Where the form posts.
    pub action: String,
    programme: &'p Programme,
    module: &'p Module,
    tags: Vec<String>,
    taken: Vec<String>,
}

impl<'p> Place<'p> {
    /// In `module` of `programme`, beside the questions of its `bank`; none where the programme has no such module.
    #[must_use]
    pub fn new<'b>(
        programme: &'p Programme,
        module: &ModuleId,
        bank: impl IntoIterator<Item = &'b AuthoredQuestion>,
        action: impl Into<String>,
    ) -> Option<Self> {
        let module = programme.modules.iter().find(|m| &m.id == module)?;
        let drawn = module.evaluation.iter().flat_map(|e| &e.draw).map(|draw| draw.tag.clone());
        let (mut tags, mut taken): (Vec<String>, Vec<String>) = (drawn.collect(), Vec::new());
        for question in bank {
            tags.extend(question.tags.iter().cloned());
            taken.push(question.id.to_string());
        }
        tags.sort();
        tags.dedup();
        Some(Self { action: action.into(), programme, module, tags, taken })
    }

    fn objectives(&self, t: Texts) -> Vec<(String, String)> {
        self.module.objectives.iter().map(|o| (o.id.to_string(), o.text.get(t.language()).to_owned())).collect()
    }

    /// Every part to read, those of this module first: a final examination sends to the lessons of others.
    fn parts(&self, t: Texts) -> Vec<(String, Vec<(String, String)>)> {
        let language = t.language();
        let mut lessons: Vec<_> = self.programme.lessons().collect();
        lessons.sort_by_key(|(module, _)| module.id != self.module.id);
        let named = lessons.into_iter().map(|(_, lesson)| {
            let parts = lesson.parts.iter().map(|p| (format!("{}/{}", lesson.id, p.id), p.title.get(language).to_owned()));
            (format!("{} {}", lesson_number(self.programme, &lesson.id), lesson.title.get(language)), parts.collect())
        });
        named.collect()
    }
}

/// Tells what is wrong with a field, once.
fn refuse(form: &mut FormState, field: impl AsRef<str>, words: impl Into<String>) {
    if form.error(field.as_ref()).is_none() {
        form.refuse(field.as_ref(), words);
    }
}

#[cfg(test)]
mod tests;
