-- Whoever runs a service is asked by a link, without an account, whether all that the directory says of it is right.

create schema owner_check;
comment on schema owner_check is 'Asking whoever runs a service whether its listing is right, and what they say.';
grant usage on schema owner_check to workwell_app;

create table owner_check.round (
  area text not null references areas.area (area),
  id uuid not null,
  by uuid not null,
  at timestamptz not null,
  checked_before date not null,
  due integer not null check (due >= 0),
  looked_at integer not null default 0,
  sent integer not null default 0,
  without_address integer not null default 0,
  asked_lately integer not null default 0,
  after_service uuid,
  moved_at timestamptz not null,
  finished_at timestamptz,
  primary key (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table owner_check.round is
  'That the owners of all services that are due were asked at once, and how far that has come: up to which service, in the order of their ids.';
create index round_open on owner_check.round (area, at) where finished_at is null;
call platform.area_owned('owner_check.round');

create table owner_check.asked (
  area text not null,
  id uuid not null,
  service uuid not null,
  address text not null,
  round uuid,
  by uuid,
  at timestamptz not null,
  until timestamptz not null,
  answered_at timestamptz,
  answer text check (answer in ('right', 'changed')),
  by_name text,
  stood text[],
  proposal uuid,
  primary key (area, id),
  foreign key (area, service) references services.service (area, id),
  foreign key (area, round) references owner_check.round (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, proposal) references proposing.proposal (area, id),
  constraint answered_whole check ((answered_at is null) = (answer is null) and (answered_at is null) = (by_name is null))
);
comment on table owner_check.asked is
  'That whoever runs a service was asked by a link whether its listing is right, and the one answer that the link takes.';
comment on column owner_check.asked.by is 'Who asked; null where the owner asked for the link themselves.';
comment on column owner_check.asked.stood is 'The parts that the owner changed and that stood at once, as the area allows.';
create index asked_of_service on owner_check.asked (area, service, at desc);
create index asked_by_address on owner_check.asked (area, lower(address), at);
call platform.area_owned('owner_check.asked');

-- Changes to owners and locations wait for a decision as those to services do.
alter table proposing.proposal add column about text not null default 'service' check (about in ('service', 'owner', 'location'));
comment on column proposing.proposal.service is 'What it is about: a service, an owner or a location.';
