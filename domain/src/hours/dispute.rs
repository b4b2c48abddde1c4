//! What a trainee does not recognise, or misses, in her hours: she writes, staff answer, she may write once more and is
//! answered for the last time (hours.md, What people see).

use serde::{Deserialize, Serialize};

/// Fewest characters of a text of hers or of an answer.
pub const LEAST: usize = 10;
/// Most characters.
pub const MOST: usize = 1000;
/// Most disputes of one enrolment that may wait for an answer at once.
pub const MOST_WAITING: usize = 10;

/// Where a dispute stands. Each text leads to the next state, so their number says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Staff owe the first answer.
    Waiting,
    /// Answered; she may open it once more.
    Answered,
    /// She opened it again: staff owe the last answer.
    Reopened,
    /// Answered for the last time.
    Closed,
}

/// Who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// She opens it again.
    Reopen,
    /// Staff answer.
    Answer,
}

impl State {
    /// The state after so many texts, the first being hers; `None` for a number that cannot be.
    #[must_use]
    pub const fn of(texts: i64) -> Option<Self> {
        match texts {
            1 => Some(Self::Waiting),
            2 => Some(Self::Answered),
            3 => Some(Self::Reopened),
            4 => Some(Self::Closed),
            _ => None,
        }
    }

    /// Whether staff owe an answer.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Waiting | Self::Reopened)
    }

    /// The state after a step; `None` when it is not its turn.
    #[must_use]
    pub const fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Waiting, Step::Answer) => Some(Self::Answered),
            (Self::Answered, Step::Reopen) => Some(Self::Reopened),
            (Self::Reopened, Step::Answer) => Some(Self::Closed),
            (Self::Waiting | Self::Reopened, Step::Reopen)
            | (Self::Answered, Step::Answer)
            | (Self::Closed, Step::Answer | Step::Reopen) => None,
        }
    }
}

/// A text as it is stored: without space around it, of a length between [`LEAST`] and [`MOST`] characters.
#[must_use]
pub fn text(typed: &str) -> Option<String> {
    // Browsers send line ends as two characters; people count one.
    let text = typed.trim().replace("\r\n", "\n");
    (LEAST..=MOST).contains(&text.chars().count()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_answered_twice_at_most_and_opened_again_once() {
        for (texts, step, after) in [
            (1, Step::Answer, Some(State::Answered)),
            (1, Step::Reopen, None),
            (2, Step::Answer, None),
            (2, Step::Reopen, Some(State::Reopened)),
            (3, Step::Answer, Some(State::Closed)),
            (3, Step::Reopen, None),
            (4, Step::Answer, None),
            (4, Step::Reopen, None),
        ] {
            let state = State::of(texts).expect("a state");
            assert_eq!(state.after(step), after, "{texts} {step:?}");
            // A step is one more text, and staff write exactly when it waits.
            assert!(after.is_none_or(|after| State::of(texts + 1) == Some(after)));
            assert_eq!(state.waits(), state.after(Step::Answer).is_some());
        }
        assert_eq!((State::of(0), State::of(5)), (None, None));
    }

    #[test]
    fn texts_are_trimmed_and_counted_in_characters() {
        assert_eq!(text("  ayer leí \r\n"), None);
        assert_eq!(text("ayer leí\r\n20 min"), Some("ayer leí\n20 min".to_owned()));
        assert_eq!(text(&"ñ".repeat(MOST)).map(|t| t.chars().count()), Some(MOST));
        assert_eq!(text(&"ñ".repeat(MOST + 1)), None);
    }
}
