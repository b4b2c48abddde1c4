//! From a person's chain of evidence to credit: what in it counts, for what, and what it gives. Posting, verification, the
//! report of differences and the check of a dossier all go this way, so none of them can disagree with another.

mod compare;

pub use compare::{Differs, compare};

use super::Place;
use super::attempt::active;
use super::attribution::{Attribution, Evidence, Rank, Target};
use super::bounds::Outcome;
use super::credit::{CheckpointState, Credit, attempt_credit, credit, session_credit};
use super::evidence::{Fact, Link};
use crate::curriculum::{LessonMode, Programme};
use crate::ids::{EnrolmentId, LessonId};
use crate::time::{Interval, Seconds};
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// An item of a session's agenda: presence is credited item by item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AgendaItem {
    /// At which session.
    pub meeting: Uuid,
    /// Which lesson in person.
    pub lesson: LessonId,
    /// From when to when.
    pub interval: Interval,
}

/// A piece of the chain that cannot be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("evidence number {received_no} cannot be read")]
pub struct Unreadable {
    /// Its number.
    pub received_no: i64,
}

/// What of a chain is evidence of time, in no order that matters.
///
/// A claim counts with its own number. The doubtful part that staff accepted counts with the number of **their decision**: it
/// takes only what nothing else had until then, so accepting never lowers what anybody was told (hours.md, Ledger).
///
/// # Errors
/// An outcome that `read` does not understand; an attempt of an enrolment that is not in `held`, because its rules say how
/// idle time is bounded.
pub fn evidence<P: Borrow<Programme>>(
    links: &[Link],
    agenda: &[AgendaItem],
    held: &BTreeMap<EnrolmentId, P>,
    read: impl Fn(&str) -> Option<Outcome>,
) -> Result<Vec<Evidence>, Unreadable> {
    let accepted = accepted(links);
    let mut found = presences(links, agenda);
    for Link { received_no, fact, .. } in links {
        let unreadable = Unreadable { received_no: *received_no };
        match fact {
            Fact::Claim { id, enrolment, place, outcome, .. } => {
                let outcome = read(outcome).ok_or(unreadable)?;
                let target =
                    Target { enrolment: EnrolmentId(*enrolment), lesson: LessonId(place.0.clone()), stretch: u16::try_from(place.2).ok() };
                let study = |received_no, interval| Evidence { received_no, rank: Rank::Study, target: target.clone(), interval };
                found.extend(outcome.believed(false).into_iter().map(|interval| study(*received_no, interval)));
                if let Some(decision) = accepted.get(id) {
                    found.extend(outcome.doubtful().iter().map(|part| study(*decision, part.interval)));
                }
            }
            Fact::Attempt { enrolment, counts, window, witnessed, .. } => {
                let enrolment = EnrolmentId(*enrolment);
                let idle_after = held.get(&enrolment).ok_or(unreadable)?.borrow().rules.idle_after;
                let target = Target { enrolment, lesson: LessonId(counts.1.clone()), stretch: None };
                let attempt = |interval| Evidence { received_no: *received_no, rank: Rank::Attempt, target: target.clone(), interval };
                found.extend(active(*window, witnessed, idle_after).into_iter().map(attempt));
            }
            Fact::Try { .. } | Fact::Presence { .. } | Fact::Decision { .. } | Fact::Adjustment { .. } | Fact::Verdict { .. } => {}
        }
    }
    Ok(found)
}

/// The claims whose doubtful part staff accepted, with the number of their decision.
fn accepted(links: &[Link]) -> BTreeMap<Uuid, i64> {
    let mut found = BTreeMap::new();
    for Link { received_no, fact, .. } in links {
        if let Fact::Decision { claim, accepted: true, .. } = fact {
            found.insert(*claim, *received_no);
        }
    }
    found
}

