-- What left, to whom, and why: a chain that only grows. `privacy/audit_chain.py` says how its entries hold together.

-- Times are the text that was hashed; in this form and collation they sort as times do.
CREATE TABLE audit (
    version int NOT NULL,
    seq bigint PRIMARY KEY,
    at text COLLATE "C" NOT NULL,
    tenant text NOT NULL,
    asker text NOT NULL,
    conversation text NOT NULL,
    label text NOT NULL,
    destination text NOT NULL,
    decision text NOT NULL,
    rule text NOT NULL,
    because text NOT NULL,
    policy_hash text NOT NULL,
    model text NOT NULL,
    counts jsonb NOT NULL,
    digests text[] NOT NULL,
    bytes_out bigint NOT NULL,
    prompt_digest text NOT NULL,
    key_id text NOT NULL,
    previous text NOT NULL UNIQUE,
    hash text NOT NULL UNIQUE,
    mac text NOT NULL
);
CREATE INDEX ON audit (at);

CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log only grows: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_only_grows;

-- One random key for each person, wrapped by the key of the home. Deleting a row makes the person's digests mute.
CREATE TABLE audit_keys (
    subject text PRIMARY KEY,
    wrapped bytea NOT NULL CHECK (octet_length(wrapped) = 60)
);
