//! What is taught, as the rules see it: structure, minutes, numbers and keys; no Markdown, no HTML.

mod evaluation;
mod lesson;
mod rules;
mod text;

pub use evaluation::{Draw, Evaluation, OfferedAfter};
pub use lesson::{Checkpoint, CheckpointOption, CheckpointQuestion, Lesson, LessonMode, Part, Stretch};
pub use rules::{EvaluationRules, FeedbackPolicy, HourUnit, HoursRules, MakeUp, ProgrammeStatus, RequirementKind, Signatory};
pub use text::{DISTRICT, Language, Localised};

use crate::ids::{EvaluationId, LessonId, ModuleId, ObjectiveId, ProgrammeId};
use serde::{Deserialize, Serialize};

/// One revision of a programme: what an enrolment is held to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// Its text id.
    pub id: ProgrammeId,
    /// Its title.
    pub title: Localised,
    /// The edition printed on certificates.
    pub edition: String,
    /// Whether it certifies.
    pub status: ProgrammeStatus,
    /// IANA time zone of its dates.
    pub time_zone: String,
    /// Minutes required.
    pub required_minutes: i64,
    /// Printed hour.
    pub hour: HourUnit,
    /// Who issues the certificate; [`DISTRICT`] in it is completed when one is issued.
    pub issuer: Localised,
    /// Who signs it.
    pub signatories: Vec<Signatory>,
    /// The hours rules.
    pub rules: HoursRules,
    /// The evaluations' defaults.
    pub evaluations: EvaluationRules,
    /// What the gate asks.
    pub requirements: Vec<RequirementKind>,
    /// What of it can be waived.
    pub waivable: Vec<RequirementKind>,
    /// How a missed agenda item can be made up.
    #[serde(default = "MakeUp::every", skip_serializing_if = "MakeUp::is_every")]
    pub make_up: Vec<MakeUp>,
    /// Days that an attestation about criminal records is valid.
    pub record_validity_days: u32,
    /// What a stranger sees of a certificate.
    pub public_fields: Vec<String>,
    /// The modules, in order.
    pub modules: Vec<Module>,
    /// Help lines and offices.
    pub services: Vec<Service>,
}

/// A help line or office (services.yaml).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Text id.
    pub id: String,
    /// The number to call.
    pub number: String,
    /// Its name.
    pub name: Localised,
    /// What it is for.
    pub note: Localised,
    /// The day the number was last checked.
    pub checked: chrono::NaiveDate,
    /// Shown in the frame of every page.
    #[serde(default)]
    pub frame: bool,
}

/// A module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// Its text id.
    pub id: ModuleId,
    /// Its title.
    pub title: Localised,
    /// Least confirmed minutes for certification.
    pub minimum_minutes: i64,
    /// What the trainee will be able to do.
    pub objectives: Vec<Objective>,
    /// The lessons, in order.
    pub lessons: Vec<Lesson>,
    /// Its evaluation, where it has one.
    pub evaluation: Option<Evaluation>,
}

/// An objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its text id.
    pub id: ObjectiveId,
    /// Its text.
    pub text: Localised,
}

impl Programme {
    /// The lesson with this id, and its module.
    #[must_use]
    pub fn lesson(&self, id: &LessonId) -> Option<(&Module, &Lesson)> {
        self.modules.iter().find_map(|m| m.lessons.iter().find(|l| &l.id == id).map(|l| (m, l)))
    }

    /// The evaluation with this id, and its module.
    #[must_use]
    pub fn evaluation(&self, id: &EvaluationId) -> Option<(&Module, &Evaluation)> {
        self.modules.iter().find_map(|m| m.evaluation.as_ref().filter(|e| &e.id == id).map(|e| (m, e)))
    }

    /// The lesson whose front matter names this evaluation: time inside an attempt counts for it, and for no other.
    #[must_use]
    pub fn counting(&self, evaluation: &EvaluationId) -> Option<&Lesson> {
        self.lessons().map(|(_, lesson)| lesson).find(|lesson| lesson.counts.iter().any(|id| id == evaluation.as_str()))
    }

    /// Every lesson in order, with its module.
    pub fn lessons(&self) -> impl Iterator<Item = (&Module, &Lesson)> {
        self.modules.iter().flat_map(|m| m.lessons.iter().map(move |l| (m, l)))
    }
}
