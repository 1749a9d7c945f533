-- A person asks for a copy of everything the service keeps about them (UK GDPR, Article 15), and a named member looks it
-- through before it is given.

create schema copy;
comment on schema copy is 'Copies of records that people asked for: who looked them through, what was left out and why, and what was given.';
grant usage on schema copy to workwell_app;

create table copy.request (
  area text not null,
  id uuid not null,
  person uuid not null,
  asked_on date not null,
  due_on date not null,
  how text not null,
  note text,
  by uuid,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id),
  check (due_on > asked_on)
);
comment on table copy.request is
  'That a person asked for a copy of their record, in their space or to the member named, and by which day it is due.';
create index request_of_person on copy.request (area, person, id);
call platform.area_owned('copy.request', 'select, insert');

create table copy.looker (
  area text not null,
  id uuid not null,
  request uuid not null,
  member uuid not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, request) references copy.request (area, id),
  foreign key (area, member) references organisations.member (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table copy.looker is 'Who looks a copy through before it is given. The newest counts.';
create index looker_of_request on copy.looker (area, request, id);
call platform.area_owned('copy.looker', 'select, insert');

create table copy.look (
  area text not null,
  id uuid not null,
  request uuid not null,
  part text not null,
  fingerprint text not null,
  withheld jsonb not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, request) references copy.request (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table copy.look is
  'That a part of a record was looked through as it stood (its fingerprint), and which of its entries are left out for which reason. The newest of a part counts.';
create index look_of_request on copy.look (area, request, part, id);
call platform.area_owned('copy.look', 'select, insert');

create table copy.release (
  area text not null,
  request uuid not null,
  document jsonb not null,
  way text not null,
  until_on date,
  by uuid not null,
  at timestamptz not null,
  primary key (area, request),
  foreign key (area, request) references copy.request (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table copy.release is
  'A copy as it was given, what was left out not in it. In the person''s space it can be fetched until a day.';
call platform.area_owned('copy.release', 'select, insert');

create table copy.closing (
  area text not null,
  request uuid not null,
  reason text not null,
  note text,
  by uuid,
  at timestamptz not null,
  primary key (area, request),
  foreign key (area, request) references copy.request (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table copy.closing is
  'That a request is not answered with a copy: the person does not want it any more (nobody is named where they said so in their space), or it was refused.';
call platform.area_owned('copy.closing', 'select, insert');
