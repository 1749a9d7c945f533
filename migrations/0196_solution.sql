-- What may be done about each barrier: what an area says of the suggestions that come with the product, and its own.

create schema solution;
comment on schema solution is 'Suggestions of what may be done about a barrier.';
grant usage on schema solution to workwell_app;

create table solution.version (
  area text not null references areas.area (area),
  solution text not null,
  version integer not null check (version > 0),
  barrier text not null,
  what text not null,
  owner text not null,
  days integer not null check (days between 1 and 365),
  service text,
  from_on date not null,
  until_on date,
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (area, solution, version),
  foreign key (area, set_by) references organisations.member (area, id),
  constraint ends_after_it_begins check (until_on >= from_on)
);
comment on table solution.version is
  'One version of a suggestion as an area wrote it, from a day on. Version 1 of one that comes with the product is in data/solutions.csv; those of an area''s own begin with 1.';
comment on column solution.version.until_on is 'The first day on which it is no longer suggested; null is no end.';
comment on column solution.version.days is 'Within how many days it is usually done.';
call platform.area_owned('solution.version', 'select, insert');
