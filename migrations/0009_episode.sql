-- One spell of support: the steps it went through and where it stands now.

create schema episode;
comment on schema episode is 'Spells of support, their steps and their standing.';
grant usage on schema episode to workwell_app;

create table episode.episode (
  area text not null,
  id uuid not null,
  person uuid not null,
  opened_at timestamptz not null,
  imported boolean not null default false,
  batch uuid,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id)
);
comment on table episode.episode is 'One spell of support for one person. Imported history is marked, so that clocks and counts stay true.';
create index episode_of_person on episode.episode (area, person);
create index episode_of_batch on episode.episode (area, batch) where batch is not null;
call platform.area_owned('episode.episode');

create table episode.step (
  area text not null,
  id uuid not null,
  episode uuid not null,
  kind text not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  by uuid,
  facts jsonb not null default '{}',
  fact_row uuid,
  withdrawn_by uuid,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id)
);
comment on table episode.step is 'Something that moved an episode, in the order it was recorded. Undo is a withdrawing step that names the one it takes back.';
create index step_of_episode on episode.step (area, episode, id);
call platform.area_owned('episode.step');

create table episode.standing (
  area text not null,
  episode uuid not null,
  person uuid not null,
  stage text not null,
  stage_since timestamptz not null,
  route text,
  provider uuid not null,
  coach uuid,
  received_at timestamptz not null,
  accepted_at timestamptz,
  first_try_by date,
  first_tried_at timestamptz,
  first_appointment_by date,
  first_appointment_at timestamptz,
  assessed_at timestamptz,
  plan_type text,
  plan_agreed_at timestamptz,
  last_contact_at timestamptz,
  next_due_on date,
  next_due_what text,
  limit_on date,
  paused_at timestamptz,
  paused_days integer not null default 0,
  started_at timestamptz,
  ended_at timestamptz,
  ended_as text,
  follow_up_13_on date,
  follow_up_26_on date,
  imported boolean not null default false,
  version integer not null default 1,
  primary key (area, episode),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, provider) references organisations.organisation (area, id),
  foreign key (area, coach) references organisations.member (area, id)
);
comment on table episode.standing is 'Where an episode stands, written by every stage in its own transaction and equal to the sum of its steps.';
create unique index one_open_episode on episode.standing (area, person) where ended_at is null;
create index standing_of_person on episode.standing (area, person);
create index standing_of_coach on episode.standing (area, coach, next_due_on, episode) where ended_at is null;
create index standing_of_provider on episode.standing (area, provider, stage, stage_since) where ended_at is null;
create index standing_received on episode.standing (area, received_at);
create index standing_follow_up on episode.standing (area, coach, follow_up_13_on) where ended_at is not null and stage = 'aftercare';
call platform.area_owned('episode.standing');
