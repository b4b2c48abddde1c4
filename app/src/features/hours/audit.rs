//! The auditor's random sample of trainees.

use domain::ids::EnrolmentId;

/// Somebody who was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Which enrolment.
    pub enrolment: EnrolmentId,
    /// Full name.
    pub name: String,
    /// Her cohort.
    pub cohort: String,
}

/// A repeatable random sample. Form, by GET: `seed`, `number`, `from`; the same at `/audit/sample.zip` gives the dossiers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SamplePage {
    /// From whom can be drawn, beside everybody: value and name, each programme before its cohorts.
    pub from: Vec<(String, String)>,
    /// Most that one file holds.
    pub most: usize,
    /// Who was drawn; none before a sample was asked for.
    pub drawn: Option<Vec<Drawn>>,
    /// Where the dossiers of those drawn are.
    pub file: String,
}
