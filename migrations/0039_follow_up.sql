-- How things stand 13 and 26 weeks after a plan was completed.

create schema follow_up;
comment on schema follow_up is 'Follow-ups after a completed plan.';
grant usage on schema follow_up to workwell_app;

create table follow_up.attempt (
  area text not null,
  id uuid not null,
  episode uuid not null,
  weeks integer not null check (weeks in (13, 26)),
  tried_on date not null,
  channel text not null,
  recorded_at timestamptz not null,
  by uuid,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id)
);
comment on table follow_up.attempt is 'Somebody tried to reach a person for a follow-up and did not.';
create index attempt_of_episode on follow_up.attempt (area, episode, weeks);
call platform.area_owned('follow_up.attempt', 'select, insert');

create table follow_up.follow_up (
  area text not null,
  id uuid not null,
  episode uuid not null,
  weeks integer not null check (weeks in (13, 26)),
  result text not null,
  heard_on date not null,
  in_work text,
  same_employer text,
  hours integer,
  health text,
  adjustments text,
  weeks_of_7_hours integer check (weeks_of_7_hours between 0 and 16),
  weeks_of_16_hours integer check (weeks_of_16_hours between 0 and 16),
  said text,
  recorded_at timestamptz not null,
  by uuid,
  step uuid not null,
  primary key (area, id),
  unique (area, episode, weeks),
  foreign key (area, episode) references episode.episode (area, id)
);
comment on table follow_up.follow_up is 'What was heard at a follow-up, or the coded reason why nothing was.';
call platform.area_owned('follow_up.follow_up', 'select, insert');
