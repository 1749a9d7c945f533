-- What an area is called and what it decided keeps its history also where it changes twice on one day.

alter table areas.setting drop constraint setting_pkey;
alter table areas.setting add primary key (area, name, from_on, set_at);
comment on table areas.setting is
  'One rule or limit of an area from a day on; the latest day that has come is in force, and of two for one day the later made. Older ones stay as history.';

create table areas.detail_change (
  area text not null references areas.area (area),
  id uuid not null,
  name text not null check (name ~ '^[a-z_]{2,40}$'),
  before text,
  after text,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id, name)
);
comment on table areas.detail_change is 'One thing about how an area is called and reached that somebody changed: what stood there before and after, who and when.';
create index detail_change_by_time on areas.detail_change (area, at desc);
call platform.area_owned('areas.detail_change', 'select, insert');
