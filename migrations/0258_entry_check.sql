-- Somebody is held against the entry rules of an intensive programme, and what it needs before hand-over is gathered.

create schema entry_check;
comment on schema entry_check is 'What somebody was asked so that the entry rules of an intensive programme could be applied, and what is there for the hand-over.';
grant usage on schema entry_check to workwell_app;

create table entry_check.said (
  area text not null,
  id uuid not null,
  episode uuid not null,
  person uuid not null,
  programme text not null,
  point text not null,
  answer text not null check (answer in ('yes', 'no', 'unsure', 'there', 'not-there')),
  at timestamptz not null,
  by uuid not null,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table entry_check.said is
  'One answer to one entry rule, or one thing that is there for the hand-over, as a coach wrote it down. Added and never changed; the newest of a point counts.';
comment on column entry_check.said.point is 'The code of the rule or of the thing that is needed, as the programme has it.';
create index entry_said_of on entry_check.said (area, episode, programme, id);
create index entry_said_of_person on entry_check.said (area, person);
call platform.area_owned('entry_check.said', 'select, insert');
