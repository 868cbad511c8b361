-- What was answered to a request that its sender may send again. No status yet: it is being done, or nobody knows whether it was.
create table idempotency_key (
    identity text not null,
    key text not null,
    operation text not null,
    fingerprint text,
    status int,
    headers text,
    body bytea,
    created_at timestamptz not null default now(),
    primary key (identity, key)
);
create index idempotency_key_by_age on idempotency_key (created_at);
