-- Who signs in elsewhere has no password here; who is something in projects only has no role of their own.
alter table account alter column password_hash drop not null;
alter table account alter column role drop not null;
alter table account add column is_disabled boolean not null default false;
alter table account add column version bigint not null default 1;
alter table account add column updated_at timestamptz not null default now();
alter table account add column updated_by text not null default 'longshore';
-- Issuer and subject of whoever signs in elsewhere, and the groups that they were in when they last did, one a line.
alter table account add column external_id text unique;
alter table account add column member_of text not null default '';

-- How its owner signed in.
alter table session add column proof text not null default 'password';

-- From where someone signed in before: strangers' guesses do not keep them out there.
create table known_address (
    address text not null,
    username text not null references account (username) on delete cascade,
    last_at timestamptz not null,
    primary key (address, username)
);
create index known_address_by_age on known_address (last_at);

-- Failed attempts to sign in, by a hash of what they have in common. Forgotten after an hour.
create table sign_in_attempt (
    key text primary key,
    failures integer not null,
    last_at timestamptz not null,
    next_at timestamptz not null
);
create index sign_in_attempt_by_age on sign_in_attempt (last_at);
