-- What people told of buildings. `value` is JSON by its `field`; a floor area, a use and the like are set in the
-- building too, an event among the events. It holds on local days [start_on, end_on). A row that another contradicts
-- stays, superseded, until it is forgotten. `was`: the value of the field before, as text.
CREATE TABLE told_facts (
    told_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant text NOT NULL,
    building_id text NOT NULL REFERENCES buildings ON DELETE CASCADE,
    field text NOT NULL
        CHECK (field IN ('opening', 'use', 'area_m2', 'floors', 'year_built', 'event', 'note')),
    value jsonb NOT NULL CHECK (jsonb_typeof(value) = 'object'),
    text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 2000),
    label text NOT NULL CHECK (label IN ('PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED')),
    who text NOT NULL,
    run_id text,
    told_at timestamptz NOT NULL DEFAULT now(),
    times int NOT NULL DEFAULT 1,
    confidence float8 NOT NULL CHECK (confidence > 0 AND confidence <= 1),
    start_on date,
    end_on date CHECK (end_on > start_on),
    was text,
    event_id bigint,
    superseded_by bigint REFERENCES told_facts,
    superseded_at timestamptz,
    CHECK ((superseded_by IS NULL) = (superseded_at IS NULL))
);
CREATE INDEX ON told_facts (tenant, building_id) WHERE superseded_by IS NULL;
CREATE INDEX ON told_facts (superseded_by);

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'eaio_reader') THEN
        GRANT SELECT ON told_facts TO eaio_reader;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN NULL;
END $$;
