-- What someone asked others to approve. Never changed after it is decided.
create table approval (
    id text primary key,
    project text not null,
    action text not null,
    resource text not null,
    reason text not null,
    requested_by text not null,
    requested_at timestamptz not null,
    expires_at timestamptz not null,
    decision text,
    decided_by text,
    decided_at timestamptz,
    comment text
);
create index approval_by_project on approval (project, id desc);
create index approval_open on approval (resource, action) where decision is null;
