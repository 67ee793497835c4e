-- Coding agents and MCP servers of each endpoint, as it last reported them; replaced as a whole with each report.

create table endpoint_inventories (
    endpoint_id uuid primary key references endpoints (id),
    reported_at timestamptz not null,
    document    jsonb       not null
);

-- User by machine by agent, for the fleet's list; worked out from the document beside it.
create table endpoint_agents (
    endpoint_id uuid    not null references endpoint_inventories (endpoint_id) on delete cascade,
    number      integer not null,
    user_name   text    not null,  -- empty: there for everybody
    agent       text    not null,
    title       text    not null,
    standing    text    not null,
    version     text    not null,
    source      text    not null,
    path        text    not null,
    refusal     text    not null,
    last_used   timestamptz,
    running     integer not null,
    primary key (endpoint_id, number)
);
create index endpoint_agents_listing on endpoint_agents (user_name collate "C", endpoint_id, number);
create index endpoint_agents_agent on endpoint_agents (agent, version);
