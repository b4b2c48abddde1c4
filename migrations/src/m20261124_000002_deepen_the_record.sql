ALTER TABLE session ADD COLUMN recovering BOOL NOT NULL DEFAULT FALSE

CREATE TABLE embedded_load (digest TEXT PRIMARY KEY, loaded_at INT64 NOT NULL) STRICT

CREATE TABLE programme_files (programme_id TEXT PRIMARY KEY, files TEXT NOT NULL, loaded_at INT64 NOT NULL) STRICT

ALTER TABLE person_counter ADD COLUMN hash BYTES

ALTER TABLE claim ADD COLUMN hash BYTES

ALTER TABLE checkpoint_try ADD COLUMN received_no INT64

ALTER TABLE checkpoint_try ADD COLUMN hash BYTES

ALTER TABLE attendance ADD COLUMN received_no INT64

ALTER TABLE attendance ADD COLUMN hash BYTES
