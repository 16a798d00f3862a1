-- Times are unix milliseconds.
-- +goose Up
CREATE TABLE pipelines (
  id       TEXT PRIMARY KEY,
  name     TEXT NOT NULL, -- the document's
  document TEXT NOT NULL, -- canonical
  revision INTEGER NOT NULL,
  created  INTEGER NOT NULL,
  updated  INTEGER NOT NULL,
  deleted  INTEGER -- NULL while the pipeline is there; its row and history are kept
) STRICT;

-- The history of every pipeline, one row a revision: either the edit that made it or the whole document.
CREATE TABLE operations (
  pipeline   TEXT NOT NULL REFERENCES pipelines (id),
  revision   INTEGER NOT NULL,
  label      TEXT NOT NULL,
  client     TEXT NOT NULL,
  operations TEXT NOT NULL, -- JSON list, [] when document is set
  document   TEXT,
  at         INTEGER NOT NULL,
  PRIMARY KEY (pipeline, revision)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER operations_are_kept BEFORE DELETE ON operations
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER operations_are_final BEFORE UPDATE ON operations
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
-- +goose StatementEnd

CREATE TABLE jobs (
  id             TEXT PRIMARY KEY,
  pipeline       TEXT NOT NULL,
  pipeline_name  TEXT NOT NULL,
  revision       INTEGER NOT NULL,
  state          TEXT NOT NULL,
  flink_job_id   TEXT NOT NULL UNIQUE, -- one Flink job id = one attempt, for ever
  flink_state    TEXT NOT NULL,
  created        INTEGER NOT NULL,
  updated        INTEGER NOT NULL,
  observed       INTEGER, -- NULL until Flink has shown the job
  savepoint_path TEXT NOT NULL,
  exception      TEXT NOT NULL,
  message        TEXT NOT NULL,
  nodes          TEXT NOT NULL, -- JSON, figures by node id
  live           INTEGER NOT NULL,
  document       TEXT NOT NULL
) STRICT;

CREATE TABLE commands (
  id         TEXT PRIMARY KEY,
  job        TEXT NOT NULL REFERENCES jobs (id),
  kind       TEXT NOT NULL,
  state      TEXT NOT NULL,
  trigger_id TEXT NOT NULL,
  message    TEXT NOT NULL,
  created    INTEGER NOT NULL,
  updated    INTEGER NOT NULL
) STRICT;
CREATE INDEX commands_by_job ON commands (job);

-- Previews whose Flink job may exist.
CREATE TABLE previews (
  id           TEXT PRIMARY KEY,
  flink_job_id TEXT NOT NULL,
  pipeline     TEXT NOT NULL,
  started      INTEGER NOT NULL
) STRICT;

CREATE TABLE jars (
  id        TEXT PRIMARY KEY, -- SHA-256 of the file, hex
  file_name TEXT NOT NULL,
  size      INTEGER NOT NULL,
  notes     TEXT NOT NULL, -- JSON list of sentences
  uploaded  INTEGER NOT NULL
) STRICT;

CREATE TABLE functions (
  jar        TEXT NOT NULL REFERENCES jars (id) ON DELETE CASCADE,
  class      TEXT NOT NULL,
  name       TEXT NOT NULL,
  signatures TEXT NOT NULL, -- JSON list
  PRIMARY KEY (jar, class)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  token   TEXT PRIMARY KEY, -- hashed
  data    BLOB NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  hash    BLOB PRIMARY KEY,
  expires INTEGER NOT NULL,
  used    INTEGER -- NULL until it was exchanged
) STRICT, WITHOUT ROWID;
