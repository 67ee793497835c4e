create table users (
    name          text primary key,
    display_name  text        not null,
    roles         text[]      not null,
    password_hash text        not null,
    disabled      boolean     not null default false,
    created_at    timestamptz not null,
    updated_at    timestamptz not null
);

-- Only the hash of the token is kept: who reads the database cannot sign in with what is found there.
create table sessions (
    token_hash   bytea primary key,
    user_name    text        not null,
    display_name text        not null,
    roles        text[]      not null,
    local        boolean     not null,
    csrf_token   text        not null,
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    expires_at   timestamptz not null
);
create index sessions_user on sessions (user_name);
create index sessions_expiry on sessions (expires_at);

-- Failed sign-ins, counted for the user and for the address, on whichever node they happened.
create table sign_in_failures (
    id      bigint generated always as identity primary key,
    subject text        not null,
    at      timestamptz not null
);
create index sign_in_failures_subject on sign_in_failures (subject, at);
