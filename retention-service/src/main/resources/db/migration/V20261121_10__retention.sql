-- What this service keeps of longshore.config and longshore.inventory: the whole events, so that a rule may ask for
-- anything that they say, and the columns that are looked up.
create table registry (
    name text primary key,
    project text not null,
    version bigint not null,
    configured text not null
);

create table inventory_tag (
    registry text not null,
    repository text not null,
    tag text not null,
    project text not null,
    digest text not null,
    pushed_at timestamptz not null,
    generation bigint not null,
    primary key (registry, repository, tag)
);
create index inventory_tag_by_digest on inventory_tag (registry, repository, digest);

create table inventory_manifest (
    registry text not null,
    repository text not null,
    digest text not null,
    project text not null,
    subject text,
    pushed_at timestamptz not null,
    recorded text not null,
    generation bigint not null,
    primary key (registry, repository, digest)
);
create index inventory_manifest_by_subject on inventory_manifest (registry, repository, subject) where subject is not null;
