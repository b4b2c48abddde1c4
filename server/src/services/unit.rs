//! What many callers bring at the same time, handled as one unit of writing.

use crate::failure::{Failure, Outcome};
use sea_orm::DbErr;
use std::future::Future;
use std::sync::Arc;

/// Handles all that was brought as one unit, each with its own answer: what is refused or damaged of one touches nobody else.
///
/// When the database refuses the unit, each is tried as a unit of its own, so that nobody is taken along by another's row, unless the
/// connection is lost. `unit` must be safe to try again even where the refusal came after the commit.
pub async fn all_or_each<Q, A, F, U>(brought: Vec<Q>, unit: U) -> Vec<Outcome<A>>
where
    U: Fn(Vec<Arc<Q>>) -> F,
    F: Future<Output = Outcome<Vec<Outcome<A>>>>,
{
    let brought: Vec<_> = brought.into_iter().map(Arc::new).collect();
    let failure = match unit(brought.clone()).await {
        Ok(answers) => return answers,
        Err(failure) => failure,
    };
    if let Failure::Database(DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) = &failure {
        let lost = format!("{failure:?}");
        return brought.iter().map(|_| Err(Failure::Database(DbErr::Custom(lost.clone())))).collect();
    }
    if brought.len() == 1 {
        return vec![Err(failure)];
    }
    tracing::warn!(error = ?failure, together = brought.len(), "what came together is written one by one");
    let mut answers = Vec::with_capacity(brought.len());
    for one in brought {
        let alone = unit(vec![one]).await;
        answers.push(alone.and_then(|mut answers| answers.pop().unwrap_or(Err(Failure::NotFound))));
    }
    answers
}

/// Those that are the first of their key, and the others, which must see what those wrote.
pub fn first_of_each<Q, K: Ord>(waiting: Vec<Q>, key: impl Fn(&Q) -> K) -> (Vec<Q>, Vec<Q>) {
    let mut met = std::collections::BTreeSet::new();
    waiting.into_iter().partition(|one| met.insert(key(one)))
}
