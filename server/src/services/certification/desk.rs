//! The register and the life cycle on the staff desk.

use super::public::{REASONS, reason_words};
use crate::clock::{LIMA, local};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{certificate, certificate_event};
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::{self, Event};
use crate::services::people::full_name;
use app::features::certification::{CertificateDesk, Register, RegisterRow};
use app::texts::Texts;
use domain::access::{Action, Resource, Role};
use domain::certification::certificate::{Act, ReasonCode};
use domain::ids::EnrolmentId;
use domain::time::Instant;
use sea_orm::{ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use uuid::Uuid;

/// A change of a certificate's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Not in force for now.
    Suspend,
    /// In force again.
    Reinstate,
    /// No longer in force.
    Revoke,
}

#[derive(FromQueryResult)]
struct Place {
    id: Uuid,
    district_id: String,
}

#[derive(FromQueryResult)]
struct EventRow {
    at: i64,
    kind: String,
    reason: Option<String>,
    given_names: String,
    paternal_surname: Option<String>,
    maternal_surname: Option<String>,
}

impl Acting<'_> {
    /// Certificates of the districts in scope, newest first.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn register(&self, t: Texts) -> Outcome<Register> {
        self.may(Action::SeeDesk, &Resource::List)?;
        let read = self.services.database.read();
        let scope = self.signed.actor.scope(Role::Staff);
        let places: Vec<Place> = query::all(
            read,
            "SELECT f.id, c.district_id FROM certificate f JOIN enrolment e ON e.id = f.enrolment_id JOIN cohort c ON c.id = e.cohort_id",
            vec![],
        )
        .await?;
        let ids: Vec<Uuid> = places.into_iter().filter(|p| scope.holds(&p.district_id.as_str().into())).map(|p| p.id).collect();
        let rows = certificate::Entity::find()
            .filter(certificate::Column::Id.is_in(ids))
            .order_by_desc(certificate::Column::IssuedAt)
            .all(read)
            .await?;
        let mut register = Register::default();
        for row in rows {
            let public = self.services.public(&row, t).await?;
            register.rows.push(RegisterRow {
                href: format!("/staff/certificates/{}", row.number),
                number: row.number,
                holder: public.holder,
                programme: public.programme,
                issued: public.issued.0,
                standing: public.standing,
            });
        }
        Ok(register)
    }

    async fn certificate(&self, number: &str, action: Action) -> Outcome<certificate::Model> {
        let read = self.services.database.read();
        let row = certificate::Entity::find().filter(certificate::Column::Number.eq(number)).one(read).await?.ok_or(Failure::NotFound)?;
        let enrolment = self.services.enrolment(read, EnrolmentId(row.enrolment_id)).await?;
        self.may(action, &enrolment.resource())?;
        Ok(row)
    }

    /// One certificate with its history.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn certificate_desk(&self, number: &str, t: Texts) -> Outcome<CertificateDesk> {
        let row = self.certificate(number, Action::SeeTrainee).await?;
        let sql = "SELECT v.at, v.kind, v.reason, p.given_names, p.paternal_surname, p.maternal_surname FROM certificate_event v \
                   JOIN person p ON p.id = v.by_person WHERE v.certificate_id = $1 ORDER BY v.sequence";
        let events: Vec<EventRow> = query::all(self.services.database.read(), sql, vec![row.id.into()]).await?;
        Ok(CertificateDesk {
            public: self.services.public(&row, t).await?,
            verify: format!("/verify/{}", row.code),
            events: events
                .into_iter()
                .map(|e| {
                    let by = full_name(&e.given_names, e.paternal_surname.as_deref(), e.maternal_surname.as_deref());
                    (local(Instant(e.at), LIMA), kind_words(&e.kind, t).to_owned(), by, e.reason.unwrap_or_default())
                })
                .collect(),
            reasons: REASONS.iter().map(|(reason, code)| ((*code).to_owned(), reason_words(*reason, t))).collect(),
        })
    }

    /// Suspends, reinstates or revokes, with a reason.
    ///
    /// # Errors
    /// `Conflict` when its state does not allow it; `Forbidden`; `NotFound`; `Database`.
    pub async fn change_certificate(
        &self,
        number: &str,
        change: Change,
        reason: ReasonCode,
        words: String,
        authority: String,
    ) -> Outcome<()> {
        let row = self.certificate(number, Action::ChangeCertificate).await?;
        let now = self.services.now();
        let act = Act { on: crate::clock::local_date(now, LIMA), reason, authority: authority.clone() };
        let state = self.services.state(&row).await?;
        let allowed = match change {
            Change::Suspend => state.suspend(act).is_ok(),
            Change::Reinstate => state.reinstate().is_ok(),
            Change::Revoke => state.revoke(act).is_ok(),
        };
        if !allowed {
            return Err(Failure::Conflict);
        }
        let kind = match change {
            Change::Suspend => "suspend",
            Change::Reinstate => "reinstate",
            Change::Revoke => "revoke",
        };
        let code = REASONS.iter().find(|(r, _)| *r == reason).map(|(_, c)| (*c).to_owned());
        let actor = self.signed.actor.clone();
        let changed = self
            .services
            .database
            .write(move |t| {
                Box::pin(async move {
                    crate::services::hours::posting::lock(t, EnrolmentId(row.enrolment_id)).await?;
                    let sql = "SELECT coalesce(max(sequence), 0) + 1 AS n FROM certificate_event WHERE certificate_id = $1";
                    let event = certificate_event::Model {
                        id: keys::ordered_id(now),
                        certificate_id: row.id,
                        sequence: query::number(t, sql, vec![row.id.into()]).await?,
                        kind: kind.to_owned(),
                        reason_code: code.clone(),
                        reason: Some(words),
                        authority: Some(authority),
                        superseded_by: None,
                        at: now.0,
                        by_person: actor.person.0,
                    };
                    query::insert(t, event).await?;
                    let detail = json!({ "number": row.number, "change": kind, "code": code });
                    audit::append(t, now, Some(&actor), Event::new("certificate.change", format!("certificate/{}", row.id), detail)).await
                })
            })
            .await;
        match changed {
            Err(failure) if failure.is_duplicate() => Err(Failure::Conflict),
            other => other,
        }
    }
}

fn kind_words(kind: &str, t: Texts) -> &'static str {
    match kind {
        "suspend" => t.event_suspend(),
        "reinstate" => t.event_reinstate(),
        "revoke" => t.event_revoke(),
        "supersede" => t.event_supersede(),
        _ => t.event_issue(),
    }
}
