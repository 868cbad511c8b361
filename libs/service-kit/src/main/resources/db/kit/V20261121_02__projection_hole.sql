-- Records of compacted topics that could not be applied. What is replayed fills its hole; what is newer closes it.
create table projection_hole (
    topic text not null,
    message_key text not null,
    message_offset bigint not null,
    primary key (topic, message_key)
);
