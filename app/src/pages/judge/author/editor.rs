//! The editor of a lesson: its data as fields, its text as Markdown with ready-made pieces, and what follows from it beside.

use super::{language, result};
use crate::features::authoring::{DraftAround, LessonEditor, SaverTexts};
use crate::features::form::FormState;
use crate::format;
use crate::islands::DraftSaver;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{form as forms, icon, message};
use leptos::prelude::*;

/// Id of the form, for the saver.
pub const FORM: &str = "editor";
/// Id of what follows from the text.
const RESULT: &str = "resultado";

/// The page `/author/drafts/{id}` of a lesson.
#[must_use]
pub fn lesson_editor(t: Texts, model: &LessonEditor, form: &FormState) -> AnyView {
    let title = if model.title.is_empty() { t.author_untitled().to_owned() } else { model.title.clone() };
    view! {
        <form method="post" id=FORM>
            {field::hidden("version", model.around.version.to_string())}
            <div class="wrap stack">
                <div class="row end">
                    <div><p class="soft small">{model.module.clone()}" · "{language(t, model.language)}</p><h1>{title}</h1></div>
                    <p class="row">{message::badge("warn", "pen", t.author_draft_number(model.around.version))}<a href=format!("/author/drafts/{}/compare", model.around.id)>{t.author_compare()}</a></p>
                </div>
                {forms::summary(t, form)}
                {notices(t, &model.around)}
                {data(t, model, form)}
                <div class="grid half">{text(t, model)}
                    <section class="stack stick pane" tabindex="0" aria-labelledby="vista"><h2 id="vista">{t.author_preview()}</h2>
                        <div class="stack" id=RESULT>{result(t, &model.around.result)}</div>
                    </section>
                </div>
            </div>
            {save(t, model)}
        </form>
        {pictures(t, model)}
    }
    .into_any()
}

fn notices(t: Texts, model: &DraftAround) -> AnyView {
    let returned = model.returned.as_ref().map(|why| message::alert("warn", "info", t.author_returned(), why.clone()));
    let also = model.also.as_ref().map(|who| message::alert("info", "people", t.author_also(), t.author_also_text(who)));
    let overtaken = model.overtaken.then(|| {
        let text = view! {
            {t.author_overtaken_text()}<br/>
            <a class="go" href=format!("/author/drafts/{}/compare", model.id)>{t.author_compare()}</a>" "
            <button class="btn bare" name="do" value="rebase">{t.author_rebase()}</button>
        };
        message::alert("halt", "warn", t.author_overtaken(), text)
    });
    let conflict = model.conflict.as_ref().map(|stored| {
        view! {
            {message::alert("halt", "warn", t.author_conflict(), t.author_conflict_text())}
            <details class="fold" open><summary>{t.author_conflict_stored()}</summary><pre class="box">{stored.clone()}</pre></details>
        }
    });
    view! { {returned}{also}{overtaken}{conflict} }.into_any()
}

fn data(t: Texts, model: &LessonEditor, form: &FormState) -> AnyView {
    let open = model.title.is_empty() || !form.errors.is_empty();
    let source = (!model.translation).then(|| source_data(t, model, form));
    view! {
        <details class="fold" open=open>
            <summary>{t.author_data()}</summary>
            <div class="grid two">
                {field::text("title", t.author_field_title(), "", Kind { longest: 120, ..Kind::PLAIN }, form)}
                {field::text("summary", t.author_field_summary(), t.author_field_summary_hint(), Kind { longest: 300, rows: 2, ..Kind::PLAIN }, form)}
                {source}
            </div>
        </details>
    }
    .into_any()
}

fn source_data(t: Texts, model: &LessonEditor, form: &FormState) -> AnyView {
    let modes = [("self-paced", t.author_mode_self()), ("in-person", t.author_mode_person())].map(|(v, w)| (v.to_owned(), w.to_owned()));
    let objectives = model
        .objectives
        .iter()
        .map(|(id, words)| {
            let chosen = model.chosen.contains(id);
            view! { <label class="pick"><input type="checkbox" name="objective" value=id.clone() checked=chosen/><span>{words.clone()}</span></label> }
                .into_any()
        })
        .collect();
    view! {
        {field::text("minutes", t.author_field_minutes(), t.author_field_minutes_hint(), Kind { mode: "numeric", longest: 3, ..Kind::PLAIN }, form)}
        {field::select("mode", t.author_field_mode(), "", &modes, form)}
        {field::group("objective", t.author_field_objectives(), objectives, form)}
        {references(t, model)}
        {field::text("title_en", t.author_field_title_en(), "", Kind { longest: 120, ..Kind::PLAIN }, form)}
        {field::group("notice", t.author_field_notice(), vec![field::pick("checkbox", "notice", "yes", t.author_notice(), t.author_notice_hint(), form)], form)}
    }
    .into_any()
}

