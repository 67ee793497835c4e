-- The signed repository: every node serves these files. Only metadata/timestamp.json is ever replaced.
CREATE TABLE trust_file (
    path          text PRIMARY KEY,
    bytes         bytea       NOT NULL,
    published_at  timestamptz NOT NULL
);

-- One row: what is current. Whoever publishes locks it, so that versions go up by one.
CREATE TABLE trust_head (
    singleton          boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    root_version       bigint      NOT NULL,
    targets_version    bigint      NOT NULL,
    snapshot_version   bigint      NOT NULL,
    timestamp_version  bigint      NOT NULL,
    root_expires       timestamptz NOT NULL,
    targets_expires    timestamptz NOT NULL,
    snapshot_expires   timestamptz NOT NULL,
    timestamp_expires  timestamptz NOT NULL,
    published_at       timestamptz NOT NULL
);
