-- The part of an organisation in the service ends on a day: whom it looks after goes to others, and its records to a keeper.

alter table organisations.organisation add column no_new_from date;
comment on column organisations.organisation.no_new_from is
  'From this day on it takes nobody new: no referral, handover or request goes to it.';

create or replace function organisations.memberships_of(wanted uuid)
returns table (area text, area_name text, membership uuid, name text, organisation uuid, organisation_name text, role text, from_on date, until_on date)
language sql security definer stable set search_path = pg_catalog as $$
  select m.area, a.name, m.id, m.name, m.organisation, o.name, m.role, m.from_on, least(m.until_on, o.until_on)
  from organisations.member m
  join organisations.organisation o on o.area = m.area and o.id = m.organisation
  join areas.area a on a.area = m.area
  where m.account = wanted
  order by a.name, o.name, m.role
$$;
comment on function organisations.memberships_of is
  'Every membership of one account, in all areas of this database; it ends at the latest with its organisation.';

create schema winding_up;
comment on schema winding_up is 'Organisations whose part in the service ends.';
grant usage on schema winding_up to workwell_app;

create table winding_up.notice (
  area text not null,
  id uuid not null,
  organisation uuid not null,
  ends_on date not null,
  no_new_from date not null,
  reason text not null,
  words text,
  keeper uuid not null,
  until_before date,
  by uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_because text,
  closed_at timestamptz,
  passed_on integer,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, keeper) references organisations.organisation (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id),
  check (keeper <> organisation),
  check (no_new_from <= ends_on)
);
comment on table winding_up.notice is
  'That the part of an organisation ends on a day and why, and who keeps its records from then on. Until the day it can be taken back; on the day the records go to the keeper.';
create unique index one_notice on winding_up.notice (area, organisation) where withdrawn_at is null and closed_at is null;
call platform.area_owned('winding_up.notice', 'select, insert, update');

create schema resettling;
comment on schema resettling is 'The people of an organisation that ends, given to others group by group.';
grant usage on schema resettling to workwell_app;

create table resettling.party (
  area text not null,
  id uuid not null,
  notice uuid not null,
  way text not null check (way in ('organisation', 'coach', 'kept', 'ended')),
  organisation uuid,
  coach uuid,
  ended_as text,
  note text,
  by uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (area, id),
  foreign key (area, notice) references winding_up.notice (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, coach) references organisations.member (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id)
);
comment on table resettling.party is
  'Some people of an organisation that ends, decided on together: they go to an organisation or a coach, stay until its end, or their support ends.';
create index party_of_notice on resettling.party (area, notice, id);
call platform.area_owned('resettling.party', 'select, insert, update');

create table resettling.member (
  area text not null,
  party uuid not null,
  episode uuid not null,
  provider_before uuid not null,
  coach_before uuid,
  change uuid,
  undone_at timestamptz,
  primary key (area, party, episode),
  foreign key (area, party) references resettling.party (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, change) references changeover.change (area, id)
);
comment on table resettling.member is
  'One of the people decided on together: whose they were before, what they were told, and when it was undone for them.';
create index member_of_episode on resettling.member (area, episode);
call platform.area_owned('resettling.member', 'select, insert, update');

create index standing_aftercare on episode.standing (area, provider) where stage = 'aftercare';
