-- What clouds may cost, and what every attempt did cost. Money is in whole nano-dollars.
--
-- The work is done by functions, so that a budget is read, judged and charged in one round trip: a lock is never held
-- while a client thinks, is stopped, or dies. Only the clock of the database decides which day and month it is.

-- Locked by whoever sets money aside, so that nobody reads what another is about to take.
CREATE TABLE budget_accounts (
    kind text NOT NULL CHECK (kind IN ('tenant', 'key')),
    name text NOT NULL,
    PRIMARY KEY (kind, name)
);

CREATE TABLE budget_days (
    kind text NOT NULL,
    name text NOT NULL,
    day date NOT NULL,
    spent_nusd bigint NOT NULL,
    PRIMARY KEY (kind, name, day)
);

-- Money that is set aside for calls under way. One that has expired takes nothing from anybody; it is removed, and
-- written down as lapsed, when its tenant next asks for money.
CREATE TABLE budget_holds (
    id text PRIMARY KEY,
    tenant text NOT NULL,
    key text NOT NULL,
    question text NOT NULL,
    day date NOT NULL,
    most_nusd bigint NOT NULL CHECK (most_nusd >= 0),
    expires_at timestamptz NOT NULL,
    endpoint text NOT NULL,
    model text NOT NULL,
    price_version text NOT NULL,
    label text NOT NULL,
    task text NOT NULL
);
CREATE INDEX ON budget_holds (tenant);
CREATE INDEX ON budget_holds (key);

-- `id` is that of a reservation, or the question's with the number of the attempt. `saved_nusd` is what the tokens cost
-- at GPT-4o's price less the cost, and counts where the outcome is `verified`.
CREATE TABLE usage (
    id text PRIMARY KEY,
    at timestamptz NOT NULL,
    day date NOT NULL,
    tenant text NOT NULL,
    key text NOT NULL,
    question_id text NOT NULL,
    endpoint text NOT NULL,
    model text NOT NULL,
    place text NOT NULL CHECK (place IN ('local', 'cloud')),
    task text NOT NULL,
    tokens_in bigint NOT NULL,
    tokens_out bigint NOT NULL,
    cached bigint NOT NULL,
    estimated boolean NOT NULL,
    price_version text NOT NULL,
    cost_nusd bigint NOT NULL,
    saved_nusd bigint NOT NULL,
    outcome text NOT NULL,
    reason text NOT NULL,
    label text NOT NULL,
    ms float8 NOT NULL,
    ttft_ms float8
);
CREATE INDEX ON usage (day);
CREATE INDEX ON usage (question_id);

-- The four budgets of an account: `limits` are those of the tenant's day and month and of the key's. `own_nusd` is what
-- the question itself has taken.
CREATE FUNCTION budget_scopes(for_tenant text, for_key text, for_question text, limits bigint[], zone text)
RETURNS TABLE (
    number int, kind text, name text, span text, today date, ends_at timestamptz,
    limit_nusd bigint, left_nusd bigint, own_nusd bigint
) LANGUAGE sql AS $$
    WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS at),
    days AS (
        SELECT at, (at AT TIME ZONE zone)::date AS today, date_trunc('month', at AT TIME ZONE zone)::date AS month
        FROM clock
    ),
    scopes (number, kind, name, span, first_day, last_day) AS (
        SELECT 1, 'tenant', for_tenant, 'day', today, today FROM days
        UNION ALL SELECT 2, 'tenant', for_tenant, 'month', month, (month + interval '1 month')::date - 1 FROM days
        UNION ALL SELECT 3, 'key', for_key, 'day', today, today FROM days
        UNION ALL SELECT 4, 'key', for_key, 'month', month, (month + interval '1 month')::date - 1 FROM days
    ),
    own AS (
        SELECT
            coalesce((SELECT sum(cost_nusd) FROM usage u WHERE u.question_id = for_question AND u.tenant = for_tenant), 0)
            + coalesce((
                SELECT sum(most_nusd) FROM budget_holds h
                WHERE h.tenant = for_tenant AND h.question = for_question AND h.expires_at > days.at
            ), 0) AS nusd
        FROM days
    )
    SELECT
        scopes.number, scopes.kind, scopes.name, scopes.span, days.today,
        (scopes.last_day + 1)::timestamp AT TIME ZONE zone,
        limits[scopes.number],
        limits[scopes.number] - coalesce((
            SELECT sum(d.spent_nusd) FROM budget_days d
            WHERE d.kind = scopes.kind AND d.name = scopes.name AND d.day BETWEEN scopes.first_day AND scopes.last_day
        ), 0)::bigint - coalesce((
            SELECT sum(h.most_nusd) FROM budget_holds h
            WHERE h.expires_at > days.at AND h.day BETWEEN scopes.first_day AND scopes.last_day
            AND CASE scopes.kind WHEN 'tenant' THEN h.tenant ELSE h.key END = scopes.name
        ), 0)::bigint,
        own.nusd::bigint
    FROM scopes, days, own
    ORDER BY scopes.number
$$;

