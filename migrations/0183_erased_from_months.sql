-- A month that was signed keeps its figures; what an erasure took out of it since is explained without saying whose it was.

create table erasure.month (
  area text not null,
  run uuid not null,
  month date not null check (extract(day from month) = 1),
  people integer not null check (people > 0),
  at timestamptz not null,
  primary key (area, run, month),
  foreign key (area, run) references erasure.run (area, id)
);
comment on table erasure.month is
  'How many of those whom an erasure erased were with the service in a month. A number alone: whom is known nowhere.';
create index month_erased on erasure.month (area, month, at);
call platform.area_owned('erasure.month', 'select, insert, update');
