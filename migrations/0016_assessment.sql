-- The first conversation: work, body, mind, situation, what matters, and what stands in the way.

create schema assessment;
comment on schema assessment is 'First conversations and those held again, with their barriers.';
grant usage on schema assessment to workwell_app;

create table assessment.assessment (
  area text not null,
  id uuid not null,
  episode uuid not null,
  person uuid not null,
  employment_status text,
  on_sick_absence text,
  absent_since date,
  contracted_hours integer check (contracted_hours between 0 and 100),
  hours_now integer check (hours_now between 0 and 100),
  occupation text,
  sector text,
  employer_size text,
  oh_access text,
  job_risks text[] not null default '{}',
  weeks_out_of_work integer check (weeks_out_of_work between 0 and 3000),
  benefits text[] not null default '{}',
  health text[] not null default '{}',
  words jsonb not null default '{}',
  begun_at timestamptz not null,
  begun_by uuid,
  saved_at timestamptz not null,
  saved_by uuid,
  finished_at timestamptz,
  finished_by uuid,
  version integer not null default 1,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, person) references people.person (area, id),
  check ((finished_at is null) = (finished_by is null))
);
comment on table assessment.assessment is 'One conversation about what stands between a person and work. Free text stands part by part in words, each with whose words they are. Once finished it is not changed: holding it again makes a new row.';
create unique index one_unfinished on assessment.assessment (area, episode) where finished_at is null;
create index assessment_of_episode on assessment.assessment (area, episode, id);
call platform.area_owned('assessment.assessment');

create table assessment.barrier (
  area text not null,
  id uuid not null,
  assessment uuid not null,
  code text not null,
  part text not null check (part in ('physical', 'psychological', 'social', 'work')),
  severity integer check (severity between 0 and 10),
  main boolean not null default false,
  removed_at timestamptz,
  primary key (area, id),
  foreign key (area, assessment) references assessment.assessment (area, id),
  check (not (main and removed_at is not null))
);
comment on table assessment.barrier is 'One thing that stands in the way, coded, with how much from 0 to 10; at most one is the main one. Taken out while the conversation lasts, it is marked and keeps its number.';
create unique index barrier_once on assessment.barrier (area, assessment, code);
create unique index one_main_barrier on assessment.barrier (area, assessment) where main;
call platform.area_owned('assessment.barrier');
