CREATE TABLE draft (
    id UUID PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('lesson', 'question', 'scenario', 'words')), path TEXT NOT NULL, item TEXT NOT NULL, author_id UUID REFERENCES person (id),
    base TEXT, follows TEXT, body TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('draft', 'in-review', 'published', 'dropped')), version INT64 NOT NULL CHECK (version >= 1),
    created_at INT64 NOT NULL, updated_at INT64 NOT NULL
) STRICT

CREATE UNIQUE INDEX draft_open ON draft (path, item, author_id) WHERE state IN ('draft', 'in-review')

CREATE INDEX draft_state ON draft (state, updated_at)

CREATE TABLE draft_event (
    draft_id UUID NOT NULL REFERENCES draft (id), sequence INT64 NOT NULL CHECK (sequence >= 1), kind TEXT NOT NULL CHECK (kind IN ('begun', 'sent', 'returned', 'rebased', 'published', 'dropped')),
    note TEXT NOT NULL, digest TEXT NOT NULL, at INT64 NOT NULL, by_person UUID, PRIMARY KEY (draft_id, sequence)
) STRICT

CREATE TABLE file_publication (
    sequence INT64 PRIMARY KEY, path TEXT NOT NULL, digest TEXT, follows TEXT, published_at INT64 NOT NULL, published_by UUID, draft_id UUID REFERENCES draft (id), reason TEXT
) STRICT

CREATE INDEX file_publication_path ON file_publication (path, sequence)

CREATE TABLE reference_acceptance (id UUID PRIMARY KEY, programme_id TEXT NOT NULL, norm TEXT NOT NULL, reason TEXT NOT NULL, at INT64 NOT NULL, by_person UUID NOT NULL REFERENCES person (id)) STRICT

CREATE TABLE review_mark (id UUID PRIMARY KEY, path TEXT NOT NULL, item TEXT NOT NULL, norm TEXT NOT NULL, note TEXT NOT NULL, at INT64 NOT NULL, by_person UUID NOT NULL REFERENCES person (id)) STRICT

CREATE INDEX review_mark_path ON review_mark (path, item)

CREATE TABLE review_mark_settled (mark_id UUID PRIMARY KEY REFERENCES review_mark (id), note TEXT NOT NULL, at INT64 NOT NULL, by_person UUID NOT NULL REFERENCES person (id)) STRICT

CREATE TABLE media (path TEXT NOT NULL, digest TEXT NOT NULL, kind TEXT NOT NULL, description TEXT NOT NULL, bytes BYTES NOT NULL, at INT64 NOT NULL, by_person UUID, PRIMARY KEY (path, digest)) STRICT
