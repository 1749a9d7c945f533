-- A plan is completed: what became of each goal, what the person leaves with, and what happens next.

create schema completion;
comment on schema completion is 'Completed plans and their outcomes.';
grant usage on schema completion to workwell_app;

create table completion.completion (
  area text not null,
  id uuid not null,
  episode uuid not null,
  completed_on date not null,
  no_outcome text,
  no_outcome_note text,
  work_status text not null,
  off_sick boolean not null default false,
  hours integer,
  work_ability integer check (work_ability between 0 and 10),
  next text not null,
  recorded_at timestamptz not null,
  by uuid,
  step uuid not null,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id)
);
comment on table completion.completion is 'The completion of a plan. Without an outcome it says, as a code, why there is none.';
create index completion_of_episode on completion.completion (area, episode);
call platform.area_owned('completion.completion', 'select, insert');

create table completion.goal_result (
  area text not null,
  completion uuid not null,
  goal uuid not null,
  result text not null,
  person_words text,
  coach_words text,
  primary key (area, completion, goal),
  foreign key (area, completion) references completion.completion (area, id),
  foreign key (area, goal) references goal.goal (area, id)
);
comment on table completion.goal_result is 'What became of a goal, in the person''s words and in the coach''s.';
call platform.area_owned('completion.goal_result', 'select, insert');

create table completion.outcome (
  area text not null,
  completion uuid not null,
  outcome text not null,
  primary key (area, completion, outcome),
  foreign key (area, completion) references completion.completion (area, id)
);
comment on table completion.outcome is 'Something the person leaves with; a completion may have several.';
call platform.area_owned('completion.outcome', 'select, insert');

create table completion.withdrawal (
  area text not null,
  id uuid not null,
  completion uuid not null,
  reason text not null,
  at timestamptz not null,
  by uuid,
  primary key (area, id),
  unique (area, completion),
  foreign key (area, completion) references completion.completion (area, id)
);
comment on table completion.withdrawal is 'A completion was taken back, and why. The completion stays readable.';
call platform.area_owned('completion.withdrawal', 'select, insert');
