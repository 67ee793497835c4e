-- Private keys, sealed by the master key that is not in the database (AES-256-GCM, the name is associated data).
create table secrets (
    name       text primary key,
    sealed     bytea       not null,
    updated_at timestamptz not null default now()
);
