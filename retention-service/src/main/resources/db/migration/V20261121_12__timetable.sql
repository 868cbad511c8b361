-- As libs/schedules wants it.
alter table policy_schedule rename to timetable;
alter table timetable rename column policy to name;
alter index policy_schedule_due rename to timetable_due;