/// The judge's last word on each presence, where it is part of a confirmed roll, item by item. What she said herself (`code`)
/// never counts. Numbered by the agenda, not by arrival: a roll corrected later keeps its place.
fn presences(links: &[Link], agenda: &[AgendaItem]) -> Vec<Evidence> {
    let mut last = BTreeMap::new();
    for Link { fact, .. } in links {
        if let Fact::Presence { meeting, enrolment, present, source, confirmed, version, .. } = fact
            && source != "code"
        {
            let word = last.entry((*meeting, *enrolment)).or_insert((*version, *present, *confirmed));
            if word.0 <= *version {
                *word = (*version, *present, *confirmed);
            }
        }
    }
    let mut found = Vec::new();
    for ((meeting, enrolment), (_, present, confirmed)) in last {
        let ((Some(from), Some(to)), true) = (present, confirmed) else { continue };
        let Some(present) = Interval::new(from, to) else { continue };
        for item in agenda.iter().filter(|item| item.meeting == meeting) {
            let target = Target { enrolment: EnrolmentId(enrolment), lesson: item.lesson.clone(), stretch: None };
            found.extend(item.interval.intersect(present).map(|interval| (item.interval.start(), target, interval)));
        }
    }
    found.sort();
    let numbered = (0..).zip(found);
    numbered.map(|(received_no, (_, target, interval))| Evidence { received_no, rank: Rank::Attendance, target, interval }).collect()
}

/// How much each place of a self-paced lesson can take: a stretch its design time, attempts the lesson's minutes. Presence has
/// no limit here; its session bounds it.
#[must_use]
pub fn capacities<P: Borrow<Programme>>(held: &BTreeMap<EnrolmentId, P>) -> BTreeMap<Target, Seconds> {
    let mut found = BTreeMap::new();
    for (enrolment, programme) in held {
        for (_, lesson) in programme.borrow().lessons().filter(|(_, lesson)| lesson.mode == LessonMode::SelfPaced) {
            let target = |stretch| Target { enrolment: *enrolment, lesson: lesson.id.clone(), stretch };
            found.insert(target(None), lesson.design());
            found.extend(lesson.stretches().into_iter().map(|stretch| (target(Some(stretch.index)), stretch.design)));
        }
    }
    found
}

/// The checkpoints of an enrolment that were answered right.
#[must_use]
pub fn passed(links: &[Link], of: EnrolmentId) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for Link { fact, .. } in links {
        if let Fact::Try { enrolment, asked, answer: (_, true), .. } = fact
            && *enrolment == of.0
        {
            found.insert(asked.0.clone());
        }
    }
    found
}

/// What the adjustments that were granted add up to, lesson by lesson.
#[must_use]
pub fn granted(links: &[Link], of: EnrolmentId) -> BTreeMap<LessonId, Seconds> {
    let mut proposed = BTreeMap::new();
    let mut found: BTreeMap<LessonId, Seconds> = BTreeMap::new();
    for Link { fact, .. } in links {
        if let Fact::Adjustment { id, enrolment, lesson, seconds, .. } = fact
            && *enrolment == of.0
        {
            proposed.insert(*id, (LessonId(lesson.clone()), Seconds(*seconds)));
        }
        if let Fact::Verdict { adjustment, granted: true, .. } = fact
            && let Some((lesson, seconds)) = proposed.remove(adjustment)
        {
            *found.entry(lesson).or_default() += seconds;
        }
    }
    found
}

/// What the evidence gives under a programme's rules, place by place.
#[must_use]
pub fn credits(
    attribution: &Attribution,
    enrolment: EnrolmentId,
    programme: &Programme,
    passed: &BTreeSet<String>,
) -> BTreeMap<Place, Credit> {
    let mut found = BTreeMap::new();
    for (_, lesson) in programme.lessons() {
        let place = |stretch| Place { lesson: lesson.id.clone(), stretch };
        let seconds = |stretch| attribution.seconds(&Target { enrolment, lesson: lesson.id.clone(), stretch });
        let whole = match lesson.mode {
            LessonMode::InPerson => session_credit(seconds(None), lesson.design(), &programme.rules),
            LessonMode::SelfPaced => attempt_credit(seconds(None), lesson.design()),
        };
        found.insert(place(None), whole);
        for stretch in lesson.stretches() {
            let state = if passed.contains(&stretch.checkpoint.0) { CheckpointState::Passed } else { CheckpointState::Open };
            found.insert(place(Some(stretch.index)), credit(seconds(Some(stretch.index)), stretch.design, state, &programme.rules));
        }
    }
    found
}
