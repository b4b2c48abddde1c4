//! Verification: what a stranger sees of a certificate, for ever.

use super::issue::hours_line;
use crate::clock::{LIMA, local, local_date};
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{certificate, certificate_event};
use crate::services::people::masked;
use crate::services::{Acting, Services};
use app::features::certification::{CertificatePage, IssuedLinks, PublicCertificate, Standing, Verification};
use app::texts::Texts;
use domain::access::{Action, Resource};
use domain::certification::certificate::{Act, CertificateState, ReasonCode, Standing as Stands, snapshot::Snapshot};
use domain::certification::eligibility;
use domain::certification::number::CertificateNumber;
use domain::identity::fold::fold;
use domain::time::Instant;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// A typed code without what people add: spaces, hyphens, small letters, O for 0, I and L for 1.
fn normal_code(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase());
    letters
        .map(|c| {
            if c == 'O' {
                '0'
            } else if c == 'I' || c == 'L' {
                '1'
            } else {
                c
            }
        })
        .collect()
}

impl Services {
    /// Looks a certificate up by code, or by number together with the first surname as printed.
    /// Unknown, malformed and mistyped look alike.
    ///
    /// # Errors
    /// `Database`; `Inconsistent`.
    pub async fn look_up(&self, query: &str, surname: &str, t: Texts) -> Outcome<Verification> {
        let typed = query.trim();
        if typed.is_empty() {
            return Ok(Verification::Ask);
        }
        let unknown = || Ok(Verification::Unknown { query: typed.to_owned() });
        if let Ok(number) = typed.to_uppercase().parse::<CertificateNumber>() {
            if surname.trim().is_empty() {
                return Ok(Verification::AskSurname { query: typed.to_owned() });
            }
            let found =
                certificate::Entity::find().filter(certificate::Column::Number.eq(number.to_string())).one(self.database.read()).await?;
            return match found.filter(|c| c.surname_folded == fold(surname.trim())) {
                Some(row) => Ok(Verification::Found(Box::new(self.public(&row, t).await?))),
                None => unknown(),
            };
        }
        let code = normal_code(typed);
        if code.len() != 26 {
            return unknown();
        }
        match certificate::Entity::find().filter(certificate::Column::Code.eq(code)).one(self.database.read()).await? {
            Some(row) => Ok(Verification::Found(Box::new(self.public(&row, t).await?))),
            None => unknown(),
        }
    }

    /// The state of a certificate: its events in order, by the domain's transitions.
    ///
    /// # Errors
    /// `Inconsistent` when the events make no sense; `Database`.
    pub async fn state(&self, row: &certificate::Model) -> Outcome<CertificateState> {
        let events = certificate_event::Entity::find()
            .filter(certificate_event::Column::CertificateId.eq(row.id))
            .order_by_asc(certificate_event::Column::Sequence)
            .all(self.database.read())
            .await?;
        events.iter().try_fold(CertificateState::Valid, apply)
    }

    /// What a stranger sees.
    ///
    /// # Errors
    /// `Inconsistent`; `Database`.
    pub async fn public(&self, row: &certificate::Model, t: Texts) -> Outcome<PublicCertificate> {
        let snapshot: Snapshot =
            serde_json::from_str(&row.snapshot).map_err(|_| Failure::Inconsistent { table: "certificate", column: "snapshot" })?;
        let now = self.now();
        let stands = self.state(row).await?.standing(snapshot.expires_on, local_date(now, LIMA));
        let programme = self.catalogue.current(&snapshot.programme).map(|(_, p)| p);
        let public = |field: &str| programme.as_ref().is_none_or(|p| p.public_fields.iter().any(|f| f == field));
        let language = t.language();
        Ok(PublicCertificate {
            standing: standing(&stands, t),
            holder: snapshot.holder.clone(),
            document: masked(snapshot.document_kind.name(), &snapshot.document_number),
            programme: t.verify_programme_edition(&snapshot.edition, snapshot.title.get(language)),
            hours: hours_text(&snapshot, t),
            grade: snapshot.grade.filter(|_| public("grade")).map(|g| g.hundredths()),
            dates: (snapshot.started_on, snapshot.finished_on),
            issued: (snapshot.issued_on, snapshot.place.clone()),
            issuer: snapshot.issuer.get(language).to_owned(),
            number: row.number.clone(),
            checked: local(now, LIMA),
        })
    }
}

fn hours_text(snapshot: &Snapshot, t: Texts) -> String {
    let line = hours_line(&snapshot.hours, t.language());
    let length = |minutes: i64| app::format::duration(domain::time::Seconds::from_minutes(minutes));
    t.verify_hours_split(length(snapshot.in_person_minutes), line, length(snapshot.self_paced_minutes))
}

