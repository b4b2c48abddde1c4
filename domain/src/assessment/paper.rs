//! Papers: what a blueprint draws from the bank for one attempt.

use super::question::{AuthoredQuestion, QuestionKind};
use crate::curriculum::{Draw, Evaluation};
use crate::ids::{QuestionId, RevisionId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// A question of the bank at the revision that is current.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankQuestion {
    /// Its revision.
    pub revision: RevisionId,
    /// The question.
    pub question: AuthoredQuestion,
}

/// An item of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperItem {
    /// The question.
    pub question: QuestionId,
    /// The revision drawn.
    pub revision: RevisionId,
    /// The ids of its options in the order shown; empty where it has none.
    pub option_order: Vec<String>,
    /// What it is worth.
    pub points: u32,
}

/// What is stored when an attempt starts, so that it can be shown again exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The items in the order shown.
    pub items: Vec<PaperItem>,
}

/// Why no paper can be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DrawRefused {
    /// A line asks for more questions than the bank has left beside the lines before it.
    #[error("tag {tag:?} (critical: {critical}): {available} of {wanted}")]
    BankTooSmall {
        /// The line's tag.
        tag: String,
        /// Whether critical items are missing, or others.
        critical: bool,
        /// How many of these the line asks for.
        wanted: u32,
        /// How many of these it can get.
        available: u32,
    },
    /// A line asks for more critical items than items.
    #[error("tag {tag:?}: {critical} critical of {count}")]
    MoreCriticalThanCount {
        /// The line's tag.
        tag: String,
        /// Items asked for.
        count: u32,
        /// Critical ones among them.
        critical: u32,
    },
    /// A case of the list is not in the bank, or is no case.
    #[error("case {case} not in the bank")]
    CaseMissing {
        /// Its id.
        case: QuestionId,
    },
}

impl Paper {
    /// What the whole paper is worth, or `None` beyond `u32`.
    #[must_use]
    pub fn points(&self) -> Option<u32> {
        self.items.iter().try_fold(0_u32, |sum, item| sum.checked_add(item.points))
    }

    /// The item of this question.
    #[must_use]
    pub fn item(&self, question: &QuestionId) -> Option<&PaperItem> {
        self.items.iter().find(|item| &item.question == question)
    }
}

/// Draws a paper: for each line exactly `count` questions with its tag, of them exactly `critical` critical items, no
/// question twice; order of questions and options shuffled where the type says so; one of the cases last.
/// Lines that share questions never starve one another: if any paper exists, one is drawn.
///
/// `random(bound)` gives a number from 0 up to but not including `bound`, each as likely.
///
/// # Errors
/// [`DrawRefused`], and then for every random source alike.
pub fn draw(evaluation: &Evaluation, bank: &[BankQuestion], random: &mut impl FnMut(u64) -> u64) -> Result<Paper, DrawRefused> {
    let slots = slots(&evaluation.draw)?;
    let mut candidates = choices(bank);
    shuffle(&mut candidates, random);
    let mut seating = Seating { slots: &slots, candidates: &candidates, taken: vec![None; candidates.len()] };
    for (position, slot) in slots.iter().enumerate() {
        if !seating.seat(position, &mut vec![false; candidates.len()]) {
            let available = slots[..position].iter().filter(|other| *other == slot).count();
            return Err(slot.too_small(u32::try_from(available).unwrap_or(u32::MAX)));
        }
    }
    let mut drawn: Vec<&BankQuestion> =
        candidates.iter().zip(&seating.taken).filter(|(_, taken)| taken.is_some()).map(|(q, _)| *q).collect();
    shuffle(&mut drawn, random);
    drawn.extend(case(&evaluation.cases, bank, random)?);
    Ok(Paper { items: drawn.into_iter().map(|q| item(q, random)).collect() })
}

/// Whether a paper can be drawn from this bank at all: for authors.
///
/// # Errors
/// [`DrawRefused`], as [`draw`] would say.
pub fn check_blueprint(evaluation: &Evaluation, bank: &[BankQuestion]) -> Result<(), DrawRefused> {
    draw(evaluation, bank, &mut |_| 0).map(|_| ())
}

