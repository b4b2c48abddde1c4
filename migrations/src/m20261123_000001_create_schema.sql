CREATE TABLE secret (name TEXT PRIMARY KEY, value BYTES NOT NULL) STRICT

CREATE TABLE district (id TEXT PRIMARY KEY, name TEXT NOT NULL, seat TEXT NOT NULL) STRICT

CREATE TABLE ubigeo_district (system TEXT NOT NULL CHECK (system IN ('inei', 'reniec')), code TEXT NOT NULL, name TEXT NOT NULL, district_id TEXT NOT NULL REFERENCES district (id), PRIMARY KEY (system, code)) STRICT

CREATE TABLE person (
    id UUID PRIMARY KEY, given_names TEXT NOT NULL, paternal_surname TEXT, maternal_surname TEXT,
    birth_date TEXT CHECK (birth_date IS NULL OR length(birth_date) = 10), phone TEXT, email TEXT, language TEXT, district_id TEXT REFERENCES district (id),
    ubigeo_system TEXT, ubigeo TEXT, folded TEXT NOT NULL, created_at INT64 NOT NULL,
    CHECK (paternal_surname IS NOT NULL OR maternal_surname IS NOT NULL)
) STRICT

CREATE INDEX person_folded ON person (folded)

CREATE TABLE document (kind TEXT NOT NULL CHECK (kind IN ('dni', 'ce', 'ptp', 'passport')), number TEXT NOT NULL, person_id UUID NOT NULL REFERENCES person (id), PRIMARY KEY (kind, number)) STRICT

CREATE INDEX document_person ON document (person_id)

CREATE TABLE account (person_id UUID PRIMARY KEY REFERENCES person (id), pin_hash TEXT, password_hash TEXT, state TEXT NOT NULL CHECK (state IN ('active', 'closed')), created_at INT64 NOT NULL) STRICT

CREATE TABLE card (id UUID PRIMARY KEY, person_id UUID NOT NULL REFERENCES person (id), secret_hash BYTES NOT NULL UNIQUE, code_hash BYTES NOT NULL UNIQUE, created_at INT64 NOT NULL, created_by UUID, cancelled_at INT64) STRICT

CREATE INDEX card_person ON card (person_id)

CREATE TABLE one_time_code (id UUID PRIMARY KEY, person_id UUID NOT NULL REFERENCES person (id), code_hash BYTES NOT NULL, expires_at INT64 NOT NULL, used_at INT64, created_at INT64 NOT NULL, created_by UUID) STRICT

CREATE INDEX one_time_code_person ON one_time_code (person_id)

CREATE TABLE device (
    id UUID PRIMARY KEY, person_id UUID NOT NULL REFERENCES person (id), secret_hash BYTES NOT NULL UNIQUE, label TEXT NOT NULL,
    created_at INT64 NOT NULL, last_seen_at INT64 NOT NULL, expires_at INT64 NOT NULL, revoked_at INT64, clock_offset INT64
) STRICT

CREATE INDEX device_person ON device (person_id)

CREATE TABLE session (
    id UUID PRIMARY KEY, token_hash BYTES NOT NULL UNIQUE, person_id UUID NOT NULL REFERENCES person (id), device_id UUID NOT NULL REFERENCES device (id),
    assurance TEXT NOT NULL CHECK (assurance IN ('single', 'double')), idle_seconds INT64 NOT NULL CHECK (idle_seconds > 0),
    created_at INT64 NOT NULL, last_seen_at INT64 NOT NULL, expires_at INT64 NOT NULL, ended_at INT64
) STRICT

CREATE INDEX session_person ON session (person_id)

CREATE TABLE sign_in_failure (account_key BYTES NOT NULL, device_key BYTES NOT NULL, failures INT64 NOT NULL, last_at INT64 NOT NULL, wait_until INT64 NOT NULL, PRIMARY KEY (account_key, device_key)) STRICT

CREATE TABLE role_grant (id UUID PRIMARY KEY, person_id UUID NOT NULL REFERENCES person (id), role TEXT NOT NULL CHECK (role IN ('trainee', 'judge', 'staff', 'auditor', 'admin')), district_id TEXT REFERENCES district (id), from_at INT64 NOT NULL, to_at INT64, granted_by UUID) STRICT

CREATE INDEX role_grant_person ON role_grant (person_id)

