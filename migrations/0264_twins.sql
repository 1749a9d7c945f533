-- Services that may be one and the same: a feed that gives its services new ids says each of them anew.

create schema twins;
comment on schema twins is 'Pairs of services that may be one and the same, and what somebody decided about them.';
grant usage on schema twins to workwell_app;

create table twins.pair (
  area text not null,
  id uuid not null,
  one uuid not null,
  other uuid not null,
  because text[] not null,
  found_at timestamptz not null,
  decision text check (decision in ('joined', 'two')),
  reason text,
  decided_by uuid,
  decided_at timestamptz,
  primary key (area, id),
  unique (area, one, other),
  foreign key (area, one) references services.service (area, id),
  foreign key (area, other) references services.service (area, id),
  foreign key (area, decided_by) references organisations.member (area, id),
  constraint decided_whole check ((decided_at is null) = (decision is null))
);
comment on table twins.pair is
  'Two services with the same name and owner that share a postcode, a phone or a web address. The one was here first; joined, it stays, and the other leads to it.';
create index pair_waiting on twins.pair (area, found_at) where decided_at is null;
create index pair_of_other on twins.pair (area, other);
call platform.area_owned('twins.pair');

-- A comparison that tells nothing, so that row-level security lets the index be used; lower(name) is none.
create index service_by_exact_name on services.service (area, name);
