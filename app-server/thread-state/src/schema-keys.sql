-- What requests with a key have brought about; see keys.rs.
CREATE TABLE idempotency_keys (
    method TEXT NOT NULL,
    -- Empty for requests about no thread.
    thread_id TEXT NOT NULL,
    key TEXT NOT NULL,
    -- Of the params.
    fingerprint TEXT NOT NULL,
    -- The id of what the request makes.
    made_id TEXT NOT NULL,
    -- JSON; null until there is one.
    answer TEXT,
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (method, thread_id, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_ms);
