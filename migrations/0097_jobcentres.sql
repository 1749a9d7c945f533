-- The Jobcentre offices that serve an area. No national file of them is published, so each area says its own, dated.

create schema jobcentres;
comment on schema jobcentres is 'Jobcentre offices as an area said them, with the days between which each is open.';
grant usage on schema jobcentres to workwell_app;

create table jobcentres.office (
  area text not null references areas.area (area),
  id uuid not null,
  code text not null check (code ~ '^[A-Z0-9-]{2,40}$'),
  name text not null,
  district text,
  postcode text check (postcode ~ '^[A-Z0-9]{5,7}$'),
  from_on date not null,
  until_on date,
  by uuid,
  at timestamptz not null,
  primary key (area, id),
  constraint office_period check (until_on is null or until_on >= from_on)
);
comment on table jobcentres.office is
  'What was said about one Jobcentre office. Of two rows with one code the later said counts; the earlier stays as history.';
create index office_by_code on jobcentres.office (area, code, at desc, id desc);
alter table jobcentres.office enable row level security;
alter table jobcentres.office force row level security;
create policy anybody_reads on jobcentres.office for select using (true);
create policy own_area_adds on jobcentres.office for insert with check (area = nullif(current_setting('app.area', true), ''));
grant select, insert on jobcentres.office to workwell_app;