CREATE TABLE programme_revision (id TEXT PRIMARY KEY, programme_id TEXT NOT NULL, body TEXT NOT NULL, created_at INT64 NOT NULL) STRICT

CREATE TABLE lesson_text (revision TEXT PRIMARY KEY, lesson_id TEXT NOT NULL, language TEXT NOT NULL, source TEXT NOT NULL, created_at INT64 NOT NULL) STRICT

CREATE TABLE question_revision (revision TEXT PRIMARY KEY, question_id TEXT NOT NULL, module_id TEXT NOT NULL, body TEXT NOT NULL, created_at INT64 NOT NULL) STRICT

CREATE TABLE publication (
    sequence INT64 PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('programme', 'lesson', 'question', 'scenario', 'glossary')), content_id TEXT NOT NULL, language TEXT NOT NULL,
    revision TEXT, published_at INT64 NOT NULL, published_by UUID
) STRICT

CREATE INDEX publication_content ON publication (kind, content_id, language, sequence)

CREATE TABLE content_body (revision TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT

CREATE TABLE cohort (
    id UUID PRIMARY KEY, programme_id TEXT NOT NULL, programme_revision TEXT NOT NULL REFERENCES programme_revision (id), title TEXT NOT NULL, district_id TEXT NOT NULL REFERENCES district (id),
    place TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL, quota INT64, created_at INT64 NOT NULL
) STRICT

CREATE TABLE cohort_judge (cohort_id UUID NOT NULL REFERENCES cohort (id), person_id UUID NOT NULL REFERENCES person (id), PRIMARY KEY (cohort_id, person_id)) STRICT

CREATE INDEX cohort_judge_person ON cohort_judge (person_id)

CREATE TABLE enrolment (
    id UUID PRIMARY KEY, person_id UUID NOT NULL REFERENCES person (id), programme_id TEXT NOT NULL, programme_revision TEXT NOT NULL REFERENCES programme_revision (id), cycle INT64 NOT NULL CHECK (cycle >= 1),
    cohort_id UUID NOT NULL REFERENCES cohort (id), state TEXT NOT NULL CHECK (state IN ('in-training', 'certified', 'suspended', 'ended')), enrolled_on TEXT NOT NULL, created_at INT64 NOT NULL,
    UNIQUE (person_id, programme_id, cycle)
) STRICT

CREATE INDEX enrolment_cohort ON enrolment (cohort_id)

CREATE TABLE enrolment_move (id UUID PRIMARY KEY, enrolment_id UUID NOT NULL REFERENCES enrolment (id), cohort_id UUID NOT NULL REFERENCES cohort (id), at INT64 NOT NULL, by_person UUID, reason TEXT) STRICT

CREATE TABLE requirement_fact (
    id UUID PRIMARY KEY, enrolment_id UUID NOT NULL REFERENCES enrolment (id), kind TEXT NOT NULL, met BOOL NOT NULL, source TEXT NOT NULL, verifier_id UUID NOT NULL REFERENCES person (id),
    verified_on TEXT NOT NULL, expires_on TEXT, recorded_at INT64 NOT NULL
) STRICT

CREATE INDEX requirement_fact_enrolment ON requirement_fact (enrolment_id)

CREATE TABLE requirement_waiver (id UUID PRIMARY KEY, enrolment_id UUID NOT NULL REFERENCES enrolment (id), kind TEXT NOT NULL, reason TEXT NOT NULL, proposed_by UUID NOT NULL, approved_by UUID NOT NULL, at INT64 NOT NULL, CHECK (proposed_by <> approved_by)) STRICT

CREATE TABLE meeting (
    id UUID PRIMARY KEY, cohort_id UUID NOT NULL REFERENCES cohort (id), title TEXT NOT NULL, place TEXT NOT NULL, starts_at INT64 NOT NULL, ends_at INT64 NOT NULL,
    confirmed_at INT64, confirmed_by UUID, created_by UUID NOT NULL, created_at INT64 NOT NULL, CHECK (ends_at > starts_at)
) STRICT

CREATE INDEX meeting_cohort ON meeting (cohort_id)

CREATE TABLE meeting_item (meeting_id UUID NOT NULL REFERENCES meeting (id), position INT64 NOT NULL, lesson_id TEXT NOT NULL, starts_at INT64 NOT NULL, ends_at INT64 NOT NULL, PRIMARY KEY (meeting_id, position), CHECK (ends_at > starts_at)) STRICT

CREATE TABLE attendance (
    id UUID PRIMARY KEY, meeting_id UUID NOT NULL REFERENCES meeting (id), enrolment_id UUID NOT NULL REFERENCES enrolment (id), check_in_at INT64, check_out_at INT64, source TEXT NOT NULL,
    confirmed BOOL NOT NULL, recorded_at INT64 NOT NULL, recorded_by UUID NOT NULL, version INT64 NOT NULL, UNIQUE (meeting_id, enrolment_id, version), CHECK (check_in_at IS NULL OR check_out_at > check_in_at)
) STRICT

CREATE TABLE reading (
    id UUID PRIMARY KEY, person_id UUID NOT NULL REFERENCES person (id), enrolment_id UUID NOT NULL REFERENCES enrolment (id), device_id UUID NOT NULL REFERENCES device (id), session_id UUID NOT NULL,
    lesson_id TEXT NOT NULL, part INT64 NOT NULL, language TEXT NOT NULL, revision TEXT NOT NULL, opened_at INT64 NOT NULL, reported BOOL NOT NULL, continued BOOL NOT NULL
) STRICT

CREATE INDEX reading_enrolment ON reading (enrolment_id, lesson_id)

CREATE TABLE claim (
    id UUID PRIMARY KEY, reading_id UUID NOT NULL REFERENCES reading (id), enrolment_id UUID NOT NULL, person_id UUID NOT NULL, device_id UUID NOT NULL, sequence INT64 NOT NULL, reuse INT64 NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('script', 'form')), lesson_id TEXT NOT NULL, part INT64 NOT NULL, stretch INT64 NOT NULL,
    sent_start INT64 NOT NULL, sent_end INT64 NOT NULL, last_input INT64 NOT NULL, device_now INT64 NOT NULL, clock_offset INT64 NOT NULL,
    outcome TEXT NOT NULL, received_at INT64 NOT NULL, received_no INT64 NOT NULL,
    UNIQUE (device_id, sequence, reuse), UNIQUE (person_id, received_no)
) STRICT

