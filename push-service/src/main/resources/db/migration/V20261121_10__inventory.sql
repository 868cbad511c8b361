-- The image inventory: what the registries hold, as last read. An id is how the API names the thing, so that rows can be
-- paged through and joined by it; "C" so that its order is the same on every machine.

create sequence inventory_generation;

create table manifest (
    id text collate "C" primary key, -- registry/repository@digest
    project text not null,
    registry text not null,
    repository text not null,
    digest text not null,
    media_type text not null,
    artifact_type text,
    size bigint not null,
    content_size bigint not null,
    children text not null, -- JSON, as are config, layers, platforms and labels: always read whole
    subject text,
    config text,
    layers text not null,
    platforms text not null,
    labels text not null,
    pushed_at timestamptz not null,
    pushed_by text,
    push_heard boolean not null, -- false: found, and pushed_at is when
    created_at timestamptz,
    last_pulled_at timestamptz,
    read_at timestamptz not null,
    generation bigint not null
);
create index manifest_of_repository on manifest (registry, repository collate "C", id);
create index manifest_of_subject on manifest (registry, repository, subject) where subject is not null;

create table tag (
    id text collate "C" primary key, -- registry/repository:tag
    project text not null,
    registry text not null,
    repository text not null,
    tag text not null,
    digest text not null,
    manifest_id text collate "C" not null references manifest (id),
    pushed_at timestamptz not null,
    pushed_by text,
    push_heard boolean not null,
    last_pulled_at timestamptz,
    read_at timestamptz not null,
    generation bigint not null
);
create index tag_of_manifest on tag (manifest_id);
create index tag_of_repository on tag (registry, repository collate "C", id);

-- Searching for a part of a name needs the extension; without it the table is read, within the query's time limit.
do $$
begin
    create extension if not exists pg_trgm;
    execute 'create index tag_search on tag using gin (id gin_trgm_ops)';
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
    raise notice 'pg_trgm is not available: searching is slower';
end $$;

-- The service's copy of what others publish.

create table registry (
    name text primary key,
    project text not null,
    version bigint not null,
    document text not null, -- JSON of RegistryConfigured, credentials sealed
    removed_at timestamptz,
    reconcile_due_at timestamptz not null,
    reconciled_at timestamptz
);
create index registry_reconcile on registry (reconcile_due_at) where removed_at is null;

create table decision (
    id text collate "C" primary key, -- registry/repository@digest
    action text not null,
    decided_at timestamptz not null
);

-- What became of each notification.

create table delivery_outcome (
    delivery text primary key,
    project text not null,
    registry text not null,
    received_at timestamptz not null,
    rejected_because text,
    notifications int not null,
    skipped int not null,
    ignored int not null,
    pulls int not null,
    unusable text not null -- JSON
);
create index delivery_outcome_by_age on delivery_outcome (received_at);

create table hint (
    id bigint generated always as identity primary key,
    delivery text,
    project text not null,
    registry text not null,
    repository text not null,
    reference text not null, -- the tag or digest
    action text not null,
    digest text,
    happened_at timestamptz not null,
    actor text,
    received_at timestamptz not null,
    task_id bigint,
    state text not null, -- pending, done, failed
    reason text,
    finished_at timestamptz
);
create index hint_pending on hint (registry, repository, reference) where state = 'pending';
create index hint_of_delivery on hint (delivery);
create index hint_by_age on hint (received_at);
