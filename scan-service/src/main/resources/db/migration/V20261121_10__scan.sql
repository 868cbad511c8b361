-- What is told by others: registries, policies, exemptions, the inventory. An image is registry/repository@digest.

create table registry (
    name text primary key,
    document text not null -- JSON of RegistryConfigured, credentials sealed
);

create table scan_policy (
    name text primary key,
    document text not null
);

create table exemption (
    name text primary key,
    document text not null
);

create table manifest (
    image text collate "C" primary key,
    project text not null,
    registry text not null,
    repository text not null,
    digest text not null,
    kind text not null, -- image, index, artifact
    what text not null, -- the artifact's type, for people
    platform text not null,
    pushed_at timestamptz not null,
    generation bigint not null
);
create index manifest_by_digest on manifest (digest);

create table manifest_child (
    parent text collate "C" not null references manifest (image) on delete cascade,
    position int not null,
    child text collate "C" not null,
    digest text not null,
    platform text not null,
    primary key (parent, position)
);
create index manifest_child_by_child on manifest_child (child);

create table tag (
    name text collate "C" primary key, -- registry/repository:tag
    image text collate "C" not null,
    tag text not null,
    generation bigint not null
);
create index tag_by_image on tag (image);

-- Scans are of digests: one holds for every repository that has the image.

create table scan (
    digest text primary key,
    project text not null,
    requested_at timestamptz not null,
    execution text,
    scanner text,
    scanner_version text,
    database_updated_at timestamptz,
    scanned_at timestamptz, -- when the findings below were matched; null: never
    failure_code text, -- of the last attempt; null: it succeeded, or there was none
    failure_reason text,
    failed_at timestamptz,
    removed_at timestamptz -- since when no repository has it
);
create index scan_by_database on scan (database_updated_at) where scanned_at is not null;

create table sbom (
    digest text primary key references scan (digest) on delete cascade,
    document bytea not null, -- CycloneDX JSON, gzip
    scanner_version text not null,
    made_at timestamptz not null
);

create table finding (
    id bigint generated always as identity primary key,
    digest text not null references scan (digest) on delete cascade,
    severity smallint not null, -- 0 critical, 1 high, 2 medium, 3 low, 4 unknown
    vulnerability text not null,
    package_name text not null,
    installed_version text not null,
    fixed_version text,
    status text not null,
    path text not null,
    published_at timestamptz,
    title text not null,
    url text not null
);
create index finding_by_digest on finding (digest, severity, id);

create table decision (
    image text collate "C" primary key,
    project text not null,
    digest text not null,
    action text not null,
    reasons text not null, -- JSON of what is published
    policies text not null,
    decided_at timestamptz not null,
    revision bigint not null,
    valid_until timestamptz,
    rescan_every_seconds bigint -- null: never
);
create index decision_by_end on decision (valid_until) where valid_until is not null;
create index decision_by_digest on decision (digest);

create table past_decision (
    image text collate "C" not null,
    revision bigint not null,
    action text not null,
    reasons text not null,
    policies text not null,
    decided_at timestamptz not null,
    primary key (image, revision)
);

-- The newest vulnerability database that any replica has scanned with.
create table vulnerability_database (
    scanner text primary key,
    updated_at timestamptz not null,
    seen_at timestamptz not null
);

-- What is to be done now and then, by one replica.
create table schedule (
    name text primary key,
    due_at timestamptz not null
);
insert into schedule (name, due_at) values ('decisions', now()), ('rescans', now()), ('orphans', now());