CREATE INDEX claim_enrolment ON claim (enrolment_id, received_no)

CREATE TABLE person_counter (person_id UUID PRIMARY KEY REFERENCES person (id), received_no INT64 NOT NULL) STRICT

CREATE TABLE attributed (
    person_id UUID NOT NULL, starts_at INT64 NOT NULL, ends_at INT64 NOT NULL, enrolment_id UUID NOT NULL, lesson_id TEXT NOT NULL, stretch INT64 NOT NULL, kind TEXT NOT NULL,
    PRIMARY KEY (person_id, starts_at), CHECK (ends_at > starts_at)
) STRICT

CREATE TABLE stretch_state (
    enrolment_id UUID NOT NULL, lesson_id TEXT NOT NULL, stretch INT64 NOT NULL, attributed_ms INT64 NOT NULL CHECK (attributed_ms >= 0), passed_at INT64, provisional INT64 NOT NULL, confirmed INT64 NOT NULL, posted_at INT64,
    PRIMARY KEY (enrolment_id, lesson_id, stretch)
) STRICT

CREATE TABLE checkpoint_try (
    id UUID PRIMARY KEY, enrolment_id UUID NOT NULL, checkpoint_id TEXT NOT NULL, question_id TEXT NOT NULL, lesson_revision TEXT NOT NULL, answer INT64 NOT NULL, correct BOOL NOT NULL, at INT64 NOT NULL,
    number INT64 NOT NULL, UNIQUE (enrolment_id, checkpoint_id, number)
) STRICT

CREATE TABLE hours_entry (
    id UUID PRIMARY KEY, enrolment_id UUID NOT NULL REFERENCES enrolment (id), sequence INT64 NOT NULL CHECK (sequence >= 1), lesson_id TEXT NOT NULL, stretch INT64, kind TEXT NOT NULL, status TEXT NOT NULL, seconds INT64 NOT NULL,
    rank TEXT NOT NULL, rule_version INT64 NOT NULL, evidence BYTES NOT NULL, recorded_at INT64 NOT NULL, recorded_by UUID, reason TEXT, reason_digest BYTES, previous_hash BYTES NOT NULL, hash BYTES NOT NULL,
    UNIQUE (enrolment_id, sequence)
) STRICT

