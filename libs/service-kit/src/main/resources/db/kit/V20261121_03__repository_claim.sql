-- The service's copy of what projects claim: a repository belongs to the project of the most specific pattern.
create table repository_claim (
    project text not null,
    registry text not null,
    pattern text not null,
    primary key (registry, pattern, project)
);
create index repository_claim_of_project on repository_claim (project);
