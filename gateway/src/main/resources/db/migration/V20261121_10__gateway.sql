create table account (
    username text primary key,
    password_hash text not null,
    role text not null,
    created_at timestamptz not null default now()
);

-- Who is signed in. The token itself is nowhere, only its hash.
create table session (
    token_hash text primary key,
    id text not null unique,
    username text not null references account (username) on delete cascade,
    project text not null,
    address text not null,
    opened_at timestamptz not null,
    expires_at timestamptz not null
);
create index session_by_user on session (username);
create index session_by_expiry on session (expires_at);

-- Copy of the registries on longshore.config, without credentials. One that was removed stays for a while: what it still
-- announces is answered as accepted, because Distribution repeats a refused notification for ever.
create table webhook_registry (
    name text primary key,
    configured text not null,
    deleted_at timestamptz
);
create index webhook_registry_removed on webhook_registry (deleted_at) where deleted_at is not null;

-- Notifications as they came. Ids are time-ordered.
create table delivery (
    id text primary key,
    project text not null,
    registry text not null,
    vendor text not null,
    state text not null,
    reason text,
    headers text not null,
    body bytea not null,
    size bigint not null,
    address text not null,
    trace_id text,
    received_at timestamptz not null
);
create index delivery_by_registry on delivery (registry, id desc);
create index delivery_failed on delivery (id desc) where state = 'failed';
create index delivery_by_age on delivery (received_at);

-- The trail of all services. Appended, never changed.
create table audit_entry (
    number bigint generated always as identity primary key,
    event_id uuid not null unique,
    occurred_at timestamptz not null,
    project text not null,
    service text not null,
    actor text not null,
    address text,
    token text,
    action text not null,
    resource text not null,
    result text not null,
    detail text,
    before text,
    after text,
    trace_id text,
    appended_at timestamptz not null default now()
);
create index audit_by_time on audit_entry (occurred_at desc, event_id desc);
create index audit_by_actor on audit_entry (actor, occurred_at desc, event_id desc);
create index audit_by_resource on audit_entry (resource, occurred_at desc, event_id desc);
create index audit_by_action on audit_entry (action, occurred_at desc, event_id desc);
