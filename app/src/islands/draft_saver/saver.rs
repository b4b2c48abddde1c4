//! Waits until the typing rests, then posts the whole form; one request at a time.

use crate::features::authoring::SaverTexts;
use crate::islands::net::{Backoff, listen};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, HtmlFormElement, HtmlInputElement, RequestInit, Response};

/// Rest after a keystroke, in milliseconds.
const TYPING: u32 = 900;

/// Where it reads, sends and shows.
pub struct Place {
    /// Id of the form.
    pub form: String,
    /// Id of the element that shows the answer.
    pub target: String,
    /// Where it posts.
    pub address: String,
}

struct Saver {
    place: Place,
    form: HtmlFormElement,
    texts: SaverTexts,
    shown: RwSignal<String>,
    timer: RefCell<Option<Timeout>>,
    busy: Cell<bool>,
    again: Cell<bool>,
    stopped: Cell<bool>,
    backoff: Backoff,
}

/// What the server answered.
enum Answer {
    /// Stored: the version, the line that tells it, and what follows from the text.
    Stored(String, String, String),
    /// Refused with this status.
    Refused(u16),
    /// No answer.
    Nothing,
}

/// Starts to save.
pub fn start(place: Place, texts: SaverTexts, shown: RwSignal<String>) {
    let Some(form) = document().get_element_by_id(&place.form).and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else { return };
    let target = form.clone();
    let (timer, busy, again, stopped) = (RefCell::new(None), Cell::new(false), Cell::new(false), Cell::new(false));
    let saver = Rc::new(Saver { place, form, texts, shown, timer, busy, again, stopped, backoff: Backoff::default() });
    let this = Rc::clone(&saver);
    listen(&target, "input", move |_| this.after(TYPING));
    let this = Rc::clone(&saver);
    listen(&target, "submit", move |_| drop(this.timer.take()));
    listen(&window(), "online", move |_| saver.after(0));
}

impl Saver {
    fn after(self: &Rc<Self>, wait: u32) {
        if self.stopped.get() {
            return;
        }
        let this = Rc::clone(self);
        self.timer.replace(Some(Timeout::new(wait, move || this.save())));
    }

    fn save(self: &Rc<Self>) {
        if self.busy.replace(true) {
            self.again.set(true);
            return;
        }
        self.shown.set(self.texts.saving.clone());
        let this = Rc::clone(self);
        spawn_local(async move {
            let answer = post(&this.place.address, &this.form).await.unwrap_or(Answer::Nothing);
            this.busy.set(false);
            this.take(answer);
            if this.again.replace(false) {
                this.after(TYPING);
            }
        });
    }

    fn take(self: &Rc<Self>, answer: Answer) {
        match answer {
            Answer::Stored(version, line, html) => {
                self.backoff.reset();
                if let Some(input) =
                    self.form.query_selector("[name=version]").ok().flatten().and_then(|e| e.dyn_into::<HtmlInputElement>().ok())
                {
                    input.set_value(&version);
                }
                if let Some(target) = document().get_element_by_id(&self.place.target) {
                    target.set_inner_html(&html);
                }
                self.shown.set(line);
            }
            Answer::Refused(401) => self.stop(&self.texts.signed_out),
            Answer::Refused(409) => self.stop(&self.texts.conflict),
            Answer::Refused(status) if status < 500 => self.shown.set(self.texts.failed.clone()),
            Answer::Refused(_) | Answer::Nothing => {
                self.shown.set(self.texts.waiting.clone());
                self.after(self.backoff.failed());
            }
        }
    }

    fn stop(&self, line: &str) {
        self.stopped.set(true);
        self.shown.set(line.to_owned());
    }
}

/// Posts the fields as a form does.
async fn post(address: &str, form: &HtmlFormElement) -> Result<Answer, JsValue> {
    let fields = FormData::new_with_form(form)?;
    let encoded = encode(&fields)?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&encoded);
    let answer: Response = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?.dyn_into()?;
    if !answer.ok() {
        return Ok(Answer::Refused(answer.status()));
    }
    let header = |name: &str| answer.headers().get(name).ok().flatten().unwrap_or_default();
    let (version, line) = (header("orienta-version"), header("orienta-line"));
    let html = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    let line = js_sys::decode_uri_component(&line).ok().and_then(|line| line.as_string()).unwrap_or_default();
    Ok(Answer::Stored(version, line, html))
}

/// The fields as `a=1&b=2`.
fn encode(fields: &FormData) -> Result<JsValue, JsValue> {
    let constructor = js_sys::Reflect::get(&js_sys::global(), &"URLSearchParams".into())?.dyn_into::<js_sys::Function>()?;
    js_sys::Reflect::construct(&constructor, &js_sys::Array::of1(fields))
}