/// A row for each reference, and three empty ones; an emptied row is left out.
fn references(t: Texts, model: &LessonEditor) -> AnyView {
    let empty = (String::new(), false, String::new(), String::new());
    let rows = model.references.iter().cloned().chain(std::iter::repeat_n(empty, 3)).enumerate();
    let row = |(index, (norm, confirmed, day, reviewer)): (usize, (String, bool, String, String))| {
        view! {
            <tr>
                <td><input class="input" name="norm" value=norm aria-label=t.author_norm(index + 1)/></td>
                <td><select class="input" name="status" aria-label=t.author_norm_status(index + 1)>
                    <option value="to-confirm" selected=!confirmed>{t.author_to_confirm()}</option>
                    <option value="confirmed" selected=confirmed>{t.author_confirmed()}</option></select></td>
                <td><input class="input" type="date" name="verified" value=day aria-label=t.author_norm_day(index + 1)/></td>
                <td><input class="input" name="reviewer" value=reviewer aria-label=t.author_norm_reviewer(index + 1)/></td>
            </tr>
        }
    };
    view! {
        <details class="fold">
            <summary>{t.author_field_references(crate::ui::desk::count(model.references.len()))}</summary>
            <p class="small soft">{t.author_field_references_hint()}</p>
            <div class="box" tabindex="0" role="region" aria-label=t.author_norm_head()><table>
                <thead><tr><th scope="col">{t.author_norm_head()}</th><th scope="col">{t.author_status_head()}</th><th scope="col">{t.author_day_head()}</th><th scope="col">{t.author_reviewer_head()}</th></tr></thead>
                <tbody>{rows.map(row).collect_view()}</tbody>
            </table></div>
        </details>
    }
    .into_any()
}

fn text(t: Texts, model: &LessonEditor) -> AnyView {
    let rows = (model.body.lines().count() + 4).clamp(16, 40).to_string();
    view! {
        <section class="stack" aria-labelledby="texto">
            <h2 id="texto">{t.author_text()}</h2>
            {pieces(t, model)}
            <div class="field">
                <label class="small" for="body">{t.author_markdown()}</label>
                <textarea class="input code" id="body" name="body" rows=rows spellcheck="true" lang=model.language.code()>{field::in_textarea(&model.body)}</textarea>
            </div>
            <details class="fold small"><summary>{t.author_help()}</summary><div class="prose stack">{help(t)}</div></details>
        </section>
    }
    .into_any()
}

/// Buttons that put a ready-made piece at the end of a part.
fn pieces(t: Texts, model: &LessonEditor) -> AnyView {
    let last = model.parts.len().saturating_sub(1);
    let parts = model
        .parts
        .iter()
        .enumerate()
        .map(|(index, title)| view! { <option value=index.to_string() selected=index == last>{t.author_part(index + 1, title)}</option> })
        .collect_view();
    let place = (model.parts.len() > 1).then(|| {
        view! { <div class="field"><label class="small" for="part">{t.author_where()}</label><select class="input" id="part" name="part">{parts}</select></div> }
    });
    let buttons = [
        ("insert-table", t.author_piece_table()),
        ("insert-steps", t.author_piece_steps()),
        ("insert-note", t.author_piece_note()),
        ("insert-warning", t.author_piece_warning()),
        ("insert-exercise", t.author_piece_exercise()),
        ("insert-checkpoint", t.author_piece_checkpoint()),
        ("insert-part", t.author_piece_part()),
    ];
    let buttons = buttons
        .map(|(value, words)| view! { <button class="btn bare" name="do" value=value>{icon("plus")}{words}</button> })
        .collect_view();
    let pictures = (!model.pictures.is_empty()).then(|| {
        let options = model.pictures.iter().map(|(code, words)| view! { <option value=code.clone()>{words.clone()}</option> }).collect_view();
        view! {
            <div class="field"><label class="small" for="picture">{t.author_picture()}</label><select class="input" id="picture" name="picture">{options}</select></div>
            <button class="btn bare" name="do" value="insert-picture">{icon("plus")}{t.author_piece_picture()}</button>
        }
    });
    view! {
        <details class="fold">
            <summary>{t.author_pieces()}</summary>
            {place}<div class="row">{buttons}</div>{pictures}
            <p><a class="go" href="#imagen">{t.author_picture_new()}</a></p>
        </details>
    }
    .into_any()
}

