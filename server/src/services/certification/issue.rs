//! Issuing: the only way to a certificate. The gate is evaluated again inside the transaction that writes it.

use super::eligibility::facts;
use crate::clock::local_date;
use crate::failure::{Failure, Outcome};
use crate::keys::{self, hex};
use crate::persistence::entities::{certificate, certificate_event};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use crate::services::hours::posting::lock;
use crate::services::record::Record;
use crate::services::{Acting, Services};
use app::format;
use app::texts::Texts;
use chrono::Datelike as _;
use documents::{Certificate, Signatory, Standard, SyllabusLine as Line};
use domain::access::{Action, Actor, Refusal};
use domain::certification::certificate::snapshot::{PrintedHours, Snapshot, SnapshotSignatory, SyllabusLine};
use domain::certification::number::CertificateNumber;
use domain::certification::{Facts, Requirement, eligibility, is_eligible};
use domain::curriculum::{Language, LessonMode};
use domain::identity::document::DocumentKind;
use domain::identity::fold::fold;
use domain::ids::{EnrolmentId, RevisionId};
use domain::time::Instant;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::json;

/// Why no certificate was issued.
#[derive(Debug)]
pub enum NotIssued {
    /// The gate is closed: where she stands.
    NotEligible(Vec<Requirement>),
    /// There is one already.
    Already(String),
    /// Issuing needs the public address.
    NoPublicUrl,
    /// The issuer graded, attested or took the roll for her.
    TookPart,
    /// Anything else.
    Failure(Failure),
}

impl From<Failure> for NotIssued {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Forbidden(Refusal::TookPart) => Self::TookPart,
            other => Self::Failure(other),
        }
    }
}

impl From<sea_orm::DbErr> for NotIssued {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Failure(Failure::Database(error))
    }
}

/// A certificate made and not yet written: it is, if nothing changed meanwhile.
struct Prepared {
    snapshot: Snapshot,
    evidence: String,
    digest: [u8; 32],
    archive: Vec<u8>,
    accessible: Vec<u8>,
}

/// How often issuing starts again because another certificate took the number.
const TRIES: usize = 5;

/// Whether the issuer took part in what leads to this certificate: graded, attested, waived, took the roll,
/// adjusted hours or decided doubtful evidence.
const TOOK_PART: &str = "SELECT (SELECT count(*) FROM mark m JOIN grading_task g ON g.id = m.task_id JOIN attempt a ON a.id = g.attempt_id WHERE a.enrolment_id = $1 AND m.judge_id = $2) \
    + (SELECT count(*) FROM requirement_fact WHERE enrolment_id = $1 AND verifier_id = $2) \
    + (SELECT count(*) FROM requirement_waiver WHERE enrolment_id = $1 AND (approved_by = $2 OR proposed_by = $2)) \
    + (SELECT count(*) FROM attendance WHERE enrolment_id = $1 AND recorded_by = $2) \
    + (SELECT count(*) FROM adjustment WHERE enrolment_id = $1 AND proposed_by = $2) \
    + (SELECT count(*) FROM adjustment_decision WHERE enrolment_id = $1 AND decided_by = $2) \
    + (SELECT count(*) FROM claim_decision WHERE enrolment_id = $1 AND decided_by = $2) AS n";

impl Acting<'_> {
    /// Whether this person may issue for this enrolment, apart from the gate.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn may_issue<C: ConnectionTrait>(&self, connection: &C, enrolment: &Enrolment) -> Outcome<()> {
        self.may(Action::IssueCertificate, &enrolment.resource())?;
        took_part(connection, enrolment.id, &self.signed.actor).await
    }

    /// Issues a certificate.
    ///
    /// # Errors
    /// [`NotIssued`], with what is missing.
    pub async fn issue(&self, id: EnrolmentId) -> Result<String, NotIssued> {
        let base = self.services.public_url.clone().ok_or(NotIssued::NoPublicUrl)?;
        let read = self.services.database.read();
        let enrolment = self.services.enrolment(read, id).await?;
        self.may_issue(read, &enrolment).await?;
        for _ in 0..TRIES {
            let (record, facts) = self.services.gate(read, &enrolment).await?;
            if let Some((number, _, _)) = record.certificate {
                return Err(NotIssued::Already(number));
            }
            check(&enrolment, &facts)?;
            let prepared = self.services.prepare(&enrolment, &record, &facts, &base).await?;
            if let Some(number) = self.write(&enrolment, prepared).await? {
                return Ok(number);
            }
        }
        Err(NotIssued::Failure(Failure::Conflict))
    }

    /// Writes it, if the facts and the number are still what it was made with.
    async fn write(&self, enrolment: &Enrolment, prepared: Prepared) -> Result<Option<String>, NotIssued> {
        let (services, actor, enrolment) = (self.services.clone(), self.signed.actor.clone(), enrolment.clone());
        let written = self
            .services
            .database
            .write::<_, NotIssued, _>(move |t| Box::pin(async move { write_locked(&services, t, &actor, &enrolment, prepared).await }))
            .await;
        match written {
            Err(NotIssued::Failure(failure)) if failure.is_duplicate() => Ok(None),
            other => other,
        }
    }
}

