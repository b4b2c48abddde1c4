//! The admin's page: people and roles.

use super::staff::{known_district, typed_person};
use super::{Answer, head, status};
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::fields::{self, Fields};
use crate::http::render::{page, see_other};
use crate::persistence::database::Engine;
use crate::persistence::query;
use app::features::form::FormState;
use app::features::people::{AddPerson, AdminHome};
use app::pages::admin;
use app::ui::frame::Menu;
use axum::extract::RawQuery;
use domain::access::{Action, Resource, Role};
use domain::ids::DistrictId;

async fn show(context: &Context, search: &str, form: &FormState) -> Answer {
    let (people, total) = context.acting()?.list_people(search).await?;
    let add = AddPerson { districts: context.services().districts().await?, cohorts: Vec::new(), roles: Role::ALL.to_vec() };
    let model = AdminHome { query: search.to_owned(), people, total, add, installation: installation(context).await? };
    Ok(page(context, status(form), &head(context.texts.frame_people(), Menu::Admin), |t| admin::home(t, &model, form)))
}

async fn installation(context: &Context) -> Outcome<Vec<(String, String)>> {
    let t = context.texts;
    let database = &context.services().database;
    let entries = query::number(database.read(), "SELECT count(*) AS n FROM hours_entry", vec![]).await?;
    let engine = match database.engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    Ok(vec![
        (t.admin_version().to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        (t.admin_engine().to_owned(), engine.to_owned()),
        (t.admin_entries().to_owned(), entries.to_string()),
    ])
}

/// `GET /admin?q=…`.
pub async fn home(context: Context, RawQuery(query): RawQuery) -> Answer {
    let fields = fields::parse(query.as_deref().unwrap_or_default())?;
    show(&context, fields.one("q")?, &FormState::default()).await
}

/// `POST /admin`: adds a person with a role.
pub async fn add(context: Context, fields: Fields) -> Answer {
    let t = context.texts;
    let acting = context.acting()?;
    acting.may(Action::Administer, &Resource::List)?;
    known_district(&context, &fields).await?;
    let mut form = fields.typed(&[]);
    let role = Role::from_code(fields.one("role")?);
    if role.is_none() {
        form.refuse("role", t.admin_role_missing());
    }
    let district = Some(fields.one("district")?).filter(|d| !d.is_empty()).map(DistrictId::from);
    let roles = role.map(|role| (role, district)).into_iter().collect();
    let person = typed_person(&fields, &mut form, roles, t)?;
    let Some(person) = person.filter(|_| form.errors.is_empty()) else { return show(&context, "", &form).await };
    match context.services().add_person(person, Some(acting.signed.actor.clone())).await {
        Ok(_) => Ok(see_other("/admin")),
        Err(Failure::Conflict) => {
            form.refuse("number", t.add_person_taken());
            show(&context, "", &form).await
        }
        Err(other) => Err(other),
    }
}
