-- When a last pull was last put into the inventory's records: at most once a day for each.
alter table manifest add column pull_told_at timestamptz;
alter table tag add column pull_told_at timestamptz;