async fn took_part<C: ConnectionTrait>(connection: &C, enrolment: EnrolmentId, actor: &Actor) -> Outcome<()> {
    let parts = query::number(connection, TOOK_PART, vec![enrolment.0.into(), actor.person.0.into()]).await?;
    if parts > 0 { Err(Refusal::TookPart.into()) } else { Ok(()) }
}

fn check(enrolment: &Enrolment, facts: &Facts) -> Result<(), NotIssued> {
    let requirements = eligibility(&enrolment.programme, facts);
    if is_eligible(&requirements) { Ok(()) } else { Err(NotIssued::NotEligible(requirements)) }
}

async fn write_locked(
    services: &Services,
    t: &DatabaseTransaction,
    actor: &Actor,
    enrolment: &Enrolment,
    prepared: Prepared,
) -> Result<Option<String>, NotIssued> {
    lock(t, enrolment.id).await?;
    let (record, facts) = services.gate(t, enrolment).await?;
    if let Some((number, _, _)) = record.certificate {
        return Err(NotIssued::Already(number));
    }
    check(enrolment, &facts)?;
    took_part(t, enrolment.id, actor).await?;
    let year = i64::from(prepared.snapshot.number.year());
    let serial = next_serial(t, year).await?;
    if serial != i64::from(prepared.snapshot.number.serial()) || evidence(enrolment, &facts)?.1 != prepared.digest {
        return Ok(None);
    }
    let sql = "INSERT INTO certificate_serial (year, last) VALUES ($1, $2) ON CONFLICT (year) DO UPDATE SET last = $2";
    query::execute(t, sql, vec![year.into(), serial.into()]).await?;
    let now = services.now();
    let number = prepared.snapshot.number.to_string();
    let id = keys::random_id();
    query::insert(t, row(id, enrolment, prepared, actor, now)?).await?;
    let event = certificate_event::Model {
        id: keys::ordered_id(now),
        certificate_id: id,
        sequence: 1,
        kind: "issue".to_owned(),
        reason_code: None,
        reason: None,
        authority: None,
        superseded_by: None,
        at: now.0,
        by_person: actor.person.0,
    };
    query::insert(t, event).await?;
    query::execute(t, "UPDATE enrolment SET state = 'certified' WHERE id = $1", vec![enrolment.id.0.into()]).await?;
    audit::append(t, now, Some(actor), Event::new("certificate.issue", format!("enrolment/{}", enrolment.id), json!({ "number": number })))
        .await?;
    Ok(Some(number))
}

async fn next_serial<C: ConnectionTrait>(connection: &C, year: i64) -> Outcome<i64> {
    Ok(query::number(connection, "SELECT coalesce(max(last), 0) + 1 AS n FROM certificate_serial WHERE year = $1", vec![year.into()])
        .await?)
}

/// The evidence record: every requirement with what met it; and its digest.
fn evidence(enrolment: &Enrolment, facts: &Facts) -> Outcome<(String, [u8; 32])> {
    let requirements = eligibility(&enrolment.programme, facts);
    let text = serde_json::to_string(&requirements).map_err(|e| Failure::Internal(e.to_string()))?;
    let digest = keys::digest(text.as_bytes());
    Ok((text, digest))
}

