-- A phased return to work as it was laid out week by week, version by version.

create schema phased_return;
comment on schema phased_return is 'Phased returns to work.';
grant usage on schema phased_return to workwell_app;

create table phased_return.version (
  area text not null,
  id uuid not null,
  episode uuid not null,
  number integer not null check (number > 0),
  usual_days integer[] not null,
  usual_hours numeric(5, 2) not null check (usual_hours > 0),
  weekly_pay_pence integer check (weekly_pay_pence > 0),
  off_since date,
  begins_on date not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  unique (area, episode, number),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table phased_return.version is
  'The usual job (days of the week, Monday is 1; hours and pay of a week), since when somebody is off, and when the return begins. The one with the highest number holds.';
call platform.area_owned('phased_return.version', 'select, insert');

create table phased_return.week (
  area text not null,
  version uuid not null,
  place integer not null,
  days integer[] not null,
  hours numeric(4, 2) not null,
  duties text,
  review boolean not null,
  primary key (area, version, place),
  foreign key (area, version) references phased_return.version (area, id)
);
comment on table phased_return.week is
  'A week of it: the days, the hours on each, what is done, and whether it is looked at together at its end.';
call platform.area_owned('phased_return.week', 'select, insert');
