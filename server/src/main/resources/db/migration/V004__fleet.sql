create table endpoints (
    id                uuid primary key,
    machine_id        text        not null unique,
    hostname          text        not null,
    os                text        not null,
    os_version        text        not null,
    arch              text        not null,
    agent_version     text        not null,
    group_name        text        not null,
    tags              jsonb       not null default '{}',
    enrolled_at       timestamptz not null,
    disabled_at       timestamptz,
    last_contact_at   timestamptz,
    -- The last report: health and effective policy as they were told, with what is filtered by beside them.
    health            jsonb,
    effective_policy  jsonb,
    policy_name       text,
    policy_version    integer,
    targets_version   bigint,
    stale_since       timestamptz,
    -- The attempt that counts; all of them are in endpoint_attempts.
    attempt_at        timestamptz,
    attempt_status    text,
    attempt_reason    text,
    attempt_hash      bytea,
    -- What the endpoint last said it was offered.
    offered_hash      bytea
);
create index endpoints_listing on endpoints (hostname collate "C", id);

create table endpoint_certificates (
    serial      text primary key,
    endpoint_id uuid        not null references endpoints (id),
    not_before  timestamptz not null,
    not_after   timestamptz not null
);
create index endpoint_certificates_endpoint on endpoint_certificates (endpoint_id, not_after);

-- Own history, so that "failed with B" survives a later "still on A".
create table endpoint_attempts (
    id          bigint generated always as identity primary key,
    endpoint_id uuid        not null references endpoints (id),
    at          timestamptz not null,
    status      text        not null,
    reason      text        not null,
    config_hash bytea       not null
);
create index endpoint_attempts_endpoint on endpoint_attempts (endpoint_id, id);
