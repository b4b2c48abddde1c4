//! The document around every page: head, help, quick exit, menu, language, footer.

mod bar;
mod menu;

use crate::features::frame::Frame;
use crate::format;
use crate::texts::Texts;
use crate::ui::icon::sprite;
use crate::ui::message;
use leptos::prelude::*;

pub(crate) use bar::lines;
pub use menu::Menu;

/// Where the server puts the scripts of the islands.
pub const HYDRATION: &str = "<!--hydration-->";

/// The quick exit: small enough to stand in every page, allowed there by its hash.
pub const EXIT_SCRIPT: &str = include_str!("../../public/exit.js").trim_ascii();

/// What one page says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Title of the browser tab, neutral: never the subject of a lesson.
    pub title: String,
    /// Menu of the role.
    pub menu: Menu,
    /// Link back: address and words.
    pub back: Option<(String, String)>,
    /// An island is on the page: the hydration mark is set.
    pub island: bool,
    /// Search engines shall leave it out.
    pub noindex: bool,
    /// The page asks for itself again after so many seconds; only where what it shows goes stale and nobody types on it.
    pub refresh: Option<u16>,
}

/// The whole HTML document around `body`, which is everything inside `<main>`.
#[must_use]
pub fn document(t: Texts, frame: &Frame, head: &Head, body: &str) -> String {
    let top = format!("{}{}", bar::bar(t, frame).to_html(), bar::sub(t, frame, head).to_html());
    let warning =
        if frame.insecure { message::alert("warn", "warn", t.frame_insecure_title(), t.frame_insecure()).to_html() } else { String::new() };
    let inside = format!("{top}<main id=\"contenido\" tabindex=\"-1\">{warning}{body}</main>");
    let inside = if head.island { inside } else { inside.replace("<!>", "") };
    let skip = bar::skip(t).to_html();
    let page = format!(
        "{}<body>{skip}{}{inside}{}<script>{EXIT_SCRIPT}</script></body></html>",
        head_of(t, frame, head),
        sprite(&inside),
        bar::foot(t).to_html()
    );
    let size = format::kilobytes(page.len());
    page.replace(bar::SIZE, &size)
}

fn head_of(t: Texts, frame: &Frame, head: &Head) -> String {
    let assets = &frame.assets;
    let title = view! { <title>{t.frame_title(&head.title)}</title> }.into_any().to_html();
    let robots = if head.noindex { r#"<meta name="robots" content="noindex">"# } else { "" };
    let refresh = head.refresh.map(|seconds| format!(r#"<meta http-equiv="refresh" content="{seconds}">"#)).unwrap_or_default();
    let hydration = if head.island { HYDRATION } else { "" };
    let lang = t.tag();
    let meta = r##"<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="theme-color" content="#0a3a2d"><meta name="referrer" content="same-origin">"##;
    let links =
        format!(r#"<link rel="stylesheet" href="{assets}/orienta.css"><link rel="icon" href="{assets}/icon.svg" type="image/svg+xml">"#);
    format!(r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{title}{meta}{refresh}{robots}{links}{hydration}</head>"#)
}
