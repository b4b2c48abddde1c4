//! From a programme as written, without mistakes, to the package that is stored.

use crate::files::{CheckpointQuestionFile, EvaluationFile};
use crate::package::{LessonNotes, LessonText, Package, digest, revision};
use crate::read::{CheckpointText, LessonFile, LessonVersion, ModuleText, PartText, Placed, ProgrammeText};
use domain::curriculum::{
    Checkpoint, CheckpointOption, CheckpointQuestion, Evaluation, EvaluationRules, Language, Lesson, LessonMode, Localised, Module, Part,
    Programme,
};
use domain::ids::{ObjectiveId, RevisionId};
use domain::time::Seconds;
use std::collections::BTreeMap;

/// The package of a programme in whose reading no mistake was found.
pub(crate) fn package(text: ProgrammeText) -> Package {
    let mut texts = Vec::new();
    let mut notes = Vec::new();
    let mut questions = Vec::new();
    let mut scenarios = Vec::new();
    for module in &text.modules {
        for version in module.lessons.iter().flat_map(|l| std::iter::once(&l.source).chain(&l.translations)) {
            texts.push(lesson_text(version));
            notes.push(lesson_notes(version));
        }
        for Placed { value, .. } in &module.questions {
            questions.push((module.file.id.clone(), value.clone(), question_revision(value)));
        }
        scenarios.extend(module.scenarios.iter().map(|s| s.value.clone()));
    }
    let source_digest = source_digest(&text);
    let file = text.file;
    let modules = text.modules.iter().map(|m| module(m, &file.evaluations)).collect();
    let programme = Programme {
        id: file.id,
        title: file.title,
        edition: file.edition,
        status: file.status,
        time_zone: file.time_zone,
        required_minutes: file.required_minutes,
        hour: file.hour,
        issuer: file.issuer,
        signatories: file.signatories,
        rules: file.rules,
        evaluations: file.evaluations,
        requirements: file.requirements,
        waivable: file.waivable,
        make_up: file.make_up,
        record_validity_days: file.record_validity_days,
        public_fields: file.public_fields,
        modules,
        services: text.services.into_iter().map(|s| s.value).collect(),
    };
    Package {
        programme,
        languages: file.languages,
        words_per_minute: file.words_per_minute,
        accepted_to_confirm: file.accepted_to_confirm,
        texts,
        questions,
        scenarios,
        glossary: text.glossary.into_iter().map(|t| t.value).collect(),
        help_card: text.cards,
        files: text.files,
        media: BTreeMap::new(),
        notes,
        source_digest,
    }
}

fn source_digest(text: &ProgrammeText) -> String {
    let list: String = text.files.iter().map(|(path, file)| format!("{}  {path}\n", digest(file.as_bytes()))).collect();
    digest(list.as_bytes())
}

/// The revision of a question: SHA-256 of its JSON with the fields in the order of the type.
pub(crate) fn question_revision(question: &domain::assessment::question::AuthoredQuestion) -> RevisionId {
    // A question holds text, numbers and lists only, which JSON can always carry.
    revision(&serde_json::to_string(question).unwrap_or_default())
}

fn lesson_text(version: &LessonVersion) -> LessonText {
    LessonText {
        lesson: version.front.id.clone(),
        language: version.language,
        source: version.text.clone(),
        revision: revision(&version.text),
    }
}

fn lesson_notes(version: &LessonVersion) -> LessonNotes {
    LessonNotes {
        lesson: version.front.id.clone(),
        language: version.language,
        summary: version.front.summary.clone().unwrap_or_default(),
        references: version.front.references.clone(),
        content_notice: version.front.content_notice.clone(),
    }
}

fn module(text: &ModuleText, defaults: &EvaluationRules) -> Module {
    Module {
        id: text.file.id.clone(),
        title: text.file.title.clone(),
        minimum_minutes: text.file.minimum_minutes,
        objectives: text.file.objectives.clone(),
        lessons: text.lessons.iter().map(lesson).collect(),
        evaluation: text.file.evaluation.clone().map(|e| evaluation(e, defaults)),
    }
}

