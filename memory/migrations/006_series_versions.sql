-- At which version of the data each series last changed, so that what was made from some series stays good while others
-- change. A version is that of `data_state` when the change was committed: what was made at version n holds as long as
-- none of its series has a version above n. A series is a meter by its name, or `@` and a site: what the site is, and
-- which meters it has.

CREATE TABLE series_versions (
    series text PRIMARY KEY,
    version bigint NOT NULL
);
INSERT INTO series_versions
    SELECT id, version FROM meters, data_state UNION ALL SELECT '@' || id, version FROM sites, data_state;

-- Which data this is: two databases may share a cache, and their versions are each their own.
CREATE TABLE data_identity (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    id uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO data_identity DEFAULT VALUES;

-- What a transaction has changed, and that its commit is to settle it. Whoever changes data need not know of it. A COPY
-- into a partition of `readings` fires no trigger of its parent, but its writer brings the span of the meter up to date,
-- which does.
CREATE TABLE series_dirty (series text NOT NULL);
CREATE TABLE series_settling (at_commit boolean NOT NULL DEFAULT true);

CREATE FUNCTION mark_series(names text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO series_dirty SELECT name FROM unnest(names) AS name WHERE name IS NOT NULL;
    IF FOUND AND current_setting('eaio.settles', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        PERFORM set_config('eaio.settles', pg_current_xact_id()::text, true);
        INSERT INTO series_settling DEFAULT VALUES;
    END IF;
END $$;

CREATE FUNCTION mark_building(key text) RETURNS void LANGUAGE sql AS $$
    SELECT mark_series(array(SELECT id FROM meters WHERE building_id = key));
$$;

-- A meter that comes, goes or turns into another may be one that an answer about its site would have used.
CREATE FUNCTION mark_changed_meter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_series(ARRAY[OLD.id, NEW.id]);
    IF TG_OP <> 'UPDATE'
        OR (OLD.id, OLD.site_id, OLD.building_id, OLD.kind, OLD.unit, OLD.direction, OLD.sub_meter_of)
        IS DISTINCT FROM (NEW.id, NEW.site_id, NEW.building_id, NEW.kind, NEW.unit, NEW.direction, NEW.sub_meter_of)
    THEN
        PERFORM mark_series(ARRAY['@' || OLD.site_id, '@' || NEW.site_id]);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER mark_changed AFTER INSERT OR UPDATE OR DELETE ON meters
    FOR EACH ROW EXECUTE FUNCTION mark_changed_meter();

-- Readings that are deleted, changed or inserted one by one are marked for the sums already (migration 005).
CREATE FUNCTION mark_changed_readings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_series(array(SELECT id FROM meters WHERE meter_id = NEW.meter_id));
    RETURN NULL;
END $$;
CREATE TRIGGER mark_changed AFTER INSERT ON rollup_dirty FOR EACH ROW EXECUTE FUNCTION mark_changed_readings();

CREATE FUNCTION mark_changed_fault() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_series(array(SELECT id FROM meters WHERE meter_id IN (OLD.meter_id, NEW.meter_id)));
    RETURN NULL;
END $$;
CREATE TRIGGER mark_changed AFTER INSERT OR UPDATE OR DELETE ON faults
    FOR EACH ROW EXECUTE FUNCTION mark_changed_fault();

CREATE FUNCTION mark_changed_exclusion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_series(ARRAY[OLD.meter, NEW.meter]);
    RETURN NULL;
END $$;
CREATE TRIGGER mark_changed AFTER INSERT OR UPDATE OR DELETE ON exclusions
    FOR EACH ROW EXECUTE FUNCTION mark_changed_exclusion();

CREATE FUNCTION mark_changed_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_building(key) FROM unnest(ARRAY[OLD.building_id, NEW.building_id]) AS key WHERE key IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER mark_changed AFTER INSERT OR UPDATE OR DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION mark_changed_event();

CREATE FUNCTION mark_changed_building() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_building(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER mark_changed AFTER UPDATE ON buildings
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION mark_changed_building();

CREATE FUNCTION mark_changed_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_series(ARRAY['@' || NEW.id]);
    RETURN NULL;
END $$;
CREATE TRIGGER mark_added AFTER INSERT ON sites FOR EACH ROW EXECUTE FUNCTION mark_changed_site();
CREATE TRIGGER mark_changed AFTER UPDATE ON sites
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION mark_changed_site();

-- The last that a transaction does: its series get the version that it commits. Where nobody has raised the version, it
-- is raised here, so that a change by hand is seen too. A notice names the series, or says `*` where they are many.
CREATE FUNCTION settle_series() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed text[];
    at_version bigint;
    raised boolean;
    told text;
BEGIN
    PERFORM set_config('eaio.settles', '', true);
    DELETE FROM series_settling;
    WITH taken AS (DELETE FROM series_dirty RETURNING series)
    SELECT array_agg(DISTINCT series ORDER BY series) INTO changed FROM taken;
    IF changed IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT version, xmin = pg_current_xact_id()::xid INTO at_version, raised FROM data_state;
    IF NOT raised THEN
        UPDATE data_state SET version = version + 1 RETURNING version INTO at_version;
        PERFORM pg_notify('eaio_data', at_version::text);
    END IF;
    INSERT INTO series_versions SELECT name, at_version FROM unnest(changed) AS name
        ON CONFLICT (series) DO UPDATE SET version = excluded.version;
    told := jsonb_build_object('version', at_version, 'series', changed)::text;
    IF octet_length(told) > 7000 THEN
        told := jsonb_build_object('version', at_version, 'series', '*')::text;
    END IF;
    PERFORM pg_notify('eaio_series', told);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER settle_series AFTER INSERT ON series_settling
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settle_series();

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'eaio_reader') THEN
        GRANT SELECT ON series_versions, data_identity TO eaio_reader;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN NULL;
END $$;
