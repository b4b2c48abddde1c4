//! What many callers ask at the same time is gathered and handled together; each is answered when all of it is done.

use futures::FutureExt as _;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use tokio::sync::{mpsc, oneshot};

/// How many callers may be handled together.
const MOST: usize = 256;

/// Hands what is asked to one task, which takes all that waits, handles it, and only then looks again. Without load each is
/// handled alone and waits for nobody.
#[derive(Debug)]
pub struct Gather<Q, A> {
    queue: mpsc::Sender<(Q, oneshot::Sender<A>)>,
}

impl<Q, A> Clone for Gather<Q, A> {
    fn clone(&self) -> Self {
        Self { queue: self.queue.clone() }
    }
}

impl<Q: Send + 'static, A: Send + 'static> Gather<Q, A> {
    /// `handle` answers each in the order of what was asked; must be called inside the async runtime.
    #[must_use]
    pub fn start<H, F>(handle: H) -> Self
    where
        H: Fn(Vec<Q>) -> F + Send + Sync + 'static,
        F: Future<Output = Vec<A>> + Send,
    {
        let (queue, mut waiting) = mpsc::channel::<(Q, oneshot::Sender<A>)>(4096);
        tokio::spawn(async move {
            let mut together = Vec::with_capacity(MOST);
            while waiting.recv_many(&mut together, MOST).await > 0 {
                let (asked, callers): (Vec<Q>, Vec<oneshot::Sender<A>>) = together.drain(..).unzip();
                // After a panic the callers learn that nobody answers, and the next are served.
                let answers = AssertUnwindSafe(async { handle(asked).await }).catch_unwind().await.unwrap_or_default();
                for (caller, answer) in callers.into_iter().zip(answers) {
                    drop(caller.send(answer));
                }
            }
        });
        Self { queue }
    }

    /// Asks, and waits for the answer; `None` when nobody answers, because handling it broke off.
    pub async fn ask(&self, asked: Q) -> Option<A> {
        let (caller, answer) = oneshot::channel();
        self.queue.send((asked, caller)).await.ok()?;
        answer.await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_gets_its_own_answer() {
        let gather = Gather::start(|asked: Vec<usize>| async move { asked.iter().map(|n| (n * 2, asked.len())).collect() });
        let answers = futures::future::join_all((0..1000).map(|n| gather.ask(n))).await;
        let doubled: Vec<_> = answers.iter().map(|a| a.map(|(twice, _)| twice)).collect();
        assert_eq!(doubled, (0..1000).map(|n| Some(n * 2)).collect::<Vec<_>>());
        let largest = answers.iter().flatten().map(|(_, together)| *together).max();
        assert!(largest.is_some_and(|n| n > 1 && n <= MOST), "{largest:?}");
    }

    #[tokio::test]
    async fn a_panic_answers_nobody_and_the_next_are_served() {
        let gather = Gather::start(|asked: Vec<i32>| async move {
            assert!(!asked.contains(&13), "an unlucky number");
            asked
        });
        assert_eq!(gather.ask(13).await, None);
        assert_eq!(gather.ask(12).await, Some(12));
    }
}
