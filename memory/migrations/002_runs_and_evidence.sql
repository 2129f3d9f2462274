-- What was asked, how it was answered, and each fact that was shown.

CREATE TABLE runs (
    id text PRIMARY KEY,
    thread_id text,
    at timestamptz NOT NULL DEFAULT now(),
    question text NOT NULL,
    status text NOT NULL,
    label text NOT NULL,
    receipt jsonb NOT NULL
);
CREATE INDEX ON runs (thread_id, at);

-- A fact computed again from the same data keeps its id; the row then names the last run that showed it.
CREATE TABLE evidence (
    id text PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    run_id text NOT NULL REFERENCES runs ON DELETE CASCADE,
    body jsonb NOT NULL
);
CREATE INDEX ON evidence (run_id);
