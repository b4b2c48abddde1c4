//! The author's lint in the reader's language: a title and what to do, for each kind of mistake that `curriculum` tells.
//!
//! It knows the kinds and the texts (`locales/*/lint.txt`), nothing of files or drafts. A new kind of mistake is an arm of
//! [`title`], which names no rest so that it does not compile without, and of one of the functions below it.

mod reason;
#[cfg(test)]
mod tests;
mod words;

use app::format::kilobytes;
use app::texts::Texts;
use curriculum::MistakeKind as K;
use words::{counted, hundredths, language, listed, meant, named, or_unnamed, place, shape};

/// What a part's heading ends with.
const PART: &str = "{#p1 minutes=8}";
/// What the heading of work with minutes of its own ends with.
const WORK: &str = "{.exercise minutes=3}";
/// The languages of a programme that has no translation yet.
const LANGUAGES: &str = "{source: es, complete: [es], offered: [en]}";

/// The title of a mistake, and what to do about it, in the language of `t`.
#[must_use]
pub fn sentence(t: Texts, kind: &K) -> (String, String) {
    let themes = [files, form, checkpoints, translations, minutes, questions, content, scenarios];
    // The command line's own sentence is better than none.
    let text = themes.iter().find_map(|theme| theme(t, kind)).unwrap_or_else(|| kind.to_string());
    (title(t, kind).to_owned(), text)
}

fn title(t: Texts, kind: &K) -> &'static str {
    match kind {
        K::NoProgramme => t.lint_no_programme_title(),
        K::MissingFile { .. } => t.lint_missing_file_title(),
        K::OutsideSource { .. } => t.lint_outside_source_title(),
        K::NotUtf8 => t.lint_not_utf8_title(),
        K::NotComposed => t.lint_not_composed_title(),
        K::HiddenCharacter { .. } => t.lint_hidden_character_title(),
        K::UnknownCounted { .. } => t.lint_unknown_counted_title(),
        K::CountedElsewhere { .. } => t.lint_counted_elsewhere_title(),
        K::CountedTwice { .. } => t.lint_counted_twice_title(),
        K::CountsInPerson => t.lint_counts_in_person_title(),
        K::NotPlainLines => t.lint_not_plain_lines_title(),
        K::Yaml { .. } => t.lint_yaml_title(),
        K::Value { .. } => t.lint_value_title(),
        K::MissingKey { .. } => t.lint_missing_key_title(),
        K::UnknownKey { .. } => t.lint_unknown_key_title(),
        K::UnknownValue { .. } => t.lint_unknown_value_title(),
        K::NotAList => t.lint_not_a_list_title(),
        K::BadId { .. } => t.lint_bad_id_title(),
        K::DuplicateId { .. } => t.lint_duplicate_id_title(),
        K::Languages => t.lint_languages_title(),
        K::FileName => t.lint_file_name_title(),
        K::NoFrontMatter => t.lint_no_front_matter_title(),
        K::TextBeforePart => t.lint_text_before_part_title(),
        K::NoParts => t.lint_no_parts_title(),
        K::PartWithoutId => t.lint_part_without_id_title(),
        K::PartWithoutMinutes => t.lint_part_without_minutes_title(),
        K::BadMinutes { .. } => t.lint_bad_minutes_title(),
        K::HeadingAttribute { .. } => t.lint_heading_attribute_title(),
        K::WorkHeading => t.lint_work_heading_title(),
        K::CheckpointNotLast => t.lint_checkpoint_not_last_title(),
        K::TwoCheckpoints => t.lint_two_checkpoints_title(),
        K::RightOptions { .. } => t.lint_right_options_title(),
        K::TranslationWithoutSource { .. } => t.lint_translation_without_source_title(),
        K::TranslationDiffers { .. } => t.lint_translation_differs_title(),
        K::TranslationKey { .. } => t.lint_translation_key_title(),
        K::Question { .. } => t.lint_question_title(),
        K::OpenWithoutModules => t.lint_open_without_modules_title(),
        K::ProgrammeMinutes { .. } => t.lint_programme_minutes_title(),
        K::NoMakeUp => t.lint_no_make_up_title(),
        K::ModuleMinutes { .. } => t.lint_module_minutes_title(),
        K::LessonMinutes { .. } => t.lint_lesson_minutes_title(),
        K::PartTooLong { .. } => t.lint_part_too_long_title(),
        K::StretchTooLong { .. } => t.lint_stretch_too_long_title(),
        K::NoCheckpointAtEnd => t.lint_no_checkpoint_at_end_title(),
        K::CheckpointInPerson => t.lint_checkpoint_in_person_title(),
        K::FewQuestions { .. } => t.lint_few_questions_title(),
        K::FewOptions { .. } => t.lint_few_options_title(),
        K::NoFeedback { .. } => t.lint_no_feedback_title(),
        K::Empty { .. } => t.lint_empty_title(),
        K::PassageOutside { .. } => t.lint_passage_outside_title(),
        K::UnknownObjective { .. } => t.lint_unknown_objective_title(),
        K::ObjectiveOfAnotherLesson { .. } => t.lint_objective_of_another_lesson_title(),
        K::DeadLink { .. } => t.lint_dead_link_title(),
        K::BadLink { .. } => t.lint_bad_link_title(),
        K::UnknownTerm { .. } => t.lint_unknown_term_title(),
        K::UnknownScenario { .. } => t.lint_unknown_scenario_title(),
        K::ImageWithoutText { .. } => t.lint_image_without_text_title(),
        K::MediaBudget { .. } => t.lint_media_budget_title(),
        K::NotJustified { .. } => t.lint_not_justified_title(),
        K::FewWords { .. } => t.lint_few_words_title(),
        K::ToConfirm { .. } => t.lint_to_confirm_title(),
        K::ConfirmedByNobody { .. } => t.lint_confirmed_by_nobody_title(),
        K::Blueprint { .. } => t.lint_blueprint_title(),
        K::BlueprintCritical { .. } => t.lint_blueprint_critical_title(),
        K::BlueprintCount { .. } => t.lint_blueprint_count_title(),
        K::UnknownCase { .. } => t.lint_unknown_case_title(),
        K::UnknownReread { .. } => t.lint_unknown_reread_title(),
        K::MissingText { .. } => t.lint_missing_text_title(),
        K::ScenarioTarget { .. } => t.lint_scenario_target_title(),
        K::ScenarioNode { .. } => t.lint_scenario_node_title(),
        K::ScenarioUnreachable { .. } => t.lint_scenario_unreachable_title(),
        K::HardToRead { .. } => t.lint_hard_to_read_title(),
        K::RawHtml => t.lint_raw_html_title(),
        K::Unfinished { .. } => t.lint_unfinished_title(),
    }
}

