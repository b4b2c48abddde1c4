//! Watches the page: signs of use, sight, leaving, the connection.

use super::meter::{Meter, Moment};
use super::report::Reporter;
use crate::islands::net::{self, listen};
use gloo_timers::callback::Interval;
use leptos::prelude::{document, window};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlMediaElement, VisibilityState};

/// Signs of use.
const SIGNS: [&str; 6] = ["scroll", "keydown", "pointerdown", "touchstart", "input", "wheel"];

struct Watch {
    meter: RefCell<Meter>,
    reporter: Rc<Reporter>,
}

fn now() -> Moment {
    Moment { steady: net::steady(), wall: net::wall() }
}

fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

fn is_playing() -> bool {
    let Ok(media) = document().query_selector_all("audio,video") else { return false };
    (0..media.length()).filter_map(|index| media.get(index)?.dyn_into::<HtmlMediaElement>().ok()).any(|element| !element.paused())
}

impl Watch {
    fn sign(&self) {
        if is_visible() {
            let before = self.meter.borrow_mut().sign(now());
            self.reporter.keep(before);
        }
    }

    fn tick(&self) {
        if is_playing() {
            self.sign();
        }
        let closed = self.meter.borrow_mut().cut(now());
        self.reporter.keep(closed);
        self.reporter.send();
    }

    fn leave(&self) {
        let closed = self.meter.borrow_mut().stop(now());
        if closed.is_some() {
            self.reporter.keep(closed);
            self.reporter.leave();
        }
    }

    fn sight(&self) {
        if is_visible() { self.sign() } else { self.leave() }
    }
}

/// Starts to measure; both lengths in seconds.
pub fn start(reporter: Rc<Reporter>, heartbeat: i64, idle_after: i64) {
    let seconds = |length: i64| u32::try_from(length).unwrap_or(30).max(1).saturating_mul(1000);
    let meter = RefCell::new(Meter::new(f64::from(seconds(idle_after))));
    let watch = Rc::new(Watch { meter, reporter });
    let on = |event: &str, act: fn(&Watch)| {
        let watch = Rc::clone(&watch);
        listen(&window(), event, move |_| act(&watch));
    };
    for event in SIGNS {
        on(event, Watch::sign);
    }
    on("pagehide", Watch::leave);
    on("pageshow", Watch::sight);
    on("online", |watch| watch.reporter.retry());
    let seen = Rc::clone(&watch);
    listen(&document(), "visibilitychange", move |_| seen.sight());
    watch.sign();
    watch.reporter.send();
    Interval::new(seconds(heartbeat), move || watch.tick()).forget();
}
