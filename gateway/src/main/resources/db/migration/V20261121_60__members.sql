-- Copy of the members of projects on longshore.config.
create table project_member (
    project text not null,
    kind text not null,
    member text not null,
    role text not null,
    primary key (kind, member, project, role)
);
create index project_member_by_project on project_member (project);
