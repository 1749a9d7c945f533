-- What a person and their coach write to each other in the person's own space.

create schema message;
comment on schema message is 'The conversation between a person and their coach in the person''s space.';
grant usage on schema message to workwell_app;

create table message.message (
  area text not null,
  id uuid not null,
  person uuid not null,
  episode uuid not null,
  by uuid,
  words text not null check (words <> ''),
  asks boolean not null default false,
  written_at timestamptz not null,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id),
  check (by is not null or not asks)
);
comment on table message.message is
  'What somebody wrote: a member of the team, or the person themselves where nobody is named. It asks where the team waits for an answer.';
create index message_of_person on message.message (area, person, written_at, id);
create index message_of_episode on message.message (area, episode, written_at);
call platform.area_owned('message.message', 'select, insert');

create table message.reading (
  area text not null,
  message uuid not null,
  by uuid,
  at timestamptz not null,
  primary key (area, message),
  foreign key (area, message) references message.message (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table message.reading is
  'When a message was first read on the other side: by the person where nobody is named, otherwise by this member of the team.';
call platform.area_owned('message.reading', 'select, insert');

create table message.withdrawal (
  area text not null,
  message uuid not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, message),
  foreign key (area, message) references message.message (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table message.withdrawal is 'A message of the team that was taken back before the person read it. It stays readable for the team.';
call platform.area_owned('message.withdrawal', 'select, insert');

create table message.settlement (
  area text not null,
  item uuid not null,
  person uuid not null,
  answer uuid,
  by uuid not null,
  at timestamptz not null,
  primary key (area, item),
  foreign key (area, answer) references message.message (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table message.settlement is
  'That something the person wrote, in their space or by text, was answered, or needed no answer. Until then it stands on their coach''s day.';
call platform.area_owned('message.settlement', 'select, insert');

create table message.preference (
  area text not null,
  id uuid not null,
  person uuid not null,
  shows text not null check (shows in ('notice', 'words')),
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id)
);
comment on table message.preference is
  'What the person wants in the text or email that tells them of a message: that there is one, or its words too. The newest counts.';
create index preference_of_person on message.preference (area, person, id);
call platform.area_owned('message.preference', 'select, insert');
