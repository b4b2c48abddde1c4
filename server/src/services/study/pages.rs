//! What the course and lesson pages show.

use super::checkpoint::{option_order, question, tries_of};
use super::scenario::{Choice, cases};
use super::token::Reading;
use crate::catalogue::Text;
use crate::failure::{Failure, Outcome};
use crate::persistence::database::Database;
use crate::persistence::query;
use crate::services::Acting;
use crate::services::enrolment::{Enrolment, lesson_number, module_number};
use crate::services::record::Record;
use app::features::study::{Check, CheckQuestion, CheckState, Clock, Course, LessonPart, LessonRow, ModuleRow, PartLink, PartState};
use app::texts::Texts;
use domain::assessment::question::ReferenceStatus;
use domain::curriculum::{Checkpoint, CheckpointQuestion, Language, Lesson, LessonMode, Module, Stretch};
use domain::hours::credit::checkpoint_is_open;
use domain::hours::total::{LessonProgress, Progress};
use domain::ids::{EnrolmentId, LessonId, RevisionId};
use domain::time::Seconds;
use sea_orm::FromQueryResult;

/// Address of a part of a lesson, counted from 0.
#[must_use]
pub fn part_address(lesson: &LessonId, position: usize) -> String {
    format!("/course/{lesson}/{}", position + 1)
}

/// Position of the part where she goes on: the first of the first stretch that is not full, walking its parts by their design.
#[must_use]
pub fn resume_at(lesson: &Lesson, record: &Record, rules: &domain::curriculum::HoursRules) -> usize {
    for stretch in lesson.stretches() {
        let state = record.stretch(&lesson.id, stretch.index);
        if state.passed.is_some() {
            continue;
        }
        let mut left = Seconds(state.attributed / 1000);
        for position in &stretch.parts {
            let design = lesson.parts.get(*position).map_or(Seconds::ZERO, |p| p.design);
            if left < design.share(rules.full_credit_at) {
                return *position;
            }
            left = left - design;
        }
        return stretch.parts.last().copied().unwrap_or_default();
    }
    0
}

/// How she looks at a part.
#[derive(Debug, Clone, Default)]
pub struct Look<'a> {
    /// The feedback of the checkpoint that she just passed.
    pub answered: Option<String>,
    /// Where she stands in a practice case.
    pub chosen: Option<&'a Choice>,
    /// She asks for the newest text although she began an older one.
    pub newest: bool,
}

