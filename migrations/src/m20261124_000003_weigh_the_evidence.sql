CREATE TABLE reason_text (id UUID PRIMARY KEY, body TEXT, erased_at INT64, CHECK ((body IS NULL) = (erased_at IS NOT NULL))) STRICT

CREATE TABLE adjustment (
    id UUID PRIMARY KEY, enrolment_id UUID NOT NULL REFERENCES enrolment (id), lesson_id TEXT NOT NULL, seconds INT64 NOT NULL CHECK (seconds <> 0), reason_digest BYTES NOT NULL,
    proposed_by UUID NOT NULL REFERENCES person (id), proposed_at INT64 NOT NULL, received_no INT64 NOT NULL, hash BYTES NOT NULL
) STRICT

CREATE INDEX adjustment_enrolment ON adjustment (enrolment_id)

CREATE TABLE adjustment_decision (
    adjustment_id UUID PRIMARY KEY REFERENCES adjustment (id), id UUID NOT NULL UNIQUE, enrolment_id UUID NOT NULL REFERENCES enrolment (id), granted BOOL NOT NULL, alone BOOL NOT NULL, reason_digest BYTES,
    proposed_by UUID NOT NULL, decided_by UUID NOT NULL REFERENCES person (id), decided_at INT64 NOT NULL, received_no INT64 NOT NULL, hash BYTES NOT NULL,
    CHECK ((alone = TRUE) = (decided_by = proposed_by)), CHECK (alone = FALSE OR granted = TRUE)
) STRICT

CREATE INDEX adjustment_decision_enrolment ON adjustment_decision (enrolment_id)

CREATE TABLE claim_decision (
    claim_id UUID PRIMARY KEY REFERENCES claim (id), id UUID NOT NULL UNIQUE, enrolment_id UUID NOT NULL REFERENCES enrolment (id), accepted BOOL NOT NULL, reason_digest BYTES NOT NULL,
    decided_by UUID NOT NULL REFERENCES person (id), decided_at INT64 NOT NULL, received_no INT64 NOT NULL, hash BYTES NOT NULL
) STRICT

CREATE INDEX claim_decision_enrolment ON claim_decision (enrolment_id)

CREATE INDEX claim_queued ON claim (enrolment_id, received_no) WHERE substr(outcome, 1, 16) = '{"kind":"queued"'

CREATE TABLE checkpoint_seen (
    enrolment_id UUID NOT NULL REFERENCES enrolment (id), checkpoint_id TEXT NOT NULL, tries INT64 NOT NULL, seen_by UUID NOT NULL REFERENCES person (id), seen_at INT64 NOT NULL,
    PRIMARY KEY (enrolment_id, checkpoint_id, tries)
) STRICT

CREATE TABLE dispute (id UUID PRIMARY KEY, enrolment_id UUID NOT NULL REFERENCES enrolment (id), sequence INT64, opened_at INT64 NOT NULL) STRICT

CREATE UNIQUE INDEX dispute_entry ON dispute (enrolment_id, sequence) WHERE sequence IS NOT NULL

CREATE INDEX dispute_enrolment ON dispute (enrolment_id)

CREATE TABLE dispute_note (
    dispute_id UUID NOT NULL REFERENCES dispute (id), number INT64 NOT NULL CHECK (number BETWEEN 1 AND 4), body TEXT NOT NULL, author_id UUID NOT NULL REFERENCES person (id),
    adjustment_id UUID REFERENCES adjustment (id), at INT64 NOT NULL, PRIMARY KEY (dispute_id, number)
) STRICT
