//! Saves on change, one answer at a time, and tries again until the server has it.

use super::fields::{Fields, is_same};
use super::{AnswerTexts, Offer, Status, draft};
use crate::features::assessment::api::{SentAnswer, save_answer};
use crate::features::error::AppError;
use crate::islands::net::{Backoff, listen};
use domain::ids::AttemptId;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement, SubmitEvent};

/// Wait after a keystroke.
const TYPING: u32 = 1_000;
/// Longest that leaving the page waits for an answer on its way.
const LEAVING: u32 = 10_000;

/// Which answer, in which form.
pub struct Place {
    /// The attempt.
    pub attempt: AttemptId,
    /// Position of the item.
    pub item: u32,
    /// Id of the form.
    pub form: String,
}

struct Saver {
    attempt: AttemptId,
    item: u32,
    fields: Fields,
    texts: AnswerTexts,
    status: RwSignal<Status>,
    busy: Cell<bool>,
    stopped: Cell<bool>,
    backoff: Backoff,
    timer: RefCell<Option<Timeout>>,
    leaving: RefCell<Option<(Option<HtmlElement>, Timeout)>>,
}

/// Starts to save; `taken` rises when she takes the older answer that was found.
pub fn start(place: Place, texts: AnswerTexts, status: RwSignal<Status>, taken: RwSignal<u32>) {
    let Place { attempt, item, form } = place;
    let Some(fields) = Fields::of(attempt, item, &form) else { return };
    let target = fields.form.clone();
    let saver = Rc::new(Saver {
        attempt,
        item,
        fields,
        texts,
        status,
        busy: Cell::new(false),
        stopped: Cell::new(false),
        backoff: Backoff::default(),
        timer: RefCell::new(None),
        leaving: RefCell::new(None),
    });
    let this = Rc::clone(&saver);
    listen(&target, "change", move |_| this.changed(0));
    let this = Rc::clone(&saver);
    listen(&target, "input", move |event| {
        if is_typing(&event) {
            this.changed(TYPING)
        }
    });
    let this = Rc::clone(&saver);
    listen(&target, "submit", move |event| this.submitted(&event));
    let this = Rc::clone(&saver);
    listen(&window(), "online", move |_| this.retry());
    let this = Rc::clone(&saver);
    Effect::watch(move || taken.get(), move |_, _, _| this.take(), false);
    // Later, because what the server rendered has to be taken over before anything in it changes.
    spawn_local(async move {
        saver.resume();
        saver.send_others().await;
    });
}

fn is_typing(event: &Event) -> bool {
    let is_line = |target: &HtmlInputElement| target.name() == "text";
    event.target().is_some_and(|target| target.dyn_ref::<HtmlTextAreaElement>().is_some() || target.dyn_ref().is_some_and(is_line))
}

impl Saver {
    /// Takes up what an earlier visit could not send, and what was answered while the program was still on its way.
    fn resume(self: &Rc<Self>) {
        let Some(found) = draft::of(self.attempt, self.item) else {
            if self.fields.is_touched() {
                self.changed(0);
            }
            return;
        };
        let stored = self.fields.read();
        if is_same(&found, &stored) {
            draft::drop(self.attempt, self.item);
        } else if found.version == stored.version {
            self.fields.fill(&found);
            self.save();
        } else {
            self.stopped.set(true);
            self.say("alert warn", &self.texts.found, Offer::Take);
        }
    }

    fn take(self: &Rc<Self>) {
        if let Some(found) = draft::of(self.attempt, self.item) {
            self.fields.fill(&found);
            self.stopped.set(false);
            self.changed(0);
        }
    }

    fn changed(self: &Rc<Self>, wait: u32) {
        if self.status.with_untracked(|status| status.offer == Offer::Take) {
            self.stopped.set(false);
        }
        if self.stopped.get() {
            return;
        }
        draft::keep(&self.fields.read());
        self.after(wait);
    }

    fn after(self: &Rc<Self>, wait: u32) {
        if wait == 0 {
            return self.save();
        }
        let this = Rc::clone(self);
        self.timer.replace(Some(Timeout::new(wait, move || this.save())));
    }

    fn retry(self: &Rc<Self>) {
        self.backoff.reset();
        if !self.stopped.get() && draft::of(self.attempt, self.item).is_some() {
            self.save();
        }
    }

    fn save(self: &Rc<Self>) {
        drop(self.timer.take());
        if self.busy.replace(true) {
            return;
        }
        let this = Rc::clone(self);
        spawn_local(async move {
            let sent = this.fields.read();
            let answer = save_answer(sent.clone()).await;
            this.busy.set(false);
            match answer {
                Ok(receipt) => {
                    this.fields.set_version(receipt.version);
                    this.stored(&sent, receipt.line);
                }
                Err(error) => this.refused(&error),
            }
            this.go_on();
        });
    }

    fn stored(self: &Rc<Self>, sent: &SentAnswer, line: String) {
        self.backoff.reset();
        let now = self.fields.read();
        if is_same(sent, &now) {
            draft::drop(self.attempt, self.item);
            self.status.set(Status::saved(line));
        } else {
            draft::keep(&now);
            self.after(TYPING);
        }
    }

    fn refused(self: &Rc<Self>, error: &AppError) {
        match error {
            AppError::Conflict(_) => self.stop(&self.texts.conflict, Offer::Reload),
            AppError::Late => {
                draft::drop(self.attempt, self.item);
                self.stop(&self.texts.late, Offer::Reload);
            }
            AppError::Forbidden | AppError::NotFound | AppError::Invalid(_) => self.stop(&self.texts.failed, Offer::Nothing),
            AppError::Unauthenticated => self.stop(&self.texts.signed_out, Offer::Reload),
            AppError::Internal(_) | AppError::Transport(_) => {
                self.say("alert warn", &self.texts.waiting, Offer::Nothing);
                self.after(self.backoff.failed());
            }
        }
    }

    fn stop(&self, line: &str, offer: Offer) {
        self.stopped.set(true);
        self.say("alert halt", line, offer);
    }

    fn say(&self, class: &'static str, line: &str, offer: Offer) {
        self.status.set(Status { class, symbol: "#i-clock", line: line.to_owned(), offer });
    }

    /// The form is being sent: an answer on its way goes first, so that the two do not collide.
    fn submitted(self: &Rc<Self>, event: &Event) {
        drop(self.timer.take());
        if !self.busy.get() {
            return;
        }
        event.prevent_default();
        if self.leaving.borrow().is_some() {
            return;
        }
        self.say("badge", &self.texts.saving, Offer::Nothing);
        let button = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        let this = Rc::clone(self);
        let limit = Timeout::new(LEAVING, move || {
            this.busy.set(false);
            this.go_on();
        });
        self.leaving.replace(Some((button, limit)));
    }

    fn go_on(&self) {
        if let Some((button, limit)) = self.leaving.take() {
            drop(limit);
            let _ = self.fields.form.request_submit_with_submitter(button.as_ref());
        }
    }

    /// Sends what other items of the attempt could not.
    async fn send_others(&self) {
        for answer in draft::others(self.attempt, self.item) {
            let item = answer.item;
            match save_answer(answer).await {
                Ok(_) | Err(AppError::Late) => draft::drop(self.attempt, item),
                Err(AppError::Conflict(_)) => {}
                Err(_) => return,
            }
        }
    }
}
