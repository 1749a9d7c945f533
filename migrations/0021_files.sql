-- Files brought in: which file, when, and what came of each of its rows.

create schema files;
comment on schema files is 'Files of people and referrals that an area brought in, row by row.';
grant usage on schema files to workwell_app;

create table files.batch (
  area text not null references areas.area (area),
  id uuid not null,
  kind text not null check (kind in ('referrals')),
  name text not null,
  source text not null,
  digest text not null,
  rows integer not null,
  reached integer not null default 0,
  taken integer not null default 0,
  already integer not null default 0,
  refused integer not null default 0,
  started_at timestamptz not null,
  finished_at timestamptz,
  by uuid,
  primary key (area, id),
  foreign key (area, by) references organisations.member (area, id),
  check (taken + already + refused <= rows),
  check (finished_at is null or taken + already + refused = rows)
);
comment on table files.batch is
  'One file that was brought in. Reached is the last of its rows that was dealt with: a run that broke off goes on after it.';
create unique index batch_under_way on files.batch (area, kind, source, digest) where finished_at is null;
call platform.area_owned('files.batch');

create table files.row (
  area text not null,
  batch uuid not null,
  number integer not null,
  key uuid,
  who uuid,
  outcome text not null check (outcome in ('taken', 'already', 'refused')),
  reasons text[] not null default '{}',
  primary key (area, batch, number),
  foreign key (area, batch) references files.batch (area, id),
  check ((outcome = 'refused') = (cardinality(reasons) > 0)),
  check (outcome = 'refused' or (key is not null and who is not null))
);
comment on table files.row is
  'What came of one row. The key says which row of the sending system it is, and who says which person, both as digests: the same row in another file is known again.';
create unique index row_taken_once on files.row (area, key) where outcome = 'taken';
call platform.area_owned('files.row', 'select, insert');
