//! The form of a question. The page around it calls, for a draft's body (the question's YAML block):
//!
//! - to show it: [`model_from_body`]; a blank body is a new question;
//! - on a POST whose `do` [`handles`]: [`model_from_fields`], shown again with 200;
//! - to save: [`body_from_fields`], or [`draft_from_fields`] where an unfinished question is kept too, but for what [`unread`] names.

mod answers;
mod kinds;
mod mistakes;
mod read;
mod trial;

use super::rows::{self, Change};
use super::{Place, refuse};
use crate::http::fields::Fields;
use app::features::authoring::question::{QuestionEditor, QuestionForm};
use app::features::form::FormState;
use app::texts::Texts;
use curriculum::Mistake;
use curriculum::authoring::question as block;

/// Whether a button of the form was pressed that shows it again and saves nothing.
#[must_use]
pub fn handles(doing: &str) -> bool {
    ["kind", "preview", "try"].contains(&doing) || Change::parse(doing).is_some()
}

/// The form of the question in `body`; `passed` are hidden fields of the page around it.
///
/// # Errors
/// The mistakes of a body that was broken by hand: it has to be mended as text, and a form over it would lose it.
pub fn model_from_body(body: &str, place: &Place<'_>, passed: Vec<(String, String)>, t: Texts) -> Result<QuestionEditor, Vec<Mistake>> {
    let form = if body.trim().is_empty() { read::blank(place) } else { read::shaped(kinds::form(&block::read(body)?), place) };
    let trial = trial::trial(&form, None, place, t);
    Ok(model(form, place, passed, trial, FormState::default(), t))
}

/// The form as typed, after what its button asks: a row more or less, another type, an answer to try.
#[must_use]
pub fn model_from_fields(fields: &Fields, place: &Place<'_>, t: Texts) -> QuestionEditor {
    let form = read::changed(fields, place);
    let trial = trial::trial(&form, Some(fields), place, t);
    model(form, place, rows::passed(fields), trial, FormState::default(), t)
}

/// The block of the question as typed. Rows in which nothing is typed are left out.
///
/// # Errors
/// The form again with every mistake, to be shown with 422.
pub fn body_from_fields(fields: &Fields, place: &Place<'_>, t: Texts) -> Result<String, Box<QuestionEditor>> {
    let form = read::changed(fields, place);
    let mut mistakes = FormState::default();
    let question = kinds::question(&form, place, &mut mistakes, t);
    mistakes::tell(&question, &form, place, &mut mistakes, t);
    if mistakes.errors.is_empty() {
        return Ok(block::write(&question));
    }
    let trial = trial::trial(&form, Some(fields), place, t);
    Err(Box::new(model(form, place, rows::passed(fields), trial, mistakes, t)))
}

/// The form again with the answers typed that say no number or no percent, which a draft cannot hold; none where there is none.
#[must_use]
pub fn unread(fields: &Fields, place: &Place<'_>, t: Texts) -> Option<QuestionEditor> {
    let form = read::changed(fields, place);
    let mistakes = answers::unread(&form, t);
    if mistakes.errors.is_empty() {
        return None;
    }
    let trial = trial::trial(&form, Some(fields), place, t);
    Some(model(form, place, rows::passed(fields), trial, mistakes, t))
}

/// The block of the question as far as it is written; points that are no number become 0, an answer that is none is left out.
#[must_use]
pub fn draft_from_fields(fields: &Fields, place: &Place<'_>, t: Texts) -> String {
    block::write(&kinds::question(&read::changed(fields, place), place, &mut FormState::default(), t))
}

fn model(
    form: QuestionForm,
    place: &Place<'_>,
    passed: Vec<(String, String)>,
    trial: app::features::authoring::question::Trial,
    mistakes: FormState,
    t: Texts,
) -> QuestionEditor {
    let mut tags = place.tags.clone();
    tags.extend(form.tags.iter().filter(|tag| !place.tags.contains(tag)).cloned());
    let mut objectives = place.objectives(t);
    // One that the module no longer has: it is shown, and saving asks for another.
    if !form.objective.is_empty() && !objectives.iter().any(|(id, _)| *id == form.objective) {
        objectives.push((form.objective.clone(), form.objective.clone()));
    }
    QuestionEditor {
        action: place.action.clone(),
        passed,
        module: place.module.title.get(t.language()).to_owned(),
        form,
        objectives,
        tags,
        parts: place.parts(t),
        mistakes,
        trial,
    }
}

#[cfg(test)]
mod tests;
