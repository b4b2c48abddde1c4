//! What the tests of both forms share.

use super::Place;
use domain::curriculum::Programme;
use domain::ids::ModuleId;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::{Arc, LazyLock};

static COURSE: LazyLock<Vec<curriculum::Package>> = LazyLock::new(|| curriculum::embedded().expect("the course"));

/// The real course.
pub(super) fn course() -> &'static [curriculum::Package] {
    &COURSE
}

pub(super) fn programme() -> &'static Programme {
    &COURSE.iter().find(|p| p.programme.id.0 == "orientadoras").expect("the programme").programme
}

/// Module 4 with its bank.
pub(super) fn place(programme: &Programme) -> Place<'_> {
    in_module(programme, "m4")
}

pub(super) fn in_module<'p>(programme: &'p Programme, module: &str) -> Place<'p> {
    let module = ModuleId(module.to_owned());
    let bank = COURSE.iter().flat_map(|p| &p.questions).filter(|(of, ..)| *of == module).map(|(_, question, _)| question);
    Place::new(programme, &module, bank, "/author/drafts/7").expect("a place")
}

/// A form as a browser sends it.
pub(super) fn encoded(fields: &[(String, String)]) -> String {
    let escape = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}

/// The HTML of a page.
pub(super) fn html(page: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.with(|| page().to_html())
}

pub(super) fn hostile() -> [&'static str; 6] {
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=\"alert(1)\">",
        "</textarea><script>x</script>",
        "- id: x\n  #\"'{}[]: |",
        "a\u{202e}b\u{feff}\u{7}",
        "&lt;script&gt; {es: \"x\"}",
    ]
}
