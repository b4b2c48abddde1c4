//! Taking away the text of a reason. What it explained stays, and so does its digest: every chain still verifies.

use super::{read, store};
use crate::clock::{local, zone};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::reason_erasure;
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use crate::services::hours::posting::lock;
use app::features::hours::review::{ReasonOf, ReasonPage};
use domain::access::{Action, Actor};
use domain::ids::{EnrolmentId, PersonId, ReasonId};
use domain::time::Instant;
use sea_orm::{DatabaseTransaction, EntityTrait as _, FromQueryResult};
use serde_json::json;
use uuid::Uuid;

/// What a text explains, and in whose record it stands.
const OF: &str = "SELECT w.enrolment_id, w.what FROM (SELECT id, enrolment_id, 'adjustment' AS what FROM adjustment \
    UNION ALL SELECT id, enrolment_id, 'verdict' FROM adjustment_decision WHERE reason_digest IS NOT NULL \
    UNION ALL SELECT id, enrolment_id, 'doubt' FROM claim_decision \
    UNION ALL SELECT id, enrolment_id, 'erasure' FROM reason_erasure) w WHERE w.id = $1";

#[derive(FromQueryResult)]
struct Of {
    enrolment_id: Uuid,
    what: String,
}

/// One erasure on its way into the transaction.
struct Erasing {
    actor: Actor,
    enrolment: EnrolmentId,
    text: ReasonId,
    why: String,
    now: Instant,
}

impl Erasing {
    /// Once: the first one's reason stands.
    async fn run(&self, t: &DatabaseTransaction) -> Outcome<()> {
        lock(t, self.enrolment).await?;
        if reason_erasure::Entity::find_by_id(self.text.0).one(t).await?.is_some() {
            return Ok(());
        }
        let id = keys::ordered_id(self.now);
        store(t, id, &self.why).await?;
        let sql = "UPDATE reason_text SET body = NULL, erased_at = $1 WHERE id = $2";
        query::execute(t, sql, vec![self.now.0.into(), self.text.0.into()]).await?;
        let row = reason_erasure::Model {
            text_id: self.text.0,
            id,
            enrolment_id: self.enrolment.0,
            erased_by: self.actor.person.0,
            erased_at: self.now.0,
        };
        query::insert(t, row).await?;
        let event = Event::new("reason.erase", format!("enrolment/{}", self.enrolment), json!({ "text": self.text, "why": id }));
        audit::append(t, self.now, Some(&self.actor), event).await
    }
}

impl Acting<'_> {
    /// A text that the reader may take away: whose record it stands in, and what it explains.
    async fn erasable(&self, id: ReasonId) -> Outcome<(Enrolment, ReasonOf)> {
        let read = self.services.database.read();
        let of: Of = query::one(read, OF, vec![id.0.into()]).await?.ok_or(Failure::NotFound)?;
        let enrolment = self.services.enrolment(read, EnrolmentId(of.enrolment_id)).await?;
        self.may(Action::EraseReason, &enrolment.resource())?;
        let of = match of.what.as_str() {
            "adjustment" => ReasonOf::Adjustment,
            "verdict" => ReasonOf::Verdict,
            "doubt" => ReasonOf::Doubt,
            _ => ReasonOf::Erasure,
        };
        Ok((enrolment, of))
    }

    /// The page of one text.
    ///
    /// # Errors
    /// `Forbidden` out of scope or for one's own record; `NotFound`; `Database`.
    pub async fn reason_page(&self, id: ReasonId) -> Outcome<ReasonPage> {
        let (enrolment, of) = self.erasable(id).await?;
        let connection = self.services.database.read();
        let erasure = reason_erasure::Entity::find_by_id(id.0).one(connection).await?;
        let mut texts = read(connection, std::iter::once(id.0).chain(erasure.iter().map(|e| e.id)).collect()).await?;
        let erased = match erasure {
            None => None,
            Some(row) => {
                let name = self.names(vec![PersonId(row.erased_by)]).await?.into_values().next().unwrap_or_default();
                Some(((name, local(Instant(row.erased_at), zone(&enrolment.programme.time_zone))), texts.remove(&row.id)))
            }
        };
        self.note(Event::new("trainee.read", format!("enrolment/{}", enrolment.id), json!({}))).await?;
        Ok(ReasonPage { enrolment: enrolment.id, name: enrolment.name.clone(), of, text: texts.remove(&id.0), erased })
    }

    /// Takes a text away for ever, with a reason of one's own. A second time changes nothing.
    ///
    /// # Errors
    /// `Forbidden` out of scope or for one's own record; `NotFound`; `Database`.
    pub async fn erase_reason(&self, id: ReasonId, why: String) -> Outcome<()> {
        let (enrolment, _) = self.erasable(id).await?;
        let (actor, now) = (self.signed.actor.clone(), self.services.now());
        let erasing = Erasing { actor, enrolment: enrolment.id, text: id, why, now };
        self.services.database.write(move |t| Box::pin(async move { erasing.run(t).await })).await
    }
}
