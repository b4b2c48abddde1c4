//! Suspending, reinstating and revoking.

use crate::features::certification::{CertificateDesk, Standing};
use crate::features::form::FormState;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::message;
use leptos::prelude::*;

/// The form that fits where the certificate stands.
pub(super) fn change(t: Texts, model: &CertificateDesk, form: &FormState) -> AnyView {
    let first = match &model.public.standing {
        Standing::Valid | Standing::Expired { .. } => ("suspend", t.certificate_suspend()),
        Standing::Suspended { .. } => ("reinstate", t.certificate_reinstate()),
        Standing::Revoked { .. } | Standing::Superseded { .. } => {
            return view! { <div>{message::alert("info", "info", t.certificate_final(), t.certificate_final_text())}</div> }.into_any();
        }
    };
    view! {
        <section class="card" aria-labelledby="change">
            <h2 id="change">{t.certificate_change()}</h2>
            <p>{t.certificate_change_text()}</p>
            <form class="stack" method="post">
                {field::select("code", t.certificate_code(), "", &model.reasons, form)}
                {field::text("reason", t.certificate_words(), t.certificate_words_hint(), Kind { rows: 3, ..Kind::AREA }, form)}
                {field::text("authority", t.certificate_by(), t.certificate_by_hint(), Kind::PLAIN, form)}
                <p class="small">{t.certificate_revoke_text()}</p>
                <div class="row">
                    <button class="btn alt" name="action" value=first.0>{first.1}</button>
                    <button class="btn stop" name="action" value="revoke">{t.certificate_revoke()}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
