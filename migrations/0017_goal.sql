-- What a person wants to reach, what is done for it, and what came of it.

create schema goal;
comment on schema goal is 'What people want to reach.';
grant usage on schema goal to workwell_app;

create table goal.goal (
  area text not null,
  id uuid not null,
  episode uuid not null,
  words text not null,
  whose text not null,
  target_on date,
  added_at timestamptz not null,
  added_by uuid,
  taken_out_at timestamptz,
  taken_out_by uuid,
  taken_out_why text,
  version integer not null default 1,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  check ((taken_out_at is null) = (taken_out_why is null))
);
comment on table goal.goal is 'What somebody wants to reach, and whose words say it. Taken out rather than deleted.';
create index goal_of_episode on goal.goal (area, episode, id);
call platform.area_owned('goal.goal');

create schema action;
comment on schema action is 'What is done for a goal, and what came of it.';
grant usage on schema action to workwell_app;

create table action.action (
  area text not null,
  id uuid not null,
  goal uuid not null,
  what text not null,
  barrier uuid,
  obstacle text,
  owner text not null,
  due_on date not null,
  added_at timestamptz not null,
  added_by uuid,
  taken_out_at timestamptz,
  taken_out_by uuid,
  version integer not null default 1,
  primary key (area, id),
  foreign key (area, goal) references goal.goal (area, id)
);
comment on table action.action is 'One thing somebody does for a goal: who, by when, and which obstacle it answers (a barrier of the assessment or its own words).';
create index action_of_goal on action.action (area, goal, id);
call platform.area_owned('action.action');

create table action.result (
  area text not null,
  id uuid not null,
  action uuid not null,
  result text not null,
  note text,
  result_on date not null,
  at timestamptz not null,
  by uuid,
  primary key (area, id),
  foreign key (area, action) references action.action (area, id)
);
comment on table action.result is 'What came of an action when it was looked at. The newest row counts; earlier ones stay.';
create index result_of_action on action.result (area, action, id);
call platform.area_owned('action.result', 'select, insert');
