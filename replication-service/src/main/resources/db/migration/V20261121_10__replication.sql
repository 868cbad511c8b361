-- What this service keeps of longshore.config, .inventory and .decisions.
create table registry (
    name text primary key,
    project text not null,
    version bigint not null,
    mode text not null,
    configured text not null
);

create table replication_rule (
    name text primary key,
    project text not null,
    version bigint not null,
    source_registry text not null,
    target_registry text not null,
    configured text not null
);
create index replication_rule_by_source on replication_rule (source_registry);

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
create index inventory_tag_by_digest on inventory_tag (digest);

create table inventory_manifest (
    registry text not null,
    repository text not null,
    digest text not null,
    subject text,
    children text[] not null,
    generation bigint not null,
    primary key (registry, repository, digest)
);
create index inventory_manifest_by_subject on inventory_manifest (subject) where subject is not null;
create index inventory_manifest_by_child on inventory_manifest using gin (children);

create table decision (
    registry text not null,
    repository text not null,
    digest text not null,
    action text not null,
    revision bigint not null,
    primary key (registry, repository, digest)
);

-- What was copied where; the rule is empty for a copy on demand. Nothing is copied again that is here and unchanged.
create table replica (
    rule text not null,
    source_registry text not null,
    source_repository text not null,
    source_reference text not null,
    target_registry text not null,
    target_repository text not null,
    target_reference text not null,
    project text not null,
    digest text not null,
    referrers text[] not null,
    bytes bigint not null,
    execution text not null,
    copied_at timestamptz not null,
    primary key (source_registry, source_repository, source_reference, rule, target_registry, target_repository, target_reference)
);
create index replica_by_digest on replica (digest);
create index replica_by_target on replica (target_registry, target_repository, target_reference);

create table rule_schedule (
    rule text primary key,
    schedule text not null,
    next_at timestamptz not null
);
create index rule_schedule_due on rule_schedule (next_at);

-- The manifests that say something about the digest, about its children, or about one of those again.
create function referrers_of(in_registry text, in_repository text, in_digest text) returns text[] language sql stable as $$
    with recursive about (digest, depth, is_referrer) as (
        select in_digest, 0, false
        union
        select found.digest, about.depth + 1, found.is_referrer
        from about, lateral (
            select unnest(children) as digest, false as is_referrer from inventory_manifest m
            where m.registry = in_registry and m.repository = in_repository and m.digest = about.digest and not about.is_referrer
            union all
            select m.digest, true from inventory_manifest m
            where m.subject = about.digest and m.registry = in_registry and m.repository = in_repository) found
        where about.depth < 6
    )
    select coalesce(array_agg(distinct digest), '{}') from about where is_referrer
$$;

-- The digest itself, what it says something about, and the indexes that these are in: whoever of them has a tag is concerned.
create function concerned_by(in_registry text, in_repository text, in_digest text) returns setof text language sql stable as $$
    with recursive up (digest, depth) as (
        select in_digest, 0
        union
        select found.digest, up.depth + 1
        from up, lateral (
            select m.subject as digest from inventory_manifest m
            where m.registry = in_registry and m.repository = in_repository and m.digest = up.digest and m.subject is not null
            union all
            select m.digest from inventory_manifest m
            where m.children @> array[up.digest] and m.registry = in_registry and m.repository = in_repository) found
        where up.depth < 6
    )
    select distinct digest from up
$$;
