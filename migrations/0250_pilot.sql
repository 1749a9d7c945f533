-- New approaches that are tried for a time with people who said yes to it.

create schema pilot;
comment on schema pilot is 'Pilots: what is tried, for whom, who takes part, and what came of it.';
grant usage on schema pilot to workwell_app;

create table pilot.offered (
  id uuid primary key,
  name text not null,
  tried text not null,
  wording text not null,
  measured text[] not null,
  allotting text not null check (allotting in ('everybody', 'alternate', 'chance', 'coach')),
  from_on date not null,
  until_on date not null,
  by_name text not null,
  at timestamptz not null,
  check (until_on >= from_on)
);
comment on table pilot.offered is
  'A pilot that the national programme team has registered and areas may join; the same row in every database, and nothing about people.';
grant select, insert on pilot.offered to workwell_app;

create table pilot.pilot (
  area text not null,
  id uuid not null,
  offered uuid references pilot.offered (id),
  name text not null,
  tried text not null,
  measured text[] not null,
  allotting text not null check (allotting in ('everybody', 'alternate', 'chance', 'coach')),
  seed text,
  cohort jsonb not null,
  from_on date not null,
  until_on date not null,
  by uuid not null,
  at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  came text,
  decided text,
  primary key (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, ended_by) references organisations.member (area, id),
  check (until_on >= from_on),
  check ((allotting = 'chance') = (seed is not null)),
  check ((ended_at is null) = (came is null))
);
comment on table pilot.pilot is
  'A pilot of an area, its own or one it joined: what is tried, when, for whom (cohort) and how people are given to it; when it is over, what came of it and what was decided.';
create unique index pilot_joined_once on pilot.pilot (area, offered) where offered is not null;
call platform.area_owned('pilot.pilot');

create table pilot.wording (
  area text not null,
  pilot uuid not null,
  version integer not null check (version > 0),
  words text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, pilot, version),
  foreign key (area, pilot) references pilot.pilot (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table pilot.wording is 'The words in which people are asked to take part in a pilot, version by version; the newest is used.';
call platform.area_owned('pilot.wording', 'select, insert');

create table pilot.invitation (
  area text not null,
  pilot uuid not null,
  episode uuid not null,
  person uuid not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, pilot, episode),
  foreign key (area, pilot) references pilot.pilot (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table pilot.invitation is 'That somebody was asked to take part in a pilot: they read and answer it on their own pages, or with their coach.';
create index invitation_of_person on pilot.invitation (area, person);
call platform.area_owned('pilot.invitation', 'select, insert');

create table pilot.answer (
  area text not null,
  id uuid not null,
  pilot uuid not null,
  episode uuid not null,
  person uuid not null,
  given boolean not null,
  wording_version integer not null,
  how text not null check (how in ('online', 'telephone', 'in-person', 'form')),
  place integer check (place > 0),
  gets text check (gets in ('new', 'usual')),
  by uuid,
  at timestamptz not null,
  primary key (area, id),
  unique (area, pilot, place),
  foreign key (area, pilot, wording_version) references pilot.wording (area, pilot, version),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id),
  check (given = (gets is not null))
);
comment on table pilot.answer is
  'A yes or no to a pilot; the newest of a spell of support counts. The first yes has the place in which they joined, and what they get by it stays.';
create index answer_of_episode on pilot.answer (area, episode);
create index answer_of_pilot on pilot.answer (area, pilot);
create index answer_of_person on pilot.answer (area, person);
call platform.area_owned('pilot.answer', 'select, insert');
