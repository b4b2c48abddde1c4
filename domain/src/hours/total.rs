//! What a person has and what she lacks: the one sum that every page, export, report and gate reads (hours.md, Ledger).

use crate::curriculum::{HoursRules, Lesson, LessonMode, Module, Programme, Stretch};
use crate::hours::Place;
use crate::hours::credit::{Credit, checkpoint_is_open};
use crate::hours::ledger::{Posted, Sums};
use crate::ids::{CheckpointId, LessonId, ModuleId};
use crate::time::Seconds;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// What the ledger says.
    pub sums: Sums,
    /// What the evidence gives now, posted or not; `None` when it was not computed: then the ledger holds.
    pub current: Option<Credit>,
}

impl Standing {
    /// Σ earned entries + credit not yet posted = the current credit.
    fn earned(self) -> Posted {
        self.current.map_or(self.sums.earned, |c| Posted { provisional: c.provisional, confirmed: c.confirmed })
    }
}

/// Progress in a programme. Every sum is at most the design time of what it sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Counts towards certification.
    pub confirmed: Seconds,
    /// Shown only.
    pub provisional: Seconds,
    /// The programme's required time.
    pub required: Seconds,
    /// Module by module, in order.
    pub modules: Vec<ModuleProgress>,
    /// What is not confirmed yet, in the programme's order, whether or not the required time is reached.
    pub missing: Vec<Missing>,
    /// Time in lessons that this revision of the programme does not have: in no sum above, and not lost from sight.
    pub elsewhere: Posted,
}

/// Progress in a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleProgress {
    /// Which.
    pub id: ModuleId,
    /// Counts.
    pub confirmed: Seconds,
    /// Shown only.
    pub provisional: Seconds,
    /// Design time of its lessons.
    pub design: Seconds,
    /// Least confirmed time for certification.
    pub minimum: Seconds,
    /// Lesson by lesson, in order.
    pub lessons: Vec<LessonProgress>,
}

/// Progress in a lesson: its stretches and what counts for the lesson as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonProgress {
    /// Which.
    pub id: LessonId,
    /// How it is taken.
    pub mode: LessonMode,
    /// Counts.
    pub confirmed: Seconds,
    /// Shown only.
    pub provisional: Seconds,
    /// Its minutes.
    pub design: Seconds,
    /// Stretch by stretch, in order; empty for a lesson in person.
    pub stretches: Vec<StretchProgress>,
}

/// Progress in a stretch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StretchProgress {
    /// Position in the lesson, from 0.
    pub index: u16,
    /// The checkpoint that ends it.
    pub checkpoint: CheckpointId,
    /// Counts.
    pub confirmed: Seconds,
    /// Shown only, until the checkpoint is passed.
    pub provisional: Seconds,
    /// Its design time.
    pub design: Seconds,
}

/// One thing that she lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// In which lesson.
    pub lesson: LessonId,
    /// What.
    pub what: MissingWhat,
}

/// What is lacking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum MissingWhat {
    /// Study: this much is not credited, not counting what a checkpoint alone would bring.
    Study {
        /// Credit lacking.
        left: Seconds,
    },
    /// A checkpoint that is open to her and not passed.
    Checkpoint {
        /// Which.
        id: CheckpointId,
    },
    /// A session, or its make-up.
    Session {
        /// Credit lacking.
        left: Seconds,
    },
}

impl Progress {
    /// Whether the required time and every module's minimum are confirmed.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.confirmed >= self.required && self.modules.iter().all(|m| m.confirmed >= m.minimum)
    }
}

/// The progress of one enrolment. `standings` holds the places that have entries or evidence.
#[must_use]
pub fn total(programme: &Programme, standings: &BTreeMap<Place, Standing>) -> Progress {
    let by_lesson = group(standings);
    let modules: Vec<ModuleProgress> = programme.modules.iter().map(|m| module_progress(m, &by_lesson)).collect();
    let lessons = || modules.iter().flat_map(|m| &m.lessons);
    let mut elsewhere = Posted::default();
    for (_, standing) in by_lesson.iter().filter(|(id, _)| programme.lesson(id).is_none()).flat_map(|(_, s)| s) {
        elsewhere = add(elsewhere, add(standing.earned(), standing.sums.adjusted));
    }
    Progress {
        confirmed: modules.iter().map(|m| m.confirmed).sum(),
        provisional: modules.iter().map(|m| m.provisional).sum(),
        required: Seconds::from_minutes(programme.required_minutes),
        missing: lessons().flat_map(|l| missing(l, &programme.rules)).collect(),
        elsewhere,
        modules,
    }
}

type ByLesson<'a> = BTreeMap<&'a LessonId, Vec<(Option<u16>, Standing)>>;

fn group(standings: &BTreeMap<Place, Standing>) -> ByLesson<'_> {
    let mut grouped = ByLesson::new();
    for (place, standing) in standings {
        grouped.entry(&place.lesson).or_default().push((place.stretch, *standing));
    }
    grouped
}

