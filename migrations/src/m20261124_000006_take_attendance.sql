ALTER TABLE meeting ADD COLUMN kind TEXT NOT NULL DEFAULT 'session' CHECK (kind IN ('session', 'substitute'))

CREATE TABLE check_in_try (
    id UUID PRIMARY KEY, meeting_id UUID NOT NULL REFERENCES meeting (id), enrolment_id UUID NOT NULL REFERENCES enrolment (id),
    number INT64 NOT NULL CHECK (number BETWEEN 1 AND 5), at INT64 NOT NULL, UNIQUE (meeting_id, enrolment_id, number)
) STRICT

CREATE TABLE meeting_guest (
    meeting_id UUID NOT NULL REFERENCES meeting (id), enrolment_id UUID NOT NULL REFERENCES enrolment (id), added_at INT64 NOT NULL, added_by UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (meeting_id, enrolment_id)
) STRICT

CREATE INDEX meeting_guest_enrolment ON meeting_guest (enrolment_id)

CREATE TABLE substitute_task (
    id UUID PRIMARY KEY, enrolment_id UUID NOT NULL REFERENCES enrolment (id), lesson_id TEXT NOT NULL, task TEXT NOT NULL, due_on TEXT NOT NULL CHECK (length(due_on) = 10),
    set_at INT64 NOT NULL, set_by UUID NOT NULL REFERENCES person (id)
) STRICT

CREATE INDEX substitute_task_enrolment ON substitute_task (enrolment_id)

CREATE TABLE substitute_done (
    task_id UUID PRIMARY KEY REFERENCES substitute_task (id), meeting_id UUID NOT NULL UNIQUE REFERENCES meeting (id), note TEXT NOT NULL, at INT64 NOT NULL, by_person UUID NOT NULL REFERENCES person (id)
) STRICT
