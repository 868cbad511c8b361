-- Machines. Roles are lines of project and role; a star is the whole installation.
create table service_account (
    name text primary key,
    project text not null,
    description text,
    roles text not null,
    is_disabled boolean not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    updated_by text not null
);

-- Their tokens: the token itself is nowhere, only its hash. What bounds it is one a line; nothing is no bound.
create table api_token (
    id text primary key,
    account text not null references service_account (name) on delete cascade,
    token_hash text not null unique,
    prefix text not null,
    description text,
    projects text not null,
    roles text not null,
    paths text not null,
    created_at timestamptz not null,
    created_by text not null,
    expires_at timestamptz not null,
    last_used_at timestamptz
);
create index api_token_by_account on api_token (account, id);
create index api_token_by_expiry on api_token (expires_at);
