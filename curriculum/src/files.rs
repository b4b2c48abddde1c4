//! The files as they are written (README.md): one struct each, every unknown key a mistake.

use domain::assessment::question::Reference;
use domain::curriculum::{
    Draw, EvaluationRules, FeedbackPolicy, HourUnit, HoursRules, Language, LessonMode, Localised, MakeUp, Objective, OfferedAfter,
    ProgrammeStatus, RequirementKind, Signatory,
};
use domain::ids::{CheckpointId, EvaluationId, LessonId, ModuleId, ObjectiveId, ProgrammeId, QuestionId};
use domain::time::Seconds;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

use crate::package::Languages;

/// `programme.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeFile {
    pub id: ProgrammeId,
    pub title: Localised,
    pub edition: String,
    pub status: ProgrammeStatus,
    pub languages: Languages,
    pub time_zone: String,
    pub required_minutes: i64,
    pub hour: HourUnit,
    pub words_per_minute: i64,
    pub issuer: Localised,
    pub signatories: Vec<Signatory>,
    pub rules: HoursRules,
    pub evaluations: EvaluationRules,
    pub requirements: Vec<RequirementKind>,
    pub waivable: Vec<RequirementKind>,
    #[serde(default = "MakeUp::every")]
    pub make_up: Vec<MakeUp>,
    pub record_validity_days: u32,
    pub public_fields: Vec<String>,
    pub modules: Vec<String>,
    #[serde(default)]
    pub accepted_to_confirm: Vec<String>,
}

/// `module.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModuleFile {
    pub id: ModuleId,
    pub title: Localised,
    pub minimum_minutes: i64,
    pub objectives: Vec<Objective>,
    #[serde(default)]
    pub evaluation: Option<EvaluationFile>,
}

const fn graded() -> bool {
    true
}

const fn whole_module() -> i64 {
    100
}

/// `evaluation` of a module.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvaluationFile {
    pub id: EvaluationId,
    pub title: Localised,
    #[serde(default)]
    pub minutes: Option<i64>,
    #[serde(default)]
    pub seconds: Option<Seconds>,
    #[serde(default = "graded")]
    pub graded: bool,
    #[serde(default = "whole_module")]
    pub offered_when: i64,
    #[serde(default)]
    pub offered_after: OfferedAfter,
    pub draw: Vec<Draw>,
    #[serde(default)]
    pub cases: Vec<QuestionId>,
    #[serde(default)]
    pub attempts: Option<u32>,
    #[serde(default)]
    pub wait: Option<Seconds>,
    #[serde(default)]
    pub pass: Option<u16>,
    #[serde(default)]
    pub grace: Option<Seconds>,
    #[serde(default)]
    pub feedback: Option<FeedbackPolicy>,
}

impl EvaluationFile {
    /// The time limit, in minutes or seconds as written.
    #[must_use]
    pub fn limit(&self) -> Option<Seconds> {
        self.seconds.or(self.minutes.map(Seconds::from_minutes))
    }
}

/// Front matter of a lesson; what a translation leaves out is optional here.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    pub id: LessonId,
    pub title: String,
    /// Its title in languages in which the lesson is not written yet.
    #[serde(default)]
    pub titles: BTreeMap<Language, String>,
    #[serde(default)]
    pub minutes: Option<i64>,
    #[serde(default)]
    pub mode: Option<LessonMode>,
    #[serde(default)]
    pub objectives: Option<Vec<ObjectiveId>>,
    #[serde(default)]
    pub references: Vec<Reference>,
    /// Evaluations and practice cases whose time is this lesson's.
    #[serde(default)]
    pub counts: Vec<String>,
    #[serde(default)]
    pub content_notice: Option<String>,
    #[serde(default)]
    pub summary: Option<String>,
}

/// The head of a checkpoint block; its questions are read one by one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointHead {
    /// Its text id.
    pub id: CheckpointId,
    /// The objective of all its questions; not repeated in a translation.
    #[serde(default)]
    pub objective: Option<ObjectiveId>,
    /// Design minutes; not repeated in a translation.
    #[serde(default)]
    pub minutes: Option<i64>,
    #[serde(default, rename = "questions")]
    _questions: Option<IgnoredAny>,
}

/// A question of a checkpoint block.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointQuestionFile {
    /// Its text id.
    pub id: QuestionId,
    /// The part to read again; not repeated in a translation.
    #[serde(default)]
    pub passage: Option<String>,
    /// The question.
    pub prompt: String,
    /// The options.
    pub options: Vec<CheckpointOptionFile>,
}

/// An option of a checkpoint block.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointOptionFile {
    /// Its text.
    pub text: String,
    /// Whether it is right; not repeated in a translation.
    #[serde(default)]
    pub correct: Option<bool>,
    /// What she is told; empty where forgotten, which `check` tells.
    #[serde(default)]
    pub feedback: String,
}
