-- A person says in their space that they want to stop, or be rung first.

create schema leaving;
comment on schema leaving is 'People who said in their space that they want to stop: at once, or after somebody has rung them.';
grant usage on schema leaving to workwell_app;

create table leaving.wish (
  area text not null,
  id uuid not null,
  person uuid not null,
  episode uuid not null,
  wish text not null check (wish in ('stop', 'call-first')),
  why text,
  said text,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, episode) references episode.episode (area, id)
);
comment on table leaving.wish is
  'That somebody wants to stop, or to be rung before they decide, with the reason where they gave one. Who stops has an ending besides, under the same id.';
create index wish_of_episode on leaving.wish (area, episode, at);
call platform.area_owned('leaving.wish', 'select, insert');

-- What participants did themselves, so that whoever coaches them is told of it.
create index entry_of_participant on journal.entry (area, person, at) where kind = 'act' and role = 'participant';
