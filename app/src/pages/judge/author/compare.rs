//! Two texts side by side: the draft and what is published, a translation and its source.

use super::{author, state};
use crate::features::authoring::{ComparePage, Diff, DiffRow};
use crate::texts::Texts;
use crate::ui::desk;
use leptos::prelude::*;

/// The page `/author/drafts/{id}/compare`.
#[must_use]
pub fn compare(t: Texts, model: &ComparePage) -> AnyView {
    let published = match &model.published {
        Some(found) => diff(t, found),
        None => view! { <p>{t.author_compare_new()}</p> }.into_any(),
    };
    let source = (!model.source.is_empty()).then(|| beside(t, &model.source));
    view! {
        <div class="wrap stack">
            <h1>{model.row.title.clone()}</h1>
            <p class="row">{state(t, model.row.state)}<span class="soft">{author(t, &model.row)}</span></p>
            <section class="stack" aria-labelledby="published"><h2 id="published">{t.author_compare_published()}</h2>{published}</section>
            {source}
        </div>
    }
    .into_any()
}

/// A comparison line by line; what was taken out is struck, what was put in underlined.
pub(super) fn diff(t: Texts, diff: &Diff) -> AnyView {
    if diff.counts == (0, 0) {
        return view! { <p class="soft">{t.author_compare_same()}</p> }.into_any();
    }
    let (out, new) = (t.author_compare_out(desk::count(diff.counts.0)), t.author_compare_in(desk::count(diff.counts.1)));
    view! {
        <p class="soft">{out}" "{new}</p>
        <div class="box" tabindex="0" role="region" aria-label=t.author_compare_lines()><table class="small">
            <thead><tr><th scope="col">{t.author_compare_before()}</th><th scope="col">{t.author_compare_after()}</th></tr></thead>
            <tbody>{diff.rows.iter().map(|one| row(t, one)).collect_view()}</tbody>
        </table></div>
    }
    .into_any()
}

fn row(t: Texts, row: &DiffRow) -> AnyView {
    match row {
        DiffRow::Same(count) => {
            view! { <tr><td colspan="2" class="soft">{t.author_compare_alike(desk::count(*count))}</td></tr> }.into_any()
        }
        DiffRow::Equal(line) => view! { <tr><td>{line.clone()}</td><td>{line.clone()}</td></tr> }.into_any(),
        DiffRow::Changed(before, after) => view! { <tr><td>{side(before, true)}</td><td>{side(after, false)}</td></tr> }.into_any(),
    }
}

fn side(pieces: &[(bool, String)], out: bool) -> AnyView {
    let piece = |(changed, text): &(bool, String)| match (changed, out) {
        (false, _) => text.clone().into_any(),
        (true, true) => view! { <del>{text.clone()}</del> }.into_any(),
        (true, false) => view! { <ins>{text.clone()}</ins> }.into_any(),
    };
    pieces.iter().map(piece).collect_view().into_any()
}

fn beside(t: Texts, parts: &[(String, String)]) -> AnyView {
    let row = |(source, own): &(String, String)| view! { <tr><td><pre>{source.clone()}</pre></td><td><pre>{own.clone()}</pre></td></tr> };
    view! {
        <section class="stack" aria-labelledby="source">
            <h2 id="source">{t.author_compare_source()}</h2>
            <div class="box" tabindex="0" role="region" aria-label=t.author_compare_parts()><table class="small">
                <thead><tr><th scope="col">{t.author_compare_source_head()}</th><th scope="col">{t.author_compare_own_head()}</th></tr></thead>
                <tbody>{parts.iter().map(row).collect_view()}</tbody>
            </table></div>
        </section>
    }
    .into_any()
}