fn row(id: uuid::Uuid, enrolment: &Enrolment, prepared: Prepared, actor: &Actor, now: Instant) -> Outcome<certificate::Model> {
    Ok(certificate::Model {
        id,
        enrolment_id: enrolment.id.0,
        number: prepared.snapshot.number.to_string(),
        code: prepared.snapshot.code.clone(),
        surname_folded: fold(&enrolment.surname),
        snapshot: serde_json::to_string(&prepared.snapshot).map_err(|e| Failure::Internal(e.to_string()))?,
        evidence: prepared.evidence,
        evidence_digest: prepared.digest.to_vec(),
        archive_sha: keys::digest(&prepared.archive).to_vec(),
        archive_pdf: prepared.archive,
        accessible_sha: keys::digest(&prepared.accessible).to_vec(),
        accessible_pdf: prepared.accessible,
        engine: format!("{} template {}", documents::ENGINE_VERSION, documents::template_digest()),
        issued_at: now.0,
        issued_by: actor.person.0,
        expires_on: None,
    })
}

impl Services {
    /// The record and the facts of the gate, read together.
    ///
    /// # Errors
    /// `Database`.
    pub async fn gate<C: ConnectionTrait>(&self, connection: &C, enrolment: &Enrolment) -> Outcome<(Record, Facts)> {
        let record = self.record(connection, enrolment).await?;
        let progress = record.progress(&enrolment.programme);
        let facts = facts(enrolment, &record, &progress);
        Ok((record, facts))
    }

    async fn prepare(&self, enrolment: &Enrolment, record: &Record, facts: &Facts, base: &str) -> Outcome<Prepared> {
        let now = self.now();
        let today = local_date(now, crate::clock::zone(&enrolment.programme.time_zone));
        let serial = next_serial(self.database.read(), i64::from(today.year())).await?;
        let number = CertificateNumber::new(u16::try_from(today.year()).unwrap_or_default(), u32::try_from(serial).unwrap_or_default())
            .map_err(|e| Failure::Internal(e.to_string()))?;
        let (evidence, digest) = evidence(enrolment, facts)?;
        let court = self.districts().await?.into_iter().find(|(id, _)| *id == enrolment.district.0);
        let (_, court) = court.ok_or(Failure::Inconsistent { table: "cohort", column: "district_id" })?;
        let snapshot = snapshot((enrolment, &court), record, facts, number, &digest, today)?;
        let document = document(&snapshot, base);
        let files = tokio::task::spawn_blocking(move || {
            Ok::<_, documents::DocumentError>((
                documents::certificate(&document, Standard::Archive)?,
                documents::certificate(&document, Standard::Accessible)?,
            ))
        });
        let (archive, accessible) =
            files.await.map_err(|e| Failure::Internal(e.to_string()))?.map_err(|e| Failure::Internal(e.to_string()))?;
        Ok(Prepared { snapshot, evidence, digest, archive, accessible })
    }
}

/// A verification code: 128 random bits in Crockford's base 32, 26 characters.
#[must_use]
pub fn verification_code(random: u128) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    (0..26).rev().map(|place| char::from(ALPHABET[usize::try_from((random >> (place * 5)) & 31).unwrap_or_default()])).collect()
}

