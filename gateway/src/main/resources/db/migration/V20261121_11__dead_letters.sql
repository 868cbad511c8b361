-- Records that services could not handle. Ids are time-ordered.
create table dead_letter (
    id text primary key,
    dead_letter_topic text not null,
    dead_letter_partition int not null,
    dead_letter_offset bigint not null,
    service text not null,
    topic text not null,
    origin text not null,
    message_key text not null,
    headers text not null,
    payload text not null,
    failed_at timestamptz not null,
    state text not null,
    handled_by text,
    handled_at timestamptz,
    unique (dead_letter_topic, dead_letter_partition, dead_letter_offset)
);
create index dead_letter_waiting on dead_letter (service, topic) where state = 'waiting';
create index dead_letter_by_age on dead_letter (failed_at);