/// One event applied to a state.
fn apply(state: CertificateState, event: &certificate_event::Model) -> Outcome<CertificateState> {
    let bad = || Failure::Inconsistent { table: "certificate_event", column: "kind" };
    let on = local_date(Instant(event.at), LIMA);
    let act = || Act { on, reason: reason(event.reason_code.as_deref()), authority: event.authority.clone().unwrap_or_default() };
    match event.kind.as_str() {
        "issue" => Ok(state),
        "suspend" => state.suspend(act()).map_err(|_| bad()),
        "reinstate" => state.reinstate().map_err(|_| bad()),
        "revoke" => state.revoke(act()).map_err(|_| bad()),
        "supersede" => {
            let by = event.superseded_by.as_deref().and_then(|n| n.parse().ok()).ok_or_else(bad)?;
            state.supersede(by, on).map_err(|_| bad())
        }
        _ => Err(bad()),
    }
}

/// The codes that stand for reasons, in the order of the form.
pub const REASONS: [(ReasonCode, &str); 6] = [
    (ReasonCode::IssuedInError, "R-01"),
    (ReasonCode::Fraud, "R-02"),
    (ReasonCode::Misconduct, "R-03"),
    (ReasonCode::CourtOrder, "R-04"),
    (ReasonCode::HolderRequest, "R-05"),
    (ReasonCode::UnderInquiry, "R-06"),
];

fn reason(code: Option<&str>) -> ReasonCode {
    REASONS.iter().find(|(_, c)| Some(*c) == code).map_or(ReasonCode::CourtOrder, |(r, _)| *r)
}

/// A reason's code and words.
#[must_use]
pub fn reason_words(code: ReasonCode, t: Texts) -> String {
    let words = match code {
        ReasonCode::IssuedInError => t.reason_issued_in_error(),
        ReasonCode::Fraud => t.reason_fraud(),
        ReasonCode::Misconduct => t.reason_misconduct(),
        ReasonCode::CourtOrder => t.reason_court_order(),
        ReasonCode::HolderRequest => t.reason_holder_request(),
        ReasonCode::UnderInquiry => t.reason_under_inquiry(),
    };
    let short = REASONS.iter().find(|(r, _)| *r == code).map_or("", |(_, c)| *c);
    format!("{short}: {words}")
}

/// Where it stands, in the page's terms.
#[must_use]
pub fn standing(stands: &Stands, t: Texts) -> Standing {
    match stands {
        Stands::Valid => Standing::Valid,
        Stands::Expired { on } => Standing::Expired { on: *on },
        Stands::Suspended { act } => Standing::Suspended { on: act.on },
        Stands::Revoked { act } => Standing::Revoked { on: act.on, reason: reason_words(act.reason, t), authority: act.authority.clone() },
        Stands::Superseded { by, .. } => Standing::Superseded { by: by.to_string() },
    }
}

impl Acting<'_> {
    /// Her certificate page.
    ///
    /// # Errors
    /// `NotFound` without an enrolment; `Database`.
    pub async fn certificate_page(&self, t: Texts) -> Outcome<CertificatePage> {
        let enrolment = self.my_enrolment().await?;
        let read = self.services.database.read();
        let found = certificate::Entity::find().filter(certificate::Column::EnrolmentId.eq(enrolment.id.0)).one(read).await?;
        let issued = match found {
            None => None,
            Some(row) => {
                let public = self.services.public(&row, t).await?;
                let file = |kind: &str| format!("/certificate/{}/{kind}.pdf", row.number);
                Some(IssuedLinks {
                    verify: format!("/verify/{}", row.code),
                    archive: (file("archive"), row.archive_pdf.len()),
                    accessible: (file("accessible"), row.accessible_pdf.len()),
                    number: row.number,
                    standing: public.standing,
                })
            }
        };
        let (_, facts) = self.services.gate(read, &enrolment).await?;
        let requirements = if issued.is_some() { Vec::new() } else { eligibility(&enrolment.programme, &facts) };
        Ok(CertificatePage { issued, requirements })
    }

    /// The stored file of a certificate: for its holder, and for staff and auditors who may see the trainee.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn certificate_file(&self, number: &str, accessible: bool) -> Outcome<Vec<u8>> {
        let read = self.services.database.read();
        let row = certificate::Entity::find().filter(certificate::Column::Number.eq(number)).one(read).await?.ok_or(Failure::NotFound)?;
        let enrolment = self.services.enrolment(read, domain::ids::EnrolmentId(row.enrolment_id)).await?;
        let own = self.may(Action::SeeOwnStudy, &Resource::Person(enrolment.person));
        own.or_else(|_| self.may(Action::SeeTrainee, &enrolment.resource()))?;
        Ok(if accessible { row.accessible_pdf } else { row.archive_pdf })
    }
}
