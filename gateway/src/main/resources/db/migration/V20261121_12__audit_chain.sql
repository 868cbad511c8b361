-- Entries of before there was a chain: the gateway appends them to it, in their order, at its next start.
alter table audit_entry rename to audit_before_chain;
alter index audit_by_time rename to audit_before_chain_by_time;
alter index audit_by_actor rename to audit_before_chain_by_actor;
alter index audit_by_resource rename to audit_before_chain_by_resource;
alter index audit_by_action rename to audit_before_chain_by_action;

-- The trail of all services: a chain. Appended by one at a time, never changed.
create table audit_entry (
    number bigint primary key,
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
    previous_hash text not null,
    hash text not null,
    mac text not null,
    appended_at timestamptz not null default now()
);
create index audit_by_time on audit_entry (occurred_at desc, event_id desc);
create index audit_by_actor on audit_entry (actor, occurred_at desc, event_id desc);
create index audit_by_resource on audit_entry (resource, occurred_at desc, event_id desc);
create index audit_by_action on audit_entry (action, occurred_at desc, event_id desc);

-- Signed statements of how long the chain was and how it ended. They are also outside of this database.
create table audit_checkpoint (
    count bigint primary key,
    signed text not null,
    made_at timestamptz not null default now(),
    delivered boolean not null default false
);
create index audit_checkpoint_undelivered on audit_checkpoint (count) where not delivered;