fn help(t: Texts) -> AnyView {
    let rows = [
        ("# Título {#p1 minutes=8}", t.author_help_part()),
        ("## Subtítulo", t.author_help_heading()),
        ("**importante**", t.author_help_strong()),
        ("- uno", t.author_help_list()),
        ("[[denuncia]]", t.author_help_term()),
        ("> [!NOTE]", t.author_help_note()),
    ];
    let rows = rows.map(|(code, words)| view! { <div><dt><code>{code}</code></dt><dd>{words}</dd></div> }).collect_view();
    view! { <dl class="dl">{rows}</dl> }.into_any()
}

fn save(t: Texts, model: &LessonEditor) -> AnyView {
    view! {
        <div class="save"><div>
            {saver(t, &model.around)}
            <span class="push row">
                <button class="btn alt" name="do" value="save">{t.author_save()}</button>
                <button class="btn" name="do" value="send">{t.author_send()}</button>
            </span>
        </div></div>
    }
    .into_any()
}

/// Around the form of a question or case: notices, when it was saved, what the check says, and the way to review.
#[must_use]
pub fn around(t: Texts, model: &DraftAround) -> AnyView {
    view! {
        {notices(t, model)}
        <p class="row">{message::badge("warn", "pen", t.author_draft_number(model.version))}{saver(t, model)}<a href=format!("/author/drafts/{}/compare", model.id)>{t.author_compare()}</a></p>
        <div class="stack" id=RESULT>{result(t, &model.result)}</div>
    }
    .into_any()
}

/// Saves while it is typed, and tells when.
fn saver(t: Texts, model: &DraftAround) -> AnyView {
    let texts = SaverTexts {
        saving: t.author_saving().to_owned(),
        waiting: t.author_waiting_net().to_owned(),
        conflict: t.author_conflict().to_owned(),
        signed_out: t.author_signed_out().to_owned(),
        failed: t.author_save_failed().to_owned(),
    };
    let (address, line) = (format!("/author/drafts/{}/preview", model.id), t.author_saved(format::clock(t, model.saved_at)));
    view! { <DraftSaver form=FORM.to_owned() target=RESULT.to_owned() address line texts/> }.into_any()
}

fn pictures(t: Texts, model: &LessonEditor) -> AnyView {
    view! {
        <div class="wrap stack" id="imagen">
            <section class="card" aria-labelledby="picture-new">
                <h2 id="picture-new">{t.author_picture_new()}</h2>
                {picture_form(t, &model.module_id, &model.around.id.to_string(), &FormState::default())}
            </section>
            <form method="post"><button class="btn bare" name="do" value="drop">{icon("x")}{t.author_drop()}</button></form>
        </div>
    }
    .into_any()
}

fn picture_form(t: Texts, module: &str, draft: &str, form: &FormState) -> AnyView {
    let address = format!("/author/modules/{module}/pictures");
    let error = form.error("file").map(|words| view! { <span class="error" id="file-e">{icon("warn")}{words}</span> });
    let class = if error.is_some() { "field bad" } else { "field" };
    view! {
        <form class="stack" method="post" enctype="multipart/form-data" action=address>
            {field::hidden("draft", draft.to_owned())}
            <div class=class><label for="file">{t.author_picture_file()}</label><span class="hint" id="file-h">{t.author_picture_hint()}</span>{error}
                <input class="input" id="file" type="file" name="file" accept="image/jpeg,image/png,image/webp" aria-describedby="file-h"/></div>
            {field::text("alt", t.author_picture_alt(), t.author_picture_alt_hint(), Kind { longest: 200, ..Kind::PLAIN }, form)}
            <button class="btn alt">{t.author_picture_go()}</button>
        </form>
    }
    .into_any()
}

/// The form of a picture alone, where it was refused.
#[must_use]
pub fn picture(t: Texts, module: &str, draft: &str, form: &FormState) -> AnyView {
    view! { <div class="wrap read stack"><h1>{t.author_picture_new()}</h1>{forms::summary(t, form)}{picture_form(t, module, draft, form)}</div> }.into_any()
}
