-- The organisations that refer, provide and employ, who works where in which role, and who shares with whom.

create schema organisations;
comment on schema organisations is 'Organisations of an area and the people who work in them.';
grant usage on schema organisations to workwell_app;

create table organisations.organisation (
  area text not null references areas.area (area),
  id uuid not null,
  name text not null,
  kind text not null,
  data_role text not null,
  ods_code text,
  phone text,
  email text,
  from_on date not null,
  until_on date,
  version integer not null default 1,
  primary key (area, id),
  check (until_on is null or until_on > from_on)
);
comment on table organisations.organisation is 'An organisation in an area: what it does, and whether it is controller or processor of what it holds.';
create unique index organisation_name on organisations.organisation (area, lower(name)) where until_on is null;
call platform.area_owned('organisations.organisation');

create table organisations.member (
  area text not null,
  id uuid not null,
  account uuid not null,
  name text not null,
  email text not null,
  phone text,
  organisation uuid not null,
  role text not null,
  from_on date not null,
  until_on date,
  caseload_cap integer check (caseload_cap between 1 and 500),
  languages text[] not null default '{}',
  works_in text[] not null default '{}',
  version integer not null default 1,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  check (until_on is null or until_on > from_on)
);
comment on table organisations.member is 'A membership: one account in one organisation of one area in one role, from a day and until another. Every membership has its account from the invitation on.';
create index member_of_account on organisations.member (account);
create index member_by_email on organisations.member (area, lower(email));
create index member_of_organisation on organisations.member (area, organisation);
call platform.area_owned('organisations.member');

-- Sign-in has to ask which memberships an account has before an area is chosen: answered for that one account only.
create function organisations.memberships_of(wanted uuid)
returns table (area text, area_name text, membership uuid, name text, organisation uuid, organisation_name text, role text, from_on date, until_on date)
language sql security definer stable set search_path = pg_catalog as $$
  select m.area, a.name, m.id, m.name, m.organisation, o.name, m.role, m.from_on, m.until_on
  from organisations.member m
  join organisations.organisation o on o.area = m.area and o.id = m.organisation
  join areas.area a on a.area = m.area
  where m.account = wanted
  order by a.name, o.name, m.role
$$;
comment on function organisations.memberships_of is 'Every membership of one account, in all areas of this database.';

revoke all on all functions in schema organisations from public;
grant execute on all functions in schema organisations to workwell_app;

create table organisations.sharing (
  area text not null,
  id uuid not null,
  holder uuid not null,
  partner uuid not null,
  reason text not null,
  from_on date not null,
  until_on date,
  agreed_by uuid,
  primary key (area, id),
  foreign key (area, holder) references organisations.organisation (area, id),
  foreign key (area, partner) references organisations.organisation (area, id),
  check (holder <> partner),
  check (until_on is null or until_on > from_on)
);
comment on table organisations.sharing is 'A dated arrangement by which the workers of the partner may see the people held by the holder.';
create index sharing_with on organisations.sharing (area, partner);
call platform.area_owned('organisations.sharing');