/// Files, data and ids.
fn files(t: Texts, kind: &K) -> Option<String> {
    Some(match kind {
        K::NoProgramme => t.lint_no_programme().to_owned(),
        K::MissingFile { path } => t.lint_missing_file(path),
        K::OutsideSource { path } => t.lint_outside_source(path),
        K::NotUtf8 => t.lint_not_utf8().to_owned(),
        K::NotComposed => t.lint_not_composed().to_owned(),
        K::HiddenCharacter { code } => t.lint_hidden_character(code),
        K::UnknownCounted { id, allowed } => t.lint_unknown_counted(listed(allowed), id),
        K::CountedElsewhere { id } => t.lint_counted_elsewhere(id),
        K::CountedTwice { id, first } => t.lint_counted_twice(first, id),
        K::CountsInPerson => t.lint_counts_in_person().to_owned(),
        K::NotPlainLines => t.lint_not_plain_lines().to_owned(),
        K::Yaml { reason } => reason::yaml(t, reason),
        K::Value { reason } => reason::value(t, reason),
        K::MissingKey { key } => t.lint_missing_key(key, named(t, key)),
        K::UnknownKey { key, allowed } => t.lint_unknown_key(listed(allowed), key),
        K::UnknownValue { value, allowed } => t.lint_unknown_value(listed(allowed), value),
        K::NotAList => t.lint_not_a_list().to_owned(),
        K::BadId { id } => t.lint_bad_id(id),
        K::DuplicateId { id, first } => t.lint_duplicate_id(place(t, first), id),
        K::Languages => t.lint_languages(LANGUAGES),
        K::OpenWithoutModules => t.lint_open_without_modules().to_owned(),
        _ => return None,
    })
}

/// The form of a lesson's file and of its headings.
fn form(t: Texts, kind: &K) -> Option<String> {
    Some(match kind {
        K::FileName => t.lint_file_name().to_owned(),
        K::NoFrontMatter => t.lint_no_front_matter().to_owned(),
        K::TextBeforePart => t.lint_text_before_part(PART),
        K::NoParts => t.lint_no_parts(PART),
        K::PartWithoutId => t.lint_part_without_id(PART),
        K::PartWithoutMinutes => t.lint_part_without_minutes(PART),
        K::BadMinutes { value } => t.lint_bad_minutes(value),
        K::HeadingAttribute { name } => t.lint_heading_attribute(name, PART, WORK),
        K::WorkHeading => t.lint_work_heading(WORK),
        K::Empty { what } => t.lint_empty(meant(t, what)),
        _ => return None,
    })
}

