-- Portfolios, what people say of sites and meters, events and exclusions, and sums that are kept beside the readings.

CREATE TABLE portfolios (
    id text PRIMARY KEY,
    name text NOT NULL
);

-- `settings` come with the shipped data, `own_settings` from people; together they are tools.readings.SiteSettings, and
-- where both say something, people are right.
ALTER TABLE sites
    ADD settings jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object'),
    ADD own_settings jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(own_settings) = 'object');

ALTER TABLE buildings
    ADD portfolio_id text REFERENCES portfolios,
    ADD latitude float8 CHECK (latitude BETWEEN -90 AND 90),
    ADD longitude float8 CHECK (longitude BETWEEN -180 AND 180);
CREATE INDEX ON buildings (site_id);

ALTER TABLE meters
    ADD direction text NOT NULL DEFAULT 'import' CHECK (direction IN ('import', 'export')),
    ADD sub_meter_of int REFERENCES meters ON DELETE SET NULL CHECK (sub_meter_of <> meter_id);
CREATE INDEX ON meters (building_id, kind);
CREATE INDEX ON meters (site_id);

-- What people change is written down with what it was, whatever it belongs to.
ALTER TABLE changes
    ALTER building_id DROP NOT NULL,
    ADD site_id text REFERENCES sites,
    ADD meter text,
    ADD CHECK (num_nonnulls(building_id, site_id, meter) = 1);