-- The tightest of the budgets of an account, and what its question may still cost: its share of the least that is left
-- without the question's own. A share of at most 1 keeps that under what is left of each budget.
CREATE FUNCTION budget_standing(
    for_tenant text, for_key text, for_question text, limits bigint[], zone text, share float8, low_below float8
) RETURNS TABLE (
    state text, kind text, name text, span text, today date, ends_at timestamptz,
    limit_nusd bigint, left_nusd bigint, question_nusd bigint
) LANGUAGE sql AS $$
    WITH judged AS (
        SELECT *,
            CASE WHEN left_nusd <= 0 THEN 0 WHEN left_nusd < low_below * limit_nusd THEN 1 ELSE 2 END AS worst
        FROM budget_scopes(for_tenant, for_key, for_question, limits, zone)
    )
    SELECT
        (ARRAY['spent', 'low', 'ample'])[worst + 1], kind, name, span, today, ends_at, limit_nusd, left_nusd,
        (SELECT floor(share * min(left_nusd + own_nusd))::bigint - max(own_nusd) FROM judged)
    FROM judged
    ORDER BY worst, left_nusd, number
    LIMIT 1
$$;

-- Sets `most` aside where the budgets pay for it, and returns where they stood before.
CREATE FUNCTION budget_reserve(
    new_id text, for_tenant text, for_key text, for_question text, limits bigint[], zone text, share float8,
    low_below float8, most bigint, lease interval,
    of_endpoint text, of_model text, of_price text, of_label text, of_task text
) RETURNS TABLE (
    state text, kind text, name text, span text, today date, ends_at timestamptz,
    limit_nusd bigint, left_nusd bigint, question_nusd bigint, reserved boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    -- The tenant before the key, here and wherever both are taken: in one order nobody waits in a circle.
    INSERT INTO budget_accounts VALUES ('tenant', for_tenant), ('key', for_key) ON CONFLICT DO NOTHING;
    PERFORM 1 FROM budget_accounts a
    WHERE (a.kind, a.name) IN (('tenant', for_tenant), ('key', for_key)) ORDER BY a.kind DESC FOR UPDATE;
    PERFORM budget_lapse(for_tenant);
    SELECT s.* INTO state, kind, name, span, today, ends_at, limit_nusd, left_nusd, question_nusd
    FROM budget_standing(for_tenant, for_key, for_question, limits, zone, share, low_below) s;
    reserved := state = 'ample' AND most <= question_nusd;
    IF reserved THEN
        INSERT INTO budget_holds VALUES (
            new_id, for_tenant, for_key, for_question, today, most, clock_timestamp() + lease,
            of_endpoint, of_model, of_price, of_label, of_task
        );
    END IF;
    RETURN NEXT;
END $$;

-- Removes what has expired. What such a call did cost nobody has said: the row says so, until somebody does.
CREATE FUNCTION budget_lapse(for_tenant text) RETURNS void LANGUAGE sql AS $$
    WITH lapsed AS (
        DELETE FROM budget_holds WHERE tenant = for_tenant AND expires_at <= clock_timestamp() RETURNING *
    )
    INSERT INTO usage
    SELECT
        id, clock_timestamp(), day, tenant, key, question, endpoint, model, 'cloud', task, 0, 0, 0, true, price_version,
        0, 0, 'lapsed', 'not settled in time; it may have cost up to ' || most_nusd || ' nano-dollars', label, 0, NULL
    FROM lapsed
    ON CONFLICT (id) DO NOTHING
$$;

-- Counts what a call did cost, once, in the day that it was reserved in, and frees the rest; true where that was new.
CREATE FUNCTION budget_settle(
    of_id text, of_tenant text, of_key text, of_question text, of_day date,
    of_endpoint text, of_model text, of_price text, of_label text, of_task text,
    of_tokens_in bigint, of_tokens_out bigint, of_cached bigint, of_estimated boolean,
    of_cost bigint, of_saved bigint, of_outcome text, of_reason text, of_ms float8, of_ttft_ms float8
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    written int;
BEGIN
    DELETE FROM budget_holds WHERE id = of_id;
    INSERT INTO usage VALUES (
        of_id, clock_timestamp(), of_day, of_tenant, of_key, of_question, of_endpoint, of_model, 'cloud', of_task,
        of_tokens_in, of_tokens_out, of_cached, of_estimated, of_price, of_cost, of_saved, of_outcome, of_reason,
        of_label, of_ms, of_ttft_ms
    )
    ON CONFLICT (id) DO UPDATE SET
        at = excluded.at, model = excluded.model, tokens_in = excluded.tokens_in, tokens_out = excluded.tokens_out,
        cached = excluded.cached, estimated = excluded.estimated, cost_nusd = excluded.cost_nusd,
        saved_nusd = excluded.saved_nusd, outcome = excluded.outcome, reason = excluded.reason, ms = excluded.ms,
        ttft_ms = excluded.ttft_ms
    WHERE usage.outcome = 'lapsed';
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written = 1 AND of_cost <> 0 THEN
        INSERT INTO budget_days AS d VALUES ('tenant', of_tenant, of_day, of_cost), ('key', of_key, of_day, of_cost)
        ON CONFLICT (kind, name, day) DO UPDATE SET spent_nusd = d.spent_nusd + excluded.spent_nusd;
    END IF;
    RETURN written = 1;
END $$;
