-- Somebody on duty is told of what cannot wait, and the next one when nobody says that they have it.

create schema alert;
comment on schema alert is 'What cannot wait: who has it, who was told and when, and when the next one is told.';
grant usage on schema alert to workwell_app;

create table alert.alert (
  area text not null,
  id uuid not null,
  about text not null check (about in ('concern', 'outing')),
  person uuid,
  organisation uuid not null,
  minutes integer not null check (minutes > 0),
  raised_at timestamptz not null,
  owner uuid,
  told_as text check (told_as in ('owner', 'deputy', 'manager')),
  heard_at timestamptz,
  next_at timestamptz,
  settled_at timestamptz,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, owner) references organisations.member (area, id),
  check ((next_at is null) = (settled_at is not null))
);
comment on table alert.alert is
  'Where an alert stands; it has the number of what it is about. While it is open there is a moment at which the next one is told, and a job for it.';
create index alert_open on alert.alert (area, organisation) where settled_at is null;
call platform.area_owned('alert.alert');

create table alert.told (
  area text not null,
  id uuid not null,
  alert uuid not null,
  member uuid not null,
  told_as text not null check (told_as in ('owner', 'deputy', 'manager')),
  because text not null check (because in ('raised', 'unheard', 'not-looked-at', 'handed-over')),
  at timestamptz not null,
  by uuid,
  primary key (area, id),
  foreign key (area, alert) references alert.alert (area, id),
  foreign key (area, member) references organisations.member (area, id)
);
comment on table alert.told is 'That somebody was told of an alert: as what, why and when.';
create index told_of_alert on alert.told (area, alert, id);
create index told_to_member on alert.told (area, member);
call platform.area_owned('alert.told', 'select, insert');

create table alert.heard (
  area text not null,
  id uuid not null,
  alert uuid not null,
  member uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, alert) references alert.alert (area, id),
  foreign key (area, member) references organisations.member (area, id)
);
comment on table alert.heard is 'That somebody said they have an alert, which stops the clock until it is to be looked at again.';
create index heard_of_alert on alert.heard (area, alert, id);
call platform.area_owned('alert.heard', 'select, insert');