CREATE TABLE hours_head (enrolment_id UUID PRIMARY KEY REFERENCES enrolment (id), sequence INT64 NOT NULL, hash BYTES NOT NULL) STRICT

CREATE TABLE hours_root (day TEXT PRIMARY KEY, root BYTES NOT NULL, heads INT64 NOT NULL, signature BYTES NOT NULL, public_key BYTES NOT NULL, at INT64 NOT NULL) STRICT

CREATE TABLE attempt (
    id UUID PRIMARY KEY, enrolment_id UUID NOT NULL REFERENCES enrolment (id), evaluation_id TEXT NOT NULL, number INT64 NOT NULL CHECK (number >= 1), state TEXT NOT NULL CHECK (state IN ('in_progress', 'submitted', 'awaiting_grading', 'graded', 'released', 'void')),
    language TEXT NOT NULL, paper TEXT NOT NULL, programme_revision TEXT NOT NULL, started_at INT64 NOT NULL, deadline INT64 NOT NULL, grace INT64 NOT NULL, submitted_at INT64, ran_out BOOL NOT NULL, result TEXT, void_reason TEXT,
    UNIQUE (enrolment_id, evaluation_id, number)
) STRICT

CREATE UNIQUE INDEX attempt_one_open ON attempt (enrolment_id, evaluation_id) WHERE state IN ('in_progress', 'submitted', 'awaiting_grading', 'graded')

CREATE INDEX attempt_state ON attempt (state, deadline)

CREATE TABLE answer (
    attempt_id UUID NOT NULL REFERENCES attempt (id), item INT64 NOT NULL, version INT64 NOT NULL CHECK (version >= 1), body TEXT NOT NULL, flagged BOOL NOT NULL, received_at INT64 NOT NULL, late BOOL NOT NULL,
    PRIMARY KEY (attempt_id, item, version)
) STRICT

CREATE TABLE grading_task (id UUID PRIMARY KEY, attempt_id UUID NOT NULL REFERENCES attempt (id), item INT64 NOT NULL, shuffle INT64 NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'done', 'identifies')), judge_id UUID, lease_until INT64, UNIQUE (attempt_id, item)) STRICT

CREATE INDEX grading_task_state ON grading_task (state, shuffle)

CREATE TABLE mark (task_id UUID NOT NULL REFERENCES grading_task (id), judge_id UUID NOT NULL, version INT64 NOT NULL, body TEXT NOT NULL, settled BOOL NOT NULL, at INT64 NOT NULL, PRIMARY KEY (task_id, judge_id, version)) STRICT

CREATE TABLE release (attempt_id UUID PRIMARY KEY REFERENCES attempt (id), grade INT64 NOT NULL CHECK (grade BETWEEN 0 AND 2000), passed BOOL NOT NULL, result TEXT NOT NULL, at INT64 NOT NULL, released_by UUID NOT NULL) STRICT

CREATE TABLE certificate_serial (year INT64 PRIMARY KEY, last INT64 NOT NULL) STRICT

CREATE TABLE certificate (
    id UUID PRIMARY KEY, enrolment_id UUID NOT NULL UNIQUE REFERENCES enrolment (id), number TEXT NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE, surname_folded TEXT NOT NULL, snapshot TEXT NOT NULL, evidence TEXT NOT NULL CHECK (length(evidence) > 2),
    evidence_digest BYTES NOT NULL, archive_pdf BYTES NOT NULL, archive_sha BYTES NOT NULL, accessible_pdf BYTES NOT NULL, accessible_sha BYTES NOT NULL, engine TEXT NOT NULL, issued_at INT64 NOT NULL, issued_by UUID NOT NULL, expires_on TEXT
) STRICT

CREATE TABLE certificate_event (id UUID PRIMARY KEY, certificate_id UUID NOT NULL REFERENCES certificate (id), sequence INT64 NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('issue', 'suspend', 'reinstate', 'revoke', 'supersede')), reason_code TEXT, reason TEXT, authority TEXT, superseded_by TEXT, at INT64 NOT NULL, by_person UUID NOT NULL, UNIQUE (certificate_id, sequence)) STRICT

CREATE TABLE audit_event (sequence INT64 PRIMARY KEY, at INT64 NOT NULL, actor_id UUID, session_id UUID, action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, previous_hash BYTES NOT NULL, hash BYTES NOT NULL) STRICT

