-- Goal Attainment Scaling: what each goal of a plan would look like at five levels, and how far it has come.

create schema goal_scaling;
comment on schema goal_scaling is 'Levels of the goals of a plan, and the ratings against them.';
grant usage on schema goal_scaling to workwell_app;

create table goal_scaling.scale (
  area text not null,
  id uuid not null,
  goal uuid not null,
  number integer not null check (number > 0),
  weight integer not null check (weight between 1 and 3),
  much_less text not null,
  less text not null,
  expected text not null,
  more text not null,
  much_more text not null,
  baseline integer not null check (baseline between -2 and 2),
  set_at timestamptz not null,
  set_by uuid not null,
  primary key (area, id),
  unique (area, goal, number),
  foreign key (area, goal) references goal.goal (area, id),
  foreign key (area, set_by) references organisations.member (area, id)
);
comment on table goal_scaling.scale is
  'The five levels of a goal as person and coach agreed them, where it stood then, and how much it weighs. The highest number holds.';
call platform.area_owned('goal_scaling.scale', 'select, insert');

create table goal_scaling.rating (
  area text not null,
  id uuid not null,
  goal uuid not null,
  scale uuid not null,
  level integer not null check (level between -2 and 2),
  rated_on date not null,
  rated_by text not null check (rated_by in ('person', 'together', 'staff')),
  at timestamptz not null,
  by uuid not null,
  primary key (area, id),
  foreign key (area, goal) references goal.goal (area, id),
  foreign key (area, scale) references goal_scaling.scale (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table goal_scaling.rating is 'Where a goal stood on a day, by the levels that held then.';
create index rating_of_goal on goal_scaling.rating (area, goal, rated_on);
call platform.area_owned('goal_scaling.rating', 'select, insert');
