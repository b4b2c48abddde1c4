//! One's own account: devices, PIN.

use super::{Answer, head, id, refused, status, with_errors};
use crate::failure::Failure;
use crate::http::context::Context;
use crate::http::fields::Fields;
use crate::http::render::{page, see_other};
use crate::services::SignedIn;
use crate::services::people::{PinRefused, TypedPin};
use app::features::form::FormState;
use app::features::people::ChoosePin;
use app::pages::{account, public};
use app::texts::Texts;
use app::ui::frame::Menu;
use axum::http::StatusCode;
use domain::access::Role;
use domain::identity::secret::{PinError, check_pin};

fn menu(context: &Context) -> Menu {
    let has = |role| context.signed.as_ref().is_some_and(|s| s.actor.has(role));
    if has(Role::Trainee) {
        Menu::Trainee
    } else if has(Role::Judge) {
        Menu::Judge
    } else if has(Role::Staff) {
        Menu::Staff
    } else if has(Role::Auditor) {
        Menu::Auditor
    } else if has(Role::Admin) {
        Menu::Admin
    } else {
        Menu::Public
    }
}

/// `GET /account`.
pub async fn show(context: Context) -> Answer {
    let model = context.acting()?.account().await?;
    Ok(page(&context, StatusCode::OK, &head(context.texts.frame_account(), menu(&context)), |t| account::account(t, &model)))
}

/// `POST /account`: forget a device, or sign out everywhere.
pub async fn change(context: Context, fields: Fields) -> Answer {
    let acting = context.acting()?;
    match fields.one("action")? {
        "revoke" => acting.revoke_device(id(fields.one("device")?)?).await?,
        "everywhere" => {
            context.services().sign_out(acting.signed, true).await?;
            return Ok(see_other("/"));
        }
        _ => return Err(Failure::BadRequest("action")),
    }
    Ok(see_other("/account"))
}

/// A random PIN that the rules accept.
fn proposal() -> String {
    loop {
        let pin = format!("{:06}", rand::random_range(0..1_000_000));
        if check_pin(&pin, None, None).is_ok() {
            return pin;
        }
    }
}

fn choose(context: &Context, form: &FormState) -> Answer {
    let first = context.signed.as_ref().is_some_and(|s| !s.has_secret);
    let asks_current = context.signed.as_ref().is_some_and(SignedIn::asks_current_secret);
    let model = ChoosePin { proposed: proposal(), first, asks_current };
    Ok(page(context, status(form), &head(context.texts.pin_title(), Menu::None), |t| public::choose_pin(t, &model, form)))
}

/// `GET /pin`.
pub async fn pin(context: Context) -> Answer {
    context.acting()?;
    choose(&context, &FormState::default())
}

/// `POST /pin`.
pub async fn set_pin(context: Context, fields: Fields) -> Answer {
    let t = context.texts;
    let acting = context.acting()?;
    let typed = TypedPin { current: fields.one("current")?, pin: fields.one("pin")?, again: fields.one("again")? };
    let set = acting.set_pin(typed, |why| pin_words(&why, t)).await;
    match refused(set)? {
        Ok(()) => {
            let role = Role::ALL.into_iter().find(|r| acting.signed.actor.has(*r));
            Ok(see_other(role.map_or("/account", |r| r.landing())))
        }
        Err(errors) => choose(&context, &with_errors(FormState::default(), errors)),
    }
}

fn pin_words(why: &PinRefused, t: Texts) -> String {
    match why {
        PinRefused::Current => t.pin_current_wrong(),
        PinRefused::Differs => t.pin_differs(),
        PinRefused::Pin(PinError::Length { .. } | PinError::NotDigits) => t.pin_six_digits(),
        PinRefused::Pin(PinError::Run) => t.pin_run(),
        PinRefused::Pin(PinError::Repeat) => t.pin_repeat(),
        PinRefused::Pin(PinError::BirthDate) => t.pin_birth_date(),
        PinRefused::Pin(PinError::Document) => t.pin_document(),
    }
    .to_owned()
}
