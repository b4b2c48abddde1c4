//! Her home page: what she has, what is missing, the next step first.

use crate::clock::{local, zone};
use crate::failure::Outcome;
use crate::services::Acting;
use crate::services::certification::eligibility::facts;
use crate::services::enrolment::{Enrolment, module_number};
use crate::services::record::Record;
use crate::services::study::pages::{best_grade, part_address, resume_at};
use app::features::hours::{Gap, HomeModule, TraineeHome};
use app::texts::Texts;
use domain::assessment::attempt::start::opening_time;
use domain::certification::eligibility;
use domain::curriculum::Lesson;
use domain::hours::attendance::shows_code;
use domain::hours::total::{Missing, MissingWhat, Progress};
use domain::ids::CheckpointId;
use domain::time::Seconds;

impl Acting<'_> {
    /// The home page of a trainee.
    ///
    /// # Errors
    /// `NotFound` without an enrolment; `Database`.
    pub async fn trainee_home(&self, t: Texts) -> Outcome<TraineeHome> {
        let (enrolment, record) = self.my_study().await?;
        let progress = record.progress(&enrolment.programme);
        let requirements = eligibility(&enrolment.programme, &facts(&enrolment, &record, &progress));
        let mut gaps = Vec::new();
        for missing in &progress.missing {
            gaps.extend(self.gap(&enrolment, &record, missing, t).await?);
        }
        gaps.splice(0..0, evaluation_gaps(&enrolment, &record, &progress, t));
        gaps.sort_by_key(urgency);
        Ok(TraineeHome {
            name: enrolment.name.clone(),
            cohort: enrolment.cohort_title.clone(),
            programme: enrolment.programme.title.get(t.language()).to_owned(),
            hours: (progress.confirmed, progress.provisional, progress.required),
            gaps,
            modules: modules(&enrolment, &record, &progress, t),
            requirements,
            certificate: record.certificate.as_ref().map(|(number, _, _)| (number.clone(), "/certificate".to_owned())),
            queued: Seconds(record.queued / 1000),
            // The items of a session follow one another, so one of them is open as long as the session is.
            check_in: record.planned.iter().find(|p| shows_code(p.item, record.read_at)).map(|p| p.meeting),
        })
    }

    async fn gap(&self, enrolment: &Enrolment, record: &Record, missing: &Missing, t: Texts) -> Outcome<Option<Gap>> {
        let Some((_, lesson)) = enrolment.programme.lesson(&missing.lesson) else { return Ok(None) };
        let number = enrolment.number_of(&lesson.id);
        let title = lesson.title.get(t.language()).to_owned();
        Ok(Some(match &missing.what {
            MissingWhat::Session { left } => {
                let zone = zone(&enrolment.programme.time_zone);
                let planned = record.planned.iter().find(|p| p.lesson == lesson.id).map(|p| (local(p.item.start(), zone), p.place.clone()));
                let task = record.substitutes.iter().find(|s| s.0 == lesson.id).map(|s| (s.1.clone(), s.2));
                Gap::Session { lesson: number, title, time: *left, planned, task }
            }
            MissingWhat::Study { left } => {
                let at = resume_at(lesson, record, &enrolment.programme.rules);
                let bytes = self.bytes(enrolment, lesson, at, t).await?;
                Gap::Study { lesson: number, title, left: *left, href: part_address(&lesson.id, at), bytes }
            }
            MissingWhat::Checkpoint { id } => self.checkpoint_gap(enrolment, record, lesson, id, t).await?,
        }))
    }

    async fn checkpoint_gap(&self, enrolment: &Enrolment, record: &Record, lesson: &Lesson, id: &CheckpointId, t: Texts) -> Outcome<Gap> {
        let at = lesson.parts.iter().position(|p| p.checkpoint.as_ref().is_some_and(|c| &c.id == id)).unwrap_or_default();
        let index = lesson.stretch_of_part(at).map_or(0, |s| s.index);
        Ok(Gap::Checkpoint {
            lesson: enrolment.number_of(&lesson.id),
            number: u32::from(index) + 1,
            studied: Seconds(record.stretch(&lesson.id, index).attributed / 1000),
            href: format!("{}#control", part_address(&lesson.id, at)),
            bytes: self.bytes(enrolment, lesson, at, t).await?,
        })
    }

    async fn bytes(&self, enrolment: &Enrolment, lesson: &Lesson, part: usize, t: Texts) -> Outcome<usize> {
        let text = self.services.catalogue.text(&self.services.database, &enrolment.programme.id, lesson, t.language()).await?;
        Ok(text.lesson.parts.get(part).map_or(0, |p| p.html.len()))
    }
}

/// What comes first: an open attempt, a checkpoint, study, an evaluation, a session.
const fn urgency(gap: &Gap) -> u8 {
    match gap {
        Gap::Evaluation { open: true, .. } => 0,
        Gap::Checkpoint { .. } => 1,
        Gap::Study { .. } => 2,
        Gap::Evaluation { open: false, .. } => 3,
        Gap::Session { .. } => 4,
    }
}

fn evaluation_gaps(enrolment: &Enrolment, record: &Record, progress: &Progress, t: Texts) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (position, module) in enrolment.programme.modules.iter().enumerate() {
        let Some(evaluation) = &module.evaluation else { continue };
        let attempts: Vec<_> = record.attempts.iter().filter(|a| a.evaluation == evaluation.id.0).collect();
        let open = attempts.iter().any(|a| a.state == "in_progress");
        let settled = attempts.iter().any(|a| matches!(a.state.as_str(), "submitted" | "awaiting_grading" | "graded"))
            || attempts.iter().any(|a| a.released.as_ref().is_some_and(|r| r.1 || !evaluation.graded));
        let (design, confirmed) = opening_time(evaluation, progress, position);
        let offered = confirmed >= design.share(evaluation.offered_when);
        if open || (offered && !settled) {
            let title = evaluation.title.get(t.language()).to_owned();
            gaps.push(Gap::Evaluation { title, href: "/evaluations".to_owned(), open });
        }
    }
    gaps
}

fn modules(enrolment: &Enrolment, record: &Record, progress: &Progress, t: Texts) -> Vec<HomeModule> {
    let programme = &enrolment.programme;
    let rows = programme.modules.iter().zip(&progress.modules).enumerate().map(|(position, (module, done))| HomeModule {
        number: module_number(programme, position),
        title: module.title.get(t.language()).to_owned(),
        href: module.lessons.first().map_or_else(|| "/course".to_owned(), |_| format!("/course#{}", module.id)),
        confirmed: done.confirmed,
        design: done.design,
        grade: best_grade(record, module),
    });
    rows.collect()
}
