-- Who runs a WorkWell service where, and everything that differs between areas or over time.

create schema areas;
comment on schema areas is 'Areas, what they cover, and their dated settings.';
grant usage on schema areas to workwell_app;

create table areas.area (
  area text primary key check (area ~ '^[a-z0-9-]{2,40}$'),
  name text not null,
  run_by text,
  phone text,
  email text,
  opening_hours text,
  crisis_text text not null,
  from_on date not null,
  until_on date,
  synthetic boolean not null default false,
  version integer not null default 1,
  check (until_on is null or until_on > from_on)
);
comment on table areas.area is 'An area runs one WorkWell service. The table is in every database, so that a code always has its name.';
alter table areas.area enable row level security;
alter table areas.area force row level security;
create policy anybody_reads on areas.area for select using (true);
create policy own_area_changes on areas.area for update using (area = nullif(current_setting('app.area', true), ''));
create policy own_area_begins on areas.area for insert with check (area = nullif(current_setting('app.area', true), ''));
grant select, insert, update on areas.area to workwell_app;

create table areas.setting (
  area text not null references areas.area (area),
  name text not null,
  from_on date not null,
  value jsonb not null,
  reason text,
  set_by uuid,
  set_at timestamptz not null,
  primary key (area, name, from_on)
);
comment on table areas.setting is 'One rule or limit of an area from a day on; the latest day that has come is in force, older ones stay as history.';
call platform.area_owned('areas.setting');

create table areas.coverage (
  area text not null references areas.area (area),
  id uuid not null,
  board text,
  council text,
  from_on date not null,
  until_on date,
  primary key (area, id),
  check ((board is null) <> (council is null)),
  check (until_on is null or until_on > from_on)
);
comment on table areas.coverage is 'A board or a council whose people an area serves, from a day and until another.';
alter table areas.coverage enable row level security;
alter table areas.coverage force row level security;
create policy anybody_reads on areas.coverage for select using (true);
create policy own_area_changes on areas.coverage for update using (area = nullif(current_setting('app.area', true), ''));
create policy own_area_adds on areas.coverage for insert with check (area = nullif(current_setting('app.area', true), ''));
grant select, insert, update on areas.coverage to workwell_app;
