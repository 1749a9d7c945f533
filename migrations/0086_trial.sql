-- Before anything of a parcel is taken, all of it is read and counted: a trial.

create schema trial;
comment on schema trial is 'Reading and counting every row of a parcel without taking anything.';
grant usage on schema trial to workwell_app;

create table trial.trial (
  area text not null,
  id uuid not null,
  parcel uuid not null,
  begun_by uuid not null,
  begun_at timestamptz not null,
  part integer not null default 0,
  moved_at timestamptz not null,
  finished_at timestamptz,
  primary key (area, id),
  foreign key (area, parcel) references parcel.parcel (area, id),
  foreign key (area, begun_by) references organisations.member (area, id)
);
comment on table trial.trial is 'One trial of a parcel. Part is the next part of its files to be read.';
create index trial_of_parcel on trial.trial (area, parcel, id);
call platform.area_owned('trial.trial');

create table trial.sheet (
  area text not null,
  trial uuid not null,
  sheet text not null,
  columns text[] not null,
  rows integer not null default 0,
  taken integer not null default 0,
  already integer not null default 0,
  refused integer not null default 0,
  primary key (area, trial, sheet),
  foreign key (area, trial) references trial.trial (area, id),
  check (rows = taken + already + refused)
);
comment on table trial.sheet is
  'One file in this trial: for which column each of its headings stands, in the order of the file and empty where it is not read, and how many rows were read so far, by what would come of them.';
call platform.area_owned('trial.sheet');

create table trial.refusal (
  area text not null,
  trial uuid not null,
  sheet text not null,
  number integer not null,
  reasons text[] not null,
  primary key (area, trial, sheet, number),
  foreign key (area, trial) references trial.trial (area, id)
);
comment on table trial.refusal is 'A row that would be returned, and why; deleted with the rows of the parcel.';
call platform.area_owned('trial.refusal', 'select, insert, delete');

create table trial.seen (
  area text not null,
  trial uuid not null,
  key uuid not null,
  who uuid not null,
  primary key (area, trial, key),
  foreign key (area, trial) references trial.trial (area, id)
);
comment on table trial.seen is
  'What knows a row again that would be taken, and whose it is, as digests: the same row further down is known. Deleted when the trial is over.';
call platform.area_owned('trial.seen', 'select, insert, delete');
