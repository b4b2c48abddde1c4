//! Progress that can be counted: the cloth of hours, bars, parts of a lesson, a grade on its scale.

use crate::features::study::PartState;
use crate::format;
use crate::texts::Texts;
use domain::time::Seconds;
use leptos::prelude::*;

const SQUARE: i64 = 40;
const ROW: i64 = 10;
const HOUR: i64 = 3600;

/// Hours that a cloth holds: whole, at least one.
fn squares(required: Seconds) -> i64 {
    (required.0.max(1) + HOUR - 1) / HOUR
}

/// Tenths of a unit, so that a part of an hour keeps its exact width.
fn units(seconds: i64) -> String {
    let tenths = seconds.max(0) * SQUARE * 10 / HOUR;
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Rectangles, one a row, that cover the time `from..to` of a cloth; `inset` leaves a unit above and below.
fn cover(from: i64, to: i64, inset: i64) -> String {
    let row = ROW * HOUR;
    (from / row..=to / row)
        .map(|r| (r, from.max(r * row) - r * row, to.min((r + 1) * row) - r * row))
        .filter(|(_, start, end)| end > start)
        .map(|(r, start, end)| {
            format!("M{} {}h{}v{}H{}z", units(start), r * SQUARE + inset, units(end - start), SQUARE - 2 * inset, units(start))
        })
        .collect()
}

/// The cloth: one square an hour of the required time, ten to a row; woven is confirmed, hatched is provisional.
#[must_use]
pub fn cloth(t: Texts, confirmed: Seconds, provisional: Seconds, required: Seconds) -> AnyView {
    let count = squares(required);
    let whole = count * HOUR;
    let done = confirmed.0.clamp(0, whole);
    let wait = (done + provisional.0.max(0)).min(whole);
    let (columns, rows) = (count.min(ROW), (count + ROW - 1) / ROW);
    let size = format!("0 0 {} {}", columns * SQUARE, rows * SQUARE);
    let (said, queued, of) = (format::duration(confirmed), format::duration(provisional), format::duration(required));
    let label = if provisional.0 > 0 { t.frame_cloth_waiting(said, of, queued) } else { t.frame_cloth(said, of) };
    let full = (done > 0).then(|| view! { <path d=cover(0, done, 0) fill="url(#w-full)"/> });
    let hatched = (wait > done).then(|| view! { <path d=cover(done, wait, 1) fill="url(#w-wait)"/> });
    view! { <svg class="cloth" viewBox=size role="img" aria-label=label><path d=cover(0, whole, 0) fill="url(#w-none)"/>{full}{hatched}</svg> }.into_any()
}

/// The key below the cloth; says nothing of waiting time when there is none.
#[must_use]
pub fn cloth_key(t: Texts, provisional: Seconds) -> AnyView {
    let waiting = (provisional.0 > 0).then(|| {
        view! { <span><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M0 0h16v16H0z" fill="url(#w-wait)"/></svg>{t.frame_cloth_wait(format::duration(provisional))}</span> }
    });
    view! {
        <p class="key"><span><svg viewBox="0 0 40 40" aria-hidden="true"><path d="M0 0h40v40H0z" fill="url(#w-full)"/></svg>{t.frame_cloth_hour()}</span>{waiting}</p>
    }
    .into_any()
}

/// A bar of `value` of `max`, named by the element with id `labelled`.
#[must_use]
pub fn bar(value: i64, max: i64, labelled: impl Into<String>) -> AnyView {
    let max = max.max(1);
    view! { <progress value=value.clamp(0, max).to_string() max=max.to_string() aria-labelledby=labelled.into()></progress> }.into_any()
}

/// The strip of the parts of a lesson, in order.
#[must_use]
pub fn parts(t: Texts, states: &[PartState]) -> AnyView {
    let items = states
        .iter()
        .enumerate()
        .map(|(index, state)| {
            let number = index + 1;
            let (class, here, words) = match state {
                PartState::Done => (Some("done"), None, t.frame_part_read(number)),
                PartState::Here => (None, Some("step"), t.frame_part_here(number)),
                PartState::Ahead => (None, None, t.frame_part(number)),
            };
            view! { <li class=class aria-current=here><span class="vh">{words}</span></li> }
        })
        .collect_view();
    view! { <ol class="parts" aria-label=t.frame_parts()>{items}</ol> }.into_any()
}

/// A grade on the 0–20 scale with its passing mark; both in hundredths.
#[must_use]
pub fn mark20(t: Texts, grade: u16, pass: u16) -> AnyView {
    let at = |hundredths: u16| u32::from(hundredths.min(2000)) / 5;
    let (x, cut) = (at(grade), at(pass));
    let label = t.frame_mark(format::grade(grade), format::grade(pass));
    view! {
        <svg class="mark20" viewBox="0 0 400 52" role="img" aria-label=label>
            <path d="M0 22h400v10H0z" class="w-none"/><path d=format!("M0 22h{x}v10H0z") class="c1"/>
            <path d=format!("M{cut} 14v26") class="cut"/><path d=format!("m{x} 15 12 12-12 12-12-12z") class="c3" stroke="#13211a"/>
            <g><text x="0" y="50">"0"</text><text x=cut.to_string() y="10" text-anchor="middle">{t.frame_mark_pass(format::grade(pass))}</text><text x="400" y="50" text-anchor="end">"20"</text></g>
        </svg>
    }
    .into_any()
}
