//! A practice case: what happens, what she can do, and kindly what her choice led to. Plain links; buttons where an author plays it before
//! it is saved.

use crate::features::study::CaseNode;
use crate::texts::Texts;
use crate::ui::message;
use leptos::prelude::*;

/// How one goes on: from where it leads, its class and its words.
pub type Step<'a> = &'a dyn Fn(&str, &'static str, &str) -> AnyView;

/// A step by a link.
pub fn link(href: &str, class: &'static str, words: &str) -> AnyView {
    view! { <a class=class href=href.to_owned()>{words.to_owned()}</a> }.into_any()
}

/// One case, where she stands in it.
pub fn case(t: Texts, node: &CaseNode, spanish: bool, step: Step<'_>) -> AnyView {
    let (anchor, heading) = (format!("case-{}", node.id), format!("case-{}-t", node.id));
    let done = node.done.as_ref().map(|(did, told)| {
        view! { <p class="soft">{t.case_chose()}" "{did.clone()}</p>{(!told.is_empty()).then(|| view! { <p>{told.clone()}</p> })} }
    });
    let end = node.safe.map(|safe| {
        let (kind, icon, words) = if safe { ("ok", "check", t.case_safe()) } else { ("warn", "warn", t.case_unsafe()) };
        message::alert(kind, icon, words, node.text.clone())
    });
    let now = node.safe.is_none().then(|| view! { <p>{node.text.clone()}</p> });
    let choices = node.choices.iter();
    let choices = choices.map(|(to, words)| view! { <li>{step(to, "btn alt full", words)}</li> }).collect_view();
    let again = (node.done.is_some()).then(|| view! { <p>{step(&node.restart, "go", t.case_restart())}</p> });
    view! {
        <section class="card stack" id=anchor aria-labelledby=heading.clone() lang=spanish.then_some("es")>
            <p class="meta">{t.case_label()}</p>
            <h2 id=heading.clone()>{node.title.clone()}</h2>
            {done}{now}{end}
            {(!node.choices.is_empty()).then(|| view! { <p><b>{t.case_what()}</b></p><ul class="bare stack">{choices}</ul> })}
            {again}
        </section>
    }
    .into_any()
}
