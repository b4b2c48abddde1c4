//! Sends what waits, says what became of it, and tries again.

use super::meter::Use;
use super::{ClockTexts, REVEALED, Shown, queue};
use crate::features::error::AppError;
use crate::features::study::api::{ReportStudy, StudyBatch, StudyReceipt, report_study};
use crate::islands::net::{self, Backoff};
use leptos::prelude::*;
use leptos::serde_json;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Most intervals in one batch.
const MOST: usize = 200;

/// Reports the study of one reading, and what earlier pages left.
pub struct Reporter {
    token: String,
    texts: ClockTexts,
    shown: Shown,
    said: RefCell<String>,
    busy: Cell<bool>,
    backoff: Backoff,
}

impl Reporter {
    /// A reporter of the reading `token`.
    pub fn new(token: String, texts: ClockTexts, shown: Shown) -> Rc<Self> {
        let said = RefCell::new(texts.studied.clone());
        Rc::new(Self { token, texts, shown, said, busy: Cell::new(false), backoff: Backoff::default() })
    }

    /// Keeps a closed interval.
    pub fn keep(&self, used: Option<Use>) {
        if let Some(used) = used {
            queue::add(&self.token, used);
        }
    }

    /// The connection is back: no more waiting.
    pub fn retry(self: &Rc<Self>) {
        self.backoff.reset();
        self.send();
    }

    /// Sends what waits, unless it is being sent or it is too early to try again.
    pub fn send(self: &Rc<Self>) {
        if self.busy.get() || !self.backoff.is_over() {
            return;
        }
        let waiting = queue::batches();
        if waiting.is_empty() {
            return;
        }
        self.busy.set(true);
        let this = Rc::clone(self);
        spawn_local(async move {
            this.send_all(waiting).await;
            this.busy.set(false);
        });
    }

    /// Sends what this page measured while it is being left; the next page sends again whatever did not arrive.
    pub fn leave(&self) {
        let Some(mut batch) = queue::batch(&self.token) else { return };
        batch.device_now = net::wall();
        batch.intervals.truncate(MOST);
        if let Ok(body) = serde_json::to_string(&ReportStudy { batch }) {
            net::post_leaving(ReportStudy::PATH, &body);
        }
    }

    async fn send_all(&self, waiting: Vec<StudyBatch>) {
        for StudyBatch { token, intervals, .. } in waiting {
            for some in intervals.chunks(MOST) {
                let batch = StudyBatch { token: token.clone(), device_now: net::wall(), intervals: some.to_vec() };
                match report_study(batch).await {
                    Ok(receipt) => self.stored(&token, &receipt),
                    Err(AppError::Forbidden | AppError::Invalid(_) | AppError::NotFound) if token != self.token => break,
                    Err(error) => return self.failed(&error),
                }
            }
        }
    }

    fn stored(&self, token: &str, receipt: &StudyReceipt) {
        queue::acknowledge(token, &receipt.stored);
        self.backoff.reset();
        if token == self.token {
            self.said.replace(receipt.line.clone());
            if receipt.checkpoint_open {
                self.reveal();
            }
        }
        self.shown.line.set(self.said.borrow().clone());
    }

    fn reveal(&self) {
        self.shown.open.set(true);
        if let Some(element) = document().get_element_by_id(REVEALED) {
            let _ = element.remove_attribute("hidden");
        }
    }

    fn failed(&self, error: &AppError) {
        self.backoff.failed();
        let minutes = queue::minutes();
        let line = match error {
            AppError::Unauthenticated => self.texts.signed_out.clone(),
            _ if minutes > 0 => self.texts.offline.replace("{n}", &minutes.to_string()),
            _ => self.texts.offline_short.clone(),
        };
        self.shown.line.set(line);
    }
}
