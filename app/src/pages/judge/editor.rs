//! What the forms of questions and cases share: texts in two languages, rows, buttons that show the page again.

use crate::features::form::FormState;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{icon, message};
use leptos::prelude::*;

/// One line of a text.
pub(super) const LINE: Kind = Kind { rows: 2, longest: 2000, ..Kind::PLAIN };
/// Several paragraphs.
pub(super) const PROSE: Kind = Kind { rows: 6, longest: 8000, ..Kind::PLAIN };

/// What every piece of such a form needs.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) t: Texts,
    /// Where the form posts.
    pub(super) action: &'a str,
    /// What is typed and what is wrong with it, by field.
    pub(super) form: &'a FormState,
}

/// The typed fields as what fields are filled from; a repeated one keeps its first value.
pub(super) fn filled(fields: Vec<(String, String)>, mistakes: &FormState) -> FormState {
    let mut form = mistakes.clone();
    for (name, value) in fields {
        form.values.entry(name).or_insert(value);
    }
    form
}

impl Desk<'_> {
    /// A text in Spanish.
    pub(super) fn spanish(&self, name: &str, label: impl Into<String>, hint: impl Into<String>, kind: Kind) -> AnyView {
        field::text(format!("{name}-es"), label, hint, kind, self.form)
    }

    /// The same texts in English, folded away; open where one of them is wrong.
    pub(super) fn english(&self, texts: &[(&str, &str, Kind)]) -> AnyView {
        let is_bad = texts.iter().any(|(name, _, _)| self.form.error(&format!("{name}-en")).is_some());
        let fields = texts
            .iter()
            .map(|(name, label, kind)| field::text(format!("{name}-en"), self.t.editor_in_english(label), "", *kind, self.form));
        let fields: Vec<AnyView> = fields.collect();
        view! { <details class="fold" open=is_bad><summary>{self.t.editor_english()}</summary><div class="stack">{fields}</div></details> }
            .into_any()
    }

    /// A checkbox or radio with its words.
    pub(super) fn tick(
        &self,
        kind: &'static str,
        (name, value): (&str, &str),
        words: &'static str,
        hint: &'static str,
        on: bool,
    ) -> AnyView {
        let hint = (!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> });
        let (name, value) = (name.to_owned(), value.to_owned());
        view! { <label class="pick"><input type=kind name=name value=value checked=on/><span><b>{words}</b>{hint}</span></label> }
            .into_any()
    }

    /// A button that shows this page again at the place `at`, with what was typed.
    pub(super) fn again(
        &self,
        class: &'static str,
        symbol: &'static str,
        (value, at): (String, &str),
        words: impl Into<String>,
    ) -> AnyView {
        let to = format!("{}#{at}", self.action);
        let symbol = (!symbol.is_empty()).then(|| icon(symbol));
        view! { <button class=class name="do" value=value formaction=to formnovalidate>{symbol}{words.into()}</button> }.into_any()
    }

    /// The button that adds a row of `what` (`option`): it leads to the new row.
    pub(super) fn add(&self, what: &str, at: &str, words: impl Into<String>) -> AnyView {
        view! { <p>{self.again("btn alt", "plus", (format!("add-{what}"), at), words)}</p> }.into_any()
    }

    /// The button that takes out row `n` of `what`.
    pub(super) fn remove(&self, what: &str, at: &str, words: impl Into<String>) -> AnyView {
        view! { <p>{self.again("btn bare", "x", (format!("remove-{what}"), at), words)}</p> }.into_any()
    }

    /// The buttons that move row `n` of `count` rows of `what` up or down; each leads to the row's new place.
    pub(super) fn moves(&self, what: &str, (n, count): (usize, usize), words: (String, String)) -> AnyView {
        let button = |verb: &str, to: usize, words: String| {
            self.again("btn alt", "", (format!("{verb}-{what}-{n}"), &format!("{what}-{to}-text-es")), words)
        };
        let up = (n > 1).then(|| button("up", n - 1, words.0));
        let down = (n < count).then(|| button("down", n + 1, words.1));
        view! { <p class="row">{up}{down}</p> }.into_any()
    }

    /// Enter in a field sends the first button of a form: this one, unseen, which changes nothing.
    pub(super) fn enter() -> AnyView {
        view! { <button class="vh" name="do" value="preview" tabindex="-1" aria-hidden="true"></button> }.into_any()
    }

    /// What the form carries along unseen.
    pub(super) fn carried(&self, passed: &[(String, String)], id: &str) -> AnyView {
        let passed: Vec<AnyView> = passed.iter().map(|(name, value)| field::hidden(name.clone(), value.clone())).collect();
        view! { {Self::enter()}{passed}{field::hidden("id", id)} }.into_any()
    }

    /// A choice from a list, with a first line for nothing.
    pub(super) fn select(
        &self,
        name: &str,
        label: impl Into<String>,
        hint: impl Into<String>,
        none: &str,
        options: &[(String, String)],
    ) -> AnyView {
        let options: Vec<_> = std::iter::once((String::new(), none.to_owned())).chain(options.iter().cloned()).collect();
        field::select(name, label, hint, &options, self.form)
    }

    /// The bar with the buttons that show and save.
    pub(super) fn bar(&self) -> AnyView {
        let t = self.t;
        view! {
            <div class="save"><div>
                <span class="push row">
                    {self.again("btn alt", "", ("preview".to_owned(), "prueba"), t.editor_preview())}
                    <button class="btn alt" name="do" value="save">{t.editor_save()}</button>
                    <button class="btn" name="do" value="send">{t.author_send()}</button>
                </span>
            </div></div>
        }
        .into_any()
    }
}

/// What to look at, each with a link to its place; nothing where there is nothing.
pub(super) fn warnings(t: Texts, warnings: &[(String, String)]) -> Option<AnyView> {
    (!warnings.is_empty()).then(|| {
        let lines = warnings.iter().map(|(at, words)| view! { <span class="row"><a href=format!("#{at}")>{words.clone()}</a></span> });
        message::alert("warn", "warn", t.editor_warnings(), lines.collect_view())
    })
}
