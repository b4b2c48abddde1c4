//! Header, menu bar and footer.

use super::{Head, Menu, menu};
use crate::features::frame::Frame;
use crate::format;
use crate::texts::Texts;
use crate::ui::{field, icon};
use domain::curriculum::{Language, Service};
use leptos::prelude::*;

/// Stands for the size of the page until it is known: a private character that no text has.
pub(super) const SIZE: &str = "\u{e000}";

const EXIT: &str = "https://www.senamhi.gob.pe/";

/// The first thing that a keyboard meets.
pub(super) fn skip(t: Texts) -> AnyView {
    view! { <a class="skip" href="#contenido">{t.frame_skip()}</a> }.into_any()
}

/// Brand, help lines and quick exit.
pub(super) fn bar(t: Texts, frame: &Frame) -> AnyView {
    let home = frame.reader.as_ref().and_then(|r| r.roles.first()).map_or("/", |role| role.landing());
    view! {
        <header class="bar">
            <a class="brand" href=home><svg stroke="currentColor" aria-hidden="true"><use href="#i-mark"></use></svg>{t.frame_brand()}</a>
            <details class="help"><summary class="tap">{icon("phone")}{t.frame_help()}</summary>{panel(t, &frame.services)}</details>
            <a class="tap exit" href=EXIT rel="noreferrer">{icon("exit")}{t.frame_exit()}</a>
        </header>
    }
    .into_any()
}

fn panel(t: Texts, services: &[Service]) -> AnyView {
    let oldest = services.iter().map(|s| s.checked).min();
    let checked = oldest.map(|day| view! { <p class="small soft">{t.frame_checked(format::date(t, day))}</p> });
    view! {
        <div class="panel">
            <p class="label">{t.frame_danger()}</p>{lines(t, services)}
            <p><a class="back" href="/help">{t.frame_help_all()}</a></p>{checked}
        </div>
    }
    .into_any()
}

/// Help lines as links that call.
pub(crate) fn lines(t: Texts, services: &[Service]) -> AnyView {
    let rows = services
        .iter()
        .map(|service| {
            let call: String = service.number.chars().filter(char::is_ascii_digit).collect();
            let (name, note) = (service.name.get(t.language()).to_owned(), service.note.get(t.language()).to_owned());
            view! { <a href=format!("tel:{call}")><b>{service.number.clone()}</b><span>{name}<small>{note}</small></span></a> }
        })
        .collect_view();
    view! { <div class="lines">{rows}</div> }.into_any()
}

/// Link back, menu, account and language.
pub(super) fn sub(t: Texts, frame: &Frame, head: &Head) -> AnyView {
    let back = head
        .back
        .clone()
        .map(|(href, words)| view! { <nav aria-label=t.frame_back()><a class="back" href=href>{icon("back")}{words}</a></nav> });
    let reader = frame.reader.as_ref().filter(|_| !matches!(head.menu, Menu::None | Menu::Public));
    let class = if back.is_some() { "who desk" } else { "who" };
    let account = reader.map(|reader| {
        let name = reader.name.clone();
        view! { <nav class=class aria-label=t.frame_account()><a class="back" href="/account">{icon("person")}{name}</a></nav> }
    });
    let nav = menu::nav(t, head.menu, &frame.path);
    view! { <div class="sub"><div>{back}{nav}{account}{language(t, &frame.path)}</div></div> }.into_any()
}

fn language(t: Texts, path: &str) -> AnyView {
    let buttons = Language::ALL
        .into_iter()
        .map(|language| {
            let code = language.code();
            let words = if language == Language::Es { t.frame_spanish() } else { t.frame_english() };
            view! { <button name="language" value=code lang=code aria-current=(language == t.language()).then_some("true")>{words}</button> }
        })
        .collect_view();
    let next = if path.is_empty() { "/" } else { path };
    view! { <nav class="lang" aria-label=t.frame_language()><form method="post" action="/language">{field::hidden("next", next)}{buttons}</form></nav> }.into_any()
}

/// Links of the whole site and the size of this page.
pub(super) fn foot(t: Texts) -> AnyView {
    view! {
        <footer class="foot"><div>
            <a href="/">{t.frame_about()}</a><a href="/verify">{t.frame_verify()}</a><a href="/privacy">{t.frame_privacy()}</a>
            <a href="/accessibility">{t.frame_accessibility()}</a><span class="push">{t.frame_size(SIZE)}</span>
        </div></footer>
    }
    .into_any()
}
