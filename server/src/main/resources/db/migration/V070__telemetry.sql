-- Telemetry: day partitions (made on demand, see DayPartitions), promoted columns, content apart from rows.

CREATE TABLE span (
    started_at      timestamptz NOT NULL,
    duration_nanos  bigint      NOT NULL,
    received_at     timestamptz NOT NULL,
    endpoint_id     uuid        NOT NULL,  -- from the device certificate, never from the payload
    hostname        text,
    service         text,
    attested        boolean     NOT NULL,
    trace_id        uuid        NOT NULL,
    span_id         bigint      NOT NULL,
    parent_span_id  bigint,
    name            text        NOT NULL,
    kind            smallint    NOT NULL,
    status          smallint    NOT NULL,
    is_run          boolean     NOT NULL,  -- root of an attested run
    session_key     uuid,
    session_id      text,
    user_name       text,
    run_id          text,
    decision        text,
    enforced        boolean,
    rule            text,
    exit_code       integer,
    policy_name     text,
    policy_version  integer,
    tool_call_id    text,
    executable      text,
    attributes      jsonb       NOT NULL,
    content         jsonb       NOT NULL,  -- attribute key -> sha256 in content_blob
    events          jsonb       NOT NULL
) PARTITION BY RANGE (started_at);

-- Finds a trace, and makes a repeated upload store nothing twice.
CREATE UNIQUE INDEX span_identity ON span (trace_id, span_id, endpoint_id, attested, started_at);
CREATE INDEX span_run_by_endpoint ON span (endpoint_id, started_at DESC, span_id) WHERE is_run;
CREATE INDEX span_run_by_session ON span (session_key, started_at DESC, span_id) WHERE is_run;
CREATE INDEX span_time ON span USING brin (started_at);

CREATE TABLE log_record (
    at              timestamptz NOT NULL,
    received_at     timestamptz NOT NULL,
    endpoint_id     uuid        NOT NULL,
    hostname        text,
    service         text,
    attested        boolean     NOT NULL,
    record_hash     bytea       NOT NULL,  -- sha256 of the record: OTLP gives log records no id
    trace_id        uuid,
    span_id         bigint,
    severity        smallint    NOT NULL,
    event_name      text,
    session_key     uuid,
    session_id      text,
    user_name       text,
    decision        text,
    tool_call_id    text,
    attributes      jsonb       NOT NULL,
    content         jsonb       NOT NULL
) PARTITION BY RANGE (at);

CREATE UNIQUE INDEX log_record_identity ON log_record (endpoint_id, at, record_hash);
CREATE INDEX log_record_by_session ON log_record (session_key, at) WHERE session_key IS NOT NULL;
CREATE INDEX log_record_by_trace ON log_record (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX log_record_time ON log_record USING brin (at);

-- Prompts, arguments, outputs: by hash, read with their own permission, kept for their own time.
CREATE TABLE content_blob (
    sha256     bytea PRIMARY KEY,
    bytes      bytea NOT NULL,  -- UTF-8 JSON of the value
    last_used  date  NOT NULL
);
CREATE INDEX content_blob_last_used ON content_blob (last_used);

-- One row per session, brought up to date once per batch: lists never read spans.
CREATE TABLE session_summary (
    session_key  uuid PRIMARY KEY,
    session_id   text        NOT NULL,
    endpoint_id  uuid        NOT NULL,
    hostname     text,
    user_name    text,
    user_attested boolean    NOT NULL,
    agent        text,
    started_at   timestamptz NOT NULL,
    last_at      timestamptz NOT NULL,
    runs         bigint      NOT NULL,
    denied       bigint      NOT NULL,
    prompted     bigint      NOT NULL,
    failed       bigint      NOT NULL
);
CREATE INDEX session_by_activity ON session_summary (last_at DESC, session_key DESC);
CREATE INDEX session_by_endpoint ON session_summary (endpoint_id, last_at DESC, session_key DESC);
CREATE INDEX session_by_user ON session_summary (user_name, last_at DESC, session_key DESC);
