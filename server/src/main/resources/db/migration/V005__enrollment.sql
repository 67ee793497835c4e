create table enrollment_tokens (
    id          text primary key,
    secret_hash bytea       not null,
    group_name  text        not null,
    tags        jsonb       not null default '{}',
    created_by  text        not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    revoked_at  timestamptz,
    used_at     timestamptz,
    used_by     uuid references endpoints (id),
    -- Whose certificate request used it: the same key may ask again, because a reply can be lost.
    used_key    bytea
);
create index enrollment_tokens_listing on enrollment_tokens (created_at, id);
