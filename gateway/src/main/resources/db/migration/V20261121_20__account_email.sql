-- Whom to write to; SNAP's callers give it.
alter table account add column email text;
