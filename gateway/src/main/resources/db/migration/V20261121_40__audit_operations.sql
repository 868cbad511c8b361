-- Changes that someone asked for at the door: committed before anything is done, until they are entries of the chain.
create table audit_asked (
    id uuid primary key,
    asked_at timestamptz not null,
    project text not null,
    actor text not null,
    address text not null,
    token text not null,
    operation text not null,
    resource text not null,
    trace_id text,
    -- As it was answered; 0 if the answer was not seen.
    status int,
    answered_at timestamptz
);
create index audit_asked_answered on audit_asked (asked_at) where answered_at is not null;
create index audit_asked_by_age on audit_asked (asked_at);

-- Refusals of the last minute, counted: whoever knocks a thousand times is one entry.
create table audit_refused (
    event_id uuid not null,
    window_start timestamptz not null,
    who text not null,
    operation text not null,
    status int not null,
    times bigint not null,
    project text not null,
    actor text not null,
    address text not null,
    token text,
    resource text not null,
    trace_id text,
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (window_start, who, operation, status)
);
create index audit_by_project on audit_entry (project, occurred_at desc, event_id desc);
create index audit_by_trace on audit_entry (trace_id) where trace_id is not null;

-- Beginnings of the chain that were taken out into files. What is signed counts; the rest is for people.
create table audit_segment (
    first bigint primary key,
    last bigint not null unique,
    head text not null,
    file text not null,
    file_digest text not null,
    signed text not null,
    sealed_at timestamptz not null default now()
);
