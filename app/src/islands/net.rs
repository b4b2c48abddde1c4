//! What islands ask of the browser: events, clocks, a last message on leaving, and when to try again.

use leptos::prelude::window;
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget, Headers, RequestInit};

/// Calls `then` at every `event` of `target`, as long as the page lives.
pub fn listen(target: &EventTarget, event: &str, then: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(then);
    // Capturing, because scrolling and playing do not bubble; a browser that refuses leaves the page as it is without script.
    let _ = target.add_event_listener_with_callback_and_bool(event, closure.as_ref().unchecked_ref(), true);
    closure.forget();
}

/// The device's clock in milliseconds since 1970.
pub fn wall() -> i64 {
    js_sys::Date::now() as i64
}

/// Milliseconds that never go back.
pub fn steady() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Posts JSON without waiting for an answer, also while the page is being left.
pub fn post_leaving(path: &str, body: &str) {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(body));
    if let Ok(headers) = Headers::new() {
        let _ = headers.set("Content-Type", "application/json");
        let _ = headers.set("Accept", "application/json");
        init.set_headers(&headers);
    }
    let _ = js_sys::Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE);
    // The answer is not read: what is not acknowledged stays on the device and is sent again by the next page.
    let ignored = Closure::new(|_: JsValue| ());
    let _ = window().fetch_with_str_and_init(path, &init).catch(&ignored);
    ignored.forget();
}

/// Waits that double after each failure.
#[derive(Default)]
pub struct Backoff {
    failures: Cell<u32>,
    until: Cell<f64>,
}

impl Backoff {
    const FIRST: u32 = 5_000;
    const LONGEST: u32 = 300_000;

    /// Whether it is time to try.
    pub fn is_over(&self) -> bool {
        steady() >= self.until.get()
    }

    /// Another failure: milliseconds to wait.
    pub fn failed(&self) -> u32 {
        let failures = self.failures.get();
        self.failures.set(failures.saturating_add(1));
        let wait = Self::FIRST.saturating_mul(1 << failures.min(6)).min(Self::LONGEST);
        self.until.set(steady() + f64::from(wait));
        wait
    }

    /// It worked, or the connection is back.
    pub fn reset(&self) {
        self.failures.set(0);
        self.until.set(0.0);
    }
}
