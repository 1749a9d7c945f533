-- Whoever moved here from another area brings along what was said there, in the words and by whom it was written down.

create schema brought_along;
comment on schema brought_along is 'What was said, done and agreed in the areas where somebody had support before, as it was written down there.';
grant usage on schema brought_along to workwell_app;

create table brought_along.entry (
  area text not null,
  id uuid not null,
  person uuid not null,
  episode uuid not null,
  kind text not null,
  at timestamptz not null,
  day_only boolean not null,
  what text not null,
  text text[] not null,
  mark text,
  by_name text,
  from_name text not null,
  confined boolean not null,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, episode) references episode.episode (area, id)
);
comment on table brought_along.entry is
  'Something that happened in another area, as its record told it: who wrote it down and where, by their names of then. A fact that came along with it has the same id, and is told here with its words.';
comment on column brought_along.entry.mark is 'How it stood where it was written down, such as taken back. Null for the usual.';
comment on column brought_along.entry.confined is
  'It is of a concern that only whoever leads on duty and the service manager may read.';
create index entry_of_person on brought_along.entry (area, person, at, id);
call platform.area_owned('brought_along.entry', 'select, insert');
