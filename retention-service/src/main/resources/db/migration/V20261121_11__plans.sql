-- The whole of a tag too. Tags that were stored before are told again when the inventory is republished.
alter table inventory_tag add column recorded text;
-- When its last tag was taken away, if this service saw it.
alter table inventory_manifest add column untagged_at timestamptz;

create function note_untagged() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' and (tg_op = 'DELETE' or old.digest <> new.digest) then
        update inventory_manifest m set untagged_at = now()
        where m.registry = old.registry and m.repository = old.repository and m.digest = old.digest
          and not exists (select 1 from inventory_tag t where t.registry = old.registry
                          and t.repository = old.repository and t.digest = old.digest);
    end if;
    if tg_op <> 'DELETE' then
        update inventory_manifest m set untagged_at = null
        where m.registry = new.registry and m.repository = new.repository and m.digest = new.digest
          and m.untagged_at is not null;
    end if;
    return null;
end $$;
create trigger note_untagged after insert or update or delete on inventory_tag for each row execute function note_untagged();

create table retention_policy (
    name text primary key,
    project text not null,
    version bigint not null,
    configured text not null
);

-- When each policy with a schedule is next evaluated: rows, so that any number of replicas do it once.
create table policy_schedule (
    policy text primary key,
    schedule text not null,
    next_at timestamptz not null
);
create index policy_schedule_due on policy_schedule (next_at);

-- What would go and what stays, by one version of one policy. Its id is that of the execution that made it.
create table plan (
    id text primary key,
    project text not null,
    policy text not null,
    policy_version bigint not null,
    requested_by text not null,
    state text not null,
    -- made by a schedule, to be applied as soon as it is made
    apply_at_once boolean not null,
    -- how far the inventory was known, partition by partition, before the first repository was looked at
    known_to text not null,
    execution text,
    applied_by text,
    error_code text,
    error text,
    created_at timestamptz not null default now(),
    planned_at timestamptz,
    applied_at timestamptz
);
create index plan_of_policy on plan (policy, id);
create index plan_by_age on plan (created_at);

-- A repository that has been looked at: who goes on after a crash does not look again.
create table plan_repository (
    plan_id text not null references plan (id) on delete cascade,
    registry text not null,
    repository text not null,
    kept int not null,
    deleted int not null,
    bytes bigint not null,
    incomplete text,
    primary key (plan_id, registry, repository)
);

-- What is to become of each tag and each manifest without one, and why.
create table plan_item (
    id bigint generated always as identity primary key,
    plan_id text not null references plan (id) on delete cascade,
    registry text not null,
    repository text not null,
    tag text,
    digest text not null,
    verdict text not null,
    reasons text not null
);
create index plan_item_of_plan on plan_item (plan_id, verdict, id);

-- What is deleted if the plan is applied, in an order in which all that is left still pulls.
create table plan_deletion (
    id bigint generated always as identity primary key,
    plan_id text not null references plan (id) on delete cascade,
    project text not null,
    registry text not null,
    repository text not null,
    digest text not null,
    only_tag text,
    deletion text not null,
    state text not null default 'planned',
    outcome_code text,
    outcome text,
    settled_at timestamptz
);
create index plan_deletion_of_plan on plan_deletion (plan_id, id);
create index plan_deletion_of_image on plan_deletion (plan_id, registry, repository, digest);
create index plan_deletion_open on plan_deletion (plan_id) where state = 'planned';

-- What was deleted, for undoing: written before the delete is asked for.
create table retired_manifest (
    deletion_id bigint primary key,
    plan_id text not null,
    project text not null,
    registry text not null,
    repository text not null,
    digest text not null,
    tags text[] not null,
    media_type text not null,
    content bytea not null,
    recorded_at timestamptz not null default now(),
    retired_at timestamptz,
    restored_at timestamptz
);
create index retired_manifest_of on retired_manifest (registry, repository, digest);
create index retired_manifest_by_age on retired_manifest (recorded_at);