impl Acting<'_> {
    /// The course.
    ///
    /// # Errors
    /// `NotFound` without an enrolment; `Database`.
    pub async fn course(&self, t: Texts) -> Outcome<Course> {
        let (enrolment, record) = self.my_study().await?;
        let progress = record.progress(&enrolment.programme);
        let mut modules = Vec::new();
        for (position, module) in enrolment.programme.modules.iter().enumerate() {
            let mut lessons = Vec::new();
            for lesson in &module.lessons {
                let text = self.text(&enrolment, lesson, t).await?;
                lessons.push(lesson_row(&enrolment, &record, &progress, lesson, &text, t));
            }
            modules.push(ModuleRow {
                number: module_number(&enrolment.programme, position),
                title: module.title.get(t.language()).to_owned(),
                design: module.lessons.iter().map(Lesson::design).sum(),
                confirmed: progress.modules.get(position).map_or(Seconds::ZERO, |m| m.confirmed),
                lessons,
                evaluation: module
                    .evaluation
                    .as_ref()
                    .map(|e| ("/evaluations".to_owned(), e.title.get(t.language()).to_owned(), best_grade(&record, module))),
            });
        }
        Ok(Course { title: enrolment.programme.title.get(t.language()).to_owned(), modules })
    }

    async fn text(&self, enrolment: &Enrolment, lesson: &Lesson, t: Texts) -> Outcome<Text> {
        self.services.catalogue.text(&self.services.database, &enrolment.programme.id, lesson, t.language()).await
    }

    /// The text that she is in: until the lesson is finished the one that she opened, unless she asks for the newest; and
    /// whether there is a newer one.
    async fn text_of_hers(&self, enrolment: &Enrolment, record: &Record, lesson: &Lesson, newest: bool, t: Texts) -> Outcome<(Text, bool)> {
        let (catalogue, database) = (&self.services.catalogue, &self.services.database);
        let current = self.text(enrolment, lesson, t).await?;
        let finished = lesson.stretches().iter().all(|s| record.stretch(&lesson.id, s.index).passed.is_some());
        if newest || finished || !catalogue.is_rewritten(&lesson.id, current.language) {
            return Ok((current, false));
        }
        let opened = opened(database, enrolment.id, &lesson.id, current.language).await?;
        let Some(opened) = opened.filter(|revision| *revision != current.revision) else { return Ok((current, false)) };
        let hers = catalogue.fitting(database, &enrolment.programme.id, lesson, &opened, current.language).await?;
        Ok(hers.map_or((current, false), |text| (text, true)))
    }

    /// One part of a lesson, with a signed reading when she can earn hours with it.
    ///
    /// # Errors
    /// `NotFound` for a lesson or part that is not in her programme; `Database`.
    pub async fn lesson_part(&self, t: Texts, lesson: &str, part: usize, look: Look<'_>) -> Outcome<LessonPart> {
        let (enrolment, record) = self.my_study().await?;
        let id = LessonId::from(lesson);
        let (module, known) = enrolment.programme.lesson(&id).ok_or(Failure::NotFound)?;
        let structure = known.parts.get(part).ok_or(Failure::NotFound)?;
        let (text, newer) = self.text_of_hers(&enrolment, &record, known, look.newest, t).await?;
        let rendered = text.lesson.parts.get(part).ok_or(Failure::NotFound)?;
        let link = |position: usize| {
            text.lesson.parts.get(position).map(|p| PartLink {
                href: part_address(&id, position),
                title: p.title.clone(),
                bytes: p.html.len(),
            })
        };
        let in_person = known.mode == LessonMode::InPerson;
        let module_position = enrolment.programme.modules.iter().position(|m| m.id == module.id).unwrap_or_default();
        let check =
            structure.checkpoint.as_ref().map(|checkpoint| self.check(&enrolment, &record, known, part, checkpoint, &text, look.answered));
        let number = lesson_number(&enrolment.programme, &id);
        let states = part_states(known, &record, part);
        let extras = self.services.catalogue.extras(&enrolment.programme.id);
        let cases = cases(&extras, &rendered.scenarios, (&id, part), look.chosen, t)?;
        let html = rendered.html.clone();
        let (previous, next) = (part.checked_sub(1).and_then(link), link(part + 1));
        Ok(LessonPart {
            number,
            title: known.title.get(t.language()).to_owned(),
            module: module_number(&enrolment.programme, module_position),
            part_title: rendered.title.clone(),
            parts: states,
            part_titles: text.lesson.parts.iter().map(|p| p.title.clone()).collect(),
            position: part,
            html,
            newer,
            untranslated: text.language != t.language(),
            notice: known.content_notice && part == 0,
            studied: (record.studied(&id), known.design()),
            references: text.lesson.references.iter().map(|r| (r.norm.clone(), r.status == ReferenceStatus::Confirmed)).collect(),
            terms: rendered.terms.iter().map(|term| (term.anchor.clone(), term.word.clone(), term.definition.clone())).collect(),
            cases,
            check,
            previous,
            next,
            clock: (!in_person).then(|| self.clock(&enrolment, &id, part, &text)),
            in_person,
            lesson: id,
        })
    }

    fn clock(&self, enrolment: &Enrolment, lesson: &LessonId, part: usize, text: &Text) -> Clock {
        let rules = &enrolment.programme.rules;
        let reading = Reading {
            id: Reading::new_id(),
            person: enrolment.person,
            enrolment: enrolment.id,
            device: self.signed.device,
            session: self.signed.actor.session,
            lesson: lesson.clone(),
            part: u16::try_from(part).unwrap_or(u16::MAX),
            language: text.language,
            revision: text.revision.clone(),
            opened_at: self.services.now(),
        };
        Clock { token: reading.sign(&self.services.key), heartbeat: rules.heartbeat.0, idle_after: rules.idle_after.0 }
    }

    #[expect(clippy::too_many_arguments, reason = "one page's facts, each needed once")]
    fn check(
        &self,
        enrolment: &Enrolment,
        record: &Record,
        lesson: &Lesson,
        part: usize,
        checkpoint: &Checkpoint,
        text: &Text,
        answered: Option<String>,
    ) -> Check {
        let stretch = lesson.stretch_of_part(part);
        let number = stretch.as_ref().map_or(1, |s| u32::from(s.index) + 1);
        let state = stretch.as_ref().map(|s| record.stretch(&lesson.id, s.index)).unwrap_or_default();
        let studied = Seconds(state.attributed / 1000);
        let shown = if state.passed.is_some() {
            CheckState::Passed { feedback: answered }
        } else {
            stretch.map_or(CheckState::Closed { missing: Seconds::ZERO }, |stretch| {
                self.open_check(enrolment, record, lesson, &stretch, checkpoint, text, studied)
            })
        };
        Check { number, studied, state: shown }
    }

    #[expect(clippy::too_many_arguments, reason = "one page's facts, each needed once")]
    fn open_check(
        &self,
        enrolment: &Enrolment,
        record: &Record,
        lesson: &Lesson,
        stretch: &Stretch,
        checkpoint: &Checkpoint,
        text: &Text,
        studied: Seconds,
    ) -> CheckState {
        let rules = &enrolment.programme.rules;
        if !checkpoint_is_open(studied, stretch.design, rules) {
            let opens = stretch.design.share(rules.checkpoint_opens_at);
            return CheckState::Closed { missing: (opens - studied).max(Seconds(1)) };
        }
        let tries: Vec<_> = tries_of(record, checkpoint).collect();
        let now = self.services.now();
        if let Some(last) = tries.last().filter(|last| now < last.at.plus(rules.checkpoint_wait)) {
            return wait(lesson, checkpoint, text, last, last.at.plus(rules.checkpoint_wait).since(now).max(Seconds(1)));
        }
        let Some(asked) = question(checkpoint, enrolment.id, tries.len()) else { return CheckState::Closed { missing: Seconds::ZERO } };
        let words = texts_of(text, asked);
        let options = option_order(asked, enrolment.id, tries.len())
            .into_iter()
            .enumerate()
            .map(|(shown, position)| (shown.to_string(), words.option(position)));
        CheckState::Open(CheckQuestion { id: asked.id.0.clone(), prompt: words.prompt(), options: options.collect() })
    }
}

