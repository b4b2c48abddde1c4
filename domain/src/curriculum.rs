//! What is taught, as the rules see it: structure, minutes, numbers and keys; no Markdown, no HTML.

use crate::ids::{CheckpointId, EvaluationId, LessonId, ModuleId, ObjectiveId, ProgrammeId, QuestionId, RevisionId};
use crate::time::Seconds;
use serde::{Deserialize, Serialize};

/// A text in the source language and perhaps others.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Localised {
    /// Spanish of Peru: always there.
    pub es: String,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// A language that the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Spanish of Peru, the source language.
    #[default]
    Es,
    /// English.
    En,
}

impl Language {
    /// Every language, source first.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// The short code used in file names, cookies and content (`es`, `en`).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language of a short code, or of a BCP-47 tag that begins with one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|l| primary.eq_ignore_ascii_case(l.code()))
    }
}

impl Localised {
    /// Whether no language has a text.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.es.is_empty() && self.en.is_none()
    }

    /// A text in the source language only.
    #[must_use]
    pub fn es(text: &str) -> Self {
        Self { es: text.to_owned(), en: None }
    }

    /// The text in `language`, else in Spanish.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Es => &self.es,
            Language::En => self.en.as_deref().unwrap_or(&self.es),
        }
    }

    /// The text with the name of a judicial district where it says [`DISTRICT`]: an issuer's, a signatory's office.
    #[must_use]
    pub fn in_district(&self, name: &str) -> Self {
        Self { es: self.es.replace(DISTRICT, name), en: self.en.as_ref().map(|text| text.replace(DISTRICT, name)) }
    }
}

/// Stands in a programme's issuer and offices for the judicial district of who is certified.
pub const DISTRICT: &str = "{district}";

/// Whether a programme can certify (curriculum.md, Files).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProgrammeStatus {
    /// Being written: missing minutes are unfinished, not wrong; nobody can be certified.
    InPreparation,
    /// Complete: certifies.
    Open,
}

/// A way to make up an agenda item that somebody missed (hours.md, Attribution and credit).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MakeUp {
    /// The same item in a session of another cohort, as a guest.
    Session,
    /// A task that a judge sets and confirms.
    Substitute,
}

impl MakeUp {
    /// Every way: what a programme offers that says nothing of it.
    #[must_use]
    pub fn every() -> Vec<Self> {
        vec![Self::Session, Self::Substitute]
    }

    /// Left out when stored, so that a programme that says nothing keeps its revision.
    fn is_every(ways: &[Self]) -> bool {
        ways == Self::every()
    }
}

/// How and when right answers are shown after an evaluation (evaluations.md, Papers and attempts).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedbackPolicy {
    /// With the released result, but not for a failed attempt that may be repeated.
    AfterSubmit,
    /// After the closing date.
    AfterClose,
    /// Never.
    Never,
}

/// Numbers of the hours rules (hours.md); lengths in seconds, shares in percent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursRules {
    /// Version printed on every ledger entry.
    pub version: u32,
    /// Share of a stretch's design time from which its full design time is credited.
    pub full_credit_at: i64,
    /// Share of an agenda item from which it is credited whole.
    pub session_full_credit_at: i64,
    /// How often the page reports.
    pub heartbeat: Seconds,
    /// How long study counts after the last sign of use.
    pub idle_after: Seconds,
    /// How far a device's clock may move against the last measurement.
    pub clock_tolerance: Seconds,
    /// How late a claim may arrive.
    pub claim_delay: Seconds,
    /// Most self-paced time in one local day.
    pub self_paced_per_day: Seconds,
    /// Most time without a pause.
    pub without_pause: Seconds,
    /// What counts as a pause.
    pub pause: Seconds,
    /// How long a reading's token lives.
    pub token_life: Seconds,
    /// Least time between two provisional ledger entries of one stretch.
    pub post_after: Seconds,
    /// Share of the stretch's design time attributed before its checkpoint opens.
    pub checkpoint_opens_at: i64,
    /// Wait after a wrong answer.
    pub checkpoint_wait: Seconds,
    /// Tries after which the stretch is marked for staff.
    pub checkpoint_tries: u32,
    /// Most adjustment of one enrolment, in percent of the required minutes.
    pub max_adjusted: i64,
    /// Sum of the adjustments of one enrolment up to which one person may adjust alone.
    #[serde(default = "adjustment_alone")]
    pub adjustment_alone: Seconds,
}

/// What programmes published before the rule have: 15 minutes.
const fn adjustment_alone() -> Seconds {
    Seconds::from_minutes(15)
}

/// Defaults of a programme's evaluations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvaluationRules {
    /// How many attempts.
    pub attempts: u32,
    /// Wait between attempts.
    pub wait: Seconds,
    /// Pass mark in hundredths of the 0–20 scale.
    pub pass: u16,
    /// How late after the deadline an answer may reach the server.
    pub grace: Seconds,
    /// What is shown after it.
    pub feedback: FeedbackPolicy,
}

/// A kind of requirement that the certification gate can ask for (certification.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementKind {
    /// Identity verified against a document.
    Identity,
    /// Adult on the day of enrolment.
    Adult,
    /// No-criminal-record requirement attested and not expired.
    Record,
    /// Backing of an organisation recorded.
    Backing,
    /// The programme's required minutes, confirmed.
    Minutes,
    /// Every module's minimum, confirmed.
    Modules,
    /// Attendance of every in-person lesson or its make-up.
    Sessions,
    /// Every graded evaluation released and passed.
    Evaluations,
}

