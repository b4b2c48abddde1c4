CREATE TABLE attempt_evidence (
    id UUID PRIMARY KEY, attempt_id UUID NOT NULL UNIQUE REFERENCES attempt (id), enrolment_id UUID NOT NULL REFERENCES enrolment (id), evaluation_id TEXT NOT NULL, lesson_id TEXT NOT NULL,
    started_at INT64 NOT NULL, ended_at INT64 NOT NULL, witnessed TEXT NOT NULL, at INT64 NOT NULL, received_no INT64 NOT NULL, hash BYTES NOT NULL
) STRICT

CREATE INDEX attempt_evidence_enrolment ON attempt_evidence (enrolment_id)

CREATE TABLE reason_erasure (
    text_id UUID PRIMARY KEY REFERENCES reason_text (id), id UUID NOT NULL UNIQUE REFERENCES reason_text (id), enrolment_id UUID NOT NULL REFERENCES enrolment (id),
    erased_by UUID NOT NULL REFERENCES person (id), erased_at INT64 NOT NULL
) STRICT

CREATE INDEX reason_erasure_enrolment ON reason_erasure (enrolment_id)