/// The revision of the text of a lesson that she opened last.
async fn opened(database: &Database, enrolment: EnrolmentId, lesson: &LessonId, language: Language) -> Outcome<Option<RevisionId>> {
    #[derive(FromQueryResult)]
    struct Opened {
        revision: String,
    }
    let sql = "SELECT revision FROM reading WHERE enrolment_id = $1 AND lesson_id = $2 AND language = $3 ORDER BY opened_at DESC LIMIT 1";
    let values = vec![enrolment.0.into(), lesson.0.clone().into(), language.code().into()];
    let found = query::one::<Opened, _>(database.read(), sql, values).await?;
    Ok(found.map(|found| RevisionId(found.revision)))
}

/// A question's words in the language of the text, else those of the structure.
struct Words<'a> {
    asked: &'a CheckpointQuestion,
    translated: Option<(String, Vec<String>)>,
}

impl Words<'_> {
    fn prompt(&self) -> String {
        self.translated.as_ref().map_or_else(|| self.asked.prompt.es.clone(), |(prompt, _)| prompt.clone())
    }

    fn option(&self, position: usize) -> String {
        let translated = self.translated.as_ref().and_then(|(_, options)| options.get(position).cloned());
        translated.or_else(|| self.asked.options.get(position).map(|o| o.text.es.clone())).unwrap_or_default()
    }
}

