-- Which workloads are believed, and what they may do then. Claims are lines of name, tab and glob.
create table trust_rule (
    name text primary key,
    project text not null,
    issuer text not null,
    audience text not null,
    claims text not null,
    roles text not null,
    subject_claim text not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    updated_by text not null
);