/// What is printed; `court` is the name of the enrolment's judicial district.
fn snapshot(
    (enrolment, court): (&Enrolment, &str),
    record: &Record,
    facts: &Facts,
    number: CertificateNumber,
    digest: &[u8],
    today: chrono::NaiveDate,
) -> Outcome<Snapshot> {
    let programme = &enrolment.programme;
    let minutes = |mode: LessonMode| programme.lessons().filter(|(_, l)| l.mode == mode).map(|(_, l)| l.minutes).sum();
    let graded = facts.evaluations.iter().filter_map(|(id, fact)| {
        let graded = programme.evaluation(id).is_some_and(|(_, e)| e.graded);
        match fact {
            domain::certification::EvaluationFact::Released { grade, .. } if graded => Some((id, *grade)),
            _ => None,
        }
    });
    let graded: Vec<_> = graded.collect();
    let kind = DocumentKind::from_name(&enrolment.document.0).ok_or(Failure::Inconsistent { table: "document", column: "kind" })?;
    let signatories = programme.signatories.iter().filter(|s| s.from <= today && today <= s.to);
    let last = record.last_study.map_or(today, |at| enrolment.today(at));
    Ok(Snapshot {
        number,
        code: verification_code(rand::random()),
        holder: enrolment.name.clone(),
        document_kind: kind,
        document_number: enrolment.document.1.clone(),
        programme: programme.id.clone(),
        programme_revision: RevisionId(enrolment.revision.clone()),
        title: programme.title.clone(),
        edition: programme.edition.clone(),
        hours: PrintedHours {
            minutes: programme.required_minutes,
            unit_minutes: programme.hour.minutes,
            wording: programme.hour.wording.clone(),
        },
        in_person_minutes: minutes(LessonMode::InPerson),
        self_paced_minutes: minutes(LessonMode::SelfPaced),
        grade: final_grade(&graded.iter().map(|(_, g)| g.hundredths()).collect::<Vec<_>>()),
        started_on: enrolment.dates.0.max(enrolment.enrolled_on),
        finished_on: last.max(enrolment.dates.0).min(today),
        issued_on: today,
        expires_on: None,
        place: enrolment.place.clone(),
        issuer: programme.issuer.in_district(court),
        signatories: signatories.map(|s| SnapshotSignatory { name: s.name.clone(), office: s.office.in_district(court) }).collect(),
        syllabus: programme
            .modules
            .iter()
            .map(|m| SyllabusLine {
                module: m.id.clone(),
                title: m.title.clone(),
                minutes: m.lessons.iter().map(|l| l.minutes).sum(),
                grade: graded.iter().find(|(id, _)| m.evaluation.as_ref().is_some_and(|e| &e.id == *id)).map(|(_, g)| *g),
            })
            .collect(),
        evidence_digest: hex(digest),
    })
}

/// The grade of the whole: the mean of the graded evaluations, rounded half up to hundredths.
fn final_grade(grades: &[u16]) -> Option<domain::assessment::score::Grade> {
    let count = u32::try_from(grades.len()).ok().filter(|n| *n > 0)?;
    let sum: u32 = grades.iter().map(|g| u32::from(*g)).sum();
    domain::assessment::score::Grade::from_hundredths(u16::try_from((sum * 2 + count) / (count * 2)).ok()?).ok()
}

/// "6 horas cronológicas", with minutes where the hours are not whole.
#[must_use]
pub fn hours_line(hours: &PrintedHours, language: Language) -> String {
    let wording = hours.wording.get(language);
    match hours.hours() {
        Some((whole, 0)) => format!("{whole} {wording}"),
        Some((0, rest)) => format!("{rest} min"),
        Some((whole, rest)) => format!("{whole} {wording} {rest} min"),
        None => format!("{} min", hours.minutes),
    }
}

fn document(snapshot: &Snapshot, base: &str) -> Certificate {
    let language = Language::Es;
    let t = Texts(language);
    let minutes = |n: i64| u32::try_from(n).unwrap_or_default();
    Certificate {
        holder: snapshot.holder.clone(),
        document: format!("{} {}", crate::services::people::kind_label(snapshot.document_kind.name()), snapshot.document_number),
        programme: snapshot.title.get(language).to_owned(),
        edition: snapshot.edition.clone(),
        capacity: t.document_capacity().to_owned(),
        hours_line: hours_line(&snapshot.hours, language),
        in_person_minutes: minutes(snapshot.in_person_minutes),
        self_paced_minutes: minutes(snapshot.self_paced_minutes),
        grade_hundredths: snapshot.grade.map(|g| g.hundredths()),
        starts: format::date(t, snapshot.started_on),
        ends: format::date(t, snapshot.finished_on),
        issued: format::date(t, snapshot.issued_on),
        issued_on: snapshot.issued_on.to_string(),
        place: snapshot.place.clone(),
        issuer: snapshot.issuer.get(language).to_owned(),
        number: snapshot.number.to_string(),
        verify_url: format!("{}/verify/{}", base.trim_end_matches('/'), snapshot.code),
        code: snapshot.code.clone(),
        signatories: snapshot
            .signatories
            .iter()
            .map(|s| Signatory { name: s.name.clone(), office: s.office.get(language).to_owned() })
            .collect(),
        syllabus: snapshot
            .syllabus
            .iter()
            .map(|l| Line {
                title: l.title.get(language).to_owned(),
                minutes: minutes(l.minutes),
                grade: l.grade.map(|g| format::grade(g.hundredths())),
            })
            .collect(),
        language: documents::Language::Es,
    }
}