fn texts_of<'a>(text: &Text, asked: &'a CheckpointQuestion) -> Words<'a> {
    let all = text.lesson.parts.iter().filter_map(|p| p.checkpoint.as_ref()).flat_map(|c| &c.questions);
    let found = all.into_iter().find(|q| q.id == asked.id.0).filter(|q| q.options.len() == asked.options.len());
    Words { asked, translated: found.map(|q| (q.prompt.clone(), q.options.clone())) }
}

fn wait(lesson: &Lesson, checkpoint: &Checkpoint, text: &Text, last: &crate::services::record::Try, wait: Seconds) -> CheckState {
    let asked = checkpoint.questions.iter().find(|q| q.id.0 == last.question);
    let chosen = asked.and_then(|q| q.options.get(usize::try_from(last.answer).unwrap_or(usize::MAX)));
    let passage = asked.and_then(|q| lesson.parts.iter().position(|p| p.id == q.passage));
    CheckState::Wait {
        feedback: chosen.map(|o| o.feedback.get(text.language).to_owned()).unwrap_or_default(),
        passage: passage.and_then(|position| {
            text.lesson.parts.get(position).map(|p| PartLink {
                href: part_address(&lesson.id, position),
                title: p.title.clone(),
                bytes: p.html.len(),
            })
        }),
        wait,
    }
}

/// Parts of full or passed stretches are read; in the running stretch as far as its time reaches.
fn part_states(lesson: &Lesson, record: &Record, here: usize) -> Vec<PartState> {
    let mut states = vec![PartState::Ahead; lesson.parts.len()];
    for stretch in lesson.stretches() {
        let state = record.stretch(&lesson.id, stretch.index);
        let mut left = Seconds(state.attributed / 1000);
        for position in &stretch.parts {
            let design = lesson.parts.get(*position).map_or(Seconds::ZERO, |p| p.design);
            if let Some(shown) = states.get_mut(*position).filter(|_| state.passed.is_some() || left >= design.share(80)) {
                *shown = PartState::Done;
            }
            left = left - design;
        }
    }
    if let Some(shown) = states.get_mut(here) {
        *shown = PartState::Here;
    }
    states
}

/// A lesson's progress.
#[must_use]
pub fn lesson_progress<'p>(progress: &'p Progress, lesson: &LessonId) -> Option<&'p LessonProgress> {
    progress.modules.iter().flat_map(|m| &m.lessons).find(|l| &l.id == lesson)
}

fn lesson_row(enrolment: &Enrolment, record: &Record, progress: &Progress, lesson: &Lesson, text: &Text, t: Texts) -> LessonRow {
    let done = lesson_progress(progress, &lesson.id);
    LessonRow {
        href: part_address(&lesson.id, resume_at(lesson, record, &enrolment.programme.rules)),
        number: enrolment.number_of(&lesson.id),
        title: lesson.title.get(t.language()).to_owned(),
        design: lesson.design(),
        confirmed: done.map_or(Seconds::ZERO, |l| l.confirmed),
        provisional: done.map_or(Seconds::ZERO, |l| l.provisional),
        in_person: lesson.mode == LessonMode::InPerson,
        bytes: text.lesson.parts.iter().map(|p| p.html.len()).sum(),
    }
}

/// The best released grade of a module's evaluation.
#[must_use]
pub fn best_grade(record: &Record, module: &Module) -> Option<(u16, bool)> {
    let evaluation = module.evaluation.as_ref()?;
    let released = record.attempts.iter().filter(|a| a.evaluation == evaluation.id.0).filter_map(|a| a.released.as_ref());
    released.map(|(grade, passed, _, _)| (*passed, *grade)).max().map(|(passed, grade)| (grade, passed))
}
