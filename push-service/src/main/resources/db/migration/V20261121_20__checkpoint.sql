-- Checkpoint archives that people asked to be pushed as images. The id is that of the execution.
create table checkpoint (
    id text collate "C" primary key,
    project text not null,
    registry text not null,
    repository text, -- null until the archive was read, if nobody said
    tag text,
    address text, -- where clusters find the image, without repository and tag
    source text not null, -- upload or path
    file text not null, -- within the spool or the folder that the operator allows
    name text not null, -- as whoever brought it calls it
    state text not null, -- pending, succeeded, failed
    archive text, -- JSON of what was read
    digest text, -- of the image
    error_code text,
    error text,
    requested_by text not null,
    created_at timestamptz not null default now(),
    finished_at timestamptz
);
create index checkpoint_pending on checkpoint (source) where state = 'pending';
create index checkpoint_by_age on checkpoint (created_at);
