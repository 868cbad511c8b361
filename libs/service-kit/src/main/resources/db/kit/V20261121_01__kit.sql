-- Messages that a transaction of this service wants published. Deleted once the broker has them.
create table outbox (
    id bigint generated always as identity primary key,
    shard smallint not null,
    topic text not null,
    message_key text not null,
    event_id uuid not null,
    type text not null,
    headers text not null,
    payload text,
    created_at timestamptz not null default now(),
    parked_because text
);
create index outbox_pending on outbox (shard, id) where parked_because is null;
create index outbox_parked on outbox (topic, message_key) where parked_because is not null;

create function outbox_appended() returns trigger language plpgsql as $$
begin
    perform pg_notify('outbox', '');
    return null;
end $$;
create trigger outbox_appended after insert on outbox for each statement execute function outbox_appended();

-- Events whose effect is not idempotent by itself and was applied already.
create table inbox (
    consumer text not null,
    event_id uuid not null,
    received_at timestamptz not null default now(),
    primary key (consumer, event_id)
);
create index inbox_by_age on inbox (received_at);

-- How far each projection of a compacted topic has come.
create table projection_offset (
    topic text not null,
    partition_number int not null,
    next_offset bigint not null,
    primary key (topic, partition_number)
);

create table execution (
    id text primary key,
    project text not null,
    kind text not null,
    reference text,
    requested_by text not null,
    traceparent text,
    created_at timestamptz not null default now(),
    stopped_at timestamptz
);
create index execution_by_age on execution (created_at);

create table task (
    id bigint generated always as identity primary key,
    execution_id text references execution (id) on delete cascade,
    project text not null,
    kind text not null,
    natural_key text,
    lane text,
    payload text not null,
    state text not null default 'pending',
    attempt int not null default 0,
    max_attempts int not null,
    due_at timestamptz not null default now(),
    lease_until timestamptz,
    fencing_token bigint not null default 0,
    worker text,
    error_code text,
    error text,
    traceparent text,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz
);
create unique index task_one_pending on task (kind, natural_key) where state = 'pending';
create unique index task_one_running_in_lane on task (lane) where state = 'running';
create index task_due on task (kind, id) where state = 'pending';
create index task_lane on task (lane, id) where state in ('pending', 'running');
create index task_leases on task (lease_until) where state = 'running';
create index task_of_execution on task (execution_id, id);
create index task_finished on task (finished_at) where finished_at is not null;

create function task_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('task', '');
    return null;
end $$;
create trigger task_added after insert on task for each statement execute function task_changed();
create trigger task_stopped after update of state on task for each row when (new.state = 'stopped') execute function task_changed();

-- While a row stands, nothing within its scope is changed at any registry.
create table freeze_in_force (
    scope text primary key,
    reason text not null
);
