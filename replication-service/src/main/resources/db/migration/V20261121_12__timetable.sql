-- As libs/schedules wants it.
alter table rule_schedule rename to timetable;
alter table timetable rename column rule to name;
alter index rule_schedule_due rename to timetable_due;