/// Checkpoints and their questions.
fn checkpoints(t: Texts, kind: &K) -> Option<String> {
    Some(match kind {
        K::CheckpointNotLast => t.lint_checkpoint_not_last().to_owned(),
        K::TwoCheckpoints => t.lint_two_checkpoints().to_owned(),
        K::RightOptions { question, count } => t.lint_right_options(counted(*count), or_unnamed(t, question)),
        K::NoCheckpointAtEnd => t.lint_no_checkpoint_at_end().to_owned(),
        K::CheckpointInPerson => t.lint_checkpoint_in_person().to_owned(),
        K::FewQuestions { count } => t.lint_few_questions(counted(*count)),
        K::FewOptions { question, count } => t.lint_few_options(counted(*count), or_unnamed(t, question)),
        K::NoFeedback { question } => t.lint_no_feedback(or_unnamed(t, question)),
        K::PassageOutside { passage, allowed } => t.lint_passage_outside(listed(allowed), passage),
        K::ObjectiveOfAnotherLesson { id } => t.lint_objective_of_another_lesson(id),
        _ => return None,
    })
}

fn translations(t: Texts, kind: &K) -> Option<String> {
    Some(match kind {
        K::TranslationWithoutSource { path } => t.lint_translation_without_source(path),
        K::TranslationDiffers { expected, found } => t.lint_translation_differs(shape(t, expected), shape(t, found)),
        K::TranslationKey { key } => t.lint_translation_key(named(t, key)),
        K::MissingText { language: code, what } => t.lint_missing_text(language(t, code), meant(t, what)),
        _ => return None,
    })
}

/// Minutes that add up, and text that justifies them.
fn minutes(t: Texts, kind: &K) -> Option<String> {
    Some(match kind {
        K::ProgrammeMinutes { sum, required } => t.lint_programme_minutes(required, sum),
        K::NoMakeUp => t.lint_no_make_up().to_owned(),
        K::ModuleMinutes { sum, minimum } => t.lint_module_minutes(minimum, sum),
        K::LessonMinutes { sum, minutes } => t.lint_lesson_minutes(minutes, sum),
        K::PartTooLong { minutes } => t.lint_part_too_long(minutes),
        K::StretchTooLong { minutes } => t.lint_stretch_too_long(minutes),
        K::NotJustified { minutes, justified } => t.lint_not_justified(hundredths(*justified), minutes),
        K::FewWords { words, minutes, wanted } => t.lint_few_words(minutes, wanted, words),
        K::Unfinished { sum, required } => t.lint_unfinished(required, sum),
        _ => return None,
    })
}

/// Questions of the bank, what is drawn of them, and the norms that they rest on.
fn questions(t: Texts, kind: &K) -> Option<String> {
    Some(match kind {
        K::Question { id, reason } => t.lint_question(or_unnamed(t, id), reason::question(t, reason)),
        K::ToConfirm { norm } => t.lint_to_confirm(norm),
        K::ConfirmedByNobody { norm } => t.lint_confirmed_by_nobody(norm),
        K::Blueprint { tag, wanted, held } => t.lint_blueprint(held, tag, wanted),
        K::BlueprintCritical { tag, wanted, held } => t.lint_blueprint_critical(held, tag, wanted),
        K::BlueprintCount { tag } => t.lint_blueprint_count(tag),
        K::UnknownCase { id } => t.lint_unknown_case(id),
        K::UnknownReread { lesson, part } => t.lint_unknown_reread(lesson, part),
        K::UnknownObjective { id, allowed } => t.lint_unknown_objective(listed(allowed), id),
        _ => return None,
    })
}

/// Links, words, pictures and how easily the text is read.
fn content(t: Texts, kind: &K) -> Option<String> {
    Some(match kind {
        K::DeadLink { target } => t.lint_dead_link(target),
        K::BadLink { target } => t.lint_bad_link(target),
        K::UnknownTerm { term } => t.lint_unknown_term(term),
        K::ImageWithoutText { target } => t.lint_image_without_text(target),
        K::MediaBudget { bytes } => t.lint_media_budget(kilobytes(usize::try_from(*bytes).unwrap_or(usize::MAX))),
        K::HardToRead { score } => t.lint_hard_to_read(hundredths(*score)),
        K::RawHtml => t.lint_raw_html().to_owned(),
        _ => return None,
    })
}

/// Practice cases.
fn scenarios(t: Texts, kind: &K) -> Option<String> {
    Some(match kind {
        K::UnknownScenario { id } => t.lint_unknown_scenario(id),
        K::ScenarioTarget { id } => t.lint_scenario_target(id),
        K::ScenarioNode { id } => t.lint_scenario_node(or_unnamed(t, id)),
        K::ScenarioUnreachable { id } => t.lint_scenario_unreachable(or_unnamed(t, id)),
        _ => return None,
    })
}
