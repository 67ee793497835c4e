-- Hash-chained: hash = sha256(previous hash || canonical form of the entry). The head row serialises appends, so the
-- sequence has no gaps and no two entries share a predecessor.
create table audit_entries (
    sequence      bigint primary key,
    at            timestamptz not null,
    actor         text        not null,
    action        text        not null,
    subject       text        not null,
    reason        text        not null,
    previous_hash bytea       not null,
    hash          bytea       not null unique
);

create table audit_head (
    singleton boolean primary key default true check (singleton),
    sequence bigint not null,
    hash     bytea  not null
);

insert into audit_head (singleton, sequence, hash) values (true, 0, decode(repeat('00', 32), 'hex'));

-- An entry is for ever: neither the application nor a slip of its maintainers changes one.
create function audit_entries_are_final() returns trigger language plpgsql as $$
begin
    raise exception 'audit entries are final';
end $$;

create trigger audit_entries_are_final before update or delete or truncate on audit_entries
    for each statement execute function audit_entries_are_final();
