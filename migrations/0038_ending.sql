-- Support ends before a plan is completed: why, what the person said, and to whom they were handed on.

create schema ending;
comment on schema ending is 'Early endings and their handovers.';
grant usage on schema ending to workwell_app;

create table ending.ending (
  area text not null,
  id uuid not null,
  episode uuid not null,
  ended_as text not null,
  ended_on date not null,
  said text,
  handed_to text,
  told text,
  to_area text,
  died_on date,
  recorded_at timestamptz not null,
  by uuid,
  step uuid not null,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id)
);
comment on table ending.ending is 'An early ending: its coded reason, what the person said, where they were handed on to and how they were told.';
create index ending_of_episode on ending.ending (area, episode);
call platform.area_owned('ending.ending', 'select, insert');

create table ending.withdrawal (
  area text not null,
  id uuid not null,
  ending uuid not null,
  reason text not null,
  at timestamptz not null,
  by uuid,
  primary key (area, id),
  unique (area, ending),
  foreign key (area, ending) references ending.ending (area, id)
);
comment on table ending.withdrawal is 'An early ending was taken back, and why. The ending stays readable.';
call platform.area_owned('ending.withdrawal', 'select, insert');
