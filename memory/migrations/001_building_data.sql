-- Buildings, their meters and readings, and what is known of their quality.

CREATE TABLE sites (
    id text PRIMARY KEY,
    name text NOT NULL,
    timezone text NOT NULL,
    currency text
);

CREATE TABLE buildings (
    id text PRIMARY KEY,
    site_id text NOT NULL REFERENCES sites,
    name text NOT NULL,
    use text,
    area_m2 float8 CHECK (area_m2 > 0),
    floors int,
    year_built int
);

CREATE TABLE aliases (
    alias text NOT NULL,
    site_id text REFERENCES sites,
    building_id text REFERENCES buildings,
    CHECK (num_nonnulls(site_id, building_id) = 1),
    UNIQUE NULLS NOT DISTINCT (alias, site_id, building_id)
);

CREATE TABLE loads (
    load_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    file text NOT NULL,
    sha256 text NOT NULL,
    site_id text,
    rows bigint NOT NULL,
    rejected bigint NOT NULL DEFAULT 0,
    mapping jsonb,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON loads (sha256);

-- `first_at`, `last_end` span the rows; `hours` are rows, `valid_hours` those that count in a sum.
CREATE TABLE meters (
    meter_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    site_id text NOT NULL REFERENCES sites,
    building_id text REFERENCES buildings,
    kind text NOT NULL,
    unit text NOT NULL,
    first_at timestamptz,
    last_end timestamptz,
    hours int NOT NULL DEFAULT 0,
    valid_hours int NOT NULL DEFAULT 0
);

-- What a load of a person's own file brought; loaded again, the file replaces just that.
CREATE TABLE load_meters (
    load_id bigint NOT NULL REFERENCES loads ON DELETE CASCADE,
    meter_id int NOT NULL REFERENCES meters ON DELETE CASCADE,
    first_at timestamptz NOT NULL,
    last_end timestamptz NOT NULL,
    PRIMARY KEY (load_id, meter_id)
);

-- One row an hour that the source has; `value` is NaN where the row had no value, `flag` is tools.readings.Flag.
-- The included columns make every fetch an index-only scan.
CREATE TABLE readings (
    meter_id int NOT NULL,
    at timestamptz NOT NULL,
    value float8 NOT NULL,
    flag int2 NOT NULL,
    PRIMARY KEY (meter_id, at) INCLUDE (value, flag)
) PARTITION BY RANGE (at);

-- `origin`: computed from the readings (replaced whenever they change), found while loading `load_id`, or from the
-- catalog.
CREATE TABLE faults (
    fault_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    meter_id int NOT NULL REFERENCES meters ON DELETE CASCADE,
    kind text NOT NULL,
    start_at timestamptz NOT NULL,
    end_at timestamptz NOT NULL,
    hours int NOT NULL,
    note text NOT NULL,
    open boolean NOT NULL,
    origin text NOT NULL CHECK (origin IN ('computed', 'loaded', 'catalog')),
    load_id bigint REFERENCES loads ON DELETE CASCADE,
    CHECK (start_at < end_at)
);
CREATE INDEX ON faults (meter_id);

CREATE TABLE rejects (
    load_id bigint NOT NULL REFERENCES loads ON DELETE CASCADE,
    line bigint NOT NULL,
    raw text NOT NULL,
    reason text NOT NULL
);
CREATE INDEX ON rejects (load_id, line);

CREATE TABLE changes (
    change_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    who text NOT NULL,
    building_id text NOT NULL REFERENCES buildings,
    field text NOT NULL,
    old text,
    new text
);

CREATE TABLE data_state (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint NOT NULL
);
INSERT INTO data_state (version) VALUES (0);