/// How a printed hour is counted and called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HourUnit {
    /// Minutes in a printed hour.
    pub minutes: i64,
    /// What the certificate calls them ("horas cronológicas").
    pub wording: Localised,
}

/// Who signs, and from when to when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// Name as printed.
    pub name: String,
    /// Office as printed; [`DISTRICT`] in it is completed when a certificate is issued.
    pub office: Localised,
    /// First day.
    pub from: chrono::NaiveDate,
    /// Last day.
    pub to: chrono::NaiveDate,
}

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

/// How a lesson is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LessonMode {
    /// On the phone, in her own time.
    SelfPaced,
    /// In a session.
    InPerson,
}

/// The structure of a lesson: what counts, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// Its text id.
    pub id: LessonId,
    /// Its title.
    pub title: Localised,
    /// Design time in minutes.
    pub minutes: i64,
    /// How it is taken.
    pub mode: LessonMode,
    /// Objectives served.
    pub objectives: Vec<ObjectiveId>,
    /// Whether a notice stands before the text.
    pub content_notice: bool,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// Evaluations and practice cases whose time is this lesson's (hours.md, Evidence 4).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<String>,
    /// The source text it was read from.
    pub revision: RevisionId,
}

/// A part of a lesson: one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its id inside the lesson (`p1`).
    pub id: String,
    /// Its title.
    pub title: Localised,
    /// Design time.
    pub design: Seconds,
    /// The checkpoint that ends it, and with it a stretch.
    pub checkpoint: Option<Checkpoint>,
}

/// A checkpoint without its texts: id, objective, questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Its text id.
    pub id: CheckpointId,
    /// The objective that all its questions serve.
    pub objective: ObjectiveId,
    /// The pool, at least three.
    pub questions: Vec<CheckpointQuestion>,
}

/// A question of a checkpoint. Holds its key: never sent to a trainee's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointQuestion {
    /// Its text id.
    pub id: QuestionId,
    /// The part to read again after a wrong answer.
    pub passage: String,
    /// The question.
    pub prompt: Localised,
    /// The options, in file order.
    pub options: Vec<CheckpointOption>,
}

/// An option of a checkpoint's question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointOption {
    /// Its text.
    pub text: Localised,
    /// Whether it is the right one.
    pub correct: bool,
    /// What she is told after choosing it.
    pub feedback: Localised,
}

/// The run of parts up to and including a checkpoint (hours.md, Attribution and credit).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Position in the lesson, from 0.
    pub index: u16,
    /// Positions of its parts in the lesson.
    pub parts: Vec<usize>,
    /// Sum of its parts' design time.
    pub design: Seconds,
    /// The checkpoint that confirms it.
    pub checkpoint: CheckpointId,
}

impl Lesson {
    /// The stretches of a self-paced lesson, in order; empty for a lesson in person. Parts after the last checkpoint
    /// (an authoring mistake that `curriculum check` refuses) belong to no stretch.
    #[must_use]
    pub fn stretches(&self) -> Vec<Stretch> {
        if self.mode == LessonMode::InPerson {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut parts = Vec::new();
        let mut design = Seconds::ZERO;
        for (position, part) in self.parts.iter().enumerate() {
            parts.push(position);
            design += part.design;
            if let Some(checkpoint) = &part.checkpoint {
                found.push(Stretch {
                    index: u16::try_from(found.len()).unwrap_or(u16::MAX),
                    parts: std::mem::take(&mut parts),
                    design: std::mem::take(&mut design),
                    checkpoint: checkpoint.id.clone(),
                });
            }
        }
        found
    }

    /// The stretch that holds the part at `position`.
    #[must_use]
    pub fn stretch_of_part(&self, position: usize) -> Option<Stretch> {
        self.stretches().into_iter().find(|s| s.parts.contains(&position))
    }

    /// Design time of the whole lesson.
    #[must_use]
    pub const fn design(&self) -> Seconds {
        Seconds::from_minutes(self.minutes)
    }
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

/// An evaluation: blueprint, limits, pass mark (evaluations.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Its text id.
    pub id: EvaluationId,
    /// Its title.
    pub title: Localised,
    /// Time limit.
    pub limit: Seconds,
    /// Whether the gate asks for it.
    pub graded: bool,
    /// Percent of the minutes of `offered_after` that have to be confirmed before it opens.
    pub offered_when: i64,
    /// Whose minutes.
    #[serde(default)]
    pub offered_after: OfferedAfter,
    /// What is drawn.
    pub draw: Vec<Draw>,
    /// Rubric-graded cases of which one is drawn; empty for none.
    pub cases: Vec<QuestionId>,
    /// How many attempts.
    pub attempts: u32,
    /// Wait between attempts.
    pub wait: Seconds,
    /// Pass mark in hundredths of the 0–20 scale.
    pub pass: u16,
    /// How late an answer may arrive.
    pub grace: Seconds,
    /// What is shown after it.
    pub feedback: FeedbackPolicy,
}

/// Which minutes open an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfferedAfter {
    /// Those of its own module.
    #[default]
    Module,
    /// Those of all modules before it: a final examination.
    EarlierModules,
}

/// One line of a blueprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// The tag drawn from.
    pub tag: String,
    /// How many questions.
    pub count: u32,
    /// How many of them are critical: the same for everyone.
    #[serde(default)]
    pub critical: u32,
}