/// One question that a line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slot<'a> {
    /// Position of the line in the blueprint.
    line: usize,
    draw: &'a Draw,
    critical: bool,
}

impl Slot<'_> {
    fn fits(&self, candidate: &BankQuestion) -> bool {
        candidate.question.is_critical_item() == self.critical && candidate.question.tags.contains(&self.draw.tag)
    }

    fn too_small(&self, available: u32) -> DrawRefused {
        let Draw { tag, count, critical } = self.draw;
        let wanted = if self.critical { *critical } else { count - critical };
        DrawRefused::BankTooSmall { tag: tag.clone(), critical: self.critical, wanted, available }
    }
}

fn slots(lines: &[Draw]) -> Result<Vec<Slot<'_>>, DrawRefused> {
    let mut slots = Vec::new();
    for (line, draw) in lines.iter().enumerate() {
        if draw.critical > draw.count {
            let Draw { tag, count, critical } = draw.clone();
            return Err(DrawRefused::MoreCriticalThanCount { tag, count, critical });
        }
        slots.extend((0..draw.count).map(|n| Slot { line, draw, critical: n < draw.critical }));
    }
    Ok(slots)
}

/// The questions that lines draw from: every id once, no cases.
fn choices(bank: &[BankQuestion]) -> Vec<&BankQuestion> {
    let mut seen = BTreeSet::new();
    bank.iter().filter(|b| !b.question.kind.is_judged() && seen.insert(&b.question.id)).collect()
}

/// Matching of slots with questions by augmenting paths (Kuhn), because tags may overlap.
struct Seating<'a> {
    slots: &'a [Slot<'a>],
    candidates: &'a [&'a BankQuestion],
    /// For each candidate the slot that it fills.
    taken: Vec<Option<usize>>,
}

impl Seating<'_> {
    /// Finds a question for `slot`, moving slots seated before where that helps.
    fn seat(&mut self, slot: usize, tried: &mut [bool]) -> bool {
        // Free questions first: each draw is then as likely as another, and moves are rare.
        for free in [true, false] {
            for candidate in 0..self.candidates.len() {
                if tried[candidate] || self.taken[candidate].is_none() != free || !self.slots[slot].fits(self.candidates[candidate]) {
                    continue;
                }
                tried[candidate] = true;
                if self.taken[candidate].is_none_or(|other| self.seat(other, tried)) {
                    self.taken[candidate] = Some(slot);
                    return true;
                }
            }
        }
        false
    }
}

/// One of the cases, or `None` when none is listed. A listed case that the bank lacks is refused whichever is drawn.
fn case<'a>(
    listed: &[QuestionId],
    bank: &'a [BankQuestion],
    random: &mut impl FnMut(u64) -> u64,
) -> Result<Option<&'a BankQuestion>, DrawRefused> {
    let find = |id: &QuestionId| {
        let found = bank.iter().find(|b| &b.question.id == id && b.question.kind == QuestionKind::Case);
        found.ok_or_else(|| DrawRefused::CaseMissing { case: id.clone() })
    };
    let cases = listed.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    if cases.is_empty() { Ok(None) } else { Ok(cases.get(below(cases.len(), random)).copied()) }
}

fn item(drawn: &BankQuestion, random: &mut impl FnMut(u64) -> u64) -> PaperItem {
    let question = &drawn.question;
    let mut option_order: Vec<String> = question.options.iter().map(|o| o.id.clone()).collect();
    if question.kind.rules().is_shuffled {
        shuffle(&mut option_order, random);
    }
    PaperItem { question: question.id.clone(), revision: drawn.revision.clone(), option_order, points: question.points }
}

/// Fisher and Yates.
fn shuffle<T>(list: &mut [T], random: &mut impl FnMut(u64) -> u64) {
    for last in (1..list.len()).rev() {
        list.swap(last, below(last + 1, random));
    }
}

/// A position below `bound` (at least 1), whatever the source answers.
fn below(bound: usize, random: &mut impl FnMut(u64) -> u64) -> usize {
    let wide = u64::try_from(bound).unwrap_or(u64::MAX);
    usize::try_from(random(wide) % wide).unwrap_or(0)
}