fn module_progress(module: &Module, by_lesson: &ByLesson<'_>) -> ModuleProgress {
    let standings = |id| by_lesson.get(id).map_or(&[][..], Vec::as_slice);
    let lessons: Vec<LessonProgress> = module.lessons.iter().map(|l| lesson_progress(l, standings(&l.id))).collect();
    ModuleProgress {
        id: module.id.clone(),
        confirmed: lessons.iter().map(|l| l.confirmed).sum(),
        provisional: lessons.iter().map(|l| l.provisional).sum(),
        design: lessons.iter().map(|l| l.design).sum(),
        minimum: Seconds::from_minutes(module.minimum_minutes),
        lessons,
    }
}

/// Each stretch within its design time, then all of it, what has no stretch and the adjustments within the minutes.
fn lesson_progress(lesson: &Lesson, standings: &[(Option<u16>, Standing)]) -> LessonProgress {
    let stretches: Vec<StretchProgress> = lesson.stretches().into_iter().map(|s| stretch_progress(s, standings)).collect();
    let mut sum = Posted::default();
    for stretch in &stretches {
        sum = add(sum, Posted { provisional: stretch.provisional, confirmed: stretch.confirmed });
    }
    for (index, standing) in standings {
        sum = add(sum, standing.sums.adjusted);
        let is_counted = index.is_some_and(|i| stretches.iter().any(|s| s.index == i));
        if !is_counted {
            sum = add(sum, standing.earned());
        }
    }
    let sum = within(sum, lesson.design());
    LessonProgress {
        id: lesson.id.clone(),
        mode: lesson.mode,
        confirmed: sum.confirmed,
        provisional: sum.provisional,
        design: lesson.design(),
        stretches,
    }
}

fn stretch_progress(stretch: Stretch, standings: &[(Option<u16>, Standing)]) -> StretchProgress {
    let found = standings.iter().find(|(index, _)| *index == Some(stretch.index));
    let sum = within(found.map_or_else(Posted::default, |(_, s)| s.earned()), stretch.design);
    StretchProgress {
        index: stretch.index,
        checkpoint: stretch.checkpoint,
        confirmed: sum.confirmed,
        provisional: sum.provisional,
        design: stretch.design,
    }
}

fn missing(lesson: &LessonProgress, rules: &HoursRules) -> Vec<Missing> {
    let unconfirmed = lesson.design - lesson.confirmed;
    let item = |what| Missing { lesson: lesson.id.clone(), what };
    if unconfirmed <= Seconds::ZERO {
        return Vec::new();
    }
    match lesson.mode {
        LessonMode::InPerson => vec![item(MissingWhat::Session { left: unconfirmed })],
        LessonMode::SelfPaced => {
            let (study, open) = (study_left(lesson, rules), open_checkpoints(lesson, rules));
            // What covers the lesson is provisional and no checkpoint is open to confirm it: only study opens one.
            let study = if study == Seconds::ZERO && open.is_empty() { unconfirmed } else { study };
            let study = (study > Seconds::ZERO).then_some(MissingWhat::Study { left: study });
            study.into_iter().chain(open).map(item).collect()
        }
    }
}

/// Credit that no checkpoint alone would bring.
fn study_left(lesson: &LessonProgress, rules: &HoursRules) -> Seconds {
    let by_checkpoint: Seconds = lesson.stretches.iter().filter(|s| is_studied(s, rules)).map(|s| s.design - s.provisional).sum();
    (lesson.design - lesson.confirmed - lesson.provisional - by_checkpoint).max(Seconds::ZERO)
}

fn open_checkpoints(lesson: &LessonProgress, rules: &HoursRules) -> Vec<MissingWhat> {
    let open = lesson.stretches.iter().filter(|s| waits_for_checkpoint(s, rules));
    open.map(|s| MissingWhat::Checkpoint { id: s.checkpoint.clone() }).collect()
}

/// Provisional time is left only where the checkpoint was not passed.
fn waits_for_checkpoint(stretch: &StretchProgress, rules: &HoursRules) -> bool {
    stretch.provisional > Seconds::ZERO && checkpoint_is_open(stretch.provisional, stretch.design, rules)
}

/// Only the checkpoint stands between this stretch and its full design time.
fn is_studied(stretch: &StretchProgress, rules: &HoursRules) -> bool {
    stretch.provisional > Seconds::ZERO && stretch.provisional >= stretch.design.share(rules.full_credit_at)
}

fn add(one: Posted, other: Posted) -> Posted {
    Posted { provisional: one.provisional + other.provisional, confirmed: one.confirmed + other.confirmed }
}

/// Neither side negative, both together at most `design`; the confirmed side comes first.
fn within(sum: Posted, design: Seconds) -> Posted {
    let confirmed = sum.confirmed.min(design).max(Seconds::ZERO);
    let provisional = sum.provisional.min(design - confirmed).max(Seconds::ZERO);
    Posted { provisional, confirmed }
}

#[cfg(test)]
mod tests;
