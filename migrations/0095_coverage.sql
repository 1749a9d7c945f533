-- What an area covers is edited in the product, day by day, and keeps who said what and when.

alter table areas.coverage drop constraint coverage_check;
alter table areas.coverage drop constraint coverage_check1;
alter table areas.coverage add column jobcentre text check (jobcentre ~ '^[A-Z0-9-]{2,40}$');
alter table areas.coverage add column outward text check (outward ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?$');
alter table areas.coverage add column version integer not null default 1;
alter table areas.coverage add constraint cover_of_one_place check (num_nonnulls(board, council, jobcentre, outward) = 1);
alter table areas.coverage add constraint cover_period check (until_on is null or until_on >= from_on);
comment on table areas.coverage is
  'A board, a council, a Jobcentre or the first half of a postcode whose people an area serves, from a day and until another. It ends on its first day where it was taken back before it ever held.';

create table areas.coverage_change (
  area text not null,
  id uuid not null,
  cover uuid not null,
  from_on date not null,
  until_on date,
  reason text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, cover) references areas.coverage (area, id)
);
comment on table areas.coverage_change is 'What somebody said about a place that the area covers: from when, until when, why, who and at which moment.';
create index change_of_cover on areas.coverage_change (area, cover, id);
call platform.area_owned('areas.coverage_change', 'select, insert');
