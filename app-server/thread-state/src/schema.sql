CREATE TABLE sections (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- The appearance as JSON, or nothing.
    appearance TEXT
) WITHOUT ROWID;

INSERT INTO sections (id, name) VALUES ('01984de2-8f74-7c91-a3b2-5c5e937cf318', 'Pinned');

CREATE TABLE projects (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- JSON: a list of paths, and a map of texts.
    roots TEXT NOT NULL,
    metadata TEXT NOT NULL,
    position INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Keys outlive their projects.
CREATE TABLE project_keys (
    key TEXT PRIMARY KEY,
    project_id TEXT NOT NULL
) WITHOUT ROWID;

-- Threads of which something is known.
CREATE TABLE threads (
    id TEXT PRIMARY KEY,
    project_id TEXT REFERENCES projects (id) ON DELETE SET NULL,
    -- When something last happened in the thread, as far as a project needs it.
    recency_at INTEGER,
    section_id TEXT REFERENCES sections (id) ON DELETE SET NULL,
    section_position INTEGER,
    section_entered_at INTEGER,
    read_revision TEXT,
    -- What is unread begins at the thread's start, or with a turn.
    unread_start INTEGER NOT NULL DEFAULT 0,
    unread_turn TEXT,
    memory_mode TEXT
) WITHOUT ROWID;

CREATE INDEX threads_of_project ON threads (project_id, recency_at) WHERE project_id IS NOT NULL;
CREATE INDEX threads_of_section ON threads (section_id, section_position) WHERE section_id IS NOT NULL;

CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    thread_id TEXT NOT NULL,
    attachment_type TEXT NOT NULL,
    identity_key TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- In seconds.
    created_at INTEGER NOT NULL,
    UNIQUE (attachment_type, identity_key, thread_id)
) WITHOUT ROWID;

CREATE INDEX attachments_of_thread ON attachments (thread_id, created_at, id);

CREATE TABLE queue (
    id TEXT PRIMARY KEY,
    thread_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    -- JSON: what the user said, and what goes along with the request to the model.
    input TEXT NOT NULL,
    client_user_message_id TEXT NOT NULL,
    metadata TEXT
) WITHOUT ROWID;

CREATE INDEX queue_of_thread ON queue (thread_id, position);

CREATE TABLE goals (
    thread_id TEXT PRIMARY KEY,
    objective TEXT NOT NULL,
    status TEXT NOT NULL,
    token_budget INTEGER,
    tokens_used INTEGER NOT NULL,
    time_used_ms INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
