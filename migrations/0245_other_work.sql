-- Work that is not about one person is changed as well as taken back, and added up by month for those who run the service.

alter table log.activity add column version integer not null default 1;
create index activity_by_day on log.activity (area, happened_on) where withdrawn_at is null;

create table log.activity_before (
  area text not null,
  activity uuid not null,
  number integer not null check (number > 0),
  kind text not null,
  minutes integer not null,
  happened_on date not null,
  note text,
  at timestamptz not null,
  primary key (area, activity, number),
  foreign key (area, activity) references log.activity (area, id)
);
comment on table log.activity_before is 'A piece of other work as it stood before its member changed it, by the version it had.';
call platform.area_owned('log.activity_before', 'select, insert');