-- Local days; `end_on` is the first day after, none where it lasts.
CREATE TABLE events (
    event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    building_id text NOT NULL REFERENCES buildings ON DELETE CASCADE,
    kind text NOT NULL,
    start_on date NOT NULL,
    end_on date CHECK (end_on > start_on),
    note text NOT NULL DEFAULT '',
    who text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON events (building_id, start_on);

-- What a person took out, with the reason. `meter` is its name: the row outlives a meter that is removed.
CREATE TABLE exclusions (
    exclusion_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    meter text NOT NULL,
    start_at timestamptz NOT NULL,
    end_at timestamptz NOT NULL,
    hours int NOT NULL,
    because text NOT NULL,
    who text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz,
    undone_by text,
    CHECK (start_at < end_at)
);
CREATE INDEX ON exclusions (meter) WHERE undone_at IS NULL;

-- The flags that excluded readings had, so that each gets its own back.
CREATE TABLE excluded_flags (
    meter_id int NOT NULL REFERENCES meters ON DELETE CASCADE,
    at timestamptz NOT NULL,
    flag int2 NOT NULL,
    PRIMARY KEY (meter_id, at)
);

-- Readings summed by local day and month of the meter's site. `hours` have a row, `valid_hours` count in the sum;
-- `peak_at` and `low_at` are the first hour of the largest and smallest. Without a valid hour all is what adding and
-- comparing start from: 0, infinite values, and an infinite time.
CREATE TABLE readings_daily (
    total float8 NOT NULL,
    peak float8 NOT NULL,
    peak_at timestamptz NOT NULL,
    low float8 NOT NULL,
    low_at timestamptz NOT NULL,
    meter_id int NOT NULL,
    part date NOT NULL,
    valid_hours int2 NOT NULL,
    hours int2 NOT NULL,
    PRIMARY KEY (meter_id, part)
);
CREATE TABLE readings_monthly (LIKE readings_daily, PRIMARY KEY (meter_id, part));

-- Spans of meters whose sums no longer hold. Whoever deletes or changes readings need not know of it: the statement
-- marks the span, and the commit computes it anew. A COPY into a partition fires no trigger of its parent; that is the
-- writer's own business (memory/reading_rows.py), who has the sums at hand.
CREATE TABLE rollup_dirty (
    meter_id int NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL
);

CREATE FUNCTION mark_removed_readings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rollup_dirty SELECT meter_id, min(at), max(at) FROM gone GROUP BY meter_id;
    RETURN NULL;
END $$;

CREATE FUNCTION mark_added_readings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rollup_dirty SELECT meter_id, min(at), max(at) FROM come GROUP BY meter_id;
    RETURN NULL;
END $$;

CREATE TRIGGER mark_deleted AFTER DELETE ON readings REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION mark_removed_readings();
CREATE TRIGGER mark_inserted AFTER INSERT ON readings REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION mark_added_readings();
CREATE TRIGGER mark_left AFTER UPDATE ON readings REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION mark_removed_readings();
CREATE TRIGGER mark_moved AFTER UPDATE ON readings REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION mark_added_readings();

-- A meter's days lie elsewhere when its site turns out to be in another zone.
CREATE FUNCTION mark_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rollup_dirty SELECT d.meter_id, min(d.part) - interval '2 days', max(d.part) + interval '3 days'
    FROM readings_daily d JOIN meters m USING (meter_id) WHERE m.site_id = NEW.id GROUP BY d.meter_id;
    RETURN NULL;
END $$;

CREATE TRIGGER mark_site AFTER UPDATE OF timezone ON sites
    FOR EACH ROW WHEN (OLD.timezone IS DISTINCT FROM NEW.timezone) EXECUTE FUNCTION mark_site();

-- Compute the days and months of a meter that a span touches anew. Tables are named, so that it reads no other's.
CREATE FUNCTION roll_up(of_meter int, first_at timestamptz, last_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    zone text := (SELECT s.timezone FROM meters m JOIN sites s ON s.id = m.site_id WHERE m.meter_id = of_meter);
    day_first date := (first_at AT TIME ZONE coalesce(zone, 'UTC'))::date;
    day_last date := (last_at AT TIME ZONE coalesce(zone, 'UTC'))::date;
    month_first date := date_trunc('month', day_first)::date;
    month_end date := (date_trunc('month', day_last) + interval '1 month')::date;
BEGIN
    DELETE FROM readings_daily d WHERE d.meter_id = of_meter AND d.part BETWEEN day_first AND day_last;
    DELETE FROM readings_monthly m WHERE m.meter_id = of_meter AND m.part >= month_first AND m.part < month_end;
    IF zone IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO readings_daily (total, peak, peak_at, low, low_at, meter_id, part, valid_hours, hours)
    SELECT
        coalesce(sum(value) FILTER (WHERE valid), 0), coalesce(max(value) FILTER (WHERE valid), '-Infinity'),
        coalesce((array_agg(at ORDER BY value DESC, at) FILTER (WHERE valid))[1], 'infinity'),
        coalesce(min(value) FILTER (WHERE valid), 'Infinity'),
        coalesce((array_agg(at ORDER BY value, at) FILTER (WHERE valid))[1], 'infinity'),
        of_meter, day, count(*) FILTER (WHERE valid), count(*)
    FROM (
        SELECT at, value, (at AT TIME ZONE zone)::date AS day, flag IN (0, 3) AND abs(value) < 'Infinity' AS valid
        FROM readings r
        WHERE r.meter_id = of_meter
        AND r.at >= day_first::timestamp AT TIME ZONE zone - interval '1 day'
        AND r.at < (day_last + 1)::timestamp AT TIME ZONE zone + interval '1 day'
    ) AS local
    WHERE day BETWEEN day_first AND day_last
    GROUP BY day;
    INSERT INTO readings_monthly (total, peak, peak_at, low, low_at, meter_id, part, valid_hours, hours)
    SELECT
        sum(total), max(peak), (array_agg(d.peak_at ORDER BY peak DESC, d.peak_at))[1],
        min(low), (array_agg(d.low_at ORDER BY low, d.low_at))[1],
        of_meter, date_trunc('month', part)::date, sum(valid_hours), sum(hours)
    FROM readings_daily d
    WHERE d.meter_id = of_meter AND d.part >= month_first AND d.part < month_end
    GROUP BY date_trunc('month', part);
END $$;

CREATE FUNCTION settle_rollups() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    span record;
BEGIN
    WITH taken AS (DELETE FROM rollup_dirty d WHERE d.meter_id = NEW.meter_id RETURNING d.first_at, d.last_at)
    SELECT min(first_at) AS first_at, max(last_at) AS last_at INTO span FROM taken;
    IF span.first_at IS NOT NULL THEN
        PERFORM roll_up(NEW.meter_id, span.first_at, span.last_at);
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER settle_rollups AFTER INSERT ON rollup_dirty
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settle_rollups();

-- Those of readings that were there before this migration.
SELECT roll_up(meter_id, first_at, last_end) FROM meters WHERE first_at IS NOT NULL;

-- What tools run, runs as a role that can only read. Where the database does not let us make one, their connections
-- are read-only all the same (memory/postgres.py).
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'eaio_reader') THEN
        CREATE ROLE eaio_reader NOLOGIN;
        GRANT eaio_reader TO CURRENT_USER;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
END $$;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'eaio_reader') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO eaio_reader', current_schema());
        GRANT SELECT ON sites, buildings, aliases, meters, readings, readings_daily, readings_monthly, faults, events,
            portfolios, exclusions, data_state TO eaio_reader;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN NULL;
END $$;
