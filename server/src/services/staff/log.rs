//! What the auditor reads: the audit log and the list of ledgers.

use crate::clock::LIMA;
use crate::failure::Outcome;
use crate::persistence::entities::cohort;
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::{self};
use crate::services::people::full_name;
use app::features::people::{AuditHome, EventRow};
use app::texts::Texts;
use domain::access::{Action, Resource};
use domain::ids::{CohortId, PersonId};
use domain::time::Instant;
use sea_orm::{EntityTrait as _, QueryOrder as _};

impl Acting<'_> {
    /// The audit log and the ledgers, for the auditor.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn audit_home(&self, before: Option<i64>, t: Texts) -> Outcome<AuditHome> {
        self.may(Action::Audit, &Resource::List)?;
        let read = self.services.database.read();
        let sql = "SELECT v.sequence, v.at, p.given_names, coalesce(p.paternal_surname, p.maternal_surname) AS surname, v.action, v.subject \
                   FROM audit_event v LEFT JOIN person p ON p.id = v.actor_id WHERE v.sequence < $1 ORDER BY v.sequence DESC LIMIT 50";
        let rows: Vec<audit::LogRow> = query::all(read, sql, vec![before.unwrap_or(i64::MAX).into()]).await?;
        let older = (rows.len() == 50).then(|| rows.last().map(|r| r.sequence)).flatten();
        let mut enrolments = Vec::new();
        for cohort in cohort::Entity::find().order_by_asc(cohort::Column::Title).all(read).await? {
            for enrolment in self.services.enrolments_of(CohortId(cohort.id)).await? {
                enrolments.push((enrolment.id, enrolment.name, enrolment.programme.title.get(t.language()).to_owned()));
            }
        }
        let people = rows.iter().filter_map(|row| person(&row.subject)).collect();
        let names = self.names(people).await?;
        let named = |subject: &str| {
            let enrolled = || enrolments.iter().find(|(id, ..)| subject.strip_prefix("enrolment/") == Some(&id.to_string()));
            person(subject).and_then(|id| names.get(&id).cloned()).or_else(|| enrolled().map(|(_, name, _)| name.clone()))
        };
        let events = rows.into_iter().map(|r| EventRow {
            sequence: r.sequence,
            at: crate::clock::local(Instant(r.at), LIMA),
            actor: r.given_names.map(|given| full_name(&given, r.surname.as_deref(), None)),
            action: r.action,
            subject: named(&r.subject).unwrap_or(r.subject),
        });
        Ok(AuditHome { events: events.collect(), older, enrolments })
    }
}

/// The person that an event is about, where its subject is a person.
fn person(subject: &str) -> Option<PersonId> {
    subject.strip_prefix("person/")?.parse().ok().map(PersonId)
}
