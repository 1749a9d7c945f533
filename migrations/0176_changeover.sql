-- Whoever looks after somebody is another now: the person is told, and finds it among their own pages.

create schema changeover;
comment on schema changeover is 'That somebody else looks after a person now, as the person is told.';
grant usage on schema changeover to workwell_app;

create table changeover.change (
  area text not null,
  id uuid not null,
  person uuid not null,
  kind text not null check (kind in ('coach', 'provider', 'area')),
  from_name text,
  to_name text not null,
  at timestamptz not null,
  seen_at timestamptz,
  withdrawn_at timestamptz,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id)
);
comment on table changeover.change is
  'Somebody went from one coach, provider or area to another, by the names the person knows them by; when the person said that they have read it, and when it was taken back.';
create index change_of_person on changeover.change (area, person, at);
call platform.area_owned('changeover.change', 'select, insert, update');