CREATE TABLE audit_head (one INT64 PRIMARY KEY CHECK (one = 1), sequence INT64 NOT NULL, hash BYTES NOT NULL) STRICT

CREATE TABLE job (id UUID PRIMARY KEY, kind TEXT NOT NULL, unique_key TEXT NOT NULL UNIQUE, payload TEXT NOT NULL, run_at INT64 NOT NULL, attempts INT64 NOT NULL, leased_until INT64, done_at INT64, last_error TEXT) STRICT

CREATE INDEX job_due ON job (done_at, run_at)

INSERT INTO audit_head (one, sequence, hash) VALUES (1, 0, EMPTYBYTES)

INSERT INTO district (id, name, seat) VALUES ('san-martin', 'Corte Superior de Justicia de San Martín', 'Moyobamba'), ('madre-de-dios', 'Corte Superior de Justicia de Madre de Dios', 'Puerto Maldonado'), ('pasco', 'Corte Superior de Justicia de Pasco', 'Cerro de Pasco'), ('junin', 'Corte Superior de Justicia de Junín', 'Huancayo'), ('selva-central', 'Corte Superior de Justicia de la Selva Central', 'La Merced')

INSERT INTO ubigeo_district (system, code, name, district_id) VALUES ('inei', '2201', 'Moyobamba', 'san-martin'), ('reniec', '2101', 'Moyobamba', 'san-martin'), ('inei', '2202', 'Bellavista', 'san-martin'), ('reniec', '2107', 'Bellavista', 'san-martin'), ('inei', '2203', 'El Dorado', 'san-martin'), ('reniec', '2110', 'El Dorado', 'san-martin'), ('inei', '2204', 'Huallaga', 'san-martin'), ('reniec', '2102', 'Huallaga', 'san-martin'), ('inei', '2205', 'Lamas', 'san-martin'), ('reniec', '2103', 'Lamas', 'san-martin'), ('inei', '2206', 'Mariscal Cáceres', 'san-martin'), ('reniec', '2104', 'Mariscal Cáceres', 'san-martin'), ('inei', '2207', 'Picota', 'san-martin'), ('reniec', '2109', 'Picota', 'san-martin'), ('inei', '2208', 'Rioja', 'san-martin'), ('reniec', '2105', 'Rioja', 'san-martin'), ('inei', '2209', 'San Martín', 'san-martin'), ('reniec', '2106', 'San Martín', 'san-martin'), ('inei', '2210', 'Tocache', 'san-martin'), ('reniec', '2108', 'Tocache', 'san-martin'), ('inei', '1701', 'Tambopata', 'madre-de-dios'), ('reniec', '1601', 'Tambopata', 'madre-de-dios'), ('inei', '1702', 'Manu', 'madre-de-dios'), ('reniec', '1602', 'Manu', 'madre-de-dios'), ('inei', '1703', 'Tahuamanu', 'madre-de-dios'), ('reniec', '1603', 'Tahuamanu', 'madre-de-dios'), ('inei', '1901', 'Pasco', 'pasco'), ('reniec', '1801', 'Pasco', 'pasco'), ('inei', '1902', 'Daniel Alcides Carrión', 'pasco'), ('reniec', '1802', 'Daniel Alcides Carrión', 'pasco'), ('inei', '1903', 'Oxapampa', 'selva-central'), ('reniec', '1803', 'Oxapampa', 'selva-central'), ('inei', '1203', 'Chanchamayo', 'selva-central'), ('reniec', '1108', 'Chanchamayo', 'selva-central'), ('inei', '1206', 'Satipo', 'selva-central'), ('reniec', '1107', 'Satipo', 'selva-central'), ('inei', '1201', 'Huancayo', 'junin'), ('reniec', '1101', 'Huancayo', 'junin'), ('inei', '1202', 'Concepción', 'junin'), ('reniec', '1102', 'Concepción', 'junin'), ('inei', '1204', 'Jauja', 'junin'), ('reniec', '1103', 'Jauja', 'junin'), ('inei', '1205', 'Junín', 'junin'), ('reniec', '1104', 'Junín', 'junin'), ('inei', '1207', 'Tarma', 'junin'), ('reniec', '1105', 'Tarma', 'junin'), ('inei', '1208', 'Yauli', 'junin'), ('reniec', '1106', 'Yauli', 'junin'), ('inei', '1209', 'Chupaca', 'junin'), ('reniec', '1109', 'Chupaca', 'junin')
