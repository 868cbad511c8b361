-- What people configured. A removed resource leaves its row, so that its versions go on growing should it come back, and
-- its removal can be published again.
create table resource (
    id text primary key,
    kind text not null,
    name text not null,
    project text not null,
    version bigint not null,
    spec text not null,
    secrets text not null,
    secrets_version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    updated_by text not null,
    is_deleted boolean not null,
    unique (kind, name)
);
