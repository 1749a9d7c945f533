-- Somebody moves to another area: a package with their record that the other area accepts or declines.

create schema move;
comment on schema move is 'People who move from one area to another, with their record.';
grant usage on schema move to workwell_app;

create table move.package (
  area text not null,
  id uuid not null,
  episode uuid not null,
  to_area text not null,
  content jsonb not null,
  why text not null,
  with_concerns boolean not null,
  by uuid not null,
  at timestamptz not null,
  delivered_at timestamptz,
  answer text check (answer in ('accepted', 'declined', 'taken-back')),
  words text,
  answered_by text,
  answered_at timestamptz,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table move.package is
  'The record of somebody as it was offered to another area, and what that area answered. Until it is accepted the giving area is responsible.';
create index package_of_episode on move.package (area, episode, id);
call platform.area_owned('move.package', 'select, insert, update');

create table move.arrival (
  area text not null,
  id uuid not null,
  from_area text not null,
  content jsonb,
  why text not null,
  offered_by text not null,
  at timestamptz not null,
  answer text check (answer in ('accepted', 'declined', 'taken-back')),
  words text,
  by uuid,
  answered_at timestamptz,
  person uuid,
  primary key (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, person) references people.person (area, id)
);
comment on table move.arrival is
  'A package that came from another area. Declined or taken back, its content is forgotten; accepted, it is the story the person came with.';
create index arrival_of_person on move.arrival (area, person) where person is not null;
call platform.area_owned('move.arrival', 'select, insert, update');