fn evaluation(file: EvaluationFile, defaults: &EvaluationRules) -> Evaluation {
    Evaluation {
        limit: file.limit().unwrap_or(Seconds::ZERO),
        id: file.id,
        title: file.title,
        graded: file.graded,
        offered_when: file.offered_when,
        offered_after: file.offered_after,
        draw: file.draw,
        cases: file.cases,
        attempts: file.attempts.unwrap_or(defaults.attempts),
        wait: file.wait.unwrap_or(defaults.wait),
        pass: file.pass.unwrap_or(defaults.pass),
        grace: file.grace.unwrap_or(defaults.grace),
        feedback: file.feedback.unwrap_or(defaults.feedback),
    }
}

/// One text for each language: the source's, and the translation's where there is one.
fn merged<'v>(file: &'v LessonFile, get: impl Fn(&'v LessonVersion) -> Option<&'v str>) -> Localised {
    let english = file.translations.iter().find(|t| t.language == Language::En).and_then(&get);
    Localised { es: get(&file.source).unwrap_or_default().to_owned(), en: english.map(str::to_owned) }
}

/// The title, also in a language in which only the title is written.
fn title(file: &LessonFile) -> Localised {
    let title = merged(file, |v| Some(&v.front.title));
    Localised { en: title.en.or_else(|| file.source.front.titles.get(&Language::En).cloned()), ..title }
}

fn lesson(file: &LessonFile) -> Lesson {
    let front = &file.source.front;
    Lesson {
        id: front.id.clone(),
        title: title(file),
        minutes: front.minutes.unwrap_or_default(),
        mode: front.mode.unwrap_or(LessonMode::SelfPaced),
        objectives: front.objectives.clone().unwrap_or_default(),
        content_notice: front.content_notice.is_some(),
        parts: file.source.parts.iter().enumerate().map(|(position, p)| part(file, position, p)).collect(),
        counts: front.counts.clone(),
        revision: revision(&file.source.text),
    }
}

fn part(file: &LessonFile, position: usize, source: &PartText) -> Part {
    Part {
        id: source.id.clone(),
        title: merged(file, |v| v.parts.get(position).map(|p| p.outline.title.as_str())),
        design: Seconds::from_minutes(source.minutes),
        checkpoint: source.checkpoint.as_ref().map(|c| checkpoint(file, position, c)),
    }
}

fn checkpoint(file: &LessonFile, position: usize, source: &CheckpointText) -> Checkpoint {
    let questions = source.questions.iter().enumerate().map(|(number, (_, question))| {
        let of = move |v: &'_ LessonVersion| -> Option<CheckpointQuestionFile> {
            v.parts.get(position)?.checkpoint.as_ref()?.questions.get(number).map(|(_, q)| q.clone())
        };
        let translation = file.translations.iter().find(|t| t.language == Language::En).and_then(of);
        checkpoint_question(question, translation.as_ref())
    });
    Checkpoint {
        id: source.head.id.clone(),
        objective: source.head.objective.clone().unwrap_or_else(|| ObjectiveId(String::new())),
        questions: questions.collect(),
    }
}

fn checkpoint_question(source: &CheckpointQuestionFile, translation: Option<&CheckpointQuestionFile>) -> CheckpointQuestion {
    let options = source.options.iter().enumerate().map(|(number, option)| {
        let other = translation.and_then(|t| t.options.get(number));
        CheckpointOption {
            text: Localised { es: option.text.clone(), en: other.map(|o| o.text.clone()) },
            correct: option.correct == Some(true),
            feedback: Localised { es: option.feedback.clone(), en: other.map(|o| o.feedback.clone()).filter(|f| !f.is_empty()) },
        }
    });
    CheckpointQuestion {
        id: source.id.clone(),
        passage: source.passage.clone().unwrap_or_default(),
        prompt: Localised { es: source.prompt.clone(), en: translation.map(|t| t.prompt.clone()) },
        options: options.collect(),
    }
}
